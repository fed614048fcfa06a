"""Who serves which queue in each slot, kept optimal while agents come and go.

In every slot the agents present, grouped by the queues they can serve and the work that they do on
each, are spread over the queues at least cost. Costs are convex in the work on a queue, so where
everybody does one agent's work, adding or taking away one agent along the cheapest chain of moves
(an agent goes to a queue, from which a colleague moves on to another, …) keeps the spread optimal:
successive shortest paths of a minimum-cost flow (Ahuja, Magnanti & Orlin 1993, ch. 9). With a
handful of queues a chain is a walk over a few bit masks. Elsewhere see `chains`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ...machine_code import inner, woven
from .chains import COMES, GOES, chain, chain_points
from .cover import Cover, FloatArray, IntArray, count_on_queue, points_of_change


@woven
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
        for q in range(cover.supply.shape[0]):
            if (bits >> q) & 1:
                more |= cover.reach[t, q]
        if more == bits:
            return bits
        bits = more


@njit(cache=True, nogil=True)
def price(cover: Cover, group: int, out: FloatArray) -> None:
    """Fills `out` (slots,) with the cost of one more agent of a group in each slot."""
    queues, slots = cover.supply.shape
    for t in range(slots):
        if queues == 0:
            out[t] = 0.0
            continue
        if queues == 1:
            out[t] = points_of_change(cover, 0, t, cover.work[group, 0])
            continue
        if cover.uneven:
            out[t] = chain_points(cover, group, t)
            continue
        bits = _reachable(cover, t, cover.skills[group])
        best = np.inf
        for q in range(queues):
            if (bits >> q) & 1:
                best = min(best, _marginal(cover, q, t, cover.supply[q, t]))
        out[t] = best


@njit(cache=True, nogil=True)
def add(cover: Cover, group: int, t: int) -> float:
    """Puts one agent of a group into slot t; the change of cost."""
    queues = cover.supply.shape[0]
    if queues == 1:
        cost = points_of_change(cover, 0, t, cover.work[group, 0])
        count_on_queue(cover, t, group, 0, 1)
        return cost
    if cover.uneven:
        return chain(cover, group, t, COMES)
    came = np.full(queues, -2, dtype=np.int64)
    for q in range(queues):
        if (cover.skills[group] >> q) & 1:
            came[q] = -1
    _search(cover, t, came)
    goal, best = -1, np.inf
    for q in range(queues):
        if came[q] > -2 and _marginal(cover, q, t, cover.supply[q, t]) < best:
            goal, best = q, _marginal(cover, q, t, cover.supply[q, t])
    cover.supply[goal, t] += 1
    q = goal
    while came[q] >= 0:
        _move(cover, t, came[q], q)
        q = came[q]
    cover.spread[t, group, q] += 1
    _refresh(cover, t, q)
    return best


@woven
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
    """Moves one agent who can from a queue to another; the supply is the caller's."""
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
    queues = cover.supply.shape[0]
    if queues == 1:
        cost = points_of_change(cover, 0, t, -cover.work[group, 0])
        count_on_queue(cover, t, group, 0, -1)
        return cost
    if cover.uneven:
        return chain(cover, group, t, GOES)
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
            if goes[q] == -2 and cover.supply[q, t] > 0:
                for to in range(queues):
                    if goes[to] > -2 and (cover.reach[t, q] >> to) & 1:
                        goes[q] = to
                        grown = True
                        break
    source, best = -1, -np.inf
    for q in range(queues):
        if goes[q] > -2 and _marginal(cover, q, t, cover.supply[q, t] - 1) > best:
            source, best = q, _marginal(cover, q, t, cover.supply[q, t] - 1)
    cover.supply[source, t] -= 1
    q = source
    while goes[q] >= 0:
        _move(cover, t, q, goes[q])
        q = goes[q]
    cover.spread[t, group, q] -= 1
    _refresh(cover, t, q)
    return -best
