"""The kernel: one agent's best legal roster under given prices, exactly.

A walk over the days finds the cheapest legal sequence of shift options. Each hard rule is there
once: as a missing option, a step of the automaton, a rest between two shifts, a total that is
judged at the end of its period, or the window that the start times of a week lie in.

Start windows belong to calendar weeks: within each week every window is tried (`days`) and the best
value of each node is kept, so the result is exact for horizons of several weeks too. Where only the
automaton binds, `backward` is enough.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .agent_rules import AgentRules, judged, with_totals
from .days import Memory, span_of, walk_days
from .outlook import Outlook, outlook_of
from .totals import TotalTables
from .week import FloatArray, IntArray, Options

FIRST_DEPTH = 8.0  # points above the least, of rosters of several weeks that are looked for first,
DEEPER = 4.0  # and so many times as many where there are none,
DEEPEST = 1e12  # until all are looked for


@njit(cache=True, nogil=True)
def best_roster(
    keep: Memory,
    options: Options,
    rules: AgentRules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    cutoff: float,
    chosen: IntArray,
) -> tuple[float, int]:
    """(cost, places) of the best legal roster, whose option a day (−1: off) goes into `chosen`. The
    cost is inf if there is none below `cutoff`; if `keep` is too small, nothing is done and
    `places` says how much is needed.

    `value` is what each option costs, `weeks` holds the first day of each calendar week and the
    number of days.
    """
    if rules.initial < 0:
        return np.inf, 0
    carried = np.flatnonzero(~rules.lazy)
    while True:
        mine = with_totals(rules, carried)
        places = rules.step.shape[1] * span_of(mine)
        if places > len(keep.stamp):
            return np.inf, places
        outlook = outlook_of(mine, tables, options, value)
        found = _deepened(keep, options, mine, tables, value, weeks, outlook, cutoff, chosen)
        if found == np.inf or len(carried) == len(rules.unit):
            return found, places
        more = _broken(rules, options, tables, carried, chosen)
        if len(more) == 0:
            return found, places
        carried = np.concatenate((carried, more))


@njit(cache=True, nogil=True)
def _deepened(
    keep: Memory,
    options: Options,
    rules: AgentRules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    outlook: Outlook,
    cutoff: float,
    chosen: IntArray,
) -> float:
    """The cheapest roster below `cutoff`; fills `chosen`. Of several weeks first those rosters are
    looked for that cost little more than the least to be expected, then dearer ones: what cannot be
    among them is not followed (iterative deepening: Korf 1985, Artif. Intell. 27)."""
    least, depth = outlook.least, FIRST_DEPTH
    if least >= cutoff:
        return np.inf
    while len(weeks) > 2 and depth < DEEPEST and least + depth < cutoff:
        top = least + depth
        found = _search(keep, options, rules, tables, value, weeks, outlook, top, chosen)
        if found < np.inf:
            return found
        depth *= DEEPER
    return _search(keep, options, rules, tables, value, weeks, outlook, cutoff, chosen)


@njit(cache=True, nogil=True)
def _broken(
    rules: AgentRules, options: Options, tables: TotalTables, carried: IntArray, chosen: IntArray
) -> IntArray:
    """The totals not carried that the chosen roster has too much of."""
    totals = rules.first.copy()
    state = rules.initial
    broken = np.zeros(len(totals), dtype=np.bool_)
    for d in range(len(chosen)):
        k = rules.off_work[d] if chosen[d] < 0 else options.work[chosen[d]]
        for r in range(len(totals)):
            totals[r] += rules.units[rules.unit[r], d, state, k]
            if rules.ends[r, d]:
                if judged(tables, rules.table[r, d], totals[r]) > 0:
                    broken[r] = True
                totals[r] = 0
        state = rules.step[d, state, k]
    broken[carried] = False
    return np.flatnonzero(broken)


@njit(cache=True, nogil=True)
def _search(
    keep: Memory,
    options: Options,
    rules: AgentRules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    outlook: Outlook,
    cutoff: float,
    chosen: IntArray,
) -> float:
    """The cheapest roster below `cutoff` by the walk over all weeks; fills `chosen`."""
    start, stride = rules.initial * span_of(rules), 1
    to_go, totals = outlook.to_go, outlook.totals
    for r in range(len(rules.first)):
        start += rules.first[r] * stride
        stride *= rules.span[r]
    keep.entered[0, 0], keep.counts[0] = start, 1
    keep.entry[0, start, :] = np.inf
    keep.entry[0, start, 0] = 0.0
    last = len(weeks) - 1
    for w in range(last):
        _week(keep, options, rules, tables, value, weeks, outlook, cutoff, w)
    found, at, rank = np.inf, -1, -1
    for i in range(keep.counts[last]):
        place = int(keep.entered[last, i])
        for j in range(rules.rest.ranks):
            if keep.entry[last, place, j] < found:
                found, at, rank = keep.entry[last, place, j], place, j
    if found >= cutoff:
        return np.inf
    for w in range(last - 1, -1, -1):
        if len(rules.window_cost) > 1:
            i = int(keep.window[w, at, rank])
            walk_days(keep, options, rules, tables, value, to_go, totals, np.inf, weeks, w, i)
        for d in range(weeks[w + 1] - 1, weeks[w] - 1, -1):
            chosen[d] = keep.option[d, at, rank]
            at, rank = int(keep.before[d, at, rank]), int(keep.rank[d, at, rank])
    return found


@njit(cache=True, nogil=True)
def _week(
    keep: Memory,
    options: Options,
    rules: AgentRules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    outlook: Outlook,
    cutoff: float,
    w: int,
) -> None:
    """Every start window of a week; the best of them at each node of the next week's entry."""
    exits, windows = keep.entry[w + 1], len(rules.window_cost)
    to_go, totals = outlook.to_go, outlook.totals
    ranks, count, only = rules.rest.ranks, 0, len(weeks) == 2
    least = np.full(windows, -np.inf)
    if windows > 1 and only:
        for i in range(windows):
            least[i] = rules.window_cost[i] + _least(options, rules, value, weeks, w, i)
    best = cutoff
    taken = np.zeros(keep.stamp.shape[0] if windows > 1 else 0, dtype=np.bool_)
    for _ in range(windows):
        i = int(np.argmin(least))
        if only and least[i] >= best - 1e-9:
            break
        least[i] = np.inf
        at, number = walk_days(
            keep, options, rules, tables, value, to_go, totals, best, weeks, w, i
        )
        for n in range(number):
            place = keep.active[at, n]
            fresh = windows == 1 or not taken[place]
            if fresh:
                keep.entered[w + 1, count] = place
                count += 1
                if windows > 1:
                    taken[place] = True
            for j in range(ranks):
                cost = keep.cost[at, place, j] + rules.window_cost[i]
                if fresh or cost < exits[place, j]:
                    exits[place, j] = cost
                    keep.window[w, place, j] = i
                    if only:
                        best = min(best, cost)
    keep.counts[w + 1] = count


@njit(cache=True, nogil=True)
def _least(
    options: Options, rules: AgentRules, value: FloatArray, weeks: IntArray, w: int, i: int
) -> float:
    """A lower bound of any walk of a week through a window: its best `most_days` days, rules
    forgotten."""
    first, last = weeks[w], weeks[w + 1]
    low, high = rules.windows[i, 0], rules.windows[i, 1]
    total = 0.0
    gains = np.zeros(last - first)
    for d in range(first, last):
        best = np.inf
        for o in range(options.first[d], options.first[d + 1]):
            if low <= options.clock[o] <= high and value[o] < best:
                best = value[o]
        if rules.off[d] == np.inf:
            total += best
        else:
            total += rules.off[d]
            gains[d - first] = min(best - rules.off[d], 0.0)
    gains.sort()
    return total + gains[: rules.most_days].sum()
