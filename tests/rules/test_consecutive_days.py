"""Runs of worked days, which go on across weeks and across the grid's first day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.consecutive_days import RULE

from tests.factories import MONDAY, a_contract, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(most: int, days: int = 7, **changes: object) -> RosterProblem:
    rules = Rules(min_rest_min=0, max_consecutive_days=most)
    return a_problem(a_grid(days=days), rules=rules, **changes)


@pytest.mark.parametrize("pattern", ["DDD.DDD", ".DD.DD.", "D.D.D.D"])
def test_runs_within_the_limit(pattern: str) -> None:
    asked = problem(3)
    assert_legal(RULE, asked, a_roster(asked, pattern))


@pytest.mark.parametrize(
    ("pattern", "last", "days"), [("DDDD...", 3, 4), ("..DDDD.", 5, 4), ("D.DDDDD", 6, 5)]
)
def test_a_run_beyond_the_limit_is_told_on_its_last_day(pattern: str, last: int, days: int) -> None:
    asked = problem(3)
    violation = assert_illegal(RULE, asked, a_roster(asked, pattern))
    assert (violation.day, violation.params) == (last, {"days": days, "most": 3})


@pytest.mark.parametrize("days", [10, 14])
def test_a_run_crosses_the_week(days: int) -> None:
    asked = problem(3, days=days)
    assert_legal(RULE, asked, a_roster(asked, ".....DDD"))
    assert_illegal(RULE, asked, a_roster(asked, ".....DDDD"))


def test_a_run_begins_before_the_grid() -> None:
    past = a_past(problem(3), "D.DD")
    asked = problem(3, days=3, history=past)
    assert_legal(RULE, asked, a_roster(asked, "D.D"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "DD."))
    assert violation.params == {"days": 4, "most": 3}


def test_a_past_over_the_limit_asks_for_a_day_off_first() -> None:
    past = a_past(problem(3), "DDDDD")
    asked = problem(3, history=past)
    assert_legal(RULE, asked, a_roster(asked, ".DDD..."))
    assert_illegal(RULE, asked, a_roster(asked, "D......"))


@pytest.mark.parametrize("paid", [True, False])
def test_leave_ends_a_run(paid: bool) -> None:
    day = MONDAY + timedelta(days=3)
    asked = problem(3, time_off=(TimeOff("A1", day, day, paid),))
    assert_legal(RULE, asked, a_roster(asked, "DDD.DDD"))


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    asked = problem(2, shifts=(a_shift("N", earliest_start=1320, latest_start=1320),))
    assert_legal(RULE, asked, a_roster(asked, "NN.NN"))
    assert_illegal(RULE, asked, a_roster(asked, "NNN"))


def test_the_contract_goes_before_the_centre() -> None:
    asked = problem(3, contracts=(a_contract(max_consecutive_days=5),))
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.."))
    assert_illegal(RULE, asked, a_roster(asked, "DDDDDD."))
