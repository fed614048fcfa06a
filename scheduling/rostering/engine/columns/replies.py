"""What a dive has left: each agent's best days again, others' as they are, until none is better.

A dive in a hurry fixes choices that do not fit together. One agent's best days beside all others'
are exact and take less than a millisecond, so that a few rounds mend most of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .cells import Cells
from .column import Column, IntArray, totals
from .generation import Left
from .window import Window

ENOUGH = 1e-6  # points: less than this is no gain


def best_replies(
    window: Window,
    columns: Sequence[Column],
    fixed: IntArray,
    cells: Cells,
    left: Left,
) -> list[Column]:
    """The columns, one for each agent, after rounds of replies that keep what is `fixed` (agents,
    days); `cells` are those of the window."""
    made = list(columns)
    there = totals(made, len(cells.wanted))
    last_better, place = 0, 0
    while place - last_better < len(made) and left() > 0:
        mine = made[place % len(made)]
        there[mine.rows] -= mine.sizes
        one_more = cells.points(there + 1) - cells.points(there)
        (reply,) = window.price(-one_more, [mine.agent], fixed, [mine])
        if reply.column.reduced(-one_more) < mine.reduced(-one_more) - ENOUGH:
            mine = made[place % len(made)] = reply.column
            last_better = place
        there[mine.rows] += mine.sizes
        place += 1
    return made
