"""Runs of days off that are long enough; those at the edge of what is known are not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.shortest_days_off import RULE

from tests.factories import FREE, MONDAY, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(least: int = 2, **changes: object) -> RosterProblem:
    return a_problem(rules=replace(FREE, min_run_days_off=least), **changes)


@pytest.mark.parametrize("pattern", ["DD..DDD", "DDDDDDD", ".DDDDD.", "D......"])
def test_long_enough_or_at_the_edge(pattern: str) -> None:
    assert_legal(RULE, problem(), a_roster(problem(), pattern))


def test_a_single_day_off_is_told() -> None:
    violation = assert_illegal(RULE, problem(), a_roster(problem(), "DD.DD.."))
    assert (violation.day, violation.params) == (2, {"days": 1, "least": 2})


def test_days_off_go_on_from_the_published_past() -> None:
    asked = problem(history=a_past(problem(), "D."))
    assert_legal(RULE, asked, a_roster(asked, ".D....."))
    assert_illegal(RULE, asked, a_roster(asked, "D......"))


def test_leave_counts_as_days_off() -> None:
    wednesday = MONDAY + timedelta(days=2)
    asked = problem(time_off=(TimeOff("A1", wednesday, wednesday),))
    assert_legal(RULE, asked, a_roster(asked, "DD..DDD"))
    assert_illegal(RULE, asked, a_roster(asked, "DD.DDDD"))
