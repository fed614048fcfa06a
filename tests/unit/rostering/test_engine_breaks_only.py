"""Breaks placed anew: never a shift, never for the worse, and whatever the shifts break stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.presence import Meeting
from shiftcast.scheduling.rostering.engine import SolveLimit, place_breaks_anew
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.objective import cost_breakdown, same_shift
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster, RosterResult

from tests.factories import MONDAY
from tests.unit.rostering.small_week import a_week, settled


def anew(problem: RosterProblem, roster: Roster) -> RosterResult:
    return place_breaks_anew(problem, roster, SolveLimit(5.0, 2), np.random.default_rng(1))


def shifts_of(roster: Roster) -> list[tuple[str, int, str, int]]:
    return sorted((s.agent, s.day, s.shift_code, s.start) for s in roster.assignments)


@pytest.fixture(scope="module")
def poor() -> tuple[RosterProblem, Roster]:
    """A legal roster of three days in which the earliest break is everybody's."""
    problem = a_week(6, days=3)
    compiled, weeks, cover, _ = settled(problem)
    return problem, to_roster(compiled, weeks, cover)


def test_shifts_stay_and_breaks_get_better(poor: tuple[RosterProblem, Roster]) -> None:
    problem, roster = poor
    result = anew(problem, roster)
    assert result.roster is not None
    assert result.violations == ()
    assert shifts_of(result.roster) == shifts_of(roster)
    assert result.cost == pytest.approx(cost_breakdown(problem, result.roster).total)
    assert result.cost < cost_breakdown(problem, roster).total - 1


def test_meetings_are_placed_too(poor: tuple[RosterProblem, Roster]) -> None:
    problem, roster = poor
    lesson = Meeting("lesson", 30, MONDAY, MONDAY.replace(day=2, month=12), ("A0",), weight=1e4)
    result = anew(replace(problem, meetings=(lesson,)), roster)
    assert result.roster is not None
    assert sum(len(shift.meetings) for shift in result.roster.of_agent("A0")) == 1
    assert result.violations == ()


def test_days_before_stay_to_the_last_break(poor: tuple[RosterProblem, Roster]) -> None:
    problem, roster = poor
    limit, rng = SolveLimit(5.0, 2), np.random.default_rng(1)
    result = place_breaks_anew(problem, roster, limit, rng, frozen_until=2 * 1440)
    assert result.roster is not None
    assert set(result.roster.assignments) >= {s for s in roster.assignments if s.day < 2}
    assert shifts_of(result.roster) == shifts_of(roster)
    assert result.cost == pytest.approx(cost_breakdown(problem, result.roster).total)


def test_of_an_agents_days_only_those_asked_for_move(poor: tuple[RosterProblem, Roster]) -> None:
    problem, roster = poor
    first = min(roster.assignments, key=lambda shift: shift.start)
    limit, rng = SolveLimit(5.0, 2), np.random.default_rng(1)
    result = place_breaks_anew(problem, roster, limit, rng, only={(first.agent, first.day)})
    assert result.roster is not None
    assert set(result.roster.assignments) >= set(roster.assignments) - {first}
    assert shifts_of(result.roster) == shifts_of(roster)


def test_what_the_shifts_break_stays_and_is_named(poor: tuple[RosterProblem, Roster]) -> None:
    """Leave that came later, a second shift on a day, and a start that is no option."""
    problem, roster = poor
    first = roster.assignments[0]
    twice = replace(first, shift_code="S", start=first.end + 60, end=first.end + 300, breaks=())
    edited = Roster(roster.grid, (*roster.assignments, twice))
    day = problem.grid.dates[first.day]
    asked = replace(problem, time_off=(TimeOff(first.agent, day, day),))
    result = anew(asked, edited)
    assert result.roster is not None
    assert shifts_of(result.roster) == shifts_of(edited)
    assert {v.rule for v in result.violations} >= {"time_off", "one_shift_a_day"}
    kept = [s for s in result.roster.of_agent(first.agent) if s.day == first.day]
    assert any(same_shift(s, first) and s.breaks == first.breaks for s in kept)
