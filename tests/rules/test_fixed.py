"""What the planner fixed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from shiftcast.data.people import FixedAssignment
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.fixed import RULE

from tests.factories import MONDAY, a_grid, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift("D", latest_start=600), a_shift("E"))


def problem(
    day: int, code: str | None, start: int | None = None, agent: str = "A1"
) -> RosterProblem:
    entry = FixedAssignment(agent, MONDAY + timedelta(days=day), code, start)
    return a_problem(shifts=SHIFTS, fixed=(entry,), agents=(an_agent("A1"), an_agent("A2")))


def test_a_fixed_shift_at_any_of_its_starts() -> None:
    asked = problem(1, "D")
    assert_legal(RULE, asked, a_roster(asked, ".D.....", starts=(600,)))


@pytest.mark.parametrize("pattern", [".......", ".E....."])
def test_no_shift_or_another_one_instead(pattern: str) -> None:
    asked = problem(1, "D")
    violation = assert_illegal(RULE, asked, a_roster(asked, pattern))
    assert (violation.day, violation.fault, violation.params) == (1, "shift", {"shift": "D"})


def test_a_fixed_start() -> None:
    asked = problem(1, "D", 540)
    assert_legal(RULE, asked, a_roster(asked, ".D", starts=(540,)))
    assert_illegal(RULE, asked, a_roster(asked, ".D", starts=(600,)))


def test_a_fixed_day_off() -> None:
    asked = problem(1, None)
    assert_legal(RULE, asked, a_roster(asked, "D.D"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "DD."))
    assert (violation.day, violation.fault) == (1, "day_off")


def test_only_the_agent_named_is_bound() -> None:
    asked = problem(1, None, agent="A2")
    assert_legal(RULE, asked, a_roster(asked, "DDD", "D.D"))


@pytest.mark.parametrize("day", [-1, 7])
def test_days_outside_the_grid_bind_nobody(day: int) -> None:
    asked = problem(day, "D")
    assert_legal(RULE, asked, a_roster(asked, "......."))


def test_a_fixed_start_on_the_day_that_clocks_change() -> None:
    """09:00 on the last Sunday of October is 10 hours after midnight."""
    sunday = date(2026, 10, 25)
    asked = a_problem(
        a_grid(sunday, 3, tz="Europe/Berlin"),
        shifts=SHIFTS,
        fixed=(FixedAssignment("A1", sunday, "D", 540),),
    )
    roster = a_roster(asked, "D..", starts=(540,))
    assert roster.assignments[0].start == 600
    assert_legal(RULE, asked, roster)


def forbidden(day: int, code: str | None, start: int | None = None) -> RosterProblem:
    entry = FixedAssignment("A1", MONDAY + timedelta(days=day), code, start, forbidden=True)
    return a_problem(shifts=SHIFTS, fixed=(entry,))


def test_a_forbidden_shift() -> None:
    asked = forbidden(1, "D")
    assert_legal(RULE, asked, a_roster(asked, "DED"))
    assert_legal(RULE, asked, a_roster(asked, "D.D"))
    assert assert_illegal(RULE, asked, a_roster(asked, ".D")).fault == "forbidden_shift"


def test_a_forbidden_start() -> None:
    asked = forbidden(0, "D", 480)
    assert_legal(RULE, asked, a_roster(asked, "D", starts=(540,)))
    assert_illegal(RULE, asked, a_roster(asked, "D", starts=(480,)))


def test_a_day_off_that_is_forbidden() -> None:
    asked = forbidden(1, None)
    assert_legal(RULE, asked, a_roster(asked, ".E"))
    assert assert_illegal(RULE, asked, a_roster(asked, "D.")).fault == "forbidden_day_off"


def test_several_shifts_forbidden_on_a_day() -> None:
    asked = forbidden(0, "D")
    asked = replace(asked, fixed=(*asked.fixed, *forbidden(0, "E").fixed))
    assert_legal(RULE, asked, a_roster(asked, "."))
    assert_illegal(RULE, asked, a_roster(asked, "D"))
    assert_illegal(RULE, asked, a_roster(asked, "E"))
