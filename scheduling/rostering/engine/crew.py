"""The agents of a roster problem as arrays: what each may work, at what price."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent, Request, RequestKind
from ..objective import hourly_cost, spread_points
from ..options import ShiftOptions, day_works
from ..problem import RosterProblem
from ..requests import clock_meets
from ..rules.base import DayKind, DayWork, Rule
from ..rules.fixed import RULE as FIXED
from ..rules.fixed import working_days
from ..rules.time_off import RULE as TIME_OFF
from .automaton import Automaton, Priced, build, replay
from .fold import folded
from .totals import Total, Totals, TotalTables, compile_totals, totals_of
from .week import FloatArray, IntArray, Rest

T = TypeVar("T", bound=Hashable)


class Crew(NamedTuple):
    """Arrays over agents; what several agents share is numbered and kept in `Shared`."""

    allowed: NDArray[np.bool_]  # (agents, options)
    own_cost: FloatArray  # (agents, options) points of the option whatever the others do
    off_cost: FloatArray  # (agents, days); inf where a shift is fixed
    off_work: IntArray  # (agents, days) day work of a day without a shift
    group: IntArray  # skill group
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
    skills: tuple[int, ...]
    totals: TotalTables


def compile_crew(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: list[DayWork],
    rules: tuple[Rule, ...],
) -> tuple[Crew, Shared]:
    """The crew under the given rules; `works` are the day works of the automata."""
    agents = problem.agents
    masks = [_skill_bits(problem, agent) for agent in agents]
    rests = [_rest_min(problem, agent, rules) for agent in agents]
    spreads = [_spread_min(problem, agent, rules) for agent in agents]
    allowed, own_cost = _allowed(problem, universe, rules, rests)
    own_cost += np.array([_own_cost(problem, agent, universe) for agent in agents])
    walks = _Automata(problem, universe, works, rules, allowed)
    totals, tables = compile_totals(
        problem, walks.automata, walks.number, [walks.totals(a) for a in range(len(agents))]
    )
    automata, number, initial, totals = folded(
        walks.automata, walks.number, walks.initial, totals, tables
    )
    skills, group = _numbered(masks)
    lengths, rest = _numbered(rests)
    widths, window = _numbered(spreads)
    crew = Crew(
        allowed,
        own_cost,
        np.array([_off_cost(problem, a, rules) for a in agents]),
        np.array([_off_work(problem, a, rules) for a in agents]),
        group,
        number,
        initial,
        rest,
        window,
        np.array([_most_days(problem, a) for a in agents], dtype=np.int64),
        totals,
    )
    rest_price = _price(problem, "rest")
    number_of = {work: k for k, work in enumerate(works)}
    kinds = np.array([number_of[work] for work in universe.works(problem)], dtype=np.int64)
    shared = Shared(
        automata,
        tuple(_rest(problem, universe, kinds, length, rest_price) for length in lengths),
        tuple(_windows(problem, universe, width) for width in widths),
        tuple(skills),
        tables,
    )
    return crew, shared


def _price(problem: RosterProblem, rule: str) -> float:
    """Points for a unit of breach: infinitely many for a hard rule."""
    return dict(problem.rules.soft).get(rule, np.inf)


def _numbered(values: list[T]) -> tuple[list[T], IntArray]:
    """The different values in order of appearance, and the number of each."""
    different = list(dict.fromkeys(values))
    place = {value: i for i, value in enumerate(different)}
    return different, np.array([place[value] for value in values], dtype=np.int64)


def _skill_bits(problem: RosterProblem, agent: Agent) -> int:
    served = problem.skills_of[agent.id]
    return sum(1 << i for i, queue in enumerate(problem.queues) if queue in served)


def _rest_min(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> int:
    return max((r.rest_min(problem, agent) for r in rules if r.rest_min is not None), default=0)


def _spread_min(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> int | None:
    found = [r.spread_min(problem, agent) for r in rules if r.spread_min is not None]
    return min((spread for spread in found if spread is not None), default=None)


def _most_days(problem: RosterProblem, agent: Agent) -> int:
    """Most days that the agent can work in a week: every day where that limit has a price."""
    limited = np.isinf(_price(problem, "contract_days"))
    return problem.contract_of[agent.id].max_days if limited else 7


def _allowed(
    problem: RosterProblem, universe: ShiftOptions, rules: tuple[Rule, ...], rests: list[int]
) -> tuple[NDArray[np.bool_], FloatArray]:
    """What each agent may work, and the points of what soft rules would rather not have: both of
    shape (agents, options)."""
    allowed = np.ones((len(problem.agents), universe.size), dtype=bool)
    points = np.zeros(allowed.shape)
    rest_price = _price(problem, "rest")
    for a, agent in enumerate(problem.agents):
        for rule in rules:
            if rule.allows is not None:
                fits, price = rule.allows(problem, agent, universe), _price(problem, rule.name)
                if np.isinf(price):
                    allowed[a] &= fits
                else:
                    points[a] += np.where(fits, 0.0, price)
        past = max((s.end for s in problem.history if s.agent == agent.id), default=None)
        if past is not None:
            missing = np.maximum(past + rests[a] - universe.start, 0)
            hard = missing > (0 if np.isinf(rest_price) else rests[a])
            allowed[a] &= ~hard
            if np.isfinite(rest_price):
                points[a] += rest_price / 60 * missing
    return allowed, points


def _requests(problem: RosterProblem, agent: Agent) -> list[tuple[int, Request]]:
    number = problem.grid.day_number
    mine = [(number(r.day), r) for r in problem.requests if r.agent == agent.id]
    return [(day, request) for day, request in mine if 0 <= day < problem.grid.days]


def _own_cost(problem: RosterProblem, agent: Agent, universe: ShiftOptions) -> FloatArray:
    """Points of refused requests, of pay, and of days that differ from the base roster."""
    weights = problem.weights
    cost = universe.paid.astype(float) * (weights.cost * hourly_cost(problem, agent) / 60)
    for day, request in _requests(problem, agent):
        for o in range(universe.first[day], universe.first[day + 1]):
            code = problem.shifts[universe.template[o]].code
            clock = int(universe.clock[o])
            ends = clock + int(universe.end[o] - universe.start[o])
            if not clock_meets(request, code, clock, ends):
                cost[o] += weights.request * request.weight
    if problem.base is not None and weights.change:
        cost += np.where(_as_before(problem, agent, universe), 0.0, weights.change)
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
    for day, request in _requests(problem, agent):
        if request.kind is RequestKind.SHIFT:
            cost[day] += problem.weights.request * request.weight
    for day in range(problem.grid.days):
        if (agent.id, day) in problem.base_days:
            cost[day] += problem.weights.change
            if day < problem.frozen_days:
                cost[day] = np.inf
    if FIXED in rules:
        cost[list(working_days(problem, agent.id))] = np.inf
    return cost


def _off_work(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> IntArray:
    work = np.zeros(problem.grid.days, dtype=np.int64)
    if TIME_OFF in rules:
        for day in range(problem.grid.days):
            off = problem.leave.get((agent.id, day))
            if off is not None:
                work[day] = DayKind.PAID_LEAVE if off.paid else DayKind.UNPAID_LEAVE
    return work


class _Automata:
    """One automaton for all agents whose rules count alike."""

    def __init__(
        self,
        problem: RosterProblem,
        universe: ShiftOptions,
        works: list[DayWork],
        rules: tuple[Rule, ...],
        allowed: NDArray[np.bool_],
    ) -> None:
        self._totals = [totals_of(problem, agent, rules) for agent in problem.agents]
        counted = [_counters(problem, agent, rules) for agent in problem.agents]
        keys, self.number = _numbered(counted)
        kinds = universe.works(problem)
        self._counters: list[tuple[Priced, ...]] = []
        self._added: list[dict[int, tuple[int, ...]]] = [{} for _ in problem.agents]
        automata, initial = [], np.zeros(len(problem.agents), dtype=np.int64)
        for i, core in enumerate(keys):
            mine = np.flatnonzero(self.number == i)
            tallied = {total.counter: None for a in mine for total in self._totals[a]}
            counters = (*core, *(Priced(counter, 0.0) for counter in tallied))
            starts = []
            for a in mine:
                past = _past(problem, problem.agents[a])
                start, self._added[a] = replay(counters, problem, past)
                starts.append(start)
            worked = allowed[mine].any(axis=0)
            done = {kinds[o] for o in np.flatnonzero(worked)} | {works[0]}
            done |= {works[k] for a in mine for k in _off_work(problem, problem.agents[a], rules)}
            possible = [work for work in works if work in done]
            automata.append(build(counters, problem, works, possible, starts))
            self._counters.append(counters)
            initial[mine] = [automata[-1].initial[start] for start in starts]
        self.automata, self.initial = tuple(automata), initial

    def totals(self, a: int) -> list[Total]:
        """The agent's totals, with the place of their counter and what earlier days added."""
        counters = [priced.counter for priced in self._counters[self.number[a]]]
        placed = []
        for total in self._totals[a]:
            place = len(counters) - 1 - counters[::-1].index(total.counter)
            carried = sum(
                units[place] for day, units in self._added[a].items() if day >= total.since
            )
            placed.append(total.placed(place, carried))
        return placed


def _counters(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> tuple[Priced, ...]:
    made = [
        (r.counter(problem, agent), _price(problem, r.name)) for r in rules if r.counter is not None
    ]
    return tuple(Priced(counter, price) for counter, price in made if counter is not None)


def _past(problem: RosterProblem, agent: Agent) -> dict[int, DayWork]:
    """What the agent did before the grid, from published shifts and leave."""
    past = {
        day: DayWork(DayKind.PAID_LEAVE if off.paid else DayKind.UNPAID_LEAVE)
        for (who, day), off in problem.leave.items()
        if who == agent.id and -14 <= day < 0
    }
    for shift in problem.history:
        if shift.agent == agent.id:
            begin = problem.grid.moment(shift.start)
            clock = begin.hour * 60 + begin.minute
            length = shift.end - shift.start
            (past[shift.day],) = day_works(
                problem,
                [shift.shift_code],
                np.array([clock]),
                np.array([clock + length]),
                np.array([shift.paid_minutes]),
            )
    return past


def _rest(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: NDArray[np.int64],
    rest_min: int,
    price: float,
) -> Rest:
    """Ranks of readiness (see `week`): on each day, the moments later than its first start."""
    days = problem.grid.days
    ready = universe.end + rest_min
    moments: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    for d in range(1, days):
        starts = universe.start[universe.first[d] : universe.first[d + 1]]
        before = ready[universe.first[d - 1] : universe.first[d]]
        late = np.unique(np.concatenate([before, moments[-1]]))
        moments.append(late[late > starts[0]] if len(starts) else late)
    ranks = 1 + max(len(m) for m in moments)
    allowed = np.ones(universe.size, dtype=np.int64)
    priced = np.ones(universe.size, dtype=np.int64)
    after = np.zeros(universe.size, dtype=np.int64)
    carry = np.zeros((days, ranks), dtype=np.int64)
    at = np.zeros((days, ranks))
    for d in range(days):
        mine = slice(universe.first[d], universe.first[d + 1])
        allowed[mine] += np.searchsorted(moments[d], universe.start[mine], side="right")
        rested = universe.start[mine] + (rest_min if np.isfinite(price) else 0)
        priced[mine] += np.searchsorted(moments[d], rested, side="right")
        at[d, 1 : len(moments[d]) + 1] = moments[d]
        if d + 1 < days:
            after[mine] = _rank(moments[d + 1], ready[mine])
            carry[d, 1 : len(moments[d]) + 1] = _rank(moments[d + 1], moments[d])
    a_minute = price / 60 if np.isfinite(price) else 0.0
    begun = universe.start.astype(float) * a_minute
    alike = np.zeros(universe.size, dtype=np.int64)
    for d in range(days):
        mine = slice(universe.first[d], universe.first[d + 1])
        keys = np.stack([works[mine], after[mine], allowed[mine], begun[mine]], axis=1)
        alike[mine] = np.unique(keys, axis=0, return_inverse=True)[1].ravel()
    return Rest(allowed, after, carry, ranks, priced, at * a_minute, begun, alike)


def _rank(moments: IntArray, ready: IntArray) -> IntArray:
    """1 + place among the moments; 0 for a readiness too early to matter."""
    place = np.searchsorted(moments, ready)
    found = place < len(moments)
    found[found] = moments[place[found]] == ready[found]
    ranks: IntArray = np.where(found, place + 1, 0)
    return ranks


def _windows(
    problem: RosterProblem, universe: ShiftOptions, spread_min: int | None
) -> tuple[IntArray, FloatArray]:
    """Start windows (lowest, highest clock minute) with their price in points.

    Where a steady start has a price, windows grow by whole hours, as the price does; so they do
    beyond a spread that is the most by a soft rule.
    """
    steady, wide = problem.weights.steady_start, _price(problem, "start_spread")
    clocks = np.unique(universe.clock)
    if len(clocks) == 0:
        return np.array([[0, 1440]], dtype=np.int64), np.zeros(1)
    reach = int(clocks[-1] - clocks[0])
    most = reach if spread_min is None else min(spread_min, reach)
    widths = {most}
    if steady:
        widths |= set(range(0, most, 60))
    if most < reach and np.isfinite(wide):
        beyond = range(most + 60, reach + 60, 60)
        widths |= {min(width, reach) for width in beyond}
        if steady:
            widths |= set(range(0, reach, 60))
    best: dict[tuple[int, int], float] = {}
    for width in sorted(widths):
        above = -(-max(width - most, 0) // 60)
        points = spread_points(steady, width) + (wide * above if above else 0.0)
        for low in clocks:
            high = int(clocks[clocks <= low + width][-1])
            # The same window at a lower price makes the dearer one useless.
            best[int(low), high] = min(points, best.get((int(low), high), np.inf))
    if len(best) > 1 and not steady and most == reach:
        return np.array([[clocks[0], clocks[-1]]], dtype=np.int64), np.zeros(1)
    return np.array(list(best), dtype=np.int64), np.array(list(best.values()))
