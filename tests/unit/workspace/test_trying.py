"""How long a what-if searches."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from shiftcast.cli.workspace.trying import WhatIfWish


@pytest.mark.parametrize(
    ("agents", "plan_seconds", "asked", "seconds"),
    [
        (60, 30.0, None, 7.0),  # 3 and a fifteenth of 60
        (300, 30.0, None, 23.0),
        (300, 10.0, None, 10.0),  # no longer than the plan
        (60, 30.0, 50.0, 50.0),  # but as long as is asked for
    ],
)
def test_seconds_of_a_search(
    agents: int, plan_seconds: float, asked: float | None, seconds: float
) -> None:
    stored: Any = SimpleNamespace(manifest=SimpleNamespace(roster_seconds=plan_seconds))
    base: Any = SimpleNamespace(centre=SimpleNamespace(agents=range(agents)))
    limit = WhatIfWish((), seconds=asked, rounds=4).limit(stored, base)
    assert limit.seconds == pytest.approx(seconds)
    assert limit.rounds == 4
