"""Agents of a site work its shifts, and those that belong to no site."""

from __future__ import annotations

import pytest
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.sites import RULE

from tests.factories import a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift("L", site="Lisbon"), a_shift("P", site="Porto"), a_shift("H"))


def problem(site: str) -> RosterProblem:
    return a_problem(shifts=SHIFTS, agents=(an_agent(site=site),))


@pytest.mark.parametrize(("site", "pattern"), [("Porto", "PHP"), ("Lisbon", "LH"), ("", "LPH")])
def test_own_shifts_and_those_of_no_site(site: str, pattern: str) -> None:
    asked = problem(site)
    assert_legal(RULE, asked, a_roster(asked, pattern))


def test_a_shift_of_another_site() -> None:
    asked = problem("Porto")
    violation = assert_illegal(RULE, asked, a_roster(asked, "PL"))
    assert violation.day == 1
    assert violation.params == {"shift": "L", "site": "Lisbon", "own": "Porto"}
