"""Runs of worked days that are long enough; those at the edge of what is known are not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.shortest_run import RULE

from tests.factories import FREE, MONDAY, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(least: int = 3, **changes: object) -> RosterProblem:
    return a_problem(rules=replace(FREE, min_run_days=least), **changes)


@pytest.mark.parametrize("pattern", [".DDD...", ".......", ".DDDD..", "D.....D", "DD.DDD."])
def test_long_enough_or_at_the_edge(pattern: str) -> None:
    assert_legal(RULE, problem(), a_roster(problem(), pattern))


@pytest.mark.parametrize(("pattern", "day", "days"), [("..D....", 2, 1), (".DD....", 2, 2)])
def test_a_short_run_is_told_on_its_last_day(pattern: str, day: int, days: int) -> None:
    violation = assert_illegal(RULE, problem(), a_roster(problem(), pattern))
    assert (violation.day, violation.params) == (day, {"days": days, "least": 3})
    assert violation.amount == 3 - days


def test_a_run_begins_in_the_published_past() -> None:
    asked = problem(history=a_past(problem(), ".DD"))
    assert_legal(RULE, asked, a_roster(asked, "D......"))
    assert_illegal(RULE, asked, a_roster(asked, "......."))


def test_leave_excuses_a_short_run_before_and_after_it() -> None:
    wednesday = MONDAY + timedelta(days=2)
    asked = problem(time_off=(TimeOff("A1", wednesday, wednesday),))
    assert_legal(RULE, asked, a_roster(asked, ".D.D..."))
