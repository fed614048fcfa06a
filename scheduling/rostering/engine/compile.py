"""A roster problem as arrays, for the kernel and the searches around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ....data.rules import Weights
from ....data.shifts import BreakKind, ShiftKind, WantedShift
from ..objective import demand_cost, wanted_points
from ..options import ShiftOptions, shift_options
from ..problem import RosterProblem
from ..roster import Assignment, Roster
from ..rules import RULES
from ..rules.base import Band, DayKind, DayWork, Doing, Rule
from .cover import Cover
from .crew import Crew, compile_crew
from .days import memory
from .memo import memo
from .one_agent import Scratch
from .tables import Tables, tables_of
from .week import FloatArray, IntArray, Options
from .weeks import Weeks

ROOM = 1 << 13  # places of the walk at a time: more memory is taken when it is needed
HARD = 1e7
"""Points of a slot in which a hard rule on several people is broken: so many that the search mends
it before anything else, so few that the rest of a cost is still told exactly."""


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
    work: IntArray  # (groups, queues) units of the problem's proficiency
    bands: tuple[tuple[Band, float], ...]  # with the points of a unit outside in one slot
    cells: tuple[WantedShift, ...]  # in the order of the options' cells

    @property
    def agents(self) -> int:
        return len(self.problem.agents)

    @property
    def most_units(self) -> int:
        """Units of work that all agents together can do at once."""
        return int(self.work.max(axis=1, initial=1)[self.crew.group].sum())

    @property
    def straight(self) -> bool:
        """Whether neither rest nor start windows bind anybody (see `one_agent.straight`)."""
        tables = self.tables
        only = tables.windows.shape[1] == 1 and not tables.window_costs.any()
        return bool(only and tables.rest.ranks == 1)

    def scratch(self) -> Scratch:
        """Fresh working memory for one search."""
        length = self.slots + self.overhang + 1
        days, weeks = self.problem.grid.days, len(self.tables.weeks) - 1
        return Scratch(
            memory(weeks, 1 if self.straight else ROOM, self.tables.rest.ranks),
            np.zeros(length),
            np.zeros(length),
            np.zeros(self.slots),
            np.zeros(self.slots),
            np.zeros(len(self.cells)),
            np.zeros(self.universe.size),
            np.full(days, -1, dtype=np.int64),
            memo(self.agents, self.crew.totals.unit.shape[1], days),
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

    def cover(self, weights: Weights) -> Cover:
        """An empty roster's cover, what published history reaches into the grid counted in."""
        queues, groups = len(self.problem.demands), len(self.skills)
        agents, bands = len(self.problem.agents), len(self.bands)
        length = self.slots + self.overhang
        return Cover(
            self._marginal(weights),
            np.zeros((queues, self.slots), dtype=np.int32),
            np.zeros((self.slots, groups, queues), dtype=np.int32),
            np.zeros((self.slots, queues), dtype=np.int64),
            self.skills,
            self.work,
            bool((self.work != 1).any()),
            np.zeros(len(self.cells), dtype=np.int32),
            np.array([(w.wanted, w.under, w.over) for w in self.cells])
            .reshape(-1, 3)
            .astype(float),
            self._bands_of_the_past(),
            np.array([b.least for b, _ in self.bands], dtype=np.int32).reshape(bands, length),
            np.array([b.most for b, _ in self.bands], dtype=np.int32).reshape(bands, length),
            np.array([b.counted for b, _ in self.bands], dtype=np.int64).reshape(bands, len(Doing)),
            np.array([price for _, price in self.bands], dtype=float),
            np.array([b.coefficients for b, _ in self.bands], dtype=np.int32).reshape(
                bands, agents
            ),
        )

    def _marginal(self, weights: Weights) -> FloatArray:
        """`Cover.marginal`: what the h-th unit of work on a queue changes."""
        problem = self.problem
        base = problem.supply(Roster(problem.grid, problem.history), problem.slot_min)
        unit, most = problem.proficiency.unit, self.most_units + 1
        tables = []
        for demand, fixed in zip(problem.demands, base, strict=True):
            wanted = int(demand.required.max(initial=0.0) * 1.5) + 20
            size = wanted if demand.points is None else max(wanted, demand.points.shape[1])
            supply = np.arange(min(most, size * unit) + 1)[None, :] / unit + fixed[:, None]
            both = demand_cost(problem, demand, supply, weights)
            tables.append((both[0] + both[1]) * (problem.slot_min / 60))
        if not tables:
            return np.zeros((0, self.slots, 1))
        width = max(table.shape[1] for table in tables)
        marginal = np.stack(
            [np.pad(np.diff(table, axis=1), ((0, 0), (0, width - table.shape[1])), "edge")
             for table in tables]
        )  # fmt: skip
        return np.ascontiguousarray(marginal)

    def _bands_of_the_past(self) -> NDArray[np.int32]:
        """What the bands count of published shifts that reach into the grid."""
        agents = [agent.id for agent in self.problem.agents]
        counts = np.zeros((len(self.bands), self.slots + self.overhang), dtype=np.int32)
        for b, (band, _) in enumerate(self.bands):
            sizes = dict(zip(agents, band.coefficients.tolist(), strict=True))
            for doing in Doing:
                for shift in self.problem.history if band.counted[doing] else ():
                    size = band.counted[doing] * sizes.get(shift.agent, band.others)
                    for start, end in _spans(shift, doing):
                        first, last = max(start, 0), max(end, 0)
                        slot = self.problem.slot_min
                        counts[b, first // slot : -(-last // slot)] += size
        return counts

    def empty_cost(self, bands: bool = True) -> float:
        """Points of cover of a roster without any shift, those of too few people at once counted
        in or left out."""
        problem = self.problem
        base = problem.supply(Roster(problem.grid, problem.history), problem.slot_min)
        total = sum(wanted_points(wanted, 0) for wanted in self.cells)
        for demand, fixed in zip(problem.demands, base, strict=True):
            under, over = demand_cost(problem, demand, fixed, problem.weights)
            total += float(under.sum() + over.sum()) * problem.slot_min / 60
        if bands:
            for (band, price), counts in zip(self.bands, self._bands_of_the_past(), strict=True):
                total += price * float(np.maximum(band.least - counts, 0).sum())
        return total


def _spans(shift: Assignment, doing: Doing) -> Sequence[tuple[int, int]]:
    """(start, end) of the time of a shift in which the agent does something."""
    if doing is Doing.WORK:
        return shift.working()
    if doing is Doing.MEETING:
        return [(m.start, m.end) for m in shift.meetings]
    return [(b.start, b.end) for b in shift.breaks_taken if b.kind is not BreakKind.SPLIT]


def compile_problem(problem: RosterProblem, rules: tuple[Rule, ...] = RULES) -> Compiled:
    """The arrays of a problem under the given hard rules (fewer, when looking for conflicts)."""
    universe = shift_options(problem)
    works = _day_works(problem, universe)
    crew, shared = compile_crew(problem, universe, works, rules)
    first, days = np.arange(problem.grid.days), problem.grid.days
    weeks = [d for d in first if d == 0 or problem.week(int(d)) != problem.week(int(d) - 1)]
    cells = tuple(w for w in problem.wanted if 0 <= problem.grid.day_number(w.day) < days)
    return Compiled(
        problem,
        universe,
        _options(problem, universe, works, cells),
        crew,
        tables_of(shared, np.array([*weeks, days], dtype=np.int64)),
        slots=problem.slots,
        overhang=problem.overhang,
        skills=np.array([skills for skills, _ in shared.groups], dtype=np.int64),
        work=np.array([work for _, work in shared.groups], dtype=np.int64).reshape(
            len(shared.groups), len(problem.demands)
        ),
        bands=tuple(_bands(problem, rules)),
        cells=cells,
    )


def _bands(problem: RosterProblem, rules: tuple[Rule, ...]) -> Iterator[tuple[Band, float]]:
    """What couples agents, with the points of a unit outside for one slot."""
    for rule in rules:
        for band in () if rule.bands is None else rule.bands(problem):
            points = problem.points_of_entry(rule.name, band.points)
            hard = np.isinf(points)
            yield band, HARD if hard else points * band.unit * problem.slot_min / 60


def _day_works(problem: RosterProblem, universe: ShiftOptions) -> list[DayWork]:
    """The different things a day can be: three kinds without a shift, then shifts by kind."""
    rest = [DayWork(kind) for kind in (DayKind.OFF, DayKind.PAID_LEAVE, DayKind.UNPAID_LEAVE)]
    return rest + list(dict.fromkeys(universe.works(problem)))


def _options(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: list[DayWork],
    cells: tuple[WantedShift, ...],
) -> Options:
    slot = problem.slot_min
    number = {work: k for k, work in enumerate(works)}
    kinds = len(problem.shifts)
    most = max((len(shift.breaks) for shift in problem.shifts), default=0)
    breaks = np.zeros((5, kinds, most), dtype=np.int64)
    for k, shift in enumerate(problem.shifts):
        for b, rule in enumerate(shift.breaks):
            breaks[:, k, b] = (
                rule.minutes // slot,
                -(-max(rule.earliest_offset, 0 if b else rule.gap_min) // slot),
                min(rule.latest_offset, shift.length_min - rule.minutes) // slot,
                -(-rule.gap_min // slot) if b else 0,
                rule.kind is BreakKind.SPLIT,
            )
    place = {(problem.grid.day_number(w.day), w.shift_code): c for c, w in enumerate(cells)}
    codes = [shift.code for shift in problem.shifts]
    cell = [
        place.get((int(d), codes[k]), -1)
        for d, k in zip(universe.day, universe.template, strict=True)
    ]
    return Options(
        universe.first,
        universe.start // slot,
        universe.end // slot,
        universe.clock,
        universe.template,
        np.array([number[work] for work in universe.works(problem)], dtype=np.int64),
        np.array(cell, dtype=np.int64),
        np.array([len(shift.breaks) for shift in problem.shifts], dtype=np.int64),
        breaks[0],
        breaks[1],
        breaks[2],
        breaks[3],
        breaks[4],
        np.array([shift.kind is ShiftKind.WORK for shift in problem.shifts], dtype=np.int64),
    )
