"""The agents of a roster problem as arrays: what each may work, at what price."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent, Contract, Request, RequestKind
from ..objective import carried_over, fair_points, spread_points
from ..options import ShiftOptions, is_night
from ..problem import RosterProblem
from ..requests import clock_meets
from ..rules.base import Counter, DayKind, DayWork, Rule
from ..rules.fixed import RULE as FIXED
from ..rules.fixed import fixed_days
from ..rules.time_off import RULE as TIME_OFF
from .automaton import Automaton, Product, Tally, build, replay
from .week import FloatArray, IntArray, Rest

T = TypeVar("T", bound=Hashable)


class Crew(NamedTuple):
    """Arrays over agents; what several agents share is numbered and kept in `Shared`."""

    allowed: NDArray[np.bool_]  # (agents, options)
    own_cost: FloatArray  # (agents, options) points of requests that the option breaks
    off_cost: FloatArray  # (agents, days); inf where a shift is fixed
    off_work: IntArray  # (agents, days) day work of a day without a shift
    group: IntArray  # skill group
    automaton: IntArray
    initial: IntArray  # first state
    final_cost: FloatArray  # (agents, states) points of fairness
    rest: IntArray
    windows: IntArray
    most_days: IntArray  # most days worked in a week


@dataclass(frozen=True)
class Shared:
    """What several agents have in common, by the numbers in `Crew`."""

    automata: tuple[Automaton, ...]
    rests: tuple[Rest, ...]
    windows: tuple[tuple[IntArray, FloatArray], ...]
    skills: tuple[int, ...]


def compile_crew(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: list[DayWork],
    rules: tuple[Rule, ...],
) -> tuple[Crew, Shared]:
    """The crew under the given hard rules; `works` are the day works of the automata."""
    agents = problem.agents
    masks = [_skill_bits(problem, agent) for agent in agents]
    rests = [_rest_min(problem, agent, rules) for agent in agents]
    spreads = [_spread_min(problem, agent, rules) for agent in agents]
    allowed = np.array([_allowed(problem, agent, universe, rules) for agent in agents])
    automata, automaton, initial = _automata(problem, universe, works, rules, allowed)
    skills, group = _numbered(masks)
    lengths, rest = _numbered(rests)
    widths, window = _numbered(spreads)
    crew = Crew(
        allowed,
        np.array([_own_cost(problem, a, universe) for a in agents]),
        np.array([_off_cost(problem, a, rules) for a in agents]),
        np.array([_off_work(problem, a, rules) for a in agents]),
        group,
        automaton,
        initial,
        _final_costs(problem, [automata[i] for i in automaton]),
        rest,
        window,
        np.array([problem.contract_of[a.id].max_days for a in agents], dtype=np.int64),
    )
    shared = Shared(
        automata,
        tuple(_rest(problem, universe, length) for length in lengths),
        tuple(_windows(problem, universe, width) for width in widths),
        tuple(skills),
    )
    return crew, shared


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


def _allowed(
    problem: RosterProblem, agent: Agent, universe: ShiftOptions, rules: tuple[Rule, ...]
) -> NDArray[np.bool_]:
    allowed = np.ones(universe.size, dtype=bool)
    for rule in rules:
        if rule.allows is not None:
            allowed &= rule.allows(problem, agent, universe)
    past = [shift.end for shift in problem.history if shift.agent == agent.id]
    if past:
        allowed &= universe.start >= max(past) + _rest_min(problem, agent, rules)
    return allowed


def _requests(problem: RosterProblem, agent: Agent) -> list[tuple[int, Request]]:
    number = problem.grid.day_number
    mine = [(number(r.day), r) for r in problem.requests if r.agent == agent.id]
    return [(day, request) for day, request in mine if 0 <= day < problem.grid.days]


def _own_cost(problem: RosterProblem, agent: Agent, universe: ShiftOptions) -> FloatArray:
    cost = np.zeros(universe.size)
    for day, request in _requests(problem, agent):
        for o in range(universe.first[day], universe.first[day + 1]):
            code = problem.shifts[universe.template[o]].code
            clock = int(universe.clock[o])
            ends = clock + int(universe.end[o] - universe.start[o])
            if not clock_meets(request, code, clock, ends):
                cost[o] += problem.weights.request * request.weight
    return cost


def _off_cost(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> FloatArray:
    cost = np.zeros(problem.grid.days)
    for day, request in _requests(problem, agent):
        if request.kind is RequestKind.SHIFT:
            cost[day] += problem.weights.request * request.weight
    if FIXED in rules:
        for day, entry in fixed_days(problem, agent.id).items():
            if entry.shift_code is not None:
                cost[day] = np.inf
    return cost


def _off_work(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> IntArray:
    work = np.zeros(problem.grid.days, dtype=np.int64)
    if TIME_OFF in rules:
        for day in range(problem.grid.days):
            off = problem.leave.get((agent.id, day))
            if off is not None:
                work[day] = DayKind.PAID_LEAVE if off.paid else DayKind.UNPAID_LEAVE
    return work


def _automata(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: list[DayWork],
    rules: tuple[Rule, ...],
    allowed: NDArray[np.bool_],
) -> tuple[tuple[Automaton, ...], IntArray, IntArray]:
    """One automaton a contract, with the number of it and of the first state for each agent."""
    tallies = [Tally(False), Tally(True)] if problem.weights.fairness else []
    contracts, number = _numbered([problem.contract_of[agent.id] for agent in problem.agents])
    counters: dict[Contract, list[Counter]] = {}
    starts: list[Product] = []
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        if contract not in counters:
            made = [r.counter(problem, agent) for r in rules if r.counter is not None]
            counters[contract] = [c for c in made if c is not None] + list(tallies)
        starts.append(replay(counters[contract], problem, _past(problem, agent)))
    automata = []
    for i, contract in enumerate(contracts):
        mine = [s for s, j in zip(starts, number, strict=True) if j == i]
        worked = allowed[number == i].any(axis=0)
        kinds = set(
            zip(universe.paid[worked].tolist(), universe.night[worked].tolist(), strict=True)
        )
        possible = [w for w in works if w.minutes == 0 or (w.minutes, w.night) in kinds]
        automata.append(build(counters[contract], problem, works, possible, mine))
    initial = [automata[i].initial[s] for i, s in zip(number, starts, strict=True)]
    return tuple(automata), number, np.array(initial, dtype=np.int64)


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
            clock = np.array([begin.hour * 60 + begin.minute])
            night = is_night(problem.rules, clock, clock + (shift.end - shift.start))
            past[shift.day] = DayWork(DayKind.SHIFT, shift.paid_minutes, bool(night[0]))
    return past


def _final_costs(problem: RosterProblem, automata: list[Automaton]) -> FloatArray:
    """Points of each agent's weekend and night shifts, by final state."""
    states = max((a.step.shape[1] for a in automata), default=1)
    cost = np.zeros((len(automata), states))
    carried = carried_over(problem)
    weight = problem.weights.fairness
    if not weight:
        return cost
    for i, (agent, automaton) in enumerate(zip(problem.agents, automata, strict=True)):
        nights, weekends = carried[agent.id]
        for s, tallies in enumerate(automaton.tallies):
            for worked, had in zip(tallies, (weekends, nights), strict=False):
                cost[i, s] += fair_points(weight, had, worked)
    return cost


def _rest(problem: RosterProblem, universe: ShiftOptions, rest_min: int) -> Rest:
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
    after = np.zeros(universe.size, dtype=np.int64)
    carry = np.zeros((days, ranks), dtype=np.int64)
    for d in range(days):
        mine = slice(universe.first[d], universe.first[d + 1])
        allowed[mine] += np.searchsorted(moments[d], universe.start[mine], side="right")
        if d + 1 < days:
            after[mine] = _rank(moments[d + 1], ready[mine])
            carry[d, 1 : len(moments[d]) + 1] = _rank(moments[d + 1], moments[d])
    return Rest(allowed, after, carry, ranks)


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

    Where a steady start has a price, windows grow by whole hours, as the price does.
    """
    weight = problem.weights.steady_start
    clocks = np.unique(universe.clock)
    if len(clocks) == 0:
        return np.array([[0, 1440]], dtype=np.int64), np.zeros(1)
    reach = int(clocks[-1] - clocks[0])
    widest = reach if spread_min is None else min(spread_min, reach)
    if not weight and widest == reach:
        return np.array([[clocks[0], clocks[-1]]], dtype=np.int64), np.zeros(1)
    widths = [*range(0, widest, 60), widest] if weight else [widest]
    windows = []
    for width in widths:
        for low in clocks:
            high = int(clocks[clocks <= low + width][-1])
            windows.append((int(low), high, spread_points(weight, width)))
    # The same window at a lower price makes the dearer one useless.
    best: dict[tuple[int, int], float] = {}
    for low, high, points in windows:
        best[low, high] = min(points, best.get((low, high), np.inf))
    return np.array(list(best), dtype=np.int64), np.array(list(best.values()))
