"""What a calendar's entries say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shiftcast.data.calendar import Calendar, Promotion

DAY, NEXT = date(2026, 12, 12), date(2026, 12, 13)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"last": date(2026, 12, 11)}, "sale ends 2026-12-11 before it begins 2026-12-12"),
        ({"size": -1.0}, "size is -1.0, expected 0 or more"),
        ({"effect": -0.5}, "effect is -0.5, expected 0 or more"),
        ({"handle_effect": 0.0}, "handle_effect is 0.0, expected more than 0"),
    ],
)
def test_a_promotion_checks_itself(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(Promotion(DAY, NEXT, "sale", "sale"), **wrong)


def test_a_queue_has_its_own_promotions_and_those_of_all() -> None:
    everywhere, chat = Promotion(DAY, DAY, "a", "a"), Promotion(DAY, DAY, "b", "b", queue="chat")
    calendar = Calendar(promotions=(everywhere, chat))
    assert calendar.promotions_of("chat") == (everywhere, chat)
    assert calendar.promotions_of("phone") == (everywhere,)
