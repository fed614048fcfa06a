"""Of so many weekends in a row one is free."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.free_weekends import RULE

from tests.factories import FREE, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal

OFF, SAT, SUN, BOTH = ".......", ".....D.", "......D", ".....DD"


def problem(every: int, weeks: int = 2, **changes: object) -> RosterProblem:
    rules = replace(FREE, free_weekend_every=every)
    return a_problem(a_grid(days=7 * weeks), **{"rules": rules, **changes})


@pytest.mark.parametrize("weekends", [(BOTH, OFF), (OFF, SAT), (SUN, "DDDDD..")])
def test_every_other_weekend_free(weekends: tuple[str, str]) -> None:
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, "".join(weekends)))


@pytest.mark.parametrize(("weekends", "day"), [((BOTH, BOTH), 12), ((SAT, SUN), 13)])
def test_two_weekends_in_a_row(weekends: tuple[str, str], day: int) -> None:
    """One day makes a weekend worked."""
    asked = problem(2)
    violation = assert_illegal(RULE, asked, a_roster(asked, "".join(weekends)))
    assert (violation.day, violation.params) == (day, {"weekends": 2, "every": 2})


def test_every_third() -> None:
    asked = problem(3, weeks=4)
    assert_legal(RULE, asked, a_roster(asked, SAT + SUN + OFF + BOTH))
    roster = a_roster(asked, SAT + SUN + BOTH + BOTH)
    assert [v.day for v in RULE.check(asked, roster)] == [19, 26]


def test_published_weekends_count() -> None:
    past = a_past(problem(2), "D.")  # Saturday
    asked = problem(2, weeks=1, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.."))
    assert_illegal(RULE, asked, a_roster(asked, SUN))


def test_published_weekends_in_a_row_are_not_to_blame() -> None:
    past = a_past(problem(2), SAT + SAT)
    asked = problem(2, weeks=1, history=past)
    assert_legal(RULE, asked, a_roster(asked, OFF))
    assert_illegal(RULE, asked, a_roster(asked, SAT))


def test_a_contract_with_its_own_number() -> None:
    asked = problem(2, contracts=(a_contract(free_weekend_every=3),))
    assert_legal(RULE, asked, a_roster(asked, BOTH + BOTH))
