"""Small roster problems and rosters: nothing forbids anything unless a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import ShiftTemplate
from shiftcast.scheduling.rostering.problem import Demand, RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Break, QueueSpan, Roster

MONDAY = date(2026, 11, 30)
FREE = Rules(min_rest_min=0, max_consecutive_days=99)
NO_WEIGHTS = Weights(0, 0, evenness=0, request=0, fairness=0, steady_start=0, queue_change=0)


def an_agent(id: str = "A1", **changes: Any) -> Agent:
    return replace(Agent(id, id, "full", frozenset({"phone"})), **changes)


def a_contract(id: str = "full", **changes: Any) -> Contract:
    return replace(Contract(id, max_days=7), **changes)


def a_shift(code: str = "D", **changes: Any) -> ShiftTemplate:
    """Eight hours from 08:00, without a break."""
    return replace(ShiftTemplate(code, 480, 480, 480, 60), **changes)


def a_grid(
    first_day: date = MONDAY, days: int = 7, interval_min: int = 60, tz: str = "UTC"
) -> TimeGrid:
    return TimeGrid(first_day, days, interval_min, tz)


def a_demand(grid: TimeGrid, required: Any = 0.0, queue: str = "phone", **changes: Any) -> Demand:
    """`required` agents in every interval: a number, or one for each interval."""
    wanted = np.broadcast_to(np.asarray(required, dtype=float), (grid.size,)).copy()
    return replace(Demand(queue, queue, wanted), **changes)


def a_problem(grid: TimeGrid | None = None, **changes: Any) -> RosterProblem:
    """One agent, one shift type, one queue that wants nobody, no rules and no prices."""
    grid = a_grid() if grid is None else grid
    problem = RosterProblem(
        grid=grid,
        demands=(a_demand(grid),),
        agents=(an_agent(),),
        contracts=(a_contract(),),
        shifts=(a_shift(),),
        rules=FREE,
        weights=NO_WEIGHTS,
    )
    return replace(problem, **changes)


def an_assignment(
    problem: RosterProblem,
    day: int,
    code: str | None = None,
    clock: int | None = None,
    agent: str | None = None,
    breaks: Sequence[int] | None = None,
    queue: str = "phone",
) -> Assignment:
    """A shift as its template says, all of it on one queue: the first shift type, its earliest
    start and earliest breaks, the first agent, unless told otherwise. `breaks` are offsets."""
    shift = problem.shifts[0] if code is None else problem.shift_of[code]
    start = problem.grid.minute(day, shift.earliest_start if clock is None else clock)
    assert start is not None
    taken: list[Break] = []
    for i, rule in enumerate(shift.breaks):
        at = max(start + rule.earliest_offset, taken[-1].end if taken else start)
        at = at if breaks is None else start + breaks[i]
        taken.append(Break(at, at + rule.minutes, rule.paid, rule.kind))
    who = problem.agents[0].id if agent is None else agent
    end = start + shift.length_min
    bare = Assignment(who, day, shift.code, start, end, tuple(taken))
    spans = tuple(QueueSpan(first, last, queue) for first, last in bare.working())
    return replace(bare, queues=spans)


def a_roster(problem: RosterProblem, *patterns: str, starts: Sequence[int] = ()) -> Roster:
    """A roster from one pattern an agent, a sign a day: `.` off, else the first sign of a shift
    code. `starts` are the clock minutes of the first agent's shifts in order."""
    clocks = iter(starts)
    found = []
    for agent, pattern in zip(problem.agents, patterns, strict=False):
        for day, sign in enumerate(pattern):
            if sign != ".":
                code = next(shift.code for shift in problem.shifts if shift.code[0] == sign)
                clock = next(clocks, None)
                found.append(an_assignment(problem, day, code, clock, agent.id))
    return Roster(problem.grid, tuple(found))


def a_past(problem: RosterProblem, pattern: str, **told: Any) -> tuple[Assignment, ...]:
    """History of the first agent: the pattern's last sign is the day before the grid."""
    first = -len(pattern)
    return tuple(
        an_assignment(
            problem, first + i, next(s.code for s in problem.shifts if s.code[0] == sign), **told
        )
        for i, sign in enumerate(pattern)
        if sign != "."
    )


def alone(problem: RosterProblem, agent: str | None) -> RosterProblem:
    """The problem of one of its agents."""
    return replace(problem, agents=tuple(a for a in problem.agents if a.id == agent))
