"""The states that counters can reach day by day, as arrays.

A layer holds the product states of one morning, a row each: the numbers of the counters' own
states. What a day does to a counter by itself is looked up once for each of its states; products,
which are many more, are only put together from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rules.base import Counter, Day, DayWork, State
from .week import FloatArray, IntArray

LARGEST_CODE = 2**62


@dataclass(frozen=True)
class Priced:
    """A counter and the points that a unit of its breach costs: infinitely many for a hard rule, 0
    for one that only tallies."""

    counter: Counter
    price: float


class Steps(NamedTuple):
    """What each work does in some states of one counter: numbers of the states after it, points,
    and units added, each of shape (states, works)."""

    after: IntArray
    price: FloatArray
    units: IntArray


class Table:
    """One counter's states by number, and what the works do in them, found as it is asked for."""

    def __init__(self, priced: Priced, works: Sequence[DayWork]) -> None:
        self._priced = priced
        self._works = works
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
            nothing = np.zeros((0, len(self._works)), dtype=np.int64)
            return Steps(nothing, nothing.astype(float), nothing)
        states = list(self._number)
        rows = []
        for number in numbers.tolist():
            if (day, number) not in self._known:
                self._known[day, number] = self._steps(states[number], day)
            rows.append(self._known[day, number])
        return Steps(*(np.stack(column) for column in zip(*rows, strict=True)))

    def _steps(self, state: State, day: Day) -> Steps:
        steps = [self._priced.counter.step(state, day, work) for work in self._works]
        points = [self._priced.price * step.breach if step.breach else 0.0 for step in steps]
        return Steps(
            np.array([self.number(step.state) for step in steps], dtype=np.int64),
            np.array(points),
            np.array([step.units for step in steps], dtype=np.int64),
        )


class Move(NamedTuple):
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
        price += steps.price[place]
    legal = price < np.inf
    states, done = np.nonzero(legal)
    codes, after = Codes(len(states)), np.full(legal.shape, -1, dtype=np.int32)
    parts = [steps.after[place[states], done] for steps, place in looked_up]
    for table, part in zip(tables, parts, strict=True):
        codes.add(part, table.size)
    _, first, after[states, done] = np.unique(codes.values, return_index=True, return_inverse=True)
    units = Codes(len(states))
    for steps, place in looked_up:
        if steps.units.any():
            units.add(steps.units[place[states], done], int(steps.units.max()) + 1)
    added = np.zeros(legal.shape, dtype=np.int64)
    added[states, done] = units.values
    reached = np.zeros((len(first), len(tables)), dtype=np.int64)
    for c, part in enumerate(parts):
        reached[:, c] = part[first]
    return Move(after, np.where(legal, price, 0.0), added), reached


def units_of(tables: Sequence[Table], layer: IntArray, day: Day, works: int) -> IntArray:
    """What the works add to each counter's total from each state: (states, works, counters)."""
    units = np.zeros((len(layer), works, len(tables)), dtype=np.int64)
    for c, table in enumerate(tables):
        steps, place = _look_up(table, layer[:, c], day)
        units[..., c] = steps.units[place]
    return units


def _look_up(table: Table, numbers: IntArray, day: Day) -> tuple[Steps, IntArray]:
    """The steps of the states there are, and each row's place among them."""
    distinct, place = np.unique(numbers, return_inverse=True)
    return table.steps(day, distinct), place


class Codes:
    """Tuples of small numbers as one number each: equal if the tuples are."""

    def __init__(self, count: int) -> None:
        self.values: IntArray = np.zeros(count, dtype=np.int64)
        self._bound = 1

    def add(self, numbers: IntArray, size: int) -> None:
        """Appends a number below `size` to every tuple."""
        if self._bound * size > LARGEST_CODE:
            distinct, self.values = np.unique(self.values, return_inverse=True)
            self._bound = len(distinct)
        self.values = self.values * size + numbers
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
