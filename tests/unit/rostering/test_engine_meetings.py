"""Meetings are placed where they cost least, and the engine's roster holds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.presence import LeastStaffing, Meeting
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.bound import LagrangianBound
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.floor import Floor, sessions_of
from shiftcast.scheduling.rostering.engine.meetings import place_meetings
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.engine.polish import polish_breaks
from shiftcast.scheduling.rostering.meetings import Missed, meeting_record, why_missed
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import MeetingSpan, Roster, RosterResult

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_shift,
    an_agent,
    an_assignment,
)
from tests.unit.rostering.small_week import WEIGHTS, a_week, settled

TALK = Meeting("talk", 60, MONDAY, MONDAY, ("A0", "A1"))


def one_day(
    wanted: object, *meetings: Meeting, agents: int = 3, **changes: object
) -> RosterProblem:
    """Agents who all work from 08:00 to 16:00, with a paid hour's break from 10:00 to 14:00."""
    grid = a_grid(days=1)
    told: dict[str, object] = {
        "demands": (a_demand(grid, wanted),),
        "agents": tuple(an_agent(f"A{i}") for i in range(agents)),
        "shifts": (a_shift(breaks=(BreakRule(60, True, 120, 300),)),),
        "contracts": (a_contract(min_days=7),),
        "weights": WEIGHTS,
        "meetings": meetings,
    }
    return a_problem(grid, **{**told, **changes})


def placed(problem: RosterProblem, polish: bool = True) -> tuple[Roster, float]:
    """The settled roster with its meetings, and the cost that the engine tells."""
    compiled, weeks, cover, cost = settled(problem)
    floor = Floor(compiled, weeks, cover, sessions_of(compiled))
    cost += floor.step_away() + place_meetings(floor, compiled.scratch())
    if polish:
        for day in range(problem.grid.days):
            change = polish_breaks(floor, day, list(range(compiled.agents)), 5.0, 1)
            assert change <= 1e-6
            cost += change
    return to_roster(compiled, weeks, cover, floor.sessions), cost


def solved(problem: RosterProblem, rounds: int = 6) -> RosterResult:
    return solve(problem, SolveLimit(60.0, rounds), np.random.default_rng(1))


def test_a_meeting_goes_where_it_costs_least() -> None:
    """Two of two agents meet: at 15:00, the only hour that wants nobody."""
    hours = np.arange(24)
    problem = one_day(np.where((hours >= 8) & (hours < 15), 2.0, 0.0), TALK, agents=2)
    roster, cost = placed(problem)
    assert audit(problem, roster) == ()
    assert [s.meetings for s in roster.assignments] == [(MeetingSpan(900, 960, "talk"),)] * 2
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)


@pytest.mark.parametrize("seed", range(4))
def test_breaks_and_meeting_together_are_the_best_there_are(seed: int) -> None:
    wanted = np.random.default_rng(seed).integers(0, 4, 24).astype(float)
    problem = one_day(wanted, TALK, agents=2)
    _, cost = placed(problem)
    least = min(
        cost_breakdown(problem, roster).total
        for first in range(120, 301, 60)
        for second in range(120, 301, 60)
        for at in range(480, 901, 60)
        if (roster := _by_hand(problem, first, second, at)) is not None
    )
    assert cost == pytest.approx(least)
    bound = LagrangianBound(compile_problem(problem))
    for part in np.linspace(0.0, 1.0, 400):
        bound.improve(part)
    assert 0.7 * least <= bound.value <= least + 1e-6


def _by_hand(problem: RosterProblem, first: int, second: int, at: int) -> Roster | None:
    """Both agents' breaks and their meeting as told; None if they overlap."""
    if at - 480 in (first, second):
        return None
    shifts = [
        an_assignment(problem, 0, agent=agent, breaks=[pause])
        for agent, pause in (("A0", first), ("A1", second))
    ]
    held = [replace(s, meetings=(MeetingSpan(at, at + 60, "talk"),)) for s in shifts]
    cut = [
        tuple(replace(span, start=a, end=b) for span in s.queues[:1] for a, b in s.working())
        for s in held
    ]
    return Roster(problem.grid, tuple(replace(s, queues=q) for s, q in zip(held, cut, strict=True)))


def test_a_break_makes_room() -> None:
    """The meeting's only time is that of both breaks as they were settled: noon is idle."""
    hours = np.arange(24)
    noon = Meeting("talk", 60, MONDAY, MONDAY, ("A0", "A1"), "", 720, 780)
    problem = one_day(np.where(hours == 12, 0.0, 2.0), noon, agents=2)
    roster, cost = placed(problem, polish=False)
    assert audit(problem, roster) == ()
    assert all(shift.meetings == (MeetingSpan(720, 780, "talk"),) for shift in roster.assignments)
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)


def test_nobody_meets_who_is_needed_more() -> None:
    problem = one_day(9.0, replace(TALK, weight=1.0))
    roster, cost = placed(problem)
    assert not any(shift.meetings for shift in roster.assignments)
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)
    assert cost_breakdown(problem, roster).meetings == 2.0


def test_those_at_a_meeting_do_not_count_as_staff() -> None:
    """Two must be at work from 10:00 to 14:00: the three have their breaks and lessons in turn."""
    lesson = Meeting("lesson", 60, MONDAY, MONDAY, ("A0", "A1", "A2"), one_time=False)
    problem = one_day(0.0, lesson, least_staffing=(LeastStaffing(2),))
    problem = replace(problem, rules=replace(problem.rules, soft=(("least_staffing", 500.0),)))
    roster, cost = placed(problem)
    assert audit(problem, roster) == ()
    assert all(a.span is not None for a in meeting_record(problem, roster).attendances)
    hours_short = 16 * 2
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)
    assert cost_breakdown(problem, roster).broken_rules == 500.0 * hours_short


def test_people_are_drawn_to_a_meeting() -> None:
    """Early and late shifts that share two hours, and a meeting that lies in the early ones."""
    grid = a_grid(days=2)
    talk = Meeting("talk", 60, MONDAY, MONDAY, tuple(f"A{i}" for i in range(4)), "", 540, 660)
    problem = one_day(0.0, talk, agents=4)
    problem = replace(
        problem,
        grid=grid,
        demands=(a_demand(grid, np.where(grid.minute_of_day // 60 >= 8, 2.0, 0.0)),),
        shifts=(a_shift("E"), a_shift("L", earliest_start=840, latest_start=840)),
    )
    dear = replace(problem, meetings=(replace(talk, weight=500.0),))
    result = solved(dear)
    assert result.roster is not None
    assert all(a.span is not None for a in meeting_record(dear, result.roster).attendances)
    assert result.cost == pytest.approx(cost_breakdown(dear, result.roster).total)
    # At its common weight it is not worth two people missing all through the evening.
    spared = solved(problem)
    assert spared.roster is not None
    assert any(a.span is None for a in meeting_record(problem, spared.roster).attendances)


@pytest.mark.parametrize("seed", range(2))
def test_a_week_with_meetings_passes_the_audit_and_its_bound_holds(seed: int) -> None:
    everybody = tuple(f"A{i}" for i in range(12))
    last = MONDAY.replace(day=2, month=12)
    meetings = (
        Meeting("team", 30, MONDAY, last, everybody[:5], from_minute=480, to_minute=1080),
        Meeting("lesson", 60, MONDAY, last, everybody, one_time=False, weight=300.0),
    )
    contract = a_contract(min_days=3, max_days=5)
    problem = a_week(
        days=3,
        meetings=meetings,
        contracts=(contract,),
        time_off=(TimeOff("A3", MONDAY, last),),
    )
    result = solve(problem, SolveLimit(3.0, 6), np.random.default_rng(seed))
    assert result.roster is not None
    assert audit(problem, result.roster) == ()
    record = meeting_record(problem, result.roster)
    missed = [a for a in record.attendances if a.span is None]
    reasons = {why_missed(problem, result.roster, record, a) for a in missed}
    assert reasons <= {Missed.LEAVE, Missed.OFF, Missed.HOURS, Missed.TIME}
    assert len(missed) < len(record.attendances) / 2
    assert result.lower_bound is not None
    assert result.cost is not None
    assert result.lower_bound <= result.cost


def test_the_bound_counts_meetings_that_are_away_from_idle_hours() -> None:
    """Nobody is wanted: to meet saves the price of an agent to spare, and the bound knows it."""
    problem = one_day(0.0, TALK, agents=2)
    compiled, weeks, cover, _ = settled(problem)
    bound = LagrangianBound(compiled)
    bound.start_from(cover.supply, cover.cells)
    roster, cost = placed(problem)
    without = cost_breakdown(problem, to_roster(compiled, weeks, cover)).over
    assert cost < without
    assert bound.value <= cost + 1e-6
    assert audit(problem, roster) == ()


def test_a_meeting_on_a_day_that_may_not_change_stays_when_it_was() -> None:
    """Held at the busiest hour of Monday, it would move to the idle one if it could."""
    grid = a_grid(days=2)
    busy = np.where((grid.minute_of_day >= 480) & (grid.minute_of_day < 900), 2.0, 0.0)
    talk = replace(TALK, last=MONDAY.replace(day=1, month=12))
    problem = replace(one_day(0.0, talk, agents=2), grid=grid, demands=(a_demand(grid, busy),))
    free, _ = placed(problem)
    assert {s.meetings[0].start % 1440 for s in free.assignments if s.meetings} == {900}
    base = _by_hand(problem, 120, 120, 540)
    frozen = replace(problem, base=base, frozen_until=1440)
    kept, _ = placed(frozen)
    assert [s.meetings for s in kept.assignments if s.meetings] == [
        (MeetingSpan(540, 600, "talk"),)
    ] * 2
