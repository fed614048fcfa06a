"""What a dive has left: each agent's best days again, others' as they are, until none is better.

A dive in a hurry fixes choices that do not fit together. One agent's best days beside all others'
are exact and take less than a millisecond, so that a few rounds mend most of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .column import Column, FloatArray, IntArray, totals
from .generation import Left
from .window import Window

ENOUGH = 1e-6  # points: less than this is no gain


def best_replies(
    window: Window,
    columns: Sequence[Column],
    fixed: IntArray,
    costs: tuple[FloatArray, FloatArray, FloatArray],
    left: Left,
) -> list[Column]:
    """The columns, one for each agent, after rounds of replies that keep what is `fixed` (agents,
    days). `costs` are how many are wanted on each of the window's cells, and the points of one too
    few and of one too many."""
    wanted, under, over = costs
    made = list(columns)
    there = totals(made, len(wanted))
    last_better, place = 0, 0
    while place - last_better < len(made) and left() > 0:
        mine = made[place % len(made)]
        there[mine.rows] -= mine.sizes
        one_more = _points(there + 1, wanted, under, over) - _points(there, wanted, under, over)
        (reply,) = window.price(-one_more, [mine.agent], fixed, [mine])
        if reply.column.reduced(-one_more) < mine.reduced(-one_more) - ENOUGH:
            mine = made[place % len(made)] = reply.column
            last_better = place
        there[mine.rows] += mine.sizes
        place += 1
    return made


def _points(
    there: FloatArray, wanted: FloatArray, under: FloatArray, over: FloatArray
) -> FloatArray:
    return under * np.maximum(wanted - there, 0) + over * np.maximum(there - wanted, 0)
