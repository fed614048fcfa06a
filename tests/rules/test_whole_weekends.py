"""Weekends are worked whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.whole_weekends import RULE

from tests.factories import FREE, MONDAY, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal

SUNDAY = MONDAY + timedelta(days=6)


def problem(days: int = 7, **changes: object) -> RosterProblem:
    rules = replace(FREE, whole_weekends=True)
    return a_problem(a_grid(days=days), **{"rules": rules, **changes})


@pytest.mark.parametrize("pattern", ["DDDDD..", ".....DD", "D.D.DDD", "......."])
def test_both_days_or_none(pattern: str) -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, pattern))


@pytest.mark.parametrize("pattern", [".....D.", "......D"])
def test_one_day_alone(pattern: str) -> None:
    asked = problem()
    assert assert_illegal(RULE, asked, a_roster(asked, pattern)).day == 6


def test_each_weekend_counts_once() -> None:
    asked = problem(days=14)
    roster = a_roster(asked, ".....D......D.")
    assert [v.day for v in RULE.check(asked, roster)] == [6, 13]


def test_a_weekend_of_three_days_is_broken_once() -> None:
    rules = replace(FREE, whole_weekends=True, weekend_days=frozenset({4, 5, 6}))
    asked = problem(rules=rules)
    assert assert_illegal(RULE, asked, a_roster(asked, "....D.D")).day == 5
    assert_legal(RULE, asked, a_roster(asked, "....DDD"))


def test_leave_fits_either() -> None:
    asked = problem(time_off=(TimeOff("A1", SUNDAY, SUNDAY),))
    assert_legal(RULE, asked, a_roster(asked, ".....D."))
    assert_legal(RULE, asked, a_roster(asked, "......."))


@pytest.mark.parametrize(("past", "good", "bad"), [("D", "D", "."), (".D.", ".", "D")])
def test_a_weekend_that_began_before_the_plan(past: str, good: str, bad: str) -> None:
    """The plan begins on Sunday; what happened on Saturday is published."""
    grid = a_grid(first_day=SUNDAY)
    asked = problem(history=a_past(a_problem(grid), past))
    asked = replace(asked, grid=grid)
    assert_legal(RULE, asked, a_roster(asked, good))
    assert_illegal(RULE, asked, a_roster(asked, bad))


def test_an_unknown_saturday_fits_either() -> None:
    asked = replace(problem(), grid=a_grid(first_day=SUNDAY))
    assert_legal(RULE, asked, a_roster(asked, "D"))
    assert_legal(RULE, asked, a_roster(asked, "."))


def test_a_contract_without_it() -> None:
    asked = problem(contracts=(a_contract(whole_weekends=False),))
    assert_legal(RULE, asked, a_roster(asked, ".....D."))
