"""Each agent's best days again, beside all others' as they are.

One agent's best days take a few milliseconds even for a year, so that some rounds of everybody's
mend most of a roster. Where they come to rest, prices with some noise let agents choose among days
that are as good: what is short lies elsewhere then, where somebody else can help.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .cells import Cells
from .column import Column, FloatArray, IntArray, totals
from .generation import Left
from .window import Window

ENOUGH = 1e-6  # points: less than this is no gain
SLACK = 0.01  # of the dearest person: how far from the best a reply may be,
ROOM = 500  # and more where so many labels are not enough: most gain nothing, none has to be exact
NOISE = 0.002, 0.2  # of the dearest person missing or too many: how far prices are off


class Replies:
    """Columns of a window, one for each agent, that keep what is `fixed` (agents, days); `cells`
    are those of the window."""

    def __init__(
        self, window: Window, columns: Sequence[Column], fixed: IntArray, cells: Cells
    ) -> None:
        self.columns = list(columns)
        self._window = window.hasty(SLACK * cells.dearest, ROOM)
        self._fixed, self._cells = fixed, cells
        self._there = totals(self.columns, len(cells.wanted))

    @property
    def points(self) -> float:
        """What all columns cost together."""
        return float(self._cells.points(self._there).sum()) + sum(c.points for c in self.columns)

    def answer(self, place: int, noise: FloatArray | float = 0.0) -> float:
        """The column of this place is the best at prices with this noise (cells,), unless it would
        cost more; how many points less all cost together now."""
        mine, cells, there = self.columns[place], self._cells, self._there
        there[mine.rows] -= mine.sizes
        duals = cells.points(there) - cells.points(there + 1)
        (priced,) = self._window.price(duals + noise, [mine.agent], self._fixed, [mine])
        less = mine.reduced(duals) - priced.column.reduced(duals)
        if less >= -ENOUGH:
            mine = self.columns[place] = priced.column
        there[mine.rows] += mine.sizes
        return max(less, 0.0)

    def noise(self, rng: np.random.Generator) -> FloatArray:
        """(cells,) points by which prices are off, sometimes little and sometimes much: days that
        cost about the same differ by a wish or by whole people."""
        most = self._cells.dearest * np.exp(rng.uniform(*np.log(NOISE)))
        return np.asarray(most * rng.uniform(-1, 1, len(self._cells.wanted)))


def come_to_rest(replies: Replies, left: Left) -> None:
    """Rounds of everybody's replies, until no agent alone does better; when time is over, after the
    first."""
    last_better, place, many = 0, 0, len(replies.columns)
    while place - last_better < many and (place < many or left() > 0):
        if replies.answer(place % many) > ENOUGH:
            last_better = place
        place += 1


def wander(replies: Replies, rng: np.random.Generator, still: int, left: Left) -> Iterator[float]:
    """Rounds of everybody's replies at prices with noise, until so many one after another gained
    nothing or time is over; how many points less each has come to."""
    quiet = 0
    while quiet < still and left() > 0:
        less = 0.0
        for place in rng.permutation(len(replies.columns)).tolist():
            if left() <= 0:
                break
            less += replies.answer(place, replies.noise(rng))
        quiet = 0 if less > ENOUGH else quiet + 1
        yield less
