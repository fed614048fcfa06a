"""Agents who are away from the queues for a while, and back, in machine code."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...machine_code import number
from ..rules.base import Doing
from .cover import Cover, count_in_bands
from .spread import add, take
from .week import FloatArray, IntArray

WORK, MEETING = number(Doing.WORK), number(Doing.MEETING)
AWAY, BACK = number(1), number(-1)


@njit(cache=True, nogil=True)
def step_away(
    agents: IntArray, groups: IntArray, first: int, last: int, cover: Cover, sign: int
) -> float:
    """Takes agents off the queues (`AWAY`) from slot `first` until before `last`, or brings them
    back (`BACK`); the change of cost. `groups` are the skill groups of all agents."""
    total = 0.0
    served = cover.supply.shape[1] if cover.supply.shape[0] > 0 else 0
    for a in agents:
        for t in range(first, min(last, served)):
            total += take(cover, groups[a], t) if sign > 0 else add(cover, groups[a], t)
        total += count_in_bands(cover, a, WORK, first, last, -sign)
        total += count_in_bands(cover, a, MEETING, first, last, sign)
    return total


@njit(cache=True, nogil=True)
def losses(
    members: IntArray,
    there: NDArray[np.bool_],
    starts: IntArray,
    length: int,
    groups: IntArray,
    cover: Cover,
    out: FloatArray,
) -> None:
    """Fills `out` (starts,) with what it costs if the members who are `there` (members, starts)
    are away for `length` slots from each start; the cover stays as it is."""
    for i in range(len(starts)):
        away = members[there[:, i]]
        first, last = starts[i], starts[i] + length
        spread, supply = cover.spread[first:last].copy(), cover.supply[:, first:last].copy()
        out[i] = step_away(away, groups, first, last, cover, AWAY)
        step_away(away, groups, first, last, cover, BACK)
        if cover.uneven:  # people may have come back to other queues
            cover.spread[first:last], cover.supply[:, first:last] = spread, supply
