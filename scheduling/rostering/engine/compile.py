"""A roster problem as arrays, for the kernel and the searches around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....data.rules import Weights
from ....data.shifts import BreakKind
from ..objective import coverage_cost
from ..options import ShiftOptions, shift_options
from ..problem import RosterProblem
from ..roster import Roster
from ..rules import RULES
from ..rules.base import DayKind, DayWork, Rule
from .cover import Cover
from .crew import Crew, Shared, compile_crew
from .search import Scratch, Tables, Weeks
from .week import IntArray, Options, Walk


@dataclass(frozen=True)
class Compiled:
    """Everything the searches read. Lists hold what agents share, by `Crew`'s numbers."""

    problem: RosterProblem
    universe: ShiftOptions
    options: Options
    crew: Crew
    tables: Tables
    slots: int
    overhang: int
    skills: IntArray
    seats: int  # 0: as many as are wanted

    @property
    def agents(self) -> int:
        return len(self.problem.agents)

    def scratch(self) -> Scratch:
        """Fresh working memory for one search."""
        length = self.slots + self.overhang + 1
        return Scratch(
            self.walk(),
            np.zeros(length),
            np.zeros(length, dtype=np.int64),
            np.zeros(self.slots),
            np.zeros(self.slots),
            np.zeros(self.universe.size),
            np.zeros(self.problem.grid.days, dtype=np.int64),
        )

    def nobody(self) -> Weeks:
        """Weeks in which nobody has a shift yet."""
        days = self.problem.grid.days
        return Weeks(
            np.full((self.agents, days), -1, dtype=np.int64),
            np.zeros((self.agents, days, self.options.break_len.shape[1]), dtype=np.int64),
            np.zeros(self.agents),
            np.zeros(self.agents, dtype=np.int64),
        )

    def walk(self) -> Walk:
        """Working memory large enough for every agent."""
        days, states = self.tables.steps.shape[1:3]
        ranks = self.tables.carry.shape[2]
        shape = (days, states, ranks)
        return Walk(
            node=np.full((days + 1, states, ranks), np.inf),
            option=np.full(shape, -1, dtype=np.int32),
            state=np.zeros(shape, dtype=np.int32),
            rank=np.zeros(shape, dtype=np.int32),
            window=np.zeros((len(self.tables.weeks), states, ranks), dtype=np.int32),
            prefix=np.full((states, ranks), np.inf),
            prefix_rank=np.zeros((states, ranks), dtype=np.int32),
        )

    def cover(self, weights: Weights) -> Cover:
        """An empty roster's cover, what published history reaches into the grid counted in."""
        problem = self.problem
        past = Roster(problem.grid, problem.history)
        base = past.heads(problem.queues, problem.slot_min)
        most = self.agents + 1
        tables = []
        for demand, fixed in zip(problem.demands, base, strict=True):
            required = np.repeat(demand.required, problem.grid.interval_min // problem.slot_min)
            size = min(most, int(required.max(initial=0.0) * 1.5) + 20)
            heads = np.arange(size + 1)[None, :] + fixed[:, None]
            both = coverage_cost(heads, required[:, None], weights, demand.weight)
            tables.append((both[0] + both[1]) * (problem.slot_min / 60))
        width = max(table.shape[1] for table in tables)
        marginal = np.stack(
            [np.pad(np.diff(table, axis=1), ((0, 0), (0, width - table.shape[1])), "edge")
             for table in tables]
        )  # fmt: skip
        present = np.zeros(self.slots + self.overhang + 1, dtype=np.int32)
        for shift in problem.history:
            for start, end in shift.pieces:
                first, last = max(start, 0) // problem.slot_min, max(-(-end // problem.slot_min), 0)
                present[first:last] += 1
        queues, groups = len(problem.demands), len(self.skills)
        return Cover(
            np.ascontiguousarray(marginal),
            np.zeros((queues, self.slots), dtype=np.int32),
            np.zeros((self.slots, groups, queues), dtype=np.int32),
            np.zeros((self.slots, queues), dtype=np.int64),
            present,
            self.skills,
            self.seats,
        )

    def empty_cost(self) -> float:
        """Coverage points of a roster without any shift."""
        problem = self.problem
        past = Roster(problem.grid, problem.history)
        base = past.heads(problem.queues, problem.slot_min)
        total = 0.0
        for demand, fixed in zip(problem.demands, base, strict=True):
            required = np.repeat(demand.required, problem.grid.interval_min // problem.slot_min)
            under, over = coverage_cost(fixed, required, problem.weights, demand.weight)
            total += float(under.sum() + over.sum()) * problem.slot_min / 60
        return total


def compile_problem(problem: RosterProblem, rules: tuple[Rule, ...] = RULES) -> Compiled:
    """The arrays of a problem under the given hard rules (fewer, when looking for conflicts)."""
    universe = shift_options(problem)
    works = _day_works(universe)
    slot = problem.slot_min
    crew, shared = compile_crew(problem, universe, works, rules)
    first, days = np.arange(problem.grid.days), problem.grid.days
    weeks = [d for d in first if d == 0 or problem.week(int(d)) != problem.week(int(d) - 1)]
    longest = max((shift.length_min for shift in problem.shifts), default=0)
    return Compiled(
        problem,
        universe,
        _options(problem, universe, works),
        crew,
        _tables(shared, np.array([*weeks, days], dtype=np.int64)),
        slots=int(problem.grid.day_minute[-1]) // slot,
        overhang=longest // slot + 1,
        skills=np.array(shared.skills, dtype=np.int64),
        seats=_seats(problem, rules),
    )


def _seats(problem: RosterProblem, rules: tuple[Rule, ...]) -> int:
    found = [rule.seats(problem) for rule in rules if rule.seats is not None]
    return min((seats for seats in found if seats is not None), default=0)


def _tables(shared: Shared, weeks: IntArray) -> Tables:
    days, _, works = shared.automata[0].step.shape
    states = max(automaton.step.shape[1] for automaton in shared.automata)
    ranks = max(rest.ranks for rest in shared.rests)
    most = max(len(costs) for _, costs in shared.windows)
    steps = np.full((len(shared.automata), days, states, works), -1, dtype=np.int32)
    for i, automaton in enumerate(shared.automata):
        steps[i, :, : automaton.step.shape[1]] = automaton.step
    carry = np.zeros((len(shared.rests), days, ranks), dtype=np.int64)
    for i, rest in enumerate(shared.rests):
        carry[i, :, : rest.ranks] = rest.carry
    windows = np.zeros((len(shared.windows), most, 2), dtype=np.int64)
    costs = np.zeros((len(shared.windows), most))
    for i, (bounds, points) in enumerate(shared.windows):
        windows[i, : len(bounds)], costs[i, : len(points)] = bounds, points
    return Tables(
        steps,
        np.stack([rest.allowed for rest in shared.rests]),
        np.stack([rest.after for rest in shared.rests]),
        carry,
        windows,
        costs,
        np.array([len(points) for _, points in shared.windows], dtype=np.int64),
        weeks,
    )


def _day_works(universe: ShiftOptions) -> list[DayWork]:
    """The different things a day can be: three kinds without a shift, then shifts by kind."""
    rest = [DayWork(kind) for kind in (DayKind.OFF, DayKind.PAID_LEAVE, DayKind.UNPAID_LEAVE)]
    pairs = sorted(set(zip(universe.paid.tolist(), universe.night.tolist(), strict=True)))
    return rest + [DayWork(DayKind.SHIFT, minutes, night) for minutes, night in pairs]


def _options(problem: RosterProblem, universe: ShiftOptions, works: list[DayWork]) -> Options:
    slot = problem.slot_min
    number = {(work.minutes, work.night): k for k, work in enumerate(works) if k > 2}
    pairs = zip(universe.paid.tolist(), universe.night.tolist(), strict=True)
    kinds = len(problem.shifts)
    most = max((len(shift.breaks) for shift in problem.shifts), default=0)
    breaks = np.zeros((4, kinds, most), dtype=np.int64)
    for k, shift in enumerate(problem.shifts):
        for b, rule in enumerate(shift.breaks):
            breaks[:, k, b] = (
                rule.minutes // slot,
                rule.earliest_offset // slot,
                min(rule.latest_offset, shift.length_min - rule.minutes) // slot,
                rule.kind is BreakKind.SPLIT,
            )
    return Options(
        universe.first,
        universe.start // slot,
        universe.end // slot,
        universe.clock,
        universe.template,
        np.array([number[pair] for pair in pairs], dtype=np.int64),
        np.array([len(shift.breaks) for shift in problem.shifts], dtype=np.int64),
        *breaks,
    )
