"""Days a week: leave, weeks that the grid cuts, and what was worked before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.contract_days import RULE

from tests.factories import MONDAY, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal

THURSDAY = 3


def problem(least: int, most: int, days: int = 7, **changes: object) -> RosterProblem:
    contract = a_contract(min_days=least, max_days=most)
    return a_problem(a_grid(days=days), contracts=(contract,), **changes)


def leave(first: int, last: int, paid: bool) -> TimeOff:
    days = [MONDAY + timedelta(days=day) for day in (first, last)]
    return TimeOff("A1", days[0], days[1], paid)


@pytest.mark.parametrize("pattern", ["DDDDD..", "DDDD...", ".DDDDD."])
def test_days_within_the_contract(pattern: str) -> None:
    asked = problem(4, 5)
    assert_legal(RULE, asked, a_roster(asked, pattern))


@pytest.mark.parametrize(
    ("pattern", "fault", "days"), [("DDDDDD.", "many", 6), ("DDD....", "few", 3)]
)
def test_days_outside_the_contract(pattern: str, fault: str, days: int) -> None:
    asked = problem(4, 5)
    violation = assert_illegal(RULE, asked, a_roster(asked, pattern))
    assert (violation.fault, violation.params["days"], violation.day) == (fault, days, 6)


def test_each_calendar_week_is_counted_on_its_own() -> None:
    asked = problem(0, 4, days=14)
    assert_legal(RULE, asked, a_roster(asked, "...DDDDDDDD..."))
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDD...DDDDD.."))
    assert violation.day == 13


def test_a_week_may_begin_within_the_grid() -> None:
    """Weeks from Thursday: Monday to Wednesday end one, Thursday to Sunday begin the next."""
    asked = problem(0, 3, first_weekday=THURSDAY)
    assert_legal(RULE, asked, a_roster(asked, "DDDDDD."))
    assert_illegal(RULE, asked, a_roster(asked, "DDDDDDD"))


def test_a_cut_week_asks_only_for_what_its_other_days_cannot_give() -> None:
    """Monday to Wednesday of a week of 5 days: the four days to come can give 4 of them."""
    asked = problem(5, 5, days=3)
    assert_legal(RULE, asked, a_roster(asked, "D.."))
    assert_illegal(RULE, asked, a_roster(asked, "..."))


def test_an_unknown_past_excuses_a_known_one_does_not() -> None:
    """Weeks from Thursday: four days of the first week lie before the grid."""
    unknown = problem(5, 7, first_weekday=THURSDAY)
    assert_legal(RULE, unknown, a_roster(unknown, "D..DD.."))
    past = a_past(unknown, "..D.")
    known = problem(3, 7, first_weekday=THURSDAY, history=past)
    assert_illegal(RULE, known, a_roster(known, "D..DDD."))
    assert_legal(RULE, known, a_roster(known, "DD.DDD."))


def test_the_past_fills_the_week() -> None:
    past = a_past(problem(0, 5), "DDDD")
    asked = problem(0, 5, first_weekday=THURSDAY, history=past)
    assert_legal(RULE, asked, a_roster(asked, "D......"))
    assert_illegal(RULE, asked, a_roster(asked, "DD....."))


def test_a_past_over_the_limit_forbids_only_more() -> None:
    past = a_past(problem(0, 5), "DDDD")
    asked = problem(0, 3, first_weekday=THURSDAY, history=past)
    assert_legal(RULE, asked, a_roster(asked, "...DDD."))
    assert_illegal(RULE, asked, a_roster(asked, "D..DDD."))


def test_paid_leave_counts_as_worked() -> None:
    asked = problem(5, 5, time_off=(leave(0, 1, paid=True),))
    assert_legal(RULE, asked, a_roster(asked, "..DDD.."))
    assert_illegal(RULE, asked, a_roster(asked, "..DDDD."))


def test_leave_alone_may_exceed_the_contract() -> None:
    asked = problem(0, 5, time_off=(leave(0, 5, paid=True),))
    assert_legal(RULE, asked, a_roster(asked, "......."))
    assert_illegal(RULE, asked, a_roster(asked, "......D"))


def test_unpaid_leave_lowers_the_least_and_not_the_most() -> None:
    asked = problem(5, 5, time_off=(leave(0, 1, paid=False),))
    assert_legal(RULE, asked, a_roster(asked, "..DDD.."))
    assert_legal(RULE, asked, a_roster(asked, "..DDDDD"))
    assert_illegal(RULE, asked, a_roster(asked, "..DD..."))


def test_leave_before_the_grid_counts_once() -> None:
    """Weeks from Thursday, two days of paid leave before a grid without history: the other two
    unknown days excuse, so that one of five days is left to work."""
    asked = problem(5, 5, first_weekday=THURSDAY, time_off=(leave(-4, -3, paid=True),))
    assert_legal(RULE, asked, a_roster(asked, "D..DD.."))
    assert_illegal(RULE, asked, a_roster(asked, "...DD.."))


def test_a_day_worked_on_leave_counts_once() -> None:
    """Sick on a day that the published roster has a shift on: Sunday is one day, not two."""
    asked = problem(0, 4, first_weekday=THURSDAY, time_off=(leave(-1, -1, paid=True),))
    known = problem(
        0, 4, first_weekday=THURSDAY, time_off=asked.time_off, history=a_past(asked, "D")
    )
    assert_legal(RULE, known, a_roster(known, "DDD...."))


@pytest.mark.parametrize("first_day", [date(2026, 3, 23), date(2026, 10, 19)])
def test_a_clock_change_moves_no_day(first_day: date) -> None:
    grid = a_grid(first_day, tz="Europe/Berlin")
    asked = a_problem(grid, contracts=(a_contract(min_days=2, max_days=2),))
    assert_legal(RULE, asked, a_roster(asked, ".....DD"))
    assert_illegal(RULE, asked, a_roster(asked, "....DDD"))
