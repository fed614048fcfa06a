"""Seats of a site, or of certain hours."""

from __future__ import annotations

from shiftcast.data.presence import Hours, SeatLimit
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.seat_limits import RULE

from tests.factories import a_grid, a_past, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

AGENTS = (an_agent("A1", site="Porto"), an_agent("A2", site="Porto"), an_agent("A3"))
SHIFTS = (
    a_shift("E", breaks=(BreakRule(60, True, 240, 240),)),  # 08:00–16:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("N", earliest_start=1320, latest_start=1320),  # 22:00–06:00
)


def problem(limit: SeatLimit, days: int = 2, **changes: object) -> RosterProblem:
    asked = {"agents": AGENTS, "shifts": SHIFTS, "seat_limits": (limit,), **changes}
    return a_problem(a_grid(days=days), **asked)


def test_a_site_has_its_own_seats() -> None:
    asked = problem(SeatLimit(1, "Porto"))
    assert_legal(RULE, asked, a_roster(asked, "E.", "..", "E."))
    violation = assert_illegal(RULE, asked, a_roster(asked, "E.", "L.", ".."))
    assert violation.params == {"site": "Porto", "present": 2, "seats": 1, "time": "14:00"}
    assert (violation.day, violation.amount) == (0, 2.0)


def test_a_break_does_not_free_the_seat() -> None:
    asked = problem(SeatLimit(1, hours=Hours(start=720, end=780)))
    assert_illegal(RULE, asked, a_roster(asked, "E.", "E.", ".."))


def test_other_hours_have_seats_for_everybody() -> None:
    asked = problem(SeatLimit(1, hours=Hours(frozenset({0}), 960, 1320)))
    assert_legal(RULE, asked, a_roster(asked, "EL", "EL", "LL"))
    assert_illegal(RULE, asked, a_roster(asked, "L.", "L.", ".."))


def test_a_published_past_that_fills_the_seats_is_not_to_blame() -> None:
    """One seat before 10:00; the published night until 06:00 has it."""
    free = problem(SeatLimit(1, hours=Hours(end=600)))
    asked = problem(SeatLimit(0, hours=Hours(end=600)), history=a_past(free, "N"))
    assert_legal(RULE, asked, a_roster(asked, "L.", "..", ".."))
    assert_illegal(RULE, asked, a_roster(asked, "..", "E.", ".."))
