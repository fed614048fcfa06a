"""Most paid hours of a day."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.longest_day import RULE

from tests.factories import FREE, a_contract, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("D"),
    a_shift("T", paid_min=600, breaks=(BreakRule(60, False, 240, 240),)),  # 11 hours there
)


def problem(rules: Rules, own: int | None = None) -> RosterProblem:
    return a_problem(shifts=SHIFTS, rules=rules, contracts=(a_contract(max_day_min=own),))


def test_paid_time_counts_not_presence() -> None:
    asked = problem(replace(FREE, max_day_min=600))
    assert_legal(RULE, asked, a_roster(asked, "DTD"))


def test_a_shift_that_is_too_long() -> None:
    asked = problem(replace(FREE, max_day_min=540))
    violation = assert_illegal(RULE, asked, a_roster(asked, "DT"))
    assert (violation.day, violation.params) == (1, {"hours": 10.0, "most": 9.0})


def test_a_contracts_own_number_goes_first() -> None:
    asked = problem(replace(FREE, max_day_min=480), own=600)
    assert_legal(RULE, asked, a_roster(asked, "DT"))


def test_without_a_limit_any_length_will_do() -> None:
    asked = problem(FREE)
    assert_legal(RULE, asked, a_roster(asked, "TTTTTTT"))
