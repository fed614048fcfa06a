"""Rules, and how a contract's own limits go before the centre's."""

from __future__ import annotations

from typing import Any

import pytest
from shiftcast.data.people import OWN_LIMITS, Contract
from shiftcast.data.rules import Rotation, Rules


def test_a_contract_without_limits_has_the_centres() -> None:
    rules = Rules(min_rest_min=600, max_nights=(3, 2), seats=9)
    assert Contract("full").terms(rules) == rules


def test_a_contracts_own_limits_go_first() -> None:
    rules = Rules(max_consecutive_days=6, max_nights=(3, 2), whole_weekends=True, seats=9)
    own = Contract("night", max_consecutive_days=7, max_nights=(5, 2), whole_weekends=False)
    assert own.terms(rules) == Rules(
        max_consecutive_days=7, max_nights=(5, 2), whole_weekends=False, seats=9
    )


def test_every_limit_of_a_contract_is_left_to_the_centre_unless_it_is_said() -> None:
    contract = Contract("full")
    assert all(getattr(contract, limit) is None for limit in OWN_LIMITS)
    assert {"min_rest_min", "rotation", "shift_limits"} <= set(OWN_LIMITS)


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        ({"max_consecutive_days": 0}, "max_consecutive_days is 0, expected 1 or more"),
        ({"min_rest_min": -1}, "min_rest_min is -1, expected 0 or more"),
        ({"max_nights": (2, 0)}, "max_nights is 2 in 0 weeks"),
        ({"free_weekend_every": 1}, "free_weekend_every is 1, expected 2 or more"),
        ({"shift_limits": (("N8", -1),)}, "at most -1 shifts N8"),
    ],
)
def test_limits_that_mean_nothing(limits: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Rules(**limits)
    with pytest.raises(ValueError, match=f"contract full: {fault}"):
        Contract("full", **limits)


def test_soft_rules_have_a_price() -> None:
    rules = Rules(soft=(("rest", 50.0),))
    assert (rules.price_of("rest"), rules.price_of("seats")) == (50.0, None)
    with pytest.raises(ValueError, match="no rule skills that could be soft"):
        Rules(soft=(("skills", 1.0),))  # who lacks the skill cannot do the work at any price
    with pytest.raises(ValueError, match="no rule naps"):
        Rules(soft=(("naps", 1.0),))
    with pytest.raises(ValueError, match="costs -1"):
        Rules(soft=(("rest", -1.0),))


def test_a_period_has_weeks_and_its_hours_order() -> None:
    with pytest.raises(ValueError, match="a period of 0 weeks"):
        Contract("full", period_weeks=0)
    with pytest.raises(ValueError, match="minutes 100–60 do not order"):
        Contract("full", min_period_min=100, max_period_min=60)


def test_without_a_word_nothing_is_limited_beyond_rest_and_days_in_a_row() -> None:
    """A centre that says nothing of the later rules plans as it did before there were any."""
    rules = Rules()
    open_limits = (rules.max_day_min, rules.max_weekends, rules.min_weekly_rest_min, rules.seats)
    assert open_limits == (None, None, None, None)
    assert (rules.min_run_days, rules.min_run_days_off, rules.overtime_min) == (1, 1, 0)
    assert rules.rotation is Rotation.NONE
    assert rules.morning_after_night
    assert (rules.early_before, rules.late_after) == (0, 2880)  # no shift is early or late
