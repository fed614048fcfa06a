"""All counters of an agent's rules at once: one automaton over the days of the grid.

States are tuples of the counters' states. Only states that some agent can reach, and from which
the last day can still be reached, are kept, and those with the same future are one: they are
numbered day by day, so that the search for a roster is a walk through a small table. Totals that
grow over weeks (hours of a month, nights) are not states: the automaton says what a day adds to
them, and the walk carries them along.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..rules.base import Counter, Day, DayKind, DayWork, State, day_of

Product = tuple[State, ...]


@dataclass(frozen=True)
class Priced:
    """A counter and the points that a unit of its breach costs: infinitely many for a hard rule, 0
    for one that only tallies."""

    counter: Counter
    price: float


@dataclass(frozen=True)
class Automaton:
    """`step[d, s, k]` is the state after day d of doing `works[k]` in state s, or −1 if a rule
    forbids it; `price[d, s, k]` its points; `units[d, s, k, i]` what it adds to the totals of the
    i-th counter. `initial` is the number of each product state before the first day (−1 where no
    legal days follow)."""

    step: NDArray[np.int32]
    price: NDArray[np.float64]
    units: NDArray[np.int32]
    initial: dict[Product, int]


class Part(NamedTuple):
    """What each work that is followed does to one counter in one state on one day."""

    after: tuple[State, ...]
    price: tuple[float, ...]
    units: tuple[int, ...]


class Row(NamedTuple):
    """What each work does in one state on one day; `after` None where a rule forbids it."""

    after: tuple[Any, ...]
    price: tuple[float, ...]
    units: tuple[tuple[int, ...], ...]


def replay(
    counters: Sequence[Priced], problem: RosterProblem, past: dict[int, DayWork]
) -> tuple[Product, dict[int, tuple[int, ...]]]:
    """The product state on the grid's first morning, and what each earlier day added to totals:
    `past` holds what was done on earlier days (negative numbers). Other days were off or, without
    any history, are unknown."""
    states: list[State] = [priced.counter.start() for priced in counters]
    missing = DayWork(DayKind.OFF if problem.history else DayKind.UNKNOWN)
    # Start on a week's first day, far enough back for any run.
    first = -7 * (1 + (-min(past, default=0)) // 7)
    first -= (problem.weekday(first) - problem.first_weekday) % 7
    added: dict[int, tuple[int, ...]] = {}
    for number in range(first, 0):
        day, work = day_of(problem, number), past.get(number, missing)
        steps = [p.counter.step(s, day, work) for p, s in zip(counters, states, strict=True)]
        states = [step.state for step in steps]
        added[number] = tuple(step.units for step in steps)
    return tuple(states), added


def build(
    counters: Sequence[Priced],
    problem: RosterProblem,
    works: Sequence[DayWork],
    possible: Collection[DayWork],
    initial: Sequence[Product],
) -> Automaton:
    """The automaton from the given initial states over the grid's days. Of the day works, which
    number its columns, only the possible ones are followed."""
    layers: list[list[Product]] = [sorted(set(initial), key=repr)]
    parts = _Parts(counters, works, possible)
    moves: list[list[Row]] = []
    known: dict[tuple[Day, Product], Row] = {}
    for number in range(problem.grid.days):
        day = day_of(problem, number)
        places: dict[Product, int] = {}
        rows = []
        for state in layers[-1]:
            row = known.get((day, state))
            if row is None:
                row = known[day, state] = _row(parts.of(state, day), parts.followed, len(works))
            after = tuple(-1 if s is None else places.setdefault(s, len(places)) for s in row.after)
            rows.append(row._replace(after=after))
        moves.append(rows)
        layers.append(list(places))
    merged, number_of = _merged(moves, len(layers[-1]))
    initial_numbers = {state: number_of[i] for i, state in enumerate(layers[0])}
    return _tables(merged, len(works), len(counters), initial_numbers)


class _Parts:
    """What days do to each counter by itself, found once for each of its states."""

    def __init__(
        self, counters: Sequence[Priced], works: Sequence[DayWork], possible: Collection[DayWork]
    ) -> None:
        self._counters = counters
        follow = frozenset(possible)
        self.followed = [k for k, work in enumerate(works) if work in follow]
        self._works = [works[k] for k in self.followed]
        self._known: dict[tuple[int, State, Day], Part] = {}

    def of(self, state: Product, day: Day) -> list[Part]:
        found = []
        for key in ((i, part, day) for i, part in enumerate(state)):
            if key not in self._known:
                self._known[key] = self._part(*key)
            found.append(self._known[key])
        return found

    def _part(self, place: int, state: State, day: Day) -> Part:
        counter, price = self._counters[place].counter, self._counters[place].price
        steps = [counter.step(state, day, work) for work in self._works]
        return Part(
            tuple(step.state for step in steps),
            tuple(price * step.breach if step.breach else 0.0 for step in steps),
            tuple(step.units for step in steps),
        )


def _row(parts: Sequence[Part], followed: Sequence[int], works: int) -> Row:
    """The parts of all counters as one, at the places that the works followed have among all."""
    afters: list[Product | None] = [None] * works
    prices, units = [0.0] * works, [(0,) * len(parts)] * works
    if not parts:
        for k in followed:
            afters[k] = ()
        return Row(tuple(afters), tuple(prices), tuple(units))
    columns = zip(
        followed,
        zip(*(part.after for part in parts), strict=True),
        zip(*(part.price for part in parts), strict=True),
        zip(*(part.units for part in parts), strict=True),
        strict=True,
    )
    for k, after, price, added in columns:
        points = sum(price)
        if points < np.inf:
            afters[k], prices[k], units[k] = after, points, added
    return Row(tuple(afters), tuple(prices), tuple(units))


def _merged(moves: list[list[Row]], ends: int) -> tuple[list[list[Row]], list[int]]:
    """The days' rows with states of the same future made one, and the number of each first one."""
    number = [0] * ends
    merged = []
    for rows in reversed(moves):
        # −1 stands for a step that leads nowhere.
        told = [
            row._replace(after=tuple(-1 if to < 0 else number[to] for to in row.after))
            for row in rows
        ]
        alive = [row for row in told if max(row.after) >= 0]
        place = {row: i for i, row in enumerate(dict.fromkeys(alive))}
        number = [place.get(row, -1) for row in told]
        merged.append(list(place))
    merged.reverse()
    return merged, number


def _tables(
    merged: list[list[Row]], works: int, counters: int, initial: dict[Product, int]
) -> Automaton:
    shape = (len(merged), max(1, *(len(rows) for rows in merged)), works)
    step = np.full(shape, -1, dtype=np.int32)
    price = np.zeros(shape)
    units = np.zeros((*shape, counters), dtype=np.int32)
    for d, rows in enumerate(merged):
        if rows:
            step[d, : len(rows)] = [row.after for row in rows]
            price[d, : len(rows)] = [row.price for row in rows]
            units[d, : len(rows)] = [row.units for row in rows]
    return Automaton(step, price, units, initial)
