"""People who work together, and people kept apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from shiftcast.data.people import TimeOff
from shiftcast.data.presence import Company, Pairing
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.company import RULE

from tests.factories import MONDAY, a_grid, a_past, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal, points

SHIFTS = (
    a_shift("E"),  # 08:00–16:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("N", earliest_start=1320, latest_start=1320),  # 22:00–06:00
)
TOGETHER = Pairing(("A1", "A2"), Company.TOGETHER)
APART = Pairing(("A1", "A2"), Company.APART)


def problem(pairing: Pairing, days: int = 2, **changes: object) -> RosterProblem:
    crew = tuple(an_agent(f"A{i}") for i in (1, 2, 3))
    asked = {"agents": crew, "shifts": SHIFTS, "pairings": (pairing,), **changes}
    return a_problem(a_grid(days=days), **asked)


def test_together_on_the_same_shifts() -> None:
    asked = problem(TOGETHER)
    assert_legal(RULE, asked, a_roster(asked, "EL", "EL", ".E"))


def test_one_without_the_other() -> None:
    asked = problem(TOGETHER)
    violation = assert_illegal(RULE, asked, a_roster(asked, "EL", "E.", ".."))
    assert (violation.day, violation.fault, violation.amount) == (1, "together", 8.0)
    assert violation.params == {"agents": "A1, A2", "time": "14:00"}


def test_shifts_that_overlap_are_not_the_same() -> None:
    asked = problem(TOGETHER)
    violation = assert_illegal(RULE, asked, a_roster(asked, "E.", "L.", ".."))
    assert violation.amount == 12.0  # 08:00–14:00 and 16:00–22:00


def test_leave_of_the_one_frees_the_other() -> None:
    asked = problem(TOGETHER, time_off=(TimeOff("A2", MONDAY, MONDAY),))
    assert_legal(RULE, asked, a_roster(asked, "EE", ".E", ".."))


def test_where_the_published_past_has_parted_them() -> None:
    asked = problem(TOGETHER)
    asked = problem(TOGETHER, history=a_past(asked, "N"))  # only A1 until 06:00
    assert_legal(RULE, asked, a_roster(asked, "..", "..", ".."))


def test_apart_at_all_times() -> None:
    asked = problem(APART)
    assert_legal(RULE, asked, a_roster(asked, "E.", ".E", "EE"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "E.", "L.", ".."))
    assert (violation.fault, violation.amount) == ("apart", 2.0)  # 14:00–16:00


def test_of_several_kept_apart_one_at_a_time() -> None:
    asked = problem(Pairing(("A1", "A2", "A3"), Company.APART))
    assert_legal(RULE, asked, a_roster(asked, "E.", "N.", ".L"))
    assert_illegal(RULE, asked, a_roster(asked, "E.", "..", "E."))


def test_three_together() -> None:
    asked = problem(Pairing(("A1", "A2", "A3"), Company.TOGETHER))
    assert_legal(RULE, asked, a_roster(asked, "E.", "E.", "E."))
    roster = a_roster(asked, "E.", "E.", "..")
    assert [v.params["agents"] for v in RULE.check(asked, roster)] == ["A1, A3", "A2, A3"]


def test_a_pair_at_its_own_price() -> None:
    """Who goes alone costs 5 points an hour; another pair must not meet, whatever it costs."""
    soft = replace(TOGETHER, points=5.0)
    hard = Pairing(("A2", "A3"), Company.APART, np.inf)
    asked = problem(soft, pairings=(soft, hard))
    alone = a_roster(asked, "E.", "..", "..")
    assert (audit(asked, alone), cost_breakdown(asked, alone).broken_rules) == ((), 8 * 5)
    assert points(asked, alone, (RULE,)) == 8 * 5
    (violation,) = audit(asked, a_roster(asked, "E.", "E.", "E."))
    assert violation.fault == "apart"
