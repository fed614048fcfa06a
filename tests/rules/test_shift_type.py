"""Shift types that the contract names, on weekdays that the type allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.rules.shift_type import RULE

from tests.factories import MONDAY, a_contract, a_grid, a_problem, a_roster, a_shift, an_assignment
from tests.rules.verdicts import assert_illegal, assert_legal, found

WEEKEND = frozenset({5, 6})


def problem(*codes: str, first: date = MONDAY) -> RosterProblem:
    shifts = (a_shift("D"), a_shift("E"), a_shift("W", weekdays=WEEKEND))
    return a_problem(a_grid(first), shifts=shifts, contracts=(a_contract(shift_codes=codes),))


def test_the_contract_names_its_shifts() -> None:
    asked = problem("D", "W")
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.W"))
    violation = assert_illegal(RULE, asked, a_roster(asked, ".E"))
    assert (violation.fault, violation.params, violation.day) == ("contract", {"shift": "E"}, 1)


def test_a_contract_that_names_none_means_every_shift() -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, "DEDEDWW"))


def test_a_shift_starts_on_its_weekdays_only() -> None:
    """A grid from Thursday: its days 2 and 3 are the weekend."""
    asked = problem(first=date(2026, 12, 3))
    assert_legal(RULE, asked, a_roster(asked, "..WW"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "....W"))
    assert violation.fault == "weekday"


def test_both_faults_are_told() -> None:
    asked = problem("D")
    assert [v.fault for v in found(RULE, asked, a_roster(asked, "W"))] == ["contract", "weekday"]


def test_unknown_shifts_and_agents_are_left_to_shift_shape() -> None:
    asked = problem("D")
    strange = replace(an_assignment(asked, 0), shift_code="X")
    stranger = replace(an_assignment(asked, 0, "E"), agent="X")
    assert found(RULE, asked, Roster(asked.grid, (strange, stranger))) == []
