"""The kernel: one agent's best legal roster under given prices, exactly.

Prices say what one more person present costs in each slot (negative where the roster is short).
First every shift option gets its value with its breaks placed as well as they can be
(`option_values`); then a walk over the days finds the cheapest legal sequence (`best_roster`).
Each hard rule is there once: as a missing option, a step of the automaton, a rest between two
shifts, or the window that the start times of a week lie in.

A node of the walk is (automaton state, readiness): readiness ranks the moments at which an agent
may start again, of which only those later than a day's first start matter. Start windows belong to
calendar weeks: within each week every window is tried and the best value of each node is kept, so
the result is exact for horizons of several weeks too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Options(NamedTuple):
    """Shift options in slots (see `options.ShiftOptions`), and the templates' breaks."""

    first: IntArray  # (days + 1,)
    start: IntArray  # slot
    end: IntArray
    clock: IntArray
    template: IntArray
    work: IntArray  # index of the option's day work in the automaton
    cell: IntArray  # place in the cover of shifts that are wanted by number; −1 none
    breaks: IntArray  # per template: number of breaks
    break_len: IntArray  # (templates, most breaks) slots
    break_from: IntArray  # first and last slot of the break's start, after the shift's start
    break_to: IntArray
    break_gap: IntArray  # least slots at work since the break before
    break_away: IntArray  # 1 where the break is time away (a split gap)
    covers: IntArray  # per template: 1 if its working time serves queues (not on call)


class Rest(NamedTuple):
    """Ranks of readiness for one length of rest (see module docstring)."""

    allowed: IntArray  # per option: ranks below this may start it
    after: IntArray  # per option: rank on the next day
    carry: IntArray  # (days, ranks): rank on the next day after a day off
    ranks: int
    priced: IntArray  # per option: ranks from `allowed` to below this may start it at a price,
    late: FloatArray  # (days, ranks) points of the readiness, less those of the option's start
    begun: FloatArray  # per option
    alike: IntArray  # per option: number, within its day, of those that count and rest alike


class Walk(NamedTuple):
    """Working memory of `best_roster` for one size of problem."""

    node: FloatArray  # (days + 1, states, ranks)
    option: NDArray[np.int32]  # chosen option per (day, state after, rank after); −1 off
    state: NDArray[np.int32]
    rank: NDArray[np.int32]
    window: NDArray[np.int32]  # (weeks, states, ranks) best window at the week's end
    prefix: FloatArray  # (states, ranks)
    prefix_rank: NDArray[np.int32]


@njit(cache=True, nogil=True)
def option_values(
    prefix: FloatArray,
    pause: FloatArray,
    options: Options,
    allowed: NDArray[np.bool_],
    own_cost: FloatArray,
    cell_price: FloatArray,
    value: FloatArray,
) -> None:
    """Fills `value` with each option's price, its best breaks taken; inf where not allowed.

    `prefix[t]` sums the price of being at work before slot t, `pause[t]` that of being on a break;
    `cell_price` is what one more person on a shift costs where shifts are wanted by number.
    """
    starts = np.zeros(options.break_len.shape[1], dtype=np.int64)
    for o in range(len(value)):
        if not allowed[o]:
            value[o] = np.inf
            continue
        total = own_cost[o]
        if options.covers[options.template[o]]:
            total += prefix[options.end[o]] - prefix[options.start[o]]
            total -= _breaks(prefix, pause, options, o, starts)
        if options.cell[o] >= 0:
            total += cell_price[options.cell[o]]
        value[o] = total


@njit(cache=True, nogil=True)
def _breaks(
    prefix: FloatArray, pause: FloatArray, options: Options, o: int, starts: IntArray
) -> float:
    """Largest price that the breaks of option `o` can take out of the shift; fills their starts.

    The breaks follow one another: the best of the later ones depends only on where the one before
    ends, so running maxima are enough.
    """
    k = options.template[o]
    count = options.breaks[k]
    if count == 0:
        return 0.0
    span = 0
    for b in range(count):
        span = max(span, options.break_to[k, b] - options.break_from[k, b] + 1)
    best = np.full((count, span), -np.inf)
    pick = np.zeros((count, span), dtype=np.int64)
    base = options.start[o]
    for b in range(count):
        length = options.break_len[k, b]
        low = options.break_from[k, b]
        high = options.break_to[k, b]
        before, before_at, seen = -np.inf, 0, 0
        for i in range(high - low + 1):
            at = base + low + i
            earlier = 0.0
            if b > 0:
                while seen <= options.break_to[k, b - 1] - options.break_from[k, b - 1]:
                    end = options.break_from[k, b - 1] + seen + options.break_len[k, b - 1]
                    if end + options.break_gap[k, b] > low + i:
                        break
                    if best[b - 1, seen] > before:
                        before = best[b - 1, seen]
                        before_at = seen
                    seen += 1
                earlier = before
            best[b, i] = earlier + prefix[at + length] - prefix[at]
            if not options.break_away[k, b]:
                best[b, i] -= pause[at + length] - pause[at]
            pick[b, i] = before_at
    last = count - 1
    at = 0
    for i in range(options.break_to[k, last] - options.break_from[k, last] + 1):
        if best[last, i] > best[last, at]:
            at = i
    found = best[last, at]
    for b in range(last, -1, -1):
        starts[b] = base + options.break_from[k, b] + at
        at = pick[b, at]
    return found


@njit(cache=True, nogil=True)
def place_breaks(
    prefix: FloatArray, pause: FloatArray, options: Options, o: int, starts: IntArray
) -> None:
    """Fills `starts` (most breaks,) with the best break starts of an option."""
    _breaks(prefix, pause, options, o, starts)


@njit(cache=True, nogil=True)
def _layers(
    walk: Walk,
    options: Options,
    rest: Rest,
    step: NDArray[np.int32],
    price: FloatArray,
    value: FloatArray,
    off: FloatArray,
    off_work: IntArray,
    first: int,
    last: int,
    low: int,
    high: int,
) -> None:
    """Walks days first … last − 1 with start clocks within low … high."""
    states = step.shape[1]
    ranks = rest.ranks
    for d in range(first, last):
        node, after = walk.node[d], walk.node[d + 1]
        after[:, :] = np.inf
        for s in range(states):
            best, at = np.inf, 0
            for j in range(ranks):
                if node[s, j] < best:
                    best, at = node[s, j], j
                walk.prefix[s, j] = best
                walk.prefix_rank[s, j] = at
                if off[d] < np.inf and node[s, j] < np.inf:
                    to = step[d, s, off_work[d]]
                    if to >= 0:
                        rank = rest.carry[d, j]
                        cost = node[s, j] + off[d] + price[d, s, off_work[d]]
                        if cost < after[to, rank]:
                            after[to, rank] = cost
                            walk.option[d, to, rank] = -1
                            walk.state[d, to, rank] = s
                            walk.rank[d, to, rank] = j
        for o in range(options.first[d], options.first[d + 1]):
            if value[o] == np.inf or options.clock[o] < low or options.clock[o] > high:
                continue
            most = rest.allowed[o] - 1
            rank = rest.after[o]
            k = options.work[o]
            for s in range(states):
                to = step[d, s, k]
                if to < 0:
                    continue
                cost, at = walk.prefix[s, most], walk.prefix_rank[s, most]
                for j in range(most + 1, rest.priced[o]):
                    late = node[s, j] + rest.late[d, j] - rest.begun[o]
                    if late < cost:
                        cost, at = late, np.int32(j)
                cost += value[o] + price[d, s, k]
                if cost < after[to, rank]:
                    after[to, rank] = cost
                    walk.option[d, to, rank] = o
                    walk.state[d, to, rank] = s
                    walk.rank[d, to, rank] = at


@njit(cache=True, nogil=True)
def _least(
    options: Options,
    value: FloatArray,
    off: FloatArray,
    first: int,
    last: int,
    low: int,
    high: int,
    most_days: int,
) -> float:
    """A lower bound of any walk through a window: its best `most_days` days, rules forgotten."""
    total = 0.0
    gains = np.zeros(last - first)
    for d in range(first, last):
        best = np.inf
        for o in range(options.first[d], options.first[d + 1]):
            if low <= options.clock[o] <= high and value[o] < best:
                best = value[o]
        if off[d] == np.inf:
            total += best
        else:
            total += off[d]
            gains[d - first] = min(best - off[d], 0.0)
    gains.sort()
    return total + gains[:most_days].sum()


@njit(cache=True, nogil=True)
def best_roster(
    walk: Walk,
    options: Options,
    rest: Rest,
    step: NDArray[np.int32],
    price: FloatArray,
    initial: int,
    value: FloatArray,
    off: FloatArray,
    off_work: IntArray,
    weeks: IntArray,
    windows: IntArray,
    window_cost: FloatArray,
    most_days: int,
    chosen: IntArray,
) -> float:
    """Cost of the best legal roster, whose option a day (−1: off) goes into `chosen`; inf if none.

    `weeks` holds the first day of each calendar week and the number of days; `windows` (n, 2) the
    start windows with their price. An agent whose rules limit totals takes another walk (`labels`).
    """
    if initial < 0:
        return np.inf
    states = step.shape[1]
    ranks = rest.ranks
    entry = np.full((states, ranks), np.inf)
    entry[initial, 0] = 0.0
    one_week = len(weeks) == 2
    for w in range(len(weeks) - 1):
        first, last = weeks[w], weeks[w + 1]
        reached = np.full((states, ranks), np.inf)
        least = np.zeros(len(windows))
        if one_week:
            for i in range(len(windows)):
                least[i] = window_cost[i] + _least(
                    options, value, off, first, last, windows[i, 0], windows[i, 1], most_days
                )
        best = np.inf
        for i in np.argsort(least):
            if one_week and least[i] >= best - 1e-9:
                break
            walk.node[first, :, :] = entry
            _layers(
                walk, options, rest, step, price, value, off, off_work,
                first, last, windows[i, 0], windows[i, 1],
            )  # fmt: skip
            for s in range(states):
                for j in range(ranks):
                    cost = walk.node[last, s, j] + window_cost[i]
                    if cost < reached[s, j]:
                        reached[s, j] = cost
                        walk.window[w, s, j] = i
                        if one_week:
                            best = min(best, cost)
        entry = reached
    found, at_s, at_j = np.inf, -1, -1
    for s in range(states):
        for j in range(ranks):
            if entry[s, j] < found:
                found, at_s, at_j = entry[s, j], s, j
    if at_s >= 0:
        _trace(
            walk, options, rest, step, price, initial, value, off, off_work, weeks, windows,
            window_cost,
            at_s, at_j, chosen,
        )  # fmt: skip
    return found


@njit(cache=True, nogil=True)
def _trace(
    walk: Walk,
    options: Options,
    rest: Rest,
    step: NDArray[np.int32],
    price: FloatArray,
    initial: int,
    value: FloatArray,
    off: FloatArray,
    off_work: IntArray,
    weeks: IntArray,
    windows: IntArray,
    window_cost: FloatArray,
    at_s: int,
    at_j: int,
    chosen: IntArray,
) -> None:
    """Walks back from the final node, each week once more in its best window."""
    count = len(weeks) - 1
    entries = np.full((count + 1, step.shape[1], rest.ranks), np.inf)
    entries[0, initial, 0] = 0.0
    # Only a horizon of several weeks needs the values at the weeks' edges anew.
    for w in range(count - 1):
        for i in range(len(windows)):
            walk.node[weeks[w], :, :] = entries[w]
            _layers(
                walk, options, rest, step, price, value, off, off_work,
                weeks[w], weeks[w + 1], windows[i, 0], windows[i, 1],
            )  # fmt: skip
            entries[w + 1] = np.minimum(
                entries[w + 1], walk.node[weeks[w + 1], :, : rest.ranks] + window_cost[i]
            )
    for w in range(count - 1, -1, -1):
        i = walk.window[w, at_s, at_j]
        walk.node[weeks[w], :, :] = entries[w]
        _layers(
            walk, options, rest, step, price, value, off, off_work,
            weeks[w], weeks[w + 1], windows[i, 0], windows[i, 1],
        )  # fmt: skip
        for d in range(weeks[w + 1] - 1, weeks[w] - 1, -1):
            chosen[d] = walk.option[d, at_s, at_j]
            at_s, at_j = walk.state[d, at_s, at_j], walk.rank[d, at_s, at_j]
