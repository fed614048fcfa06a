"""Who serves which queue in each slot, kept optimal while agents come and go.

In every slot the agents present, grouped by the set of queues they can serve, are spread over the
queues at least cost. Costs are convex in the heads of a queue, so adding or taking away one agent
along the cheapest chain of moves (an agent goes to a queue, from which a colleague moves on to
another, …) keeps the spread optimal: successive shortest paths of a minimum-cost flow (Ahuja,
Magnanti & Orlin 1993, ch. 9). With a handful of queues a chain is a walk over a few bit masks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...machine_code import inner

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Cover(NamedTuple):
    """`marginal[q, t, h]` is the cost of going from h to h + 1 heads (beyond the table: its last
    entry); `heads` (queues, slots); `spread` (slots, groups, queues) agents of a group on a queue;
    `reach` (slots, queues) the queues that somebody on a queue could move to, as bits; `skills`
    (groups,) queues of each group, as bits.

    `cells` (cells,) people on shifts that are wanted by number, `wanted` (cells, 3) how many are,
    and the points of one too few and one too many. `bands` (bands, slots + overhang) sums of the
    `coefficients` (bands, agents) of those who are there, which `least` and `most` bound at
    `breach` (bands,) points for each unit; an agent counts `counted` (bands, doings)
    times the coefficient while doing each thing (`Doing`)."""

    marginal: FloatArray
    heads: NDArray[np.int32]
    spread: NDArray[np.int32]
    reach: IntArray
    skills: IntArray
    cells: NDArray[np.int32]
    wanted: FloatArray
    bands: NDArray[np.int32]
    least: NDArray[np.int32]
    most: NDArray[np.int32]
    counted: IntArray
    breach: FloatArray
    coefficients: NDArray[np.int32]


@inner
def _marginal(cover: Cover, q: int, t: int, h: int) -> float:
    return cover.marginal[q, t, min(h, cover.marginal.shape[2] - 1)]


@inner
def _refresh(cover: Cover, t: int, q: int) -> None:
    bits = 0
    for g in range(len(cover.skills)):
        if cover.spread[t, g, q] > 0:
            bits |= cover.skills[g]
    cover.reach[t, q] = bits


@inner
def _reachable(cover: Cover, t: int, bits: int) -> int:
    while True:
        more = bits
        for q in range(cover.heads.shape[0]):
            if (bits >> q) & 1:
                more |= cover.reach[t, q]
        if more == bits:
            return bits
        bits = more


@njit(cache=True, nogil=True)
def price(cover: Cover, group: int, out: FloatArray) -> None:
    """Fills `out` (slots,) with the cost of one more agent of a group in each slot."""
    queues, slots = cover.heads.shape
    for t in range(slots):
        if queues == 0:
            out[t] = 0.0
            continue
        if queues == 1:
            out[t] = _marginal(cover, 0, t, cover.heads[0, t])
            continue
        bits = _reachable(cover, t, cover.skills[group])
        best = np.inf
        for q in range(queues):
            if (bits >> q) & 1:
                best = min(best, _marginal(cover, q, t, cover.heads[q, t]))
        out[t] = best


@njit(cache=True, nogil=True)
def add(cover: Cover, group: int, t: int) -> float:
    """Puts one agent of a group into slot t; the change of cost."""
    queues = cover.heads.shape[0]
    if queues == 1:
        cost = _marginal(cover, 0, t, cover.heads[0, t])
        cover.heads[0, t] += 1
        cover.spread[t, group, 0] += 1
        return cost
    came = np.full(queues, -2, dtype=np.int64)
    for q in range(queues):
        if (cover.skills[group] >> q) & 1:
            came[q] = -1
    _search(cover, t, came)
    goal, best = -1, np.inf
    for q in range(queues):
        if came[q] > -2 and _marginal(cover, q, t, cover.heads[q, t]) < best:
            goal, best = q, _marginal(cover, q, t, cover.heads[q, t])
    cover.heads[goal, t] += 1
    q = goal
    while came[q] >= 0:
        _move(cover, t, came[q], q)
        q = came[q]
    cover.spread[t, group, q] += 1
    _refresh(cover, t, q)
    return best


@inner
def _search(cover: Cover, t: int, came: IntArray) -> None:
    """Breadth first from the queues marked −1: which queue each other queue is reached from."""
    queues = len(came)
    grown = True
    while grown:
        grown = False
        for q in range(queues):
            if came[q] == -2:
                continue
            for to in range(queues):
                if came[to] == -2 and (cover.reach[t, q] >> to) & 1:
                    came[to] = q
                    grown = True


@inner
def _move(cover: Cover, t: int, source: int, target: int) -> None:
    """Moves one agent who can from a queue to another; heads are the caller's."""
    for g in range(len(cover.skills)):
        if cover.spread[t, g, source] > 0 and (cover.skills[g] >> target) & 1:
            cover.spread[t, g, source] -= 1
            cover.spread[t, g, target] += 1
            _refresh(cover, t, source)
            _refresh(cover, t, target)
            return


@njit(cache=True, nogil=True)
def take(cover: Cover, group: int, t: int) -> float:
    """Takes one agent of a group out of slot t; the change of cost."""
    queues = cover.heads.shape[0]
    if queues == 1:
        cover.heads[0, t] -= 1
        cover.spread[t, group, 0] -= 1
        return -_marginal(cover, 0, t, cover.heads[0, t])
    # goes[q]: the queue that a colleague on q moves to so that, in the end, a queue where the
    # group has an agent is left with one too many; −1 where the group itself has one.
    goes = np.full(queues, -2, dtype=np.int64)
    for q in range(queues):
        if cover.spread[t, group, q] > 0:
            goes[q] = -1
    grown = True
    while grown:
        grown = False
        for q in range(queues):
            if goes[q] == -2 and cover.heads[q, t] > 0:
                for to in range(queues):
                    if goes[to] > -2 and (cover.reach[t, q] >> to) & 1:
                        goes[q] = to
                        grown = True
                        break
    source, best = -1, -np.inf
    for q in range(queues):
        if goes[q] > -2 and _marginal(cover, q, t, cover.heads[q, t] - 1) > best:
            source, best = q, _marginal(cover, q, t, cover.heads[q, t] - 1)
    cover.heads[source, t] -= 1
    q = source
    while goes[q] >= 0:
        _move(cover, t, q, goes[q])
        q = goes[q]
    cover.spread[t, group, q] -= 1
    _refresh(cover, t, q)
    return -best


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


@inner
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
