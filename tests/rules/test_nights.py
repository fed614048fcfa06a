"""Most night shifts in so many weeks."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.nights import RULE

from tests.factories import FREE, a_contract, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift("D"), a_shift("N", earliest_start=1320, latest_start=1320))  # 22:00–06:00


def problem(most: int, weeks: int = 1, days: int = 7, **changes: object) -> RosterProblem:
    rules = replace(FREE, max_nights=(most, weeks))
    return a_problem(a_grid(days=days), **{"rules": rules, "shifts": SHIFTS, **changes})


def test_days_are_no_nights() -> None:
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, "DNDDNDD"))


def test_a_night_too_many() -> None:
    asked = problem(2)
    violation = assert_illegal(RULE, asked, a_roster(asked, "NN.N..."))
    assert violation.params == {"nights": 3, "most": 2, "weeks": 1}
    assert (violation.day, violation.amount) == (6, 1)


def test_published_nights_count() -> None:
    past = a_past(problem(3), "NN.....")
    asked = problem(3, weeks=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, "N......"))
    assert_illegal(RULE, asked, a_roster(asked, "N.N...."))


def test_too_many_published_nights_are_not_to_blame() -> None:
    past = a_past(problem(1), "NNN....")
    asked = problem(1, weeks=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DD....."))
    assert assert_illegal(RULE, asked, a_roster(asked, "N......")).amount == 1


def test_periods_of_a_longer_plan() -> None:
    asked = problem(2, weeks=1, days=14)
    assert_legal(RULE, asked, a_roster(asked, ".....NNNN....."))
    assert [v.day for v in RULE.check(asked, a_roster(asked, "....NNNNNN"))] == [6, 13]


def test_a_contract_for_nights() -> None:
    asked = problem(0, contracts=(a_contract(max_nights=(5, 1)),))
    assert_legal(RULE, asked, a_roster(asked, "NNNNN"))
