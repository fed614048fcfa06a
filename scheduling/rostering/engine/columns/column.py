"""One agent's complete legal roster as a column, and what finds such columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FREE = -2
"""In a table of fixed days (agents, days): the day is open. −1 fixes a day off, 0 and more a shift
option."""


@dataclass(frozen=True)
class Column:
    """A legal roster of `agent` (a position): its option a day (−1 off), its break starts (days,
    most breaks), its own `points`, and `sizes` on the coupling `rows` that it adds to."""

    agent: int
    points: float
    option: IntArray
    breaks: IntArray
    rows: IntArray
    sizes: FloatArray

    @cached_property
    def key(self) -> tuple[int, bytes, bytes]:
        """Equal for columns that are the same roster."""
        return self.agent, self.option.tobytes(), self.breaks.tobytes()

    def reduced(self, duals: FloatArray) -> float:
        """Points less what the column's rows earn at the duals (rows,)."""
        return self.points - float(duals[self.rows] @ self.sizes)

    def keeps(self, fixed: IntArray) -> bool:
        """Whether the column agrees with its agent's fixed days (days,)."""
        return bool(((fixed == FREE) | (fixed == self.option)).all())


class Priced(NamedTuple):
    """An agent's best column at some duals; `reduced` is what its best one has there at the least:
    its reduced points, but where the horizon is too long to look at everything."""

    reduced: float
    column: Column


class Oracle(Protocol):
    """Finds every agent's best column exactly."""

    @property
    def agents(self) -> int: ...

    @property
    def days(self) -> int: ...

    def price(
        self,
        duals: FloatArray,
        agents: Sequence[int],
        fixed: IntArray | None = None,
        known: Sequence[Column] = (),
    ) -> list[Priced]:
        """The best column of each of the agents at the duals (rows,), on the days that `fixed`
        (agents, days) leaves open; agents that have none are left out. Where none is better than a
        `known` column of the agent, that is given, which saves looking for it."""
        ...


def cheapest(
    columns: Sequence[Column], agents: Sequence[int], duals: FloatArray
) -> list[Priced | None]:
    """Each agent's cheapest of some columns at the duals; None where it has none of them."""
    best: dict[int, Priced] = {}
    for column in columns:
        reduced = column.reduced(duals)
        if column.agent not in best or reduced < best[column.agent].reduced:
            best[column.agent] = Priced(reduced, column)
    return [best.get(agent) for agent in agents]


def totals(columns: Sequence[Column], rows: int) -> FloatArray:
    """What columns add up to on each of the coupling rows: shape (rows,)."""
    summed = np.zeros(rows)
    for column in columns:
        np.add.at(summed, column.rows, column.sizes)
    return summed
