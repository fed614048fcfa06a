"""What all agents' rosters cost together, as rows of a linear programme.

A row counts something that columns add to: people of a skill group at work in a slot, people on a
shift of a day, coefficients of a rule on several people. What a count costs is convex and written
with variables between 0 and an upper bound, each at a price:

    Σ columns' sizes on the row + Σ entries × variables = rhs
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .column import FloatArray, IntArray


@dataclass(frozen=True)
class Coupling:
    """Rows and variables (see above). The entries are triples (`entry_row`, `entry_variable`,
    `entry_size`); `constant` points are there whatever happens. `whole` says that rosters add whole
    numbers to every row."""

    rhs: FloatArray  # (rows,)
    price: FloatArray  # (variables,)
    upper: FloatArray  # (variables,)
    entry_row: IntArray
    entry_variable: IntArray
    entry_size: FloatArray
    constant: float = 0.0
    whole: bool = True

    @property
    def rows(self) -> int:
        return len(self.rhs)

    @property
    def variables(self) -> int:
        return len(self.price)

    def less(self, totals: FloatArray) -> Coupling:
        """The coupling of those who are left where others add `totals` (rows,) already."""
        return replace(self, rhs=self.rhs - totals)

    def least_points(self, duals: FloatArray) -> float:
        """The coupling's part of the Lagrangian bound at the duals (rows,)."""
        reduced = self.price.copy()
        np.subtract.at(reduced, self.entry_variable, self.entry_size * duals[self.entry_row])
        # Not `reduced @ upper`: 0 × a variable without a bound is not a number.
        best = np.where(reduced < 0, reduced, 0.0) @ self.upper
        return self.constant + float(duals @ self.rhs) + float(best)

    def with_total(
        self, variables: IntArray, least: float | None, most: float | None, breach: float
    ) -> Coupling:
        """With one row more: the variables' sum must be at least or at most so much, or pay
        `breach` points for each unit that it is not."""
        if (least is None) == (most is None):
            raise ValueError("a total has either a least or a most")
        low, bound = least is not None, float(least if least is not None else most or 0.0)
        row, first = self.rows, self.variables
        room = float(self.upper[variables].sum()) + abs(bound) + 1.0
        side = -1.0 if low else 1.0  # the spare variable takes what lies beyond the bound
        return replace(
            self,
            rhs=np.append(self.rhs, bound),
            price=np.append(self.price, [0.0, breach]),
            upper=np.append(self.upper, [room, room]),
            entry_row=np.append(self.entry_row, np.full(len(variables) + 2, row)),
            entry_variable=np.concatenate([self.entry_variable, variables, [first, first + 1]]),
            entry_size=np.concatenate([self.entry_size, np.ones(len(variables)), [side, -side]]),
        )


def cells(wanted: FloatArray, under: FloatArray, over: FloatArray, most: int) -> Coupling:
    """One row a cell (cells,): people wanted on a shift of a day, the points of each one too few
    and too many; `most` people can come."""
    count = len(wanted)
    short = np.arange(count)
    return Coupling(
        rhs=wanted.astype(float),
        price=np.concatenate([under, over]).astype(float),
        upper=np.concatenate([np.maximum(wanted, 0.0), np.full(count, float(most))]),
        entry_row=np.concatenate([short, short]),
        entry_variable=np.concatenate([short, count + short]),
        entry_size=np.concatenate([np.ones(count), -np.ones(count)]),
    )


def slots(
    marginal: FloatArray, skills: IntArray, work: FloatArray, most: float, unit: int = 1
) -> Coupling:
    """Rows (groups, slots) of people at work, then, where there are several queues, rows (queues,
    slots) of the work on a queue. With one queue there is only its work.

    `marginal[q, t, h]` are the points of the h-th unit (1 ÷ `unit` of an agent's work) more on a
    queue, not falling in h (beyond the table its last entry); `skills` (groups,) the queues of each
    group, as bits; `work` (groups, queues) how many agents' work a person does; `most` people, or
    agents' work, can come. With several queues a variable for each (group, queue, slot) says who
    serves what; where people do unequal work these may be fractions that cost less than any whole
    numbers do.
    """
    queues, count, _ = marginal.shape
    groups = len(skills)
    block = _Block()
    for q in range(queues):
        at, points, room = _segments(marginal[q] * unit, most, unit)
        # With one queue the work is that of all who are there, of whatever group.
        row = at if queues == 1 else groups * count + q * count + at
        block.add(points, room, (row, -1.0))
    if queues == 1:
        return block.coupling(count, unit == 1)
    t = np.arange(count)
    for g, bits in enumerate(skills.tolist()):
        for q in range(queues):
            if (bits >> q) & 1:
                on_queue = groups * count + q * count + t
                room = np.full(count, float(most))
                size = float(work[g, q])
                block.add(np.zeros(count), room, (g * count + t, -1.0), (on_queue, size))
    return block.coupling((groups + queues) * count, unit == 1)


class _Block:
    """Variables and their entries, as they are made."""

    def __init__(self) -> None:
        self._price: list[FloatArray] = []
        self._upper: list[FloatArray] = []
        self._entries: list[tuple[IntArray, IntArray, FloatArray]] = []
        self._made = 0

    def add(self, price: FloatArray, upper: FloatArray, *entries: tuple[IntArray, float]) -> None:
        """Variables with one entry each, of a size, on the rows of each pair."""
        variable = self._made + np.arange(len(price))
        self._made += len(price)
        self._price.append(price)
        self._upper.append(upper)
        self._entries += [(row, variable, np.full(len(row), size)) for row, size in entries]

    def coupling(self, rows: int, whole: bool) -> Coupling:
        """The block with nothing on the right-hand side."""
        row, variable, size = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        price, upper = np.concatenate(self._price), np.concatenate(self._upper)
        return Coupling(np.zeros(rows), price, upper, row, variable, size, whole=whole)


def _segments(
    marginal: FloatArray, most: float, unit: int
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Stretches of equal marginal points of every slot: slot, points, length."""
    change = np.ones(marginal.shape, dtype=bool)
    change[:, 1:] = np.abs(np.diff(marginal, axis=1)) > 1e-9
    at, first = np.nonzero(change)
    length = np.full(len(at), float(most))
    same = np.append(at[1:] == at[:-1], False)
    length[same] = (first[1:] - first[:-1])[same[:-1]] / unit
    return at, marginal[at, first], length


def bands(least: IntArray, most: IntArray, breach: FloatArray, reach: float, far: int) -> Coupling:
    """One row a sum that a rule bounds (sums,): points of each unit below the least or above the
    most. A bound `far` from 0 or farther binds nobody; no sum lies beyond ±`reach`."""
    count = len(least)
    row = np.arange(count)
    lowest, highest = least > -far, most < far
    anchor = np.where(highest, most, least)
    room = reach + np.abs(anchor)
    between = np.where(lowest & highest, np.maximum(most - least, 0), room)
    ones = np.ones(count)
    return Coupling(
        rhs=anchor.astype(float),
        price=np.concatenate([breach, 0 * ones, breach]).astype(float),
        upper=np.concatenate([lowest * room, between, highest * room]).astype(float),
        entry_row=np.concatenate([row, row, row]),
        entry_variable=np.arange(3 * count),
        entry_size=np.concatenate([ones, np.where(highest, 1.0, -1.0), -ones]),
    )


def stacked(parts: Sequence[Coupling], constant: float = 0.0) -> Coupling:
    """The parts' rows and variables one after another."""
    rows = np.cumsum([0, *(part.rows for part in parts)])
    variables = np.cumsum([0, *(part.variables for part in parts)])
    empty = np.zeros(0, dtype=np.int64)
    return Coupling(
        np.concatenate([np.zeros(0), *(part.rhs for part in parts)]),
        np.concatenate([np.zeros(0), *(part.price for part in parts)]),
        np.concatenate([np.zeros(0), *(part.upper for part in parts)]),
        np.concatenate([empty, *(p.entry_row + r for p, r in zip(parts, rows, strict=False))]),
        np.concatenate(
            [empty, *(p.entry_variable + v for p, v in zip(parts, variables, strict=False))]
        ),
        np.concatenate([np.zeros(0), *(part.entry_size for part in parts)]),
        constant + sum(part.constant for part in parts),
        all(part.whole for part in parts),
    )
