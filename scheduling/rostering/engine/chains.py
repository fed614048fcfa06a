"""Who serves which queue where people do unequal work: the cheapest chains of moves that are found.

An agent who comes brings a queue more or less than a colleague who leaves it takes away, so each
queue of a chain keeps a difference, and to spread people at least cost is a generalised assignment
problem (Ross & Soland 1975, Math. Program. 8). Chains are grown move by move, and of those of one
length that end on one queue the cheapest goes on: a good spread, not always the best. What a chain
costs is exact, and `settled` looks for exchanges that are left.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ...machine_code import inner, number, switch
from .cover import Cover, FloatArray, IntArray, count_on_queue, points_of_change

MOST_MOVES = number(3)  # of colleagues, in one chain
MOST_PASSES = number(4)  # over the people of a slot
COMES, GOES = number(1), number(-1)
LOOK, MAKE = switch(False), switch(True)
LEAST = 1e-9  # points: what gains less stays as it is


@inner
def chain_points(cover: Cover, group: int, t: int) -> float:
    """What `chain` would cost for one more agent of a group in a slot; infinite if nothing is
    served."""
    return _chain(cover, group, t, COMES, LOOK)


@inner
def chain(cover: Cover, group: int, t: int, sign: int) -> float:
    """Puts an agent of a group into slot t (`COMES`) or takes one out (`GOES`); the change of
    cost."""
    return _chain(cover, group, t, sign, MAKE)


@inner
def _chain(cover: Cover, group: int, t: int, sign: int, make: bool) -> float:
    """Finds the cheapest chain of at most so many moves, and makes it if asked to; its points.

    The queue at the chain's end has the load that nobody has moved on for yet: the work of whoever
    has come, or is missing since somebody left.
    """
    queues = cover.supply.shape[0]
    longest = min(MOST_MOVES, queues - 1)
    passed = np.full((longest + 1, queues), np.inf)  # points of the queues before the last
    load = np.zeros((longest + 1, queues), dtype=np.int64)
    seen = np.zeros((longest + 1, queues), dtype=np.int64)  # queues of the chain, as bits
    came = np.zeros((longest + 1, queues), dtype=np.int64)
    mover = np.zeros((longest + 1, queues), dtype=np.int64)
    best, moves, goal = np.inf, 0, -1
    for q in range(queues):
        able = (cover.skills[group] >> q) & 1 if sign > 0 else cover.spread[t, group, q]
        if able > 0:
            passed[0, q], load[0, q] = 0.0, sign * cover.work[group, q]
            seen[0, q] = 1 << q
    for k in range(longest + 1):
        for q in range(queues):
            if passed[k, q] == np.inf:
                continue
            points = passed[k, q] + points_of_change(cover, q, t, load[k, q])
            if points < best - LEAST:
                best, moves, goal = points, k, q
            if k < longest:
                _grow(cover, t, sign, k, q, passed, load, seen, came, mover)
    if make:
        q = goal
        for k in range(moves, 0, -1):
            before, g = came[k, q], mover[k, q]
            source, target = (before, q) if sign > 0 else (q, before)
            count_on_queue(cover, t, g, source, GOES)
            count_on_queue(cover, t, g, target, COMES)
            q = before
        count_on_queue(cover, t, group, q, sign)
    return best


@inner
def _grow(
    cover: Cover,
    t: int,
    sign: int,
    k: int,
    q: int,
    passed: FloatArray,
    load: IntArray,
    seen: IntArray,
    came: IntArray,
    mover: IntArray,
) -> None:
    """The chains of k + 1 moves that go on from one of k moves that ends on queue q: a colleague
    makes room there and goes to another queue, or fills the gap there and leaves one."""
    for other in range(cover.supply.shape[0]):
        if (seen[k, q] >> other) & 1:
            continue
        source, target = (q, other) if sign > 0 else (other, q)
        least = np.inf
        if passed[k + 1, other] < np.inf:
            held = points_of_change(cover, other, t, load[k + 1, other])
            least = passed[k + 1, other] + held
        for g in range(len(cover.skills)):
            if cover.spread[t, g, source] == 0 or (cover.skills[g] >> target) & 1 == 0:
                continue
            rest = points_of_change(cover, q, t, load[k, q] - sign * cover.work[g, q])
            points = passed[k, q] + rest
            moved = sign * cover.work[g, other]
            ends = points + points_of_change(cover, other, t, moved)
            if ends < least - LEAST:
                least = ends
                passed[k + 1, other], load[k + 1, other] = points, moved
                seen[k + 1, other] = seen[k, q] | (1 << other)
                came[k + 1, other], mover[k + 1, other] = q, g


@njit(cache=True, nogil=True)
def settled(cover: Cover) -> float:
    """Takes somebody of each group out of each slot and puts them back, while that spreads people
    better; the change of cost. Nothing to do where everybody does one agent's work: there the
    spread is the best already."""
    total = 0.0
    if not cover.uneven or cover.supply.shape[0] < 2:
        return total
    for t in range(cover.supply.shape[1]):
        for _ in range(MOST_PASSES):
            gained = 0.0
            for group in range(len(cover.skills)):
                if cover.spread[t, group].sum() > 0:
                    gained += _back_again(cover, group, t)
            total += gained
            if gained > -LEAST:
                break
    return total


@inner
def _back_again(cover: Cover, group: int, t: int) -> float:
    """The change of cost, if it is for the better."""
    spread, supply = cover.spread[t].copy(), cover.supply[:, t].copy()
    change = chain(cover, group, t, GOES)
    change += chain(cover, group, t, COMES)
    if change < -LEAST:
        return change
    cover.spread[t], cover.supply[:, t] = spread, supply
    return 0.0
