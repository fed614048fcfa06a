"""A block of days off in each calendar week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.days_off_together import RULE

from tests.factories import MONDAY, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(block: int, days: int = 7, **changes: object) -> RosterProblem:
    contract = a_contract(min_days_off_together=block)
    return a_problem(a_grid(days=days), contracts=(contract,), **changes)


@pytest.mark.parametrize("pattern", ["DDDDD..", "..DDDDD", "DD..DDD", "D.D...D"])
def test_a_block_anywhere_in_the_week(pattern: str) -> None:
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, pattern))


def test_single_days_make_no_block() -> None:
    asked = problem(2)
    violation = assert_illegal(RULE, asked, a_roster(asked, "D.D.D.D"))
    assert (violation.day, violation.params) == (6, {"days": 1, "needed": 2})


def test_a_block_across_two_weeks_serves_neither() -> None:
    asked = problem(2, days=14)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD....DDDDD"))
    roster = a_roster(asked, "DDDDDD..DDDDDD")
    assert [v.day for v in RULE.check(asked, roster)] == [6, 13]


def test_days_after_the_grid_may_still_make_the_block() -> None:
    asked = problem(2, days=10)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD..DDD"))


@pytest.mark.parametrize(("pattern", "judge"), [(".D", assert_legal), ("DD", assert_illegal)])
def test_days_off_before_the_grid_belong_to_the_week(pattern: str, judge) -> None:
    """Weeks from Saturday, worked on Saturday: Sunday off makes two with Monday."""
    past = a_past(problem(2), "D.")
    asked = problem(2, days=5, first_weekday=5, history=past)
    judge(RULE, asked, a_roster(asked, pattern + "DDD"))


def test_leave_counts_as_days_off() -> None:
    days = (MONDAY + timedelta(days=2), MONDAY + timedelta(days=3))
    asked = problem(2, time_off=(TimeOff("A1", *days),))
    assert_legal(RULE, asked, a_roster(asked, "DD..DDD"))
