"""Paid hours a week: breaks, leave, and weeks that the grid cuts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.contract_hours import RULE, average_day

from tests.factories import MONDAY, a_contract, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

# A day of 8 paid hours (an unpaid meal besides), a long one of 10, a short one of 4.
SHIFTS = (
    a_shift("D", breaks=(BreakRule(60, False, 180, 240), BreakRule(60, True, 360, 360))),
    a_shift("L", paid_min=600),
    a_shift("S", paid_min=240),
)


def problem(least: float, most: float | None, days: int = 7, **changes: object) -> RosterProblem:
    contract = a_contract(
        max_days=5,
        min_minutes=int(60 * least),
        max_minutes=None if most is None else int(60 * most),
    )
    return a_problem(a_grid(days=days), contracts=(contract,), shifts=SHIFTS, **changes)


def leave(first: int, last: int, paid: bool) -> TimeOff:
    days = [MONDAY + timedelta(days=day) for day in (first, last)]
    return TimeOff("A1", days[0], days[1], paid)


@pytest.mark.parametrize("pattern", ["DDDD...", "DDDDD..", "LLLS.S.", "LLLL..."])
def test_hours_within_the_contract(pattern: str) -> None:
    asked = problem(32, 40)
    assert_legal(RULE, asked, a_roster(asked, pattern))


@pytest.mark.parametrize(
    ("pattern", "fault", "hours"), [("LLLLS..", "many", 44), ("DDDS...", "few", 28)]
)
def test_hours_outside_the_contract(pattern: str, fault: str, hours: float) -> None:
    asked = problem(32, 40)
    violation = assert_illegal(RULE, asked, a_roster(asked, pattern))
    assert (violation.fault, violation.params["hours"], violation.day) == (fault, hours, 6)


def test_no_most_means_no_most() -> None:
    asked = problem(8, None)
    assert_legal(RULE, asked, a_roster(asked, "LLLLLLL"))
    assert_illegal(RULE, asked, a_roster(asked, "S......"))


def test_each_calendar_week_is_counted_on_its_own() -> None:
    asked = problem(0, 16, days=10)
    assert_legal(RULE, asked, a_roster(asked, ".....DDDD."))
    violation = assert_illegal(RULE, asked, a_roster(asked, ".....DDDDS"))
    assert violation.day == 9


def test_a_cut_week_asks_only_for_what_the_longest_shifts_cannot_give() -> None:
    """Three days of a week of 48 hours; four days to come give 40 hours at most."""
    asked = problem(48, 60, days=3)
    assert_legal(RULE, asked, a_roster(asked, "D.."))
    assert_illegal(RULE, asked, a_roster(asked, "S.."))


def test_the_past_fills_the_week_and_forbids_only_more() -> None:
    """Weeks from Saturday: 16 hours were worked at the weekend."""
    past = a_past(problem(0, 40), "DD")
    asked = problem(0, 24, first_weekday=5, history=past)
    assert_legal(RULE, asked, a_roster(asked, "D......"))
    assert_illegal(RULE, asked, a_roster(asked, "DS....."))
    overdone = problem(0, 12, first_weekday=5, history=past)
    assert_legal(RULE, overdone, a_roster(overdone, ".....S."))
    assert_illegal(RULE, overdone, a_roster(overdone, "S......"))


def test_a_day_of_leave_stands_for_the_average_day() -> None:
    """40 hours in at most 5 days: 8 hours a day of leave; without a most, of the least hours."""
    assert average_day(problem(0, 40).contracts[0]) == 480
    assert average_day(problem(30, None).contracts[0]) == 360
    assert average_day(a_contract(max_days=0)) == 0


def test_paid_leave_counts_unpaid_leave_lowers_the_least() -> None:
    paid = problem(40, 40, time_off=(leave(0, 1, paid=True),))
    unpaid = problem(40, 40, time_off=(leave(0, 1, paid=False),))
    for asked in (paid, unpaid):
        assert_legal(RULE, asked, a_roster(asked, "..DDD.."))
        assert_illegal(RULE, asked, a_roster(asked, "..DDS.."))
    assert_illegal(RULE, paid, a_roster(paid, "..DDDS."))
    assert_legal(RULE, unpaid, a_roster(unpaid, "..DDDS."))


def test_leave_alone_may_exceed_the_contract() -> None:
    """Six days of leave stand for 48 hours of a week of 40."""
    asked = problem(0, 40, time_off=(leave(0, 5, paid=True),))
    assert_legal(RULE, asked, a_roster(asked, "......."))
    assert_illegal(RULE, asked, a_roster(asked, "......S"))
