"""Most paid hours of a calendar week, overtime included."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.week_hours import RULE

from tests.factories import FREE, MONDAY, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(hours: float, days: int = 7, **changes: object) -> RosterProblem:
    rules = replace(FREE, max_week_min=round(60 * hours))
    return a_problem(a_grid(days=days), **{"rules": rules, **changes})


def test_as_many_hours_as_allowed() -> None:
    asked = problem(40)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD"))


def test_an_hour_more_is_too_many() -> None:
    asked = problem(39)
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDDD"))
    assert (violation.params, violation.amount) == ({"hours": 40.0, "most": 39.0}, 1.0)


def test_weeks_count_for_themselves() -> None:
    asked = problem(24, days=14)
    assert_legal(RULE, asked, a_roster(asked, "....DDDDDD...."))


def test_a_week_that_goes_on_after_the_plan_counts() -> None:
    asked = problem(16, days=10)
    assert_illegal(RULE, asked, a_roster(asked, "D......DDD"))


def test_the_published_part_of_the_week_counts_but_is_not_to_blame() -> None:
    """Weeks from Saturday; five published days of eight hours where 32 hours are allowed."""
    past = a_past(problem(32), "DDDDD")
    asked = problem(32, days=2, first_weekday=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, ".."))
    violation = assert_illegal(RULE, asked, a_roster(asked, "D."))
    assert violation.amount == 8.0  # 48 hours are 16 too many, of which 8 are published


def test_leave_is_no_work() -> None:
    off = TimeOff("A1", MONDAY, MONDAY + timedelta(days=2))
    asked = problem(16, time_off=(off,))
    assert_legal(RULE, asked, a_roster(asked, "...DD.."))


def test_a_contracts_own_number_goes_first() -> None:
    asked = problem(24, contracts=(a_contract(max_week_min=2400),))
    assert_legal(RULE, asked, a_roster(asked, "DDDDD"))
