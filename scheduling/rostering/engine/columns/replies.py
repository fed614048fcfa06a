"""Each agent's best days again, beside all others' as they are.

A dive in a hurry fixes choices that do not fit together. One agent's best days are exact and take
a few milliseconds even for a year, so that some rounds mend most of it. Where they come to rest,
prices with some noise let agents choose among days that are as good: what is short lies elsewhere
then, where somebody else can help.
"""

from __future__ import annotations

from collections.abc import Sequence

from .cells import Cells
from .column import Column, FloatArray, IntArray, totals
from .generation import Left
from .window import Window

ENOUGH = 1e-6  # points: less than this is no gain


class Replies:
    """Columns of a window, one for each agent, that keep what is `fixed` (agents, days); `cells`
    are those of the window."""

    def __init__(
        self, window: Window, columns: Sequence[Column], fixed: IntArray, cells: Cells
    ) -> None:
        self.columns = list(columns)
        self._window, self._fixed, self._cells = window, fixed, cells
        self._there = totals(self.columns, len(cells.wanted))

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


def best_replies(
    window: Window, columns: Sequence[Column], fixed: IntArray, cells: Cells, left: Left
) -> list[Column]:
    """The columns after rounds of replies, until no agent alone does better."""
    replies = Replies(window, columns, fixed, cells)
    last_better, place = 0, 0
    while place - last_better < len(columns) and left() > 0:
        if replies.answer(place % len(columns)) > ENOUGH:
            last_better = place
        place += 1
    return replies.columns
