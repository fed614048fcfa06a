"""Most agents on a break at the same time."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.data.shifts import BreakKind, BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.breaks_at_once import RULE

from tests.factories import FREE, a_grid, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("D", breaks=(BreakRule(60, True, 240, 240),)),  # a break at 12:00
    a_shift("E", breaks=(BreakRule(60, False, 300, 300),)),  # at 13:00
    a_shift("S", breaks=(BreakRule(120, False, 240, 240, BreakKind.SPLIT),)),
)


def problem(most: int | None = None, share: int | None = None) -> RosterProblem:
    return a_problem(
        a_grid(days=2),
        agents=tuple(an_agent(f"A{i}") for i in (1, 2, 3)),
        shifts=SHIFTS,
        rules=replace(FREE, breaks_at_once=most, breaks_at_once_share=share),
    )


def test_breaks_after_one_another() -> None:
    asked = problem(1)
    assert_legal(RULE, asked, a_roster(asked, "D.", "E.", ".D"))


def test_two_at_once() -> None:
    asked = problem(1)
    violation = assert_illegal(RULE, asked, a_roster(asked, ".D", ".D", ".E"))
    assert violation.params == {"away": 2, "most": 1, "time": "12:00"}
    assert (violation.day, violation.amount) == (1, 1.0)
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, ".D", ".D", ".E"))


def test_the_gap_of_a_split_shift_is_no_break() -> None:
    asked = problem(1)
    assert_legal(RULE, asked, a_roster(asked, "S.", "S.", "D."))


def test_a_share_of_those_present_is_rounded_up() -> None:
    """A third of three is one; 34 per cent of three, rounded up, are two."""
    asked = problem(share=33)
    assert_legal(RULE, asked, a_roster(asked, "D.", "S.", "S."))
    violation = assert_illegal(RULE, asked, a_roster(asked, "D.", "D.", "E."))
    assert violation.params == {"away": 2, "present": 3, "share": 33, "time": "12:00"}
    # Two are 2 − 0.99 on a break, and one beside the rounding.
    assert violation.amount == 0.02
    asked = problem(share=34)
    assert_legal(RULE, asked, a_roster(asked, "D.", "D.", "E."))
