"""Random roster problems and rosters, small enough to solve in a blink."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import (
    Agent,
    Contract,
    FixedAssignment,
    Request,
    RequestKind,
    TimeOff,
)
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakKind, BreakRule, ShiftKind, ShiftTemplate, WantedShift
from shiftcast.scheduling.rostering.problem import Carried, Demand, RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories import an_assignment

QUEUES = ("phone", "chat", "email")
FIRST_DAYS = (
    (date(2026, 11, 30), "UTC"),  # a Monday
    (date(2026, 12, 3), "Asia/Shanghai"),
    (date(2026, 3, 27), "Europe/Berlin"),  # Friday before clocks go forward
    (date(2026, 10, 23), "Europe/Berlin"),
)
Draw = st.DrawFn


def now_and_then(usual: object, others: st.SearchStrategy) -> st.SearchStrategy:
    return st.just(usual) | others


@st.composite
def grids(draw: Draw, days: st.SearchStrategy[int]) -> TimeGrid:
    first_day, tz = draw(st.sampled_from(FIRST_DAYS))
    return TimeGrid(first_day, draw(days), draw(st.sampled_from([60, 30])), tz)


@st.composite
def shift_types(draw: Draw, code: str, step: int) -> ShiftTemplate:
    """Of 3 to 10 paid hours, with up to two breaks in order and perhaps a split gap."""
    hours = draw(st.integers(3, 10))
    breaks = []
    at = 60
    for _ in range(draw(st.integers(0, 2))):
        minutes = draw(st.sampled_from([step, step // 2]))
        slack = draw(st.integers(0, 2)) * step
        breaks.append(BreakRule(minutes, draw(st.booleans()), at, at + slack))
        at += slack + step
    if draw(st.integers(0, 4)) == 0:
        breaks.append(BreakRule(120, False, at, at + step, BreakKind.SPLIT))
        at += step + 120
    start = draw(st.integers(0, 23)) * 60
    latest = min(start + draw(st.integers(0, 4)) * step, 1439)
    paid = max(60 * hours, at + 60)
    weekdays = draw(now_and_then(frozenset(range(7)), st.frozensets(st.integers(0, 6), min_size=4)))
    return ShiftTemplate(code, paid, start, latest, step, tuple(breaks), weekdays=weekdays)


@st.composite
def contract_terms(draw: Draw, id: str, codes: tuple[str, ...]) -> Contract:
    most = draw(st.integers(2, 6))
    least = draw(now_and_then(0, st.integers(0, min(most, 3))))
    hours = draw(now_and_then(None, st.integers(20, 40)))
    return Contract(
        id,
        draw(now_and_then((), st.sampled_from([codes[:1], codes[-1:]]))),
        min_days=least,
        max_days=most,
        min_minutes=60 * draw(now_and_then(0, st.integers(0, 12))),
        max_minutes=None if hours is None else 60 * hours,
        min_days_off_together=draw(st.integers(0, 2)),
        max_start_spread_min=draw(now_and_then(None, st.sampled_from([0, 60, 150]))),
        max_consecutive_days=draw(now_and_then(None, st.integers(2, 5))),
        min_rest_min=draw(now_and_then(None, st.sampled_from([0, 480, 900]))),
    )


@st.composite
def crew_members(
    draw: Draw, id: str, contracts: tuple[Contract, ...], queues: int, grid: TimeGrid
) -> Agent:
    skills = draw(st.frozensets(st.sampled_from(QUEUES[:queues]), min_size=1))
    hours = now_and_then(None, st.sampled_from([(), (360, 1200), (600, 1800), (0, 1440)]))
    week = draw(now_and_then((None,) * 7, st.tuples(*[hours] * 7)))
    levels = st.sampled_from([0.5, 0.8, 1.0, 1.25])
    unequal = st.tuples(*[st.tuples(st.just(skill), levels) for skill in sorted(skills)])
    first = draw(now_and_then(None, st.integers(-2, grid.days - 1)))
    last = draw(now_and_then(None, st.integers(first or 0, grid.days)))
    return Agent(
        id,
        id,
        draw(st.sampled_from(contracts)).id,
        skills,
        availability=week,
        proficiency=draw(now_and_then((), unequal)),
        first_day=None if first is None else grid.first_day + timedelta(days=first),
        last_day=None if last is None else grid.first_day + timedelta(days=last),
    )


@st.composite
def absences(draw: Draw, agent: str, grid: TimeGrid) -> TimeOff:
    first = draw(st.integers(-3, grid.days))
    days = [grid.first_day + timedelta(days=d) for d in (first, first + draw(st.integers(0, 2)))]
    hours = st.sampled_from([(840, None), (0, 660), (540, 720), (1380, None)])
    begin, end = draw(now_and_then((0, None), hours))
    return TimeOff(agent, days[0], days[1], draw(st.booleans()), "leave", begin, end)


@st.composite
def wishes(draw: Draw, agent: str, grid: TimeGrid, codes: tuple[str, ...]) -> Request:
    kind = draw(st.sampled_from(RequestKind))
    clock = kind in (RequestKind.START_FROM, RequestKind.END_BY)
    of_a_shift = (RequestKind.SHIFT, RequestKind.SHIFT_OFF)
    return Request(
        agent,
        grid.first_day + timedelta(days=draw(st.integers(-1, grid.days))),
        kind,
        float(draw(st.integers(1, 30))),
        minute=60 * draw(st.integers(6, 28)) if clock else None,
        shift_code=draw(st.sampled_from(codes)) if kind in of_a_shift else None,
    )


@st.composite
def must_stay(draw: Draw, agent: str, grid: TimeGrid, codes: tuple[str, ...]) -> FixedAssignment:
    day = grid.first_day + timedelta(days=draw(st.integers(0, grid.days - 1)))
    return FixedAssignment(agent, day, draw(st.none() | st.sampled_from(codes)))


@st.composite
def price_lists(draw: Draw) -> Weights:
    return Weights(
        under=draw(st.sampled_from([10.0, 40.0])),
        over=draw(st.sampled_from([0.0, 4.0])),
        evenness=draw(st.sampled_from([0.0, 1.0])),
        request=draw(st.sampled_from([0.0, 1.0])),
        fairness=draw(st.sampled_from([0.0, 2.0])),
        fairness_early=draw(st.sampled_from([0.0, 1.0])),
        fairness_requests=draw(st.sampled_from([0.0, 0.5])),
        steady_start=draw(st.sampled_from([0.0, 1.0])),
        queue_change=draw(st.sampled_from([0.0, 3.0])),
    )


@st.composite
def roster_problems(
    draw: Draw, days: st.SearchStrategy[int] | None = None, most_agents: int = 6
) -> RosterProblem:
    """Problems with a little of everything; many of them have no legal roster."""
    grid = draw(grids(st.integers(3, 9) if days is None else days))
    step = grid.interval_min
    codes = ("D", "E", "F")[: draw(st.integers(1, 3))]
    shifts = tuple(draw(shift_types(code, step)) for code in codes)
    contracts = tuple(draw(contract_terms(id, codes)) for id in ("full", "part"))
    queues = draw(st.integers(1, 3))
    crew = [f"A{i}" for i in range(draw(st.integers(1, most_agents)))]
    agents = tuple(draw(crew_members(id, contracts, queues, grid)) for id in crew)
    someone = st.sampled_from(crew)
    problem = RosterProblem(
        grid=grid,
        demands=tuple(draw(_demand(grid, queue)) for queue in QUEUES[:queues]),
        agents=agents,
        contracts=contracts,
        shifts=shifts,
        rules=Rules(
            min_rest_min=draw(st.sampled_from([0, 480, 660])),
            max_consecutive_days=draw(st.integers(2, 6)),
            early_before=draw(st.sampled_from([0, 600])),
            seats=draw(now_and_then(None, st.integers(1, 4))),
        ),
        weights=draw(price_lists()),
        time_off=tuple(draw(st.lists(someone.flatmap(lambda a: absences(a, grid)), max_size=2))),
        requests=tuple(
            draw(st.lists(someone.flatmap(lambda a: wishes(a, grid, codes)), max_size=4))
        ),
        fixed=tuple(
            draw(st.lists(someone.flatmap(lambda a: must_stay(a, grid, codes)), max_size=1))
        ),
        carried=tuple(Carried(id, *draw(st.tuples(*[st.integers(0, 2)] * 5))) for id in crew[:2]),
        first_weekday=draw(now_and_then(0, st.integers(0, 6))),
    )
    if draw(st.booleans()):
        return problem
    past: list[Assignment] = []
    for shift in draw(shifts_worked(problem, range(-4, 0))):
        # A published roster may break rules of today, but nobody was in two places.
        if not past or past[-1].agent != shift.agent or past[-1].end <= shift.start:
            past.append(shift)
    return replace(problem, history=tuple(past))


@st.composite
def with_rarer_rules(draw: Draw, problem: RosterProblem) -> RosterProblem:
    """The problem with rules on shifts, contracts and people that few centres have."""
    (first, *others), crew = problem.shifts, [agent.id for agent in problem.agents]
    codes = [shift.code for shift in problem.shifts]
    sites = st.sampled_from(["", "north", "south"])
    shifts = [
        replace(
            first,
            site=draw(now_and_then("", sites)),
            not_before=draw(now_and_then(frozenset(), st.frozensets(st.sampled_from(codes)))),
        )
    ]
    for shift in others:
        on_call = draw(st.integers(0, 3)) == 0
        shifts.append(replace(shift, kind=ShiftKind.ON_CALL, breaks=()) if on_call else shift)
    hours = st.tuples(st.integers(0, 10), st.integers(12, 30))
    contracts = []
    for contract in problem.contracts:
        least, most = draw(now_and_then((0, None), hours))
        contracts.append(
            replace(
                contract,
                min_period_min=60 * least,
                max_period_min=None if most is None else 60 * most,
                period_weeks=draw(st.integers(1, 2)),
                overtime_min=draw(now_and_then(None, st.sampled_from([0, 240]))),
            )
        )
    wanted = st.builds(
        WantedShift,
        st.just(problem.grid.first_day),
        st.sampled_from(codes),
        st.integers(0, 2),
        st.just(30.0),
        st.just(5.0),
    )
    someone = st.sampled_from(crew)
    never = st.builds(
        FixedAssignment,
        someone,
        st.just(problem.grid.first_day),
        st.none() | st.sampled_from(codes),
        forbidden=st.just(True),
    )
    return replace(
        problem,
        shifts=tuple(shifts),
        contracts=tuple(contracts),
        agents=tuple(
            replace(agent, site=draw(now_and_then("", sites))) for agent in problem.agents
        ),
        fixed=(*problem.fixed, *draw(st.lists(never, max_size=1))),
        wanted=tuple(draw(st.lists(wanted, max_size=1))),
    )


@st.composite
def shifts_worked(draw: Draw, problem: RosterProblem, days: range) -> tuple[Assignment, ...]:
    """At most one shift an agent and day, on a queue that the agent can serve, legal or not."""
    found = []
    for agent in problem.agents:
        queue = next(q for q in problem.queues if q in problem.skills_of[agent.id])
        for day in days:
            shift = draw(st.none() | st.sampled_from(problem.shifts))
            if shift is None or problem.weekday(day) not in shift.weekdays:
                continue
            clock = draw(st.sampled_from(shift.starts))
            if problem.grid.minute(day, clock) is not None:
                found.append(an_assignment(problem, day, shift.code, clock, agent.id, queue=queue))
    return tuple(found)


@st.composite
def rosters(draw: Draw, problem: RosterProblem) -> Roster:
    return Roster(problem.grid, draw(shifts_worked(problem, range(problem.grid.days))))


@st.composite
def _demand(draw: Draw, grid: TimeGrid, queue: str) -> Demand:
    by_hour = draw(st.lists(st.integers(0, 8), min_size=24, max_size=24))
    hour = grid.minute_of_day // 60
    required = np.array(by_hour, dtype=float)[hour] / 2
    return Demand(queue, queue, required, draw(st.sampled_from([1.0, 2.0])))
