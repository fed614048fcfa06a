"""Most shifts of a type, in the plan or in so many weeks."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.shift_limits import RULE

from tests.factories import FREE, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift(), a_shift("N", earliest_start=1320, latest_start=1320))
OFF = "......."


def problem(days: int = 7, weeks: int | None = None, **changes: object) -> RosterProblem:
    rules = replace(FREE, shift_limits=(("N", 2),), shift_limit_weeks=weeks)
    return a_problem(a_grid(days=days), shifts=SHIFTS, rules=rules, **changes)


def test_other_shifts_do_not_count() -> None:
    assert_legal(RULE, problem(), a_roster(problem(), "DNDNDDD"))


def test_one_too_many_is_told_at_the_end() -> None:
    violation = assert_illegal(RULE, problem(), a_roster(problem(), "NNN...N"))
    assert violation.params == {"shift": "N", "shifts": 4, "most": 2}
    assert (violation.day, violation.amount) == (6, 2)


def test_the_whole_plan_counts_where_no_weeks_are_named() -> None:
    asked = problem(days=14)
    assert_legal(RULE, asked, a_roster(asked, "N......" + "N......"))
    assert_illegal(RULE, asked, a_roster(asked, "NN....." + "N......"))


def test_each_week_counts_alone() -> None:
    asked = problem(days=14, weeks=1)
    assert_legal(RULE, asked, a_roster(asked, "NN....." + "NN....."))
    assert_illegal(RULE, asked, a_roster(asked, "NNN...." + OFF))


def test_published_shifts_of_the_period_count() -> None:
    past = a_past(problem(), "N", clock=1320)
    asked = problem(weeks=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, ".N....."))
    assert_illegal(RULE, asked, a_roster(asked, ".NN...."))
