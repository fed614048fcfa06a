"""The walk over the days of one week within a window of start times.

A node is (automaton state, totals so far, readiness): readiness ranks the moments at which an agent
may start again, of which only those later than a day's first start matter. State and totals
together are one number here, a *place*.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .agent_rules import AgentRules, judged
from .totals import TotalTables
from .week import FloatArray, IntArray, Options, Rest


class Memory(NamedTuple):
    """Working memory of the walk; grown by the caller to the size that `places` asks for."""

    cost: FloatArray  # (2, places, ranks) of two days in turn
    entry: FloatArray  # (weeks + 1, places, ranks)
    active: NDArray[np.int32]  # (2, places) places reached on two days in turn
    entered: NDArray[np.int32]  # (weeks + 1, places)
    counts: IntArray  # (weeks + 1,) of places entered
    stamp: IntArray  # (places,) the day on which a place was last reached, by the count `now`
    now: IntArray  # (1,)
    option: NDArray[np.int32]  # (days, places, ranks); −1 off
    before: NDArray[np.int32]  # (days, places, ranks) the place on the day before
    rank: NDArray[np.int32]  # (days, places, ranks)
    window: NDArray[np.int32]  # (weeks, places, ranks)


@njit(cache=True, nogil=True)
def memory(days: int, weeks: int, places: int, ranks: int) -> Memory:
    """Fresh working memory."""
    return Memory(
        np.empty((2, places, ranks)),
        np.empty((weeks + 1, places, ranks)),
        np.empty((2, places), dtype=np.int32),
        np.empty((weeks + 1, places), dtype=np.int32),
        np.zeros(weeks + 1, dtype=np.int64),
        np.zeros(places, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        np.empty((days, places, ranks), dtype=np.int32),
        np.empty((days, places, ranks), dtype=np.int32),
        np.empty((days, places, ranks), dtype=np.int32),
        np.zeros((weeks, places, ranks), dtype=np.int32),
    )


@njit(cache=True, nogil=True)
def walk_days(
    keep: Memory,
    options: Options,
    rules: AgentRules,
    tables: TotalTables,
    value: FloatArray,
    to_go: FloatArray,
    totals_to_go: FloatArray,
    cutoff: float,
    weeks: IntArray,
    w: int,
    i: int,
) -> tuple[int, int]:
    """Walks the days of a week within a start window, from the week's entry; which of the two
    days' memory holds the end, and how many places of it are reached."""
    rest, ranks, works = rules.rest, rules.rest.ranks, rules.step.shape[2]
    low, high = rules.windows[i, 0], rules.windows[i, 1]
    found = np.empty(len(value), dtype=np.int64)
    target, points = np.empty(works, dtype=np.int64), np.empty(works)
    prefix, prefix_rank = np.empty(ranks), np.empty(ranks, dtype=np.int32)
    gone = cutoff - rules.window_cost[i]
    layer, number = keep.entry[w], keep.counts[w]
    places = keep.entered[w]
    span, side = span_of(rules), 0
    for d in range(weeks[w], weeks[w + 1]):
        side = 1 - side
        after, reached = keep.cost[side], 0
        keep.now[0] += 1
        stamp = keep.now[0]
        count = _candidates(options, rest, value, d, low, high, found)
        for n in range(number):
            place = places[n]
            best, at = np.inf, 0
            for j in range(ranks):
                if layer[place, j] < best:
                    best, at = layer[place, j], j
                prefix[j], prefix_rank[j] = best, at
            if best == np.inf:
                continue
            _targets(place, span, rules, tables, d, found, count, options, target, points)
            for c in range(-1, count):
                o = -1 if c < 0 else found[c]
                k = rules.off_work[d] if o < 0 else options.work[o]
                to = target[k]
                if to < 0:
                    continue
                if o < 0 and rules.off[d] == np.inf:
                    continue
                own = points[k] + (rules.off[d] if o < 0 else value[o])
                least = to_go[d + 1, to // span] + totals_to_go[d + 1, to % span]
                if best + own + least >= gone:
                    continue
                if keep.stamp[to] != stamp:
                    keep.stamp[to] = stamp
                    keep.active[side, reached] = to
                    reached += 1
                    after[to, :] = np.inf
                if o < 0:
                    for j in range(ranks):
                        cost = layer[place, j] + own
                        rank = rest.carry[d, j]
                        if cost < after[to, rank]:
                            after[to, rank] = cost
                            keep.option[d, to, rank] = -1
                            keep.before[d, to, rank] = place
                            keep.rank[d, to, rank] = j
                    continue
                most = rest.allowed[o] - 1
                cost, at = prefix[most], prefix_rank[most]
                for j in range(most + 1, rest.priced[o]):
                    late = layer[place, j] + rest.late[d, j] - rest.begun[o]
                    if late < cost:
                        cost, at = late, j
                cost += own
                rank = rest.after[o]
                if cost < after[to, rank]:
                    after[to, rank] = cost
                    keep.option[d, to, rank] = o
                    keep.before[d, to, rank] = place
                    keep.rank[d, to, rank] = at
        layer, places, number = after, keep.active[side], reached
    return side, number


@njit(cache=True, nogil=True)
def _candidates(
    options: Options, rest: Rest, value: FloatArray, d: int, low: int, high: int, found: IntArray
) -> int:
    """The day's options within a start window that none beats which counts, begins and ends alike;
    fills `found`, returns how many."""
    begin, end = options.first[d], options.first[d + 1]
    best = np.full(end - begin, -1)
    for o in range(begin, end):
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
def _targets(
    place: int,
    span: int,
    rules: AgentRules,
    tables: TotalTables,
    d: int,
    found: IntArray,
    count: int,
    options: Options,
    target: IntArray,
    points: FloatArray,
) -> None:
    """Fills, for each work that the day offers, the place that it leads to (−1: none is legal) and
    its points."""
    totals = len(rules.span)
    state, left = place // span, place % span
    target[:] = -2
    for c in range(-1, count):
        k = rules.off_work[d] if c < 0 else options.work[found[c]]
        if target[k] != -2:
            continue
        to = rules.step[d, state, k]
        target[k], points[k] = to, rules.price[d, state, k]
        if to < 0 or totals == 0:
            continue
        index, stride, coded = 0, 1, left
        for r in range(totals):
            total = coded % rules.span[r]
            coded //= rules.span[r]
            total += rules.units[rules.unit[r], d, state, k]
            if rules.ends[r, d]:
                points[k] += judged(tables, rules.table[r, d], total)
                total = 0
            elif d + 1 < rules.step.shape[0]:
                reach, table = rules.reach[r], rules.table[r, d]
                if reach < 0:
                    if total > tables.most[table]:
                        points[k] = np.inf
                elif (
                    total + tables.high[reach, d + 1, to] < tables.least[table]
                    or total + tables.low[reach, d + 1, to] > tables.most[table]
                ):
                    points[k] = np.inf
            index += total * stride
            stride *= rules.span[r]
        target[k] = to * stride + index if points[k] < np.inf else -1


@njit(cache=True, nogil=True)
def span_of(rules: AgentRules) -> int:
    total = 1
    for size in rules.span:
        total *= size
    return total
