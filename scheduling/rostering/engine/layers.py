"""The states that counters can reach day by day, as arrays.

A layer holds the product states of one morning, a row each: the numbers of the counters' own
states. What a day does to a counter by itself is looked up once for each of its states; products,
which are many more, are only put together from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rules.base import Counter, Day, DayWork, State
from .watched import Watcher
from .week import FloatArray, IntArray

LARGEST_CODE = 2**62


@dataclass(frozen=True)
class Priced:
    """A counter and the points that a unit of its breach costs: infinitely many for a hard rule,
    None for a counter that only tallies."""

    counter: Counter
    price: float | None


@dataclass(frozen=True, eq=False)
class Steps:
    """What each work does in some states of one counter: numbers of the states after it, points,
    and units added, each of shape (states, works)."""

    after: IntArray
    price: FloatArray
    units: IntArray


class Table:
    """One counter's states by number, and what the works do in them, found as it is asked for."""

    def __init__(self, priced: Priced, works: Sequence[DayWork]) -> None:
        self._price = priced.price or 0.0
        self.tallies = priced.price is None
        self._watcher = Watcher(priced.counter, works)
        self._works = len(works)
        self._number: dict[State, int] = {}
        self._known: dict[tuple[Day, int], Steps] = {}

    def number(self, state: State) -> int:
        return self._number.setdefault(state, len(self._number))

    @property
    def size(self) -> int:
        return len(self._number)

    def steps(self, day: Day, numbers: IntArray) -> Steps:
        """What the works do on a day in the states of these numbers."""
        if not len(numbers):
            nothing = np.zeros((0, self._works), dtype=np.int64)
            return Steps(nothing, nothing.astype(float), nothing)
        states = list(self._number)
        rows = []
        for number in numbers.tolist():
            if (day, number) not in self._known:
                self._known[day, number] = self._steps(states[number], day)
            rows.append(self._known[day, number])
        return Steps(
            np.stack([row.after for row in rows]),
            np.stack([row.price for row in rows]),
            np.stack([row.units for row in rows]),
        )

    def _steps(self, state: State, day: Day) -> Steps:
        steps, group = self._watcher.steps(state, day)
        points = [self._price * step.breach if step.breach else 0.0 for step in steps]
        return Steps(
            np.array([self.number(step.state) for step in steps], dtype=np.int64)[group],
            np.array(points)[group],
            np.array([step.units for step in steps], dtype=np.int64)[group],
        )


@dataclass(frozen=True, eq=False)
class Move:
    """A day from each state of a layer: `after` (states, works) is the row in the next layer, or −1
    where a rule forbids the work; `price` its points; `units` a number for what it adds to the
    counters' totals, the same for the same additions."""

    after: NDArray[np.int32]
    price: FloatArray
    units: IntArray


def advance(
    tables: Sequence[Table], layer: IntArray, day: Day, works: int
) -> tuple[Move, IntArray]:
    """A day of one of so many works from each state of a layer, and the layer after it."""
    looked_up = [_look_up(table, layer[:, c], day) for c, table in enumerate(tables)]
    price = np.zeros((len(layer), works))
    for steps, place in looked_up:
        if steps.price.any():
            price += steps.price[place]
    legal = price < np.inf
    codes, units = Codes(legal.shape), Codes(legal.shape)
    for table, (steps, place) in zip(tables, looked_up, strict=True):
        codes.add(steps.after, place, table.size)
        if table.tallies:
            units.add(steps.units, place, int(steps.units.max(initial=0)) + 1)
    after = np.full(legal.shape, -1, dtype=np.int32)
    _, first, after[legal] = np.unique(codes.values[legal], return_index=True, return_inverse=True)
    states, done = (where[first] for where in np.nonzero(legal))
    reached = np.zeros((len(first), len(tables)), dtype=np.int64)
    for c, (steps, place) in enumerate(looked_up):
        reached[:, c] = steps.after[place[states], done]
    return Move(after, np.where(legal, price, 0.0), np.where(legal, units.values, 0)), reached


def units_of(tables: Sequence[Table], layer: IntArray, day: Day, works: int) -> IntArray:
    """What the works add to the total of each counter that tallies, from each state: (counters,
    states, works)."""
    tallied = [c for c, table in enumerate(tables) if table.tallies]
    units = np.zeros((len(tallied), len(layer), works), dtype=np.int64)
    for i, c in enumerate(tallied):
        steps, place = _look_up(tables[c], layer[:, c], day)
        units[i] = steps.units[place]
    return units


def _look_up(table: Table, numbers: IntArray, day: Day) -> tuple[Steps, IntArray]:
    """The steps of the states there are, and each row's place among them."""
    there = np.bincount(numbers, minlength=1) > 0
    return table.steps(day, np.flatnonzero(there)), (np.cumsum(there) - 1)[numbers]


class Codes:
    """Tuples of small numbers as one number each: equal if the tuples are."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.values: IntArray = np.zeros(shape, dtype=np.int64)
        self._bound = 1

    def add(self, numbers: IntArray, place: IntArray, size: int) -> None:
        """Appends a number below `size` to every tuple: to the tuples of a row, the numbers in the
        row of that `place`."""
        if size == 1:
            return
        if self._bound * size > LARGEST_CODE:
            distinct, self.values = np.unique(self.values, return_inverse=True)
            self._bound = len(distinct)
        self.values = self.values * size + numbers[place]
        self._bound *= size


def alike(move: Move, number: IntArray) -> tuple[NDArray[np.int32], IntArray, IntArray]:
    """Makes the states of a layer one that have the same future; `number` are those of the next
    layer's states (−1: no legal days follow). Gives where each work leads from each state by
    number, each state's own number, and the state that stands for each number."""
    told = np.append(number, -1).astype(np.int32)[move.after]
    lost = told < 0
    alive = np.flatnonzero(~lost.all(axis=1))
    rows: list[NDArray[Any]] = [
        np.ascontiguousarray(table[alive]).view(np.uint8)
        for table in (told, np.where(lost, 0.0, move.price), np.where(lost, 0, move.units))
    ]
    keys = np.ascontiguousarray(np.concatenate(rows, axis=1))
    _, first, same = np.unique(
        keys.view(np.dtype((np.void, keys.shape[1]))).ravel(),
        return_index=True,
        return_inverse=True,
    )
    numbers = np.full(len(told), -1, dtype=np.int64)
    numbers[alive] = same
    return told, numbers, alive[first]
