"""Shifts that may not start on the day after another one."""

from __future__ import annotations

from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.forbidden_followers import RULE

from tests.factories import MONDAY, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=360),
    a_shift("L", earliest_start=840, latest_start=840, not_before=frozenset({"E"})),
)


def problem(**changes: object) -> RosterProblem:
    return a_problem(shifts=SHIFTS, **changes)


def test_others_may_follow_and_a_day_off_clears_the_way() -> None:
    assert_legal(RULE, problem(), a_roster(problem(), "ELL.EEL"))


def test_a_forbidden_follower_is_told_on_its_day() -> None:
    violation = assert_illegal(RULE, problem(), a_roster(problem(), "..LE..."))
    assert (violation.day, violation.params) == (3, {"shift": "E", "before": "L"})


def test_the_shift_before_the_grid_forbids_too() -> None:
    asked = problem(history=a_past(problem(), "L", clock=840))
    assert_legal(RULE, asked, a_roster(asked, "L......"))
    assert_illegal(RULE, asked, a_roster(asked, "E......"))


def test_leave_between_clears_the_way() -> None:
    asked = problem(time_off=(TimeOff("A1", MONDAY, MONDAY),))
    assert_legal(RULE, asked, a_roster(asked, ".E....."))
