"""Most night shifts in a row."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.consecutive_nights import RULE

from tests.factories import FREE, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift("D"), a_shift("N", earliest_start=1320, latest_start=1320))


def problem(most: int, days: int = 7, **changes: object) -> RosterProblem:
    rules = replace(FREE, max_consecutive_nights=most)
    return a_problem(a_grid(days=days), **{"rules": rules, "shifts": SHIFTS, **changes})


def test_a_day_or_a_day_off_ends_the_run() -> None:
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, "NNDNN.N"))


def test_one_night_too_many_in_a_row() -> None:
    asked = problem(2)
    violation = assert_illegal(RULE, asked, a_roster(asked, ".NNN..."))
    assert (violation.day, violation.params) == (3, {"nights": 3, "most": 2})


def test_the_amount_is_the_nights_above() -> None:
    asked = problem(1)
    assert assert_illegal(RULE, asked, a_roster(asked, "NNNN...")).amount == 3


def test_published_nights_go_on() -> None:
    asked = problem(2, history=a_past(problem(2), "NN"))
    assert_legal(RULE, asked, a_roster(asked, "DNN"))
    assert_illegal(RULE, asked, a_roster(asked, "N"))


def test_a_published_run_that_is_too_long_is_not_to_blame() -> None:
    asked = problem(2, history=a_past(problem(2), "NNNN"))
    assert_legal(RULE, asked, a_roster(asked, ".NN"))
    assert assert_illegal(RULE, asked, a_roster(asked, "NN.")).amount == 2


def test_no_nights_at_all() -> None:
    asked = problem(0)
    assert_illegal(RULE, asked, a_roster(asked, "..N"))
