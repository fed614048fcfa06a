"""The kernel where totals count: one agent's best legal roster under limits over weeks, exactly.

The walk over the days is that of `week`, but a node holds several labels: what a partial roster
has cost so far, when the agent may start again, and the totals it has used up. A label gives way to
another of the same state that costs no more, is ready no later, and whose totals can be judged no
worse whatever follows (a shortest path with resource constraints: Irnich & Desaulniers 2005). A
label from which no legal total can be reached any more, or that cannot cost less than `cutoff`, is
dropped.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .totals import TotalTables
from .week import FloatArray, IntArray, Options, Rest

SHARDS = 32  # lists that a state's labels are told apart into by a total with a least


class Own(NamedTuple):
    """The totals of one agent (see `totals.Totals`)."""

    unit: IntArray
    size: IntArray
    first: IntArray
    table: IntArray  # (totals, days)
    ends: NDArray[np.bool_]  # (totals, days)
    reach: IntArray


class Pool(NamedTuple):
    """Labels in the order they were made."""

    cost: FloatArray
    state: NDArray[np.int32]
    rank: NDArray[np.int32]
    total: NDArray[np.int32]  # (labels, totals)
    before: NDArray[np.int32]  # the label of the day before
    option: NDArray[np.int32]  # what led from it here; −1 off
    next: NDArray[np.int32]  # in the list of the same state; −1 the last, −2 dropped


@njit(cache=True, nogil=True)
def _pool(capacity: int, totals: int) -> Pool:
    return Pool(
        np.empty(capacity),
        np.empty(capacity, dtype=np.int32),
        np.empty(capacity, dtype=np.int32),
        np.empty((capacity, totals), dtype=np.int32),
        np.empty(capacity, dtype=np.int32),
        np.empty(capacity, dtype=np.int32),
        np.empty(capacity, dtype=np.int32),
    )


@njit(cache=True, nogil=True)
def _larger(pool: Pool) -> Pool:
    size = len(pool.cost)
    grown = _pool(2 * size, pool.total.shape[1])
    grown.cost[:size] = pool.cost
    grown.state[:size] = pool.state
    grown.rank[:size] = pool.rank
    grown.total[:size] = pool.total
    grown.before[:size] = pool.before
    grown.option[:size] = pool.option
    grown.next[:size] = pool.next
    return grown


@njit(cache=True, nogil=True)
def _gives_way(pool: Pool, worse: int, better: int, rising: IntArray) -> bool:
    """Whether label `worse` need not be kept beside `better`; `rising` (totals,) is the value from
    which more of a total never helps."""
    if pool.cost[better] > pool.cost[worse] + 1e-12 or pool.rank[better] > pool.rank[worse]:
        return False
    for r in range(pool.total.shape[1]):
        less, more = pool.total[better, r], pool.total[worse, r]
        if less != more and (less > more or less < rising[r]):
            return False
    return True


@njit(cache=True, nogil=True)
def _enter(pool: Pool, new: int, heads: IntArray, shard: int, rising: IntArray) -> bool:
    """Puts the label into its list unless one there makes it needless; drops those it makes so."""
    at = pool.state[new] * SHARDS
    if shard >= 0:
        at += pool.total[new, shard] % SHARDS
    last, other = -1, heads[at]
    while other >= 0:
        after = pool.next[other]
        if _gives_way(pool, new, other, rising):
            return False
        if _gives_way(pool, other, new, rising):
            pool.next[other] = -2
            if last < 0:
                heads[at] = after
            else:
                pool.next[last] = after
        else:
            last = other
        other = after
    pool.next[new] = heads[at]
    heads[at] = new
    return True


@njit(cache=True, nogil=True)
def _completion(
    options: Options,
    step: NDArray[np.int32],
    price: FloatArray,
    value: FloatArray,
    off: FloatArray,
    off_work: IntArray,
) -> FloatArray:
    """A lower bound of what the days from d on cost in each state, rest, windows and totals
    forgotten: shape (days + 1, states)."""
    days, states, works = step.shape
    bound = np.full((days + 1, states), np.inf)
    bound[days] = 0.0
    for d in range(days - 1, -1, -1):
        best = np.full(works, np.inf)
        for o in range(options.first[d], options.first[d + 1]):
            k = options.work[o]
            if value[o] < best[k]:
                best[k] = value[o]
        for s in range(states):
            k = off_work[d]
            to = step[d, s, k]
            if to >= 0:
                bound[d, s] = off[d] + price[d, s, k] + bound[d + 1, to]
            for k in range(3, works):
                to = step[d, s, k]
                if to >= 0 and best[k] < np.inf:
                    bound[d, s] = min(bound[d, s], best[k] + price[d, s, k] + bound[d + 1, to])
    return bound


@njit(cache=True, nogil=True)
def _cheapest(
    options: Options,
    rest: Rest,
    value: FloatArray,
    d: int,
    low: int,
    high: int,
    found: IntArray,
) -> int:
    """The day's options within a start window that none beats which counts, begins and ends alike;
    fills `found`, returns how many."""
    best = np.full(options.first[d + 1] - options.first[d], -1)
    for o in range(options.first[d], options.first[d + 1]):
        if value[o] < np.inf and low <= options.clock[o] <= high:
            kind = rest.alike[o]
            if best[kind] < 0 or value[o] < value[best[kind]]:
                best[kind] = o
    count = 0
    for o in best:
        if o >= 0:
            found[count] = o
            count += 1
    return count


@njit(cache=True, nogil=True)
def best_with_totals(
    options: Options,
    rest: Rest,
    step: NDArray[np.int32],
    price: FloatArray,
    units: NDArray[np.int32],
    initial: int,
    value: FloatArray,
    off: FloatArray,
    off_work: IntArray,
    weeks: IntArray,
    windows: IntArray,
    window_cost: FloatArray,
    own: Own,
    tables: TotalTables,
    cutoff: float,
    chosen: IntArray,
) -> float:
    """As `week.best_roster`, with totals: cost of the best legal roster that costs less than
    `cutoff`, whose option a day (−1: off) goes into `chosen`; inf if there is none."""
    if initial < 0:
        return np.inf
    days, states, _ = step.shape
    totals, shard = len(own.unit), -1
    bound = _completion(options, step, price, value, off, off_work)
    pool = _pool(4096, totals)
    pool.cost[0], pool.state[0], pool.rank[0], pool.before[0] = 0.0, initial, 0, -1
    pool.option[0], pool.next[0] = -1, -1
    for r in range(totals):
        pool.total[0, r] = own.first[r]
    count = 1
    rising = np.zeros(totals, dtype=np.int64)
    found = np.zeros(len(value), dtype=np.int64)
    heads = np.empty(states * SHARDS, dtype=np.int64)
    exits = np.empty(states * SHARDS, dtype=np.int64)
    entry = np.zeros(1, dtype=np.int64)
    for w in range(len(weeks) - 1):
        exits[:] = -1
        for i in range(len(windows)):
            layer = entry
            for d in range(weeks[w], weeks[w + 1]):
                heads[:] = -1
                number = _cheapest(options, rest, value, d, windows[i, 0], windows[i, 1], found)
                shard = _shard(own, tables, d, days, rising)
                for at in layer:
                    for c in range(-1, number):
                        o = -1 if c < 0 else found[c]
                        k = off_work[d] if o < 0 else options.work[o]
                        s = pool.state[at]
                        to = step[d, s, k]
                        if to < 0:
                            continue
                        cost = pool.cost[at] + price[d, s, k]
                        j = pool.rank[at]
                        if o < 0:
                            cost += off[d]
                            pool.rank[count] = rest.carry[d, j]
                        else:
                            if j >= rest.allowed[o]:
                                if j >= rest.priced[o]:
                                    continue
                                cost += rest.late[d, j] - rest.begun[o]
                            cost += value[o]
                            pool.rank[count] = rest.after[o]
                        cost += _add(pool, at, count, own, tables, units[d, s, k], d, days, to)
                        if cost + bound[d + 1, to] + window_cost[i] >= cutoff:
                            continue
                        pool.cost[count], pool.state[count] = cost, to
                        pool.before[count], pool.option[count] = at, o
                        if _enter(pool, count, heads, shard, rising):
                            count += 1
                            if count == len(pool.cost):
                                pool = _larger(pool)
                layer = _members(pool, heads)
                if len(layer) == 0:
                    break
            for at in layer:
                pool.cost[at] += window_cost[i]
                if len(windows) > 1:
                    _enter(pool, at, exits, shard, rising)
            if len(windows) == 1:
                exits[:] = heads
        entry = _members(pool, exits)
        if len(entry) == 0:
            return np.inf
    best = entry[0]
    for at in entry:
        if pool.cost[at] < pool.cost[best]:
            best = at
    total = pool.cost[best]
    for d in range(days - 1, -1, -1):
        chosen[d] = pool.option[best]
        best = pool.before[best]
    return total


@njit(cache=True, nogil=True)
def _shard(own: Own, tables: TotalTables, d: int, days: int, rising: IntArray) -> int:
    """Fills `rising` for the labels after day d; the total that tells their lists apart, or −1."""
    shard, most = -1, 0
    for r in range(len(own.unit)):
        rising[r] = 0
        if d + 1 < days:
            rising[r] = tables.rising[own.table[r, d + 1]]
        if rising[r] > most:
            shard, most = r, rising[r]
    return shard


@njit(cache=True, nogil=True)
def _add(
    pool: Pool,
    at: int,
    new: int,
    own: Own,
    tables: TotalTables,
    units: NDArray[np.int32],
    d: int,
    days: int,
    to: int,
) -> float:
    """Adds a day to the totals of label `at`, which become those of `new`; the points of those
    that are judged, inf where no legal total is left."""
    points = 0.0
    for r in range(len(own.unit)):
        total = pool.total[at, r] + units[own.unit[r]] // own.size[r]
        table = own.table[r, d]
        if own.ends[r, d]:
            points += tables.points[table, min(total, tables.points.shape[1] - 1)]
            total = 0
        elif d + 1 < days:
            k = own.reach[r]
            if (
                total + tables.high[k, d + 1, to] < tables.least[table]
                or total + tables.low[k, d + 1, to] > tables.most[table]
            ):
                return np.inf
        pool.total[new, r] = total
    return points


@njit(cache=True, nogil=True)
def _members(pool: Pool, heads: IntArray) -> IntArray:
    count = 0
    for head in heads:
        at = head
        while at >= 0:
            count += 1
            at = pool.next[at]
    found = np.empty(count, dtype=np.int64)
    count = 0
    for head in heads:
        at = head
        while at >= 0:
            found[count] = at
            count += 1
            at = pool.next[at]
    return found
