"""One long rest in each calendar week: 35 hours, 24 of them in the week, unless a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.weekly_rest import RULE

from tests.factories import FREE, MONDAY, a_contract, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("D"),  # 08:00–16:00
    a_shift("E", earliest_start=360, latest_start=360),  # 06:00–14:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("N", earliest_start=1320, latest_start=1320),  # 22:00–06:00
)


def problem(
    days: int = 7, first_day: date = MONDAY, past: str = "", **changes: object
) -> RosterProblem:
    rules = replace(FREE, min_weekly_rest_min=2100, min_rest_min=660)
    told = {"rules": rules, "shifts": SHIFTS, **changes}
    asked = a_problem(a_grid(first_day, days), **told)
    return replace(asked, history=a_past(asked, past))


@pytest.mark.parametrize("pattern", ["DDDDD..", ".DDDDD.", "DDD.DDD", "LLL.DDD", "......."])
def test_a_day_off_with_the_nights_around_it(pattern: str) -> None:
    """From 16:00 over a day off to 08:00 are 40 hours, from 22:00 to 08:00 still 34."""
    asked = problem(rules=replace(FREE, min_weekly_rest_min=2040, min_rest_min=660))
    assert_legal(RULE, asked, a_roster(asked, pattern))


def test_a_late_shift_before_and_an_early_one_after_leave_too_little() -> None:
    """22:00 on Wednesday to 06:00 on Friday are 32 hours."""
    asked = problem()
    violation = assert_illegal(RULE, asked, a_roster(asked, "LLL.EEE"))
    assert (violation.day, violation.params) == (6, {"hours": 35.0})
    assert_legal(RULE, asked, a_roster(asked, "LLL.LEE"))


def test_no_day_off() -> None:
    asked = problem()
    assert_illegal(RULE, asked, a_roster(asked, "DDDDDDD"))


def test_a_day_without_a_shift_is_no_rest_after_a_night() -> None:
    """Off duty at 06:00, back at 06:00 on the next day: 24 hours."""
    asked = problem()
    assert_illegal(RULE, asked, a_roster(asked, "NNN.EEE"))
    assert_legal(RULE, asked, a_roster(asked, "NNN.NNN"))  # 40 hours


def test_a_rest_over_the_end_of_the_week() -> None:
    """Off on Sunday: from Saturday 16:00 to Monday 08:00, 32 of 40 hours in the first week. The
    second week needs its own."""
    asked = problem(days=14)
    assert_legal(RULE, asked, a_roster(asked, "DDDDDD." + "DDDDDD."))
    assert [v.day for v in RULE.check(asked, a_roster(asked, "DDDDDD." + "DDDDDDD"))] == [13]


def test_a_rest_that_the_next_week_cuts_short() -> None:
    """Saturday 22:00 to Monday 06:00 are 32 hours, to 14:00 forty."""
    asked = problem(days=14)
    assert_legal(RULE, asked, a_roster(asked, "LLLLLL." + "L......"))
    assert_illegal(RULE, asked, a_roster(asked, "LLLLLL." + "E......"))


def test_a_rest_mostly_in_the_week_before_is_not_the_weeks_own() -> None:
    """Off from Saturday 16:00 to Monday 14:00 (46 hours), 14 of them in the second week."""
    asked = problem(days=14)
    breaches = RULE.check(asked, a_roster(asked, "DDDDDD." + "LLLLLLL"))
    assert [v.day for v in breaches] == [13]


def test_what_comes_after_the_plan_is_free() -> None:
    asked = problem(days=5)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD"))


def test_a_plan_that_begins_in_the_week() -> None:
    """From Thursday on; Monday to Wednesday are published."""
    thursday = MONDAY + timedelta(days=3)
    asked = problem(4, thursday, past="DDD")
    assert_illegal(RULE, asked, a_roster(asked, "DDDD"))
    assert_legal(RULE, asked, a_roster(asked, "DD.D"))
    asked = problem(4, thursday, past="..D")
    assert_legal(RULE, asked, a_roster(asked, "DDDD"))


def test_a_published_week_without_a_rest_is_not_to_blame() -> None:
    """The plan begins on Sunday; the published night of Saturday ends then at 06:00."""
    asked = problem(8, MONDAY + timedelta(days=6), past="DDDDDN")
    assert_legal(RULE, asked, a_roster(asked, "D......."))


def test_a_rest_of_the_published_week_that_the_plan_cuts_short() -> None:
    asked = problem(past="LLLLLL.")
    assert assert_illegal(RULE, asked, a_roster(asked, "E......")).day == 0
    assert_legal(RULE, asked, a_roster(asked, "L......"))


def test_two_days_off_together_are_always_enough() -> None:
    """The engine then leaves the rest to that rule, and the audit agrees."""
    asked = problem(contracts=(a_contract(min_days_off_together=2),))
    assert RULE.counter is not None
    assert RULE.counter(asked, asked.agents[0]) is None
    assert list(RULE.check(asked, a_roster(asked, "NNNNN.."))) == []
    assert list(RULE.check(asked, a_roster(asked, "NNN..EE"))) == []


def test_a_published_week_with_one_day_off_is_not_left_to_that_rule() -> None:
    """The rest from Saturday 22:00 on has yet to last until Monday 09:00."""
    contract = a_contract(min_days_off_together=2)
    asked = problem(past="LLLLLL.", contracts=(contract,))
    assert_illegal(RULE, asked, a_roster(asked, "E......"))
    asked = problem(past="LLLLL..", contracts=(contract,))
    assert RULE.counter is not None
    assert RULE.counter(asked, asked.agents[0]) is None


def test_a_contract_with_its_own_rest() -> None:
    asked = problem(contracts=(a_contract(min_weekly_rest_min=1440),))
    assert_legal(RULE, asked, a_roster(asked, "LLL.EEE"))
