"""Weekends worked, one day of them or both, in so many weeks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.most_weekends import RULE

from tests.factories import FREE, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal

OFF = "......."


def problem(most: int, weeks: int, plan: int, **changes: object) -> RosterProblem:
    rules = replace(FREE, max_weekends=(most, weeks))
    return a_problem(a_grid(days=7 * plan), rules=rules, **changes)


def test_both_days_of_a_weekend_count_once() -> None:
    asked = problem(1, 2, 2)
    assert_legal(RULE, asked, a_roster(asked, "DD...DD" + OFF))


@pytest.mark.parametrize("second", [".....D.", "......D", ".....DD"])
def test_one_day_makes_a_weekend(second: str) -> None:
    asked = problem(1, 2, 2)
    violation = assert_illegal(RULE, asked, a_roster(asked, ".....D." + second))
    assert violation.params == {"weekends": 2, "most": 1, "weeks": 2}
    assert (violation.day, violation.amount) == (13, 1)


def test_each_period_counts_anew_and_the_last_one_ends_with_the_plan() -> None:
    asked = problem(1, 2, 3)
    assert_legal(RULE, asked, a_roster(asked, "......D" + "......D" + OFF))
    assert_illegal(RULE, asked, a_roster(asked, OFF + "......D" + "......D"))


def test_published_weekends_count_in_the_period_they_reach_into() -> None:
    past = a_past(problem(1, 2, 1), "D")
    asked = problem(1, 2, 1, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.."))
    assert_illegal(RULE, asked, a_roster(asked, ".....D."))


def test_a_past_above_the_limit_is_not_blamed() -> None:
    past = a_past(problem(0, 2, 1), "D")
    asked = problem(0, 2, 1, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.."))
    assert assert_illegal(RULE, asked, a_roster(asked, ".....D.")).amount == 1


def test_the_contract_goes_before_the_centre() -> None:
    asked = problem(0, 1, 1, contracts=(a_contract(max_weekends=(1, 1)),))
    assert_legal(RULE, asked, a_roster(asked, ".....DD"))
