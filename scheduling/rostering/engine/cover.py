"""What covers the queues in each slot, and what one person more or less changes: work on queues,
people on shifts that are wanted by number, people whom a rule counts at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...machine_code import inner, woven

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Cover(NamedTuple):
    """Work counts in whole units (`Proficiency`; one agent's work is one unit where all do alike).
    `marginal[q, t, h]` is the cost of going from h to h + 1 units (beyond the table: its last
    entry); `supply` (queues, slots) units on each queue; `spread` (slots, groups, queues) agents of
    a group on a queue; `reach` (slots, queues) the queues that somebody on a queue could move to,
    as bits; `skills` (groups,) queues of each group, as bits; `work` (groups, queues) units that an
    agent of each group does; `uneven` whether anybody does other than one.

    `cells` (cells,) people on shifts that are wanted by number, `wanted` (cells, 3) how many are,
    and the points of one too few and one too many. `bands` (bands, slots + overhang) sums of the
    `coefficients` (bands, agents) of those who are there, which `least` and `most` bound at
    `breach` (bands,) points for each unit; an agent counts `counted` (bands, doings)
    times the coefficient while doing each thing (`Doing`)."""

    marginal: FloatArray
    supply: NDArray[np.int32]
    spread: NDArray[np.int32]
    reach: IntArray
    skills: IntArray
    work: IntArray
    uneven: bool
    cells: NDArray[np.int32]
    wanted: FloatArray
    bands: NDArray[np.int32]
    least: NDArray[np.int32]
    most: NDArray[np.int32]
    counted: IntArray
    breach: FloatArray
    coefficients: NDArray[np.int32]


@inner
def points_of_change(cover: Cover, q: int, t: int, units: int) -> float:
    """What so many units of work more (below 0: fewer) on a queue cost."""
    now, last = cover.supply[q, t], cover.marginal.shape[2] - 1
    total = 0.0
    for unit in range(now, now + units):
        total += cover.marginal[q, t, min(unit, last)]
    for unit in range(now + units, now):
        total -= cover.marginal[q, t, min(unit, last)]
    return total


@inner
def count_on_queue(cover: Cover, t: int, group: int, q: int, sign: int) -> None:
    """One agent of a group more (sign 1) or fewer (−1) on a queue."""
    cover.spread[t, group, q] += sign
    cover.supply[q, t] += sign * cover.work[group, q]


@inner
def cell_price(cover: Cover, out: FloatArray) -> None:
    """Fills `out` (cells,) with the cost of one more person on each shift wanted by number."""
    for c in range(len(cover.cells)):
        short = cover.cells[c] < cover.wanted[c, 0]
        out[c] = -cover.wanted[c, 1] if short else cover.wanted[c, 2]


@inner
def staff_cell(cover: Cover, c: int, sign: int) -> float:
    """Puts a person on (or takes one from) a shift wanted by number; the change of cost."""
    if sign > 0:
        cover.cells[c] += 1
        enough = cover.cells[c] > cover.wanted[c, 0]
        return cover.wanted[c, 2] if enough else -cover.wanted[c, 1]
    cover.cells[c] -= 1
    enough = cover.cells[c] >= cover.wanted[c, 0]
    return -cover.wanted[c, 2] if enough else cover.wanted[c, 1]


@inner
def band_price(cover: Cover, a: int, doing: int, out: FloatArray) -> None:
    """Adds to `out` (slots + overhang,) what the bands say of agent a doing something."""
    for b in range(len(cover.counted)):
        size = cover.coefficients[b, a] * cover.counted[b, doing]
        if size != 0:
            for t in range(cover.bands.shape[1]):
                out[t] += _band_change(cover, b, t, size)


@woven
def _band_change(cover: Cover, b: int, t: int, size: int) -> float:
    now = cover.bands[b, t]
    outside = max(cover.least[b, t] - now, 0) + max(now - cover.most[b, t], 0)
    now += size
    after = max(cover.least[b, t] - now, 0) + max(now - cover.most[b, t], 0)
    return cover.breach[b] * (after - outside)


@inner
def count_in_bands(cover: Cover, a: int, doing: int, first: int, last: int, sign: int) -> float:
    """Counts agent a in (sign 1) or out (−1) from slot `first` until before `last`; the change of
    cost."""
    total = 0.0
    for b in range(len(cover.counted)):
        size = sign * cover.coefficients[b, a] * cover.counted[b, doing]
        if size != 0:
            for t in range(first, last):
                total += _band_change(cover, b, t, size)
                cover.bands[b, t] += size
    return total
