"""Labels: ways to a state with certain totals, the most promising first, until one is a roster.

Of several ways to the same state and totals on a day the cheapest stays; more of a total that
merely has a most is never better than less. With the prices of totals
(`multipliers`) every label has a bound of the cheapest roster through it; whichever has the least
is followed a day further (A*: Hart, Nilsson & Raphael 1968, IEEE Trans. SSC 4(2)). Bounds never
fall along a way, so the first complete roster is the best, and the least bound left is one of every
roster at any time.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .agent_rules import AgentRules, judged
from .backward import Offers
from .multipliers import Periods, Relaxed, begun_with
from .stretch import Stretch
from .totals import TotalTables
from .week import FloatArray, IntArray

FEWEST = 1024  # labels that memory is taken for at first; a power of two
NEVER = 1 << 40  # units: no total comes near
DEEPER = 1e-11
"""Part of the points that a day farther on counts as less: of equal ways the farthest goes on."""


class Estimate(NamedTuple):
    """What is still to come, at the least: see `estimate_of`."""

    to_go: FloatArray  # (days + 1, states) of the days, totals priced
    totals: FloatArray  # (periods, totals) of the period that is open, its total being so much
    later: FloatArray  # (days + 1,) of the periods that begin after a day
    low: IntArray  # (totals, days + 1, states) least and most that the open period still gets
    high: IntArray


@njit(cache=True, nogil=True)
def estimate_of(
    price: FloatArray,
    rules: AgentRules,
    tables: TotalTables,
    offers: Offers,
    stretch: Stretch,
    periods: Periods,
    relaxed: Relaxed,
) -> Estimate:
    """The estimate at a price for each period; `relaxed` is solved at these prices."""
    totals, days = periods.of.shape
    width = tables.points.shape[1]
    judged_at = np.zeros((len(price), width))
    later = np.zeros(days + 1)
    for q in range(len(price)):
        points, best = tables.points[periods.table[q]], np.inf
        for total in range(width - 1, -1, -1):
            best = min(best, points[total] - price[q] * total)
            judged_at[q, total] = best + price[q] * total
        later[: periods.first[q] - stretch.first] += judged_at[q, begun_with(q, periods, stretch)]
    states = len(stretch.after)
    low = np.full((totals, days + 1, states), NEVER)
    high = np.full((totals, days + 1, states), -NEVER)
    for r in range(totals):
        _reach(r, rules, offers, stretch, low[r], high[r])
    return Estimate(relaxed.bound, judged_at, later, low, high)


@njit(cache=True, nogil=True)
def _reach(
    r: int, rules: AgentRules, offers: Offers, stretch: Stretch, low: IntArray, high: IntArray
) -> None:
    """Fills (days + 1, states): what the open period of a total still gets, from each state on."""
    days = len(offers.many)
    for s in range(low.shape[1]):
        if stretch.after[s] < np.inf:
            low[days, s] = high[days, s] = stretch.units[r, s]
    for i in range(days - 1, -1, -1):
        d = stretch.first + i
        for s in range(rules.states[d]):
            for j in range(offers.many[i]):
                k = offers.kinds[i, j]
                to = rules.step[d, s, k]
                if to < 0 or low[i + 1, to] > high[i + 1, to]:
                    continue
                units = rules.units[rules.unit[r], d, s, k]
                ends = rules.ends[r, d]
                low[i, s] = min(low[i, s], units + (0 if ends else low[i + 1, to]))
                high[i, s] = max(high[i, s], units + (0 if ends else high[i + 1, to]))


class Labels(NamedTuple):
    """Labels by number."""

    day: NDArray[np.int32]  # of the stretch; the number of days for a complete roster
    state: NDArray[np.int32]
    totals: NDArray[np.int32]  # (labels, totals)
    cost: FloatArray
    before: NDArray[np.int32]  # the label on the day before
    kind: NDArray[np.int32]  # of work that led here
    done: NDArray[np.bool_]  # followed already, or beaten
    other: NDArray[np.int32]  # another one that differs in mere mosts only; −1 none


@njit(cache=True, nogil=True)
def _labels(room: int, totals: int) -> Labels:
    return Labels(
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros((room, totals), dtype=np.int32),
        np.zeros(room),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.bool_),
        np.zeros(room, dtype=np.int32),
    )


@njit(cache=True, nogil=True)
def _twice(labels: Labels) -> Labels:
    """The same labels with room for twice as many."""
    count, totals = labels.totals.shape
    larger = _labels(2 * count, totals)
    larger.day[:count] = labels.day
    larger.state[:count] = labels.state
    larger.totals[:count] = labels.totals
    larger.cost[:count] = labels.cost
    larger.before[:count] = labels.before
    larger.kind[:count] = labels.kind
    larger.done[:count] = labels.done
    larger.other[:count] = labels.other
    return larger


@njit(cache=True, nogil=True)
def _place(
    index: NDArray[np.int32],
    labels: Labels,
    day: int,
    state: int,
    totals: IntArray,
    lazy: NDArray[np.bool_],
) -> int:
    """Where the index (a power of two long) holds the last label of a day, state and totals other
    than the lazy ones, or would hold it."""
    mask = len(index) - 1
    code = day * 1009 + state + 1
    for r in range(len(totals)):
        if not lazy[r]:
            code = code * 1_000_003 + totals[r]
    code *= 0x9E3779B97F4A7C1
    at = (code ^ (code >> 29)) & mask
    while index[at] >= 0:
        label = index[at]
        same = labels.day[label] == day and labels.state[label] == state
        for r in range(len(totals)):
            same = same and (lazy[r] or labels.totals[label, r] == totals[r])
        if same:
            break
        at = (at + 1) & mask
    return at


@njit(cache=True, nogil=True)
def _indexed(
    index: NDArray[np.int32], labels: Labels, lazy: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """An index twice as long that holds the same."""
    longer = np.full(2 * len(index), -1, dtype=np.int32)
    totals = np.zeros(labels.totals.shape[1], dtype=np.int64)
    for label in index:
        if label >= 0:
            totals[:] = labels.totals[label]
            day, state = labels.day[label], labels.state[label]
            longer[_place(longer, labels, day, state, totals, lazy)] = label
    return longer


@njit(cache=True, nogil=True)
def _beaten(
    labels: Labels, last: int, cost: float, totals: IntArray, lazy: NDArray[np.bool_]
) -> bool:
    """Whether one of the labels that differ in lazy totals only, `last` and those before it, is no
    worse in anything. Those that the new one beats are done."""
    label = last
    while label >= 0:
        less = more = False
        for r in range(len(totals)):
            if lazy[r]:
                less = less or totals[r] < labels.totals[label, r]
                more = more or totals[r] > labels.totals[label, r]
        if labels.cost[label] <= cost and not less:
            return True
        if cost <= labels.cost[label] and not more:
            labels.done[label] = True
        label = labels.other[label]
    return False


@njit(cache=True, nogil=True)
def first_label(stretch: Stretch, totals: int) -> Labels:
    """The way that has not begun yet, as label 0."""
    labels = _labels(FEWEST, totals)
    labels.state[0], labels.before[0] = stretch.state, -1
    labels.totals[0] = stretch.totals
    return labels


@njit(cache=True, nogil=True)
def add_label(
    labels: Labels,
    index: NDArray[np.int32],
    count: int,
    day: int,
    state: int,
    totals: IntArray,
    cost: float,
    before: int,
    kind: int,
    lazy: NDArray[np.bool_],
) -> tuple[Labels, NDArray[np.int32], bool]:
    """Labels and index, grown if there were `count` already, and whether the new label was added:
    not if another one beats it."""
    place = _place(index, labels, day, state, totals, lazy)
    if _beaten(labels, index[place], cost, totals, lazy):
        return labels, index, False
    if count == len(labels.cost):
        labels = _twice(labels)
        index = _indexed(index, labels, lazy)
        place = _place(index, labels, day, state, totals, lazy)
    labels.day[count], labels.state[count], labels.cost[count] = day, state, cost
    labels.totals[count] = totals
    labels.before[count], labels.kind[count] = before, kind
    labels.other[count], index[place] = index[place], count
    return labels, index, True


@njit(cache=True, nogil=True)
def stepped(
    k: int,
    label: int,
    labels: Labels,
    rules: AgentRules,
    tables: TotalTables,
    offers: Offers,
    stretch: Stretch,
    periods: Periods,
    estimate: Estimate,
    totals: IntArray,
) -> tuple[float, float]:
    """A label's (cost, bound) after a day of work of kind k, whose totals go into `totals`; both
    inf if that is illegal. After the last day both are what the whole roster costs."""
    i, state = labels.day[label], labels.state[label]
    d, last = stretch.first + i, i + 1 == len(offers.many)
    to = rules.step[d, state, k]
    if to < 0:
        return np.inf, np.inf
    cost = labels.cost[label] + offers.best[i, k] + rules.price[d, state, k]
    rest = stretch.after[to] if last else estimate.to_go[i + 1, to] + estimate.later[i + 1]
    for r in range(len(totals)):
        q, total = periods.of[r, i], labels.totals[label, r]
        total += rules.units[rules.unit[r], d, state, k]
        if rules.ends[r, d] or last:
            if not rules.ends[r, d]:
                total += stretch.units[r, to]
            cost += judged(tables, periods.table[q], total)
            total = 0
            if not last:
                rest += estimate.totals[periods.of[r, i + 1], 0]
        elif periods.idle[q]:
            total = 0
            rest += estimate.totals[q, 0]
        else:
            table = periods.table[q]
            if total + estimate.high[r, i + 1, to] < tables.least[table]:
                return np.inf, np.inf
            if total + estimate.low[r, i + 1, to] > tables.most[table]:
                return np.inf, np.inf
            rest += estimate.totals[q, total]
        totals[r] = total
    return cost, cost + rest


@njit(cache=True, nogil=True)
def follow_labels(
    cutoff: float,
    slack: float,
    room: int,
    rules: AgentRules,
    tables: TotalTables,
    offers: Offers,
    stretch: Stretch,
    periods: Periods,
    estimate: Estimate,
    way: IntArray,
) -> tuple[float, float]:
    """(points, least): of a roster below `cutoff` at most `slack` points above the best, inf if
    there is none or `room` labels do not find it; and what every roster costs at the least. Fills
    `way` (days,) with its kinds of work. The larger the slack, the farther ways are followed first.
    """
    days, count = len(offers.many), 1
    totals = np.zeros(len(rules.unit), dtype=np.int64)
    labels, index = first_label(stretch, len(totals)), np.full(2 * FEWEST, -1, dtype=np.int32)
    deeper = DEEPER * (1 + abs(estimate.to_go[0, stretch.state])) + slack / days
    heap = [(-np.inf, 0)]
    least = np.inf
    while len(heap) > 0:
        least, label = heappop(heap)
        if labels.done[label]:
            continue
        labels.done[label] = True
        i = labels.day[label]
        if i == days:
            points = labels.cost[label]
            for i in range(days - 1, -1, -1):
                way[i], label = labels.kind[label], labels.before[label]
            return points, least
        if count > room:
            return np.inf, least
        for j in range(offers.many[i]):
            k = offers.kinds[i, j]
            cost, bound = stepped(
                k, label, labels, rules, tables, offers, stretch, periods, estimate, totals
            )
            if bound >= cutoff:
                continue
            to = rules.step[stretch.first + i, labels.state[label], k]
            labels, index, added = add_label(
                labels, index, count, i + 1, to, totals, cost, label, k, rules.lazy
            )
            if added:
                heappush(heap, (bound - deeper * (i + 1), count))
                count += 1
    return np.inf, cutoff
