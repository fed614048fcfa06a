"""Totals that rules limit over weeks: what the walk over the days carries along for each agent.

A total belongs to a counter of the agent's automaton, whose steps say what a day adds. It is judged
at the end of each of its periods by a table of points, infinitely many where a hard rule forbids
the total. Several rules that judge the same total share one table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..fairness import Burden, fair_points
from ..problem import RosterProblem
from ..rules.base import Counter, Day, DayWork, Rule, State, Step
from .automaton import Automaton
from .week import FloatArray, IntArray

Points = Callable[[int, NDArray[np.int64], int], NDArray[np.float64]]
"""Points of each total of a period (by number), given what earlier days carried into it."""


class Totals(NamedTuple):
    """The totals of each agent, by the numbers in `TotalTables`."""

    many: IntArray  # (agents,) how many totals can matter
    unit: IntArray  # (agents, totals) place of the counter in the automaton's units
    size: IntArray  # (agents, totals) units are counted in multiples of this
    first: IntArray  # (agents, totals) the total before the grid
    table: IntArray  # (agents, totals, days) table of the period that a day lies in
    ends: NDArray[np.bool_]  # (agents, totals, days) whether a period ends with the day
    reach: IntArray  # (agents, totals) number of what may still be added
    span: IntArray  # (agents, totals) values that the total can have
    lazy: NDArray[np.bool_]  # (agents, totals) a hard most and nothing else: it may not bind


class TotalTables(NamedTuple):
    """`points[i, v]` are the points of total v; only totals from `least[i]` to `most[i]` are legal,
    and from `rising[i]` on more never costs less. `low[k, d, s]` and `high[k, d, s]` are the least
    and the most that days d and later of the period can add in state s."""

    points: FloatArray  # (tables, totals)
    least: IntArray
    most: IntArray
    rising: IntArray
    low: IntArray
    high: IntArray


@dataclass(frozen=True)
class Shifts:
    """Counts shifts of one kind, for fair sharing. It forbids nothing."""

    burden: Burden

    def start(self) -> State:
        return None

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        counted = {
            Burden.NIGHTS: work.night,
            Burden.WEEKENDS: day.weekend,
            Burden.EARLY: work.early,
            Burden.LATE: work.late,
        }
        return Step(None, units=int(work.worked and counted[self.burden]))


@dataclass(frozen=True)
class Total:
    """One total of an agent, and the `points` that judge it at the end of each period. `place` is
    that of its counter in the automaton, `carried` what days before the grid have added."""

    counter: Counter
    ends: tuple[int, ...]
    since: int
    points: Points
    place: int = -1
    carried: int = 0

    def placed(self, place: int, carried: int) -> Total:
        return replace(self, place=place, carried=carried)


def totals_of(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> list[Total]:
    """What the rules and fair sharing count for an agent."""
    found: dict[tuple[Counter, tuple[int, ...], int], list[Points]] = {}
    for rule in rules:
        for tally in () if rule.tallies is None else rule.tallies(problem, agent):
            judge = _priced(tally.breach, problem.points_of(rule.name))
            found.setdefault((tally.counter, tally.ends, tally.since), []).append(judge)
    for burden in Burden:
        price = burden.price(problem.weights)
        if price:
            key = (Shifts(burden), (problem.grid.days - 1,), 0)
            had = getattr(problem.carried_above[agent.id], burden)
            found.setdefault(key, []).append(_fair(price, had))
    return [Total(*key, _sum(judges)) for key, judges in found.items()]


def _priced(breach: Points, price: float) -> Points:
    def points(period: int, totals: NDArray[np.int64], carried: int) -> NDArray[np.float64]:
        broken = breach(period, totals, carried)
        return np.where(broken > 0, price * np.where(broken > 0, broken, 1.0), 0.0)

    return points


def _fair(weight: float, carried: int) -> Points:
    return lambda _period, totals, _carried: np.array(
        [fair_points(weight, carried, int(total)) for total in totals]
    )


def _sum(judges: list[Points]) -> Points:
    return lambda period, totals, carried: sum(
        (judge(period, totals, carried) for judge in judges), np.zeros(len(totals))
    )


def compile_totals(
    problem: RosterProblem,
    automata: Sequence[Automaton],
    number: IntArray,
    totals: Sequence[Sequence[Total]],
) -> tuple[Totals, TotalTables]:
    """The totals that can matter, as arrays; `number` is each agent's automaton."""
    tables = _Tables(problem.grid.days)
    sizes = _sizes(automata, number, totals)
    rows: list[list[Row]] = []
    for n, mine in zip(number.tolist(), totals, strict=True):
        found = [tables.add(automata[n], n, total, sizes[n, total.place]) for total in mine]
        rows.append([row for row in found if row is not None])
    days, most = problem.grid.days, max((len(mine) for mine in rows), default=0)
    shape = (len(rows), most)
    unit, size, first, reach, span = (np.zeros(shape, dtype=np.int64) for _ in range(5))
    lazy = np.zeros(shape, dtype=bool)
    table = np.zeros((*shape, days), dtype=np.int64)
    ends = np.zeros((*shape, days), dtype=bool)
    for a, kept in enumerate(rows):
        for r, row in enumerate(kept):
            unit[a, r], size[a, r], first[a, r], reach[a, r] = row[:4]
            table[a, r], ends[a, r], span[a, r], lazy[a, r] = row[4:]
    count = np.array([len(mine) for mine in rows], dtype=np.int64)
    everything = Totals(count, unit, size, first, table, ends, reach, span, lazy)
    return everything, tables.arrays(automata)


def _sizes(
    automata: Sequence[Automaton], number: IntArray, totals: Sequence[Sequence[Total]]
) -> dict[tuple[int, int], int]:
    """What all units of a counter are multiples of, by automaton and place of the counter."""
    sizes: dict[tuple[int, int], int] = {}
    for n, mine in zip(number.tolist(), totals, strict=True):
        for total in mine:
            key = n, total.place
            if key not in sizes:
                sizes[key] = int(np.gcd.reduce(_values(automata[n].units[total.place])))
            sizes[key] = gcd(sizes[key], total.carried)
    return {key: max(size, 1) for key, size in sizes.items()}


def _values(units: NDArray[np.int32]) -> IntArray:
    """The different units, in order."""
    return np.flatnonzero(np.bincount(units.ravel()))


FAR = 1 << 40  # units: no total comes near
NEVER = 1e15  # points of a total that cannot be reached
Row = tuple[int, int, int, int, IntArray, NDArray[np.bool_], int, bool]


class _Tables:
    """Tables and reaches, each different one once."""

    def __init__(self, days: int) -> None:
        self._days = days
        self._points: dict[tuple[float, ...], int] = {}
        self._reach: dict[tuple[int, int, tuple[int, ...], int], int] = {}
        self._bounds: list[tuple[IntArray, IntArray]] = []

    def add(self, automaton: Automaton, number: int, total: Total, size: int) -> Row | None:
        """A total's row, counted in multiples of `size`; None if nothing that the agent can do
        changes its points from 0."""
        reach = self._reach_of(automaton, number, total, size)
        low, high = self._bounds[reach]
        table = np.zeros(self._days, dtype=np.int64)
        ends = np.zeros(self._days, dtype=bool)
        first, span = total.carried // size, 1
        matters, lazy = False, True
        begin, before = 0, first
        for period, end in enumerate((*total.ends, self._days - 1)):
            if begin > end:
                continue
            points = np.zeros(1)  # a period that goes on after the grid is not judged
            if period < len(total.ends):
                most = before + int(high[begin].max())
                points = total.points(period, np.arange(most + 1) * size, before * size)
                ends[end] = True
                finite = points[np.isfinite(points)]
                span = max(span, len(finite) if np.isfinite(points[0]) else len(points))
                lazy = lazy and bool(np.isfinite(points[0])) and not finite.any()
            matters = matters or bool((points[before + int(low[begin].min()) :] != 0).any())
            table[begin : end + 1] = self._points.setdefault(tuple(points), len(self._points))
            begin, before = end + 1, 0
        row = (total.place, size, first, reach, table, ends, span, lazy)
        return row if matters else None

    def _reach_of(self, automaton: Automaton, number: int, total: Total, size: int) -> int:
        key = (number, total.place, total.ends, size)
        if key not in self._reach:
            self._reach[key] = len(self._bounds)
            self._bounds.append(_reach(automaton, total.place, total.ends, size))
        return self._reach[key]

    def arrays(self, automata: Sequence[Automaton]) -> TotalTables:
        tables = [np.array(points) for points in self._points] or [np.zeros(1)]
        width = max(len(points) for points in tables)
        padded = np.stack([_padded(points, width) for points in tables])
        legal = np.isfinite(padded)
        states = max(automaton.step.shape[1] for automaton in automata)
        shape = (max(len(self._bounds), 1), self._days, states)
        low, high = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for k, (least, most) in enumerate(self._bounds):
            low[k, :, : least.shape[1]], high[k, :, : most.shape[1]] = least, most
        return TotalTables(
            padded,
            np.where(legal.any(axis=1), legal.argmax(axis=1), width),
            np.where(legal.any(axis=1), width - 1 - legal[:, ::-1].argmax(axis=1), -1),
            np.array([_rising_from(points) for points in padded], dtype=np.int64),
            low,
            high,
        )


def _padded(points: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Points of so many totals. More than the table has is never reached: unless every total costs
    the same, it is dear, so that no bound counts on it; and inf only beyond a most."""
    same = (points == points[0]).all()
    beyond = points[-1] if same or np.isinf(points[-1]) else NEVER
    return np.pad(points, (0, width - len(points)), constant_values=beyond)


def _rising_from(points: NDArray[np.float64]) -> int:
    falls = np.flatnonzero(points[1:] < points[:-1])
    return int(falls[-1]) + 1 if len(falls) else 0


def _reach(
    automaton: Automaton, place: int, ends: tuple[int, ...], size: int
) -> tuple[IntArray, IntArray]:
    """Least and most that a day and the later ones of its period can add: (days, states)."""
    days, states, _ = automaton.step.shape
    # The last place is where steps lead that a rule forbids, −1: they never add the least or most.
    low, high = (np.zeros((days + 1, states + 1), dtype=np.int64) for _ in range(2))
    low[:, -1], high[:, -1] = FAR, -FAR
    for d in reversed(range(days)):
        step, units = automaton.step[d], automaton.units[place, d] // size
        later = days if d in ends else d + 1
        low[d, :-1] = (units + low[later][step]).min(axis=1)
        high[d, :-1] = (units + high[later][step]).max(axis=1)
        none = (step < 0).all(axis=1)
        low[d, :-1][none] = high[d, :-1][none] = 0
    return low[:-1, :-1], high[:-1, :-1]
