"""The agents of a roster problem as arrays: what each may work, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent, RequestKind
from ..fairness import request_price
from ..objective import hourly_cost
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..requests import clock_meets
from ..rules.base import DayKind, DayWork, Rule
from ..rules.fixed import RULE as FIXED
from ..rules.fixed import working_days
from ..rules.time_off import RULE as TIME_OFF
from .automaton import Automaton
from .crew_automata import CrewAutomata, numbered
from .fold import folded
from .readiness import compile_rest, start_windows
from .totals import Totals, TotalTables, compile_totals
from .units import counted
from .week import FloatArray, IntArray, Rest

SHORT = 28  # days up to which folding totals into automata costs little


class Crew(NamedTuple):
    """Arrays over agents; what several agents share is numbered and kept in `Shared`."""

    allowed: NDArray[np.bool_]  # (agents, options)
    own_cost: FloatArray  # (agents, options) points of the option whatever the others do
    off_cost: FloatArray  # (agents, days); inf where a shift is fixed
    off_work: IntArray  # (agents, days) day work of a day without a shift
    group: IntArray  # of equal skills and proficiency
    automaton: IntArray
    initial: IntArray  # first state
    rest: IntArray
    windows: IntArray
    most_days: IntArray  # most days worked in a week
    totals: Totals


@dataclass(frozen=True)
class Shared:
    """What several agents have in common, by the numbers in `Crew`."""

    automata: tuple[Automaton, ...]
    rests: tuple[Rest, ...]
    windows: tuple[tuple[IntArray, FloatArray], ...]
    groups: tuple[tuple[int, tuple[int, ...]], ...]  # queues as bits, units of work on each queue
    totals: TotalTables
    units: NDArray[np.int32]  # see `units.counted`
    tell: IntArray


def compile_crew(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: list[DayWork],
    rules: tuple[Rule, ...],
) -> tuple[Crew, Shared]:
    """The crew under the given rules; `works` are the day works of the automata."""
    agents = problem.agents
    served = [(_skill_bits(problem, agent), _work(problem, agent)) for agent in agents]
    rests = [_rest_min(problem, agent, rules) for agent in agents]
    spreads = [_spread_min(problem, agent, rules) for agent in agents]
    allowed, own_cost = _allowed(problem, universe, rules, rests)
    own_cost += np.array([_own_cost(problem, agent, universe) for agent in agents])
    off_work = np.array([_off_work(problem, a, rules) for a in agents])
    walks = CrewAutomata(problem, universe, works, rules, allowed, off_work)
    totals, tables = compile_totals(
        problem, walks.automata, walks.number, [walks.totals(a) for a in range(len(agents))]
    )
    groups, group = numbered(served)
    lengths, rest = numbered(rests)
    widths, window = numbered(spreads)
    kind = {work: k for k, work in enumerate(works)}
    kinds = np.array([kind[work] for work in universe.works(problem)], dtype=np.int64)
    rest_price = problem.points_of("rest")
    readiness = tuple(
        compile_rest(problem, universe, kinds, length, rest_price) for length in lengths
    )
    windows = tuple(start_windows(problem, universe, width) for width in widths)
    binding = max(ranks.ranks for ranks in readiness) > 1
    short = problem.grid.days <= SHORT
    automata, number, initial, totals = folded(
        walks.automata,
        walks.number,
        walks.initial,
        totals,
        tables,
        np.array([short or binding or len(windows[w][1]) > 1 for w in window]),
    )
    units, tell, totals = counted(automata, number, totals)
    crew = Crew(
        allowed,
        own_cost,
        np.array([_off_cost(problem, a, rules) for a in agents]),
        off_work,
        group,
        number,
        initial,
        rest,
        window,
        np.array([_most_days(problem, a) for a in agents], dtype=np.int64),
        totals,
    )
    return crew, Shared(automata, readiness, windows, tuple(groups), tables, units, tell)


def _skill_bits(problem: RosterProblem, agent: Agent) -> int:
    served = problem.skills_of[agent.id]
    return sum(1 << i for i, queue in enumerate(problem.queues) if queue in served)


def _work(problem: RosterProblem, agent: Agent) -> tuple[int, ...]:
    return tuple(problem.proficiency.of(agent.id, queue) for queue in problem.queues)


def _rest_min(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> int:
    return max((r.rest_min(problem, agent) for r in rules if r.rest_min is not None), default=0)


def _spread_min(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> int | None:
    found = [r.spread_min(problem, agent) for r in rules if r.spread_min is not None]
    return min((spread for spread in found if spread is not None), default=None)


def _most_days(problem: RosterProblem, agent: Agent) -> int:
    """Most days that the agent can work in a week: every day where that limit has a price."""
    limited = np.isinf(problem.points_of("contract_days"))
    return problem.contract_of[agent.id].max_days if limited else 7


def _allowed(
    problem: RosterProblem, universe: ShiftOptions, rules: tuple[Rule, ...], rests: list[int]
) -> tuple[NDArray[np.bool_], FloatArray]:
    """What each agent may work, and the points of what soft rules would rather not have: both of
    shape (agents, options)."""
    allowed = np.ones((len(problem.agents), universe.size), dtype=bool)
    points = np.zeros(allowed.shape)
    rest_price = problem.points_of("rest")
    for a, agent in enumerate(problem.agents):
        for rule in rules:
            if rule.allows is not None:
                fits, price = rule.allows(problem, agent, universe), problem.points_of(rule.name)
                if np.isinf(price):
                    allowed[a] &= fits
                else:
                    points[a] += np.where(fits, 0.0, price)
        ends = (s.end for s in problem.history if s.agent == agent.id and s.day < 0)
        past = max(ends, default=None)
        if past is not None:
            missing = np.maximum(past + rests[a] - universe.start, 0)
            hard = missing > (0 if np.isinf(rest_price) else rests[a])
            allowed[a] &= ~hard
            if np.isfinite(rest_price):
                points[a] += rest_price / 60 * missing
    return allowed, points


def _own_cost(problem: RosterProblem, agent: Agent, universe: ShiftOptions) -> FloatArray:
    """Points of refused requests, of pay, and of days that differ from the base roster."""
    weights = problem.weights
    cost = universe.paid.astype(float) * (weights.cost * hourly_cost(problem, agent) / 60)
    price = request_price(weights, problem.carried_above[agent.id])
    for day, request in problem.requests_of[agent.id]:
        for o in range(universe.first[day], universe.first[day + 1]):
            code = problem.shifts[universe.template[o]].code
            clock = int(universe.clock[o])
            ends = clock + int(universe.end[o] - universe.start[o])
            if not clock_meets(request, code, clock, ends):
                cost[o] += price * request.weight
    if problem.change_points.any():
        as_before = _as_before(problem, agent, universe)
        cost += np.where(as_before, 0.0, problem.change_points[universe.day])
    return cost


def _as_before(problem: RosterProblem, agent: Agent, universe: ShiftOptions) -> NDArray[np.bool_]:
    """Which options are what the agent does in the base roster."""
    codes = {shift.code: k for k, shift in enumerate(problem.shifts)}
    same = np.zeros(universe.size, dtype=bool)
    for (who, _), shift in problem.base_days.items():
        if who == agent.id:
            template = codes.get(shift.shift_code, -1)
            same |= (universe.template == template) & (universe.start == shift.start)
    return same


def _off_cost(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> FloatArray:
    cost = np.zeros(problem.grid.days)
    price = request_price(problem.weights, problem.carried_above[agent.id])
    for day, request in problem.requests_of[agent.id]:
        if request.kind is RequestKind.SHIFT:
            cost[day] += price * request.weight
    for day in range(problem.grid.days):
        had = problem.base_days.get((agent.id, day))
        if had is not None:
            cost[day] += np.inf if problem.is_frozen(had.start) else problem.change_points[day]
    if FIXED in rules:
        cost[list(working_days(problem, agent.id))] = np.inf
    return cost


def _off_work(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> IntArray:
    work = np.zeros(problem.grid.days, dtype=np.int64)
    for day in range(problem.grid.days):
        off = problem.leave.get((agent.id, day))
        if off is not None and (TIME_OFF in rules or (agent.id, day) in problem.unemployed):
            work[day] = DayKind.PAID_LEAVE if off.paid else DayKind.UNPAID_LEAVE
    return work
