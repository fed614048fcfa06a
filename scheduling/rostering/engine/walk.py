"""The kernel: one agent's best legal roster under given prices, exactly.

A walk over the days finds the cheapest legal sequence of shift options. Each hard rule is there
once: as a missing option, a step of the automaton, a rest between two shifts, a total that is
judged at the end of its period, or the window that the start times of a week lie in.

A node of the walk is (automaton state, totals so far, readiness): readiness ranks the moments at
which an agent may start again, of which only those later than a day's first start matter. State and
totals together are one number here, a *place*. Start windows belong to calendar weeks: within each
week every window is tried and the best value of each node is kept, so the result is exact for
horizons of several weeks too. Days outside the asked stretch stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .totals import TotalTables
from .week import FloatArray, IntArray, Options, Rest

Costs = NDArray[np.float64]


class Rules(NamedTuple):
    """What one agent must keep and what it costs: the agent's automaton, rest, windows, totals."""

    step: NDArray[np.int32]  # (days, states, works)
    price: FloatArray  # (days, states, works)
    units: NDArray[np.int32]  # (days, states, works, counters)
    alike: IntArray  # (works,) the first work that the automaton does not tell from this one
    states: IntArray  # (days,) states there are
    initial: int
    rest: Rest
    off: FloatArray  # (days,) points of a day without a shift
    off_work: IntArray  # (days,)
    windows: IntArray  # (windows, 2) lowest and highest start of a week
    window_cost: FloatArray
    most_days: int
    unit: IntArray  # (totals,) place of its counter, and below: see `totals.Totals`
    size: IntArray
    first: IntArray
    table: IntArray  # (totals, days)
    ends: NDArray[np.bool_]  # (totals, days)
    reach: IntArray
    span: IntArray  # (totals,) values that a total can have
    daily: IntArray  # (totals,) most that a day adds
    lazy: NDArray[np.bool_]  # (totals,) a mere most, carried only if it binds


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


class Stretch(NamedTuple):
    """The days that are free, and what the days before them leave behind."""

    first: int
    last: int
    state: int
    rank: int
    base: IntArray  # (totals,) values on the first morning
    cost: float


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
def day_points(
    d: int, o: int, state: int, rank: int, totals: IntArray, rules: Rules, options: Options,
    tables: TotalTables,
) -> tuple[float, int, int]:  # fmt: skip
    """Points of doing option o (−1: off) on day d apart from the option's own value, the state and
    the rank after it; inf where a rule forbids it. `totals` move on."""
    rest = rules.rest
    k = rules.off_work[d] if o < 0 else options.work[o]
    to = rules.step[d, state, k]
    if to < 0:
        return np.inf, -1, 0
    points = rules.price[d, state, k]
    if o < 0:
        points += rules.off[d]
        after = rest.carry[d, rank]
    else:
        if rank >= rest.priced[o]:
            return np.inf, -1, 0
        if rank >= rest.allowed[o]:
            points += rest.late[d, rank] - rest.begun[o]
        after = rest.after[o]
    for r in range(len(totals)):
        totals[r] += rules.units[d, state, k, rules.unit[r]] // rules.size[r]
        if rules.ends[r, d]:
            points += judged(tables, rules.table[r, d], totals[r])
            totals[r] = 0
    return points, to, after


@njit(cache=True, nogil=True)
def judged(tables: TotalTables, table: int, total: int) -> float:
    """Points of a total at the end of its period."""
    return tables.points[table, min(total, tables.points.shape[1] - 1)]


@njit(cache=True, nogil=True)
def week_points(week: IntArray, rules: Rules, options: Options) -> float:
    """Points of the start times of a week's options (−1: off)."""
    low, high = 1_000_000, -1
    for o in week:
        if o >= 0:
            low, high = min(low, options.clock[o]), max(high, options.clock[o])
    best = np.inf
    for i in range(len(rules.window_cost)):
        if high < 0 or (rules.windows[i, 0] <= low and rules.windows[i, 1] >= high):
            best = min(best, rules.window_cost[i])
    return best


@njit(cache=True, nogil=True)
def best_roster(
    keep: Memory,
    options: Options,
    rules: Rules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    first: int,
    last: int,
    cutoff: float,
    chosen: IntArray,
) -> tuple[float, int]:
    """(cost, places) of the best legal roster whose days from `first` until before `last`, whole
    calendar weeks, are free; its option a day (−1: off) goes into `chosen`, which holds the other
    days. The cost is inf if there is none below `cutoff`; if `keep` is too small, nothing is done
    and `places` says how much is needed.

    `value` is what each option costs, `weeks` holds the first day of each calendar week and the
    number of days.
    """
    if rules.initial < 0:
        return np.inf, 0
    carried = np.flatnonzero(~rules.lazy)
    if len(carried) == 0 and rules.rest.ranks == 1 and len(rules.window_cost) == 1:
        found = _straight(options, rules, value, first, last, cutoff, chosen)
        if found == np.inf or len(rules.unit) == 0:
            return found, 0
        carried = _broken(rules, options, tables, carried, chosen)
        if len(carried) == 0:
            return found, 0
    before = _before(first, rules, options, tables, value, weeks, last, chosen)
    while True:
        mine = _subset(rules, carried, last - first)
        base = before.base[carried]
        stretch = Stretch(first, last, before.state, before.rank, base, before.cost)
        places = rules.step.shape[1] * _span(mine)
        if places > keep.stamp.shape[0]:
            return np.inf, places
        found = _search(keep, options, mine, tables, value, weeks, stretch, cutoff, chosen)
        if found == np.inf or len(carried) == len(rules.unit):
            return found, places
        more = _broken(rules, options, tables, carried, chosen)
        if len(more) == 0:
            return found, places
        carried = np.concatenate((carried, more))


@njit(cache=True, nogil=True)
def _straight(
    options: Options,
    rules: Rules,
    value: FloatArray,
    first: int,
    last: int,
    cutoff: float,
    chosen: IntArray,
) -> float:
    """The best roster where only the automaton forbids anything: from the last day backwards, what
    the days from each on cost in each state; then forward along the cheapest choices."""
    days, states, works = rules.step.shape
    bound = np.full((days + 1, states), np.inf)
    bound[days] = 0.0
    best, pick = np.full((days, works), np.inf), np.full((days, works), -1)
    alike = rules.alike
    for d in range(days - 1, -1, -1):
        free = first <= d < last
        if free:
            for o in range(options.first[d], options.first[d + 1]):
                k = alike[options.work[o]]
                if value[o] < best[d, k]:
                    best[d, k], pick[d, k] = value[o], o
        elif chosen[d] >= 0:
            k = alike[options.work[chosen[d]]]
            best[d, k], pick[d, k] = value[chosen[d]], chosen[d]
        if free or chosen[d] < 0:
            k = alike[rules.off_work[d]]
            if rules.off[d] < best[d, k]:
                best[d, k], pick[d, k] = rules.off[d], -1
        for k in range(works):
            if best[d, k] < np.inf:
                for s in range(rules.states[d]):
                    to = rules.step[d, s, k]
                    if to >= 0:
                        cost = best[d, k] + rules.price[d, s, k] + bound[d + 1, to]
                        if cost < bound[d, s]:
                            bound[d, s] = cost
    if bound[0, rules.initial] >= cutoff:
        return np.inf
    state = rules.initial
    for d in range(days):
        for k in range(works):
            to = rules.step[d, state, k]
            if to < 0 or best[d, k] == np.inf:
                continue
            if best[d, k] + rules.price[d, state, k] + bound[d + 1, to] == bound[d, state]:
                chosen[d], state = pick[d, k], to
                break
    return bound[0, rules.initial]


@njit(cache=True, nogil=True)
def _subset(rules: Rules, carried: IntArray, days: int) -> Rules:
    """The rules with only some of the totals, for a stretch of so many days."""
    return Rules(
        rules.step, rules.price, rules.units, rules.alike, rules.states, rules.initial,
        rules.rest, rules.off, rules.off_work, rules.windows, rules.window_cost,
        rules.most_days, rules.unit[carried],
        rules.size[carried], rules.first[carried], rules.table[carried], rules.ends[carried],
        rules.reach[carried], np.minimum(rules.span[carried], rules.daily[carried] * days + 1),
        rules.daily[carried], rules.lazy[carried],
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _broken(
    rules: Rules, options: Options, tables: TotalTables, carried: IntArray, chosen: IntArray
) -> IntArray:
    """The totals not carried that the chosen roster has too much of."""
    totals = rules.first.copy()
    state = rules.initial
    broken = np.zeros(len(totals), dtype=np.bool_)
    for d in range(len(chosen)):
        k = rules.off_work[d] if chosen[d] < 0 else options.work[chosen[d]]
        for r in range(len(totals)):
            totals[r] += rules.units[d, state, k, rules.unit[r]] // rules.size[r]
            if rules.ends[r, d]:
                if judged(tables, rules.table[r, d], totals[r]) > 0:
                    broken[r] = True
                totals[r] = 0
        state = rules.step[d, state, k]
    broken[carried] = False
    return np.flatnonzero(broken)


@njit(cache=True, nogil=True)
def _before(
    first: int,
    rules: Rules,
    options: Options,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    last: int,
    chosen: IntArray,
) -> Stretch:
    """What the kept days before the stretch leave behind, their points and values."""
    totals = rules.first.copy()
    state, rank, cost = rules.initial, 0, 0.0
    for d in range(first):
        points, state, rank = day_points(d, chosen[d], state, rank, totals, rules, options, tables)
        cost += points + (value[chosen[d]] if chosen[d] >= 0 else 0.0)
    for w in range(len(weeks) - 1):
        if weeks[w] < first:
            cost += week_points(chosen[weeks[w] : weeks[w + 1]], rules, options)
    return Stretch(first, last, state, rank, totals, cost)


@njit(cache=True, nogil=True)
def _search(
    keep: Memory,
    options: Options,
    rules: Rules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    stretch: Stretch,
    cutoff: float,
    chosen: IntArray,
) -> float:
    """The cheapest roster through the stretch; fills `chosen`."""
    first_week = int(np.searchsorted(weeks, stretch.first))
    last_week = int(np.searchsorted(weeks, stretch.last))
    start = stretch.state * _span(rules)
    w = first_week
    keep.entered[w, 0], keep.counts[w] = start, 1
    keep.entry[w, start, :] = np.inf
    keep.entry[w, start, stretch.rank] = stretch.cost
    whole = stretch.first == 0 and stretch.last == rules.step.shape[0]
    bound = _completion(options, rules, value) if whole else np.zeros((0, 0))
    only = last_week == first_week + 1
    for w in range(first_week, last_week):
        _week(keep, options, rules, tables, value, weeks, stretch, bound, cutoff, w, only)
    found, at, rank = np.inf, -1, -1
    for i in range(keep.counts[last_week]):
        place = int(keep.entered[last_week, i])
        for j in range(rules.rest.ranks):
            cost = keep.entry[last_week, place, j]
            if cost < found:
                if stretch.last < rules.step.shape[0]:
                    cost += _after(place, j, options, rules, tables, value, weeks, stretch, chosen)
                if cost < found:
                    found, at, rank = cost, place, j
    if found >= cutoff:
        return np.inf
    for w in range(last_week - 1, first_week - 1, -1):
        if len(rules.window_cost) > 1:
            i = int(keep.window[w, at, rank])
            _days(keep, options, rules, tables, value, stretch, bound, np.inf, weeks, w, i)
        for d in range(weeks[w + 1] - 1, weeks[w] - 1, -1):
            chosen[d] = keep.option[d, at, rank]
            at, rank = int(keep.before[d, at, rank]), int(keep.rank[d, at, rank])
    return found


@njit(cache=True, nogil=True)
def _after(
    place: int,
    rank: int,
    options: Options,
    rules: Rules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    stretch: Stretch,
    chosen: IntArray,
) -> float:
    """Points and values of the kept days after the stretch, from a node at its end."""
    span = _span(rules)
    state, left = place // span, place % span
    totals = np.zeros(len(rules.unit), dtype=np.int64)
    for r in range(len(totals)):
        totals[r] = left % rules.span[r] + _offset(rules, stretch, r, stretch.last - 1)
        left //= rules.span[r]
    cost = 0.0
    for d in range(stretch.last, rules.step.shape[0]):
        points, state, rank = day_points(d, chosen[d], state, rank, totals, rules, options, tables)
        if points == np.inf:
            return np.inf
        cost += points + (value[chosen[d]] if chosen[d] >= 0 else 0.0)
    for w in range(len(weeks) - 1):
        if weeks[w] >= stretch.last:
            cost += week_points(chosen[weeks[w] : weeks[w + 1]], rules, options)
    return cost


@njit(cache=True, nogil=True)
def _offset(rules: Rules, stretch: Stretch, r: int, d: int) -> int:
    """What a total had when the stretch began; 0 if its period ends by day d."""
    for e in range(stretch.first, d + 1):
        if rules.ends[r, e]:
            return 0
    return stretch.base[r]


@njit(cache=True, nogil=True)
def _week(
    keep: Memory,
    options: Options,
    rules: Rules,
    tables: TotalTables,
    value: FloatArray,
    weeks: IntArray,
    stretch: Stretch,
    bound: FloatArray,
    cutoff: float,
    w: int,
    only: bool,
) -> None:
    """Every start window of a week; the best of them at each node of the next week's entry."""
    exits, windows = keep.entry[w + 1], len(rules.window_cost)
    ranks, count = rules.rest.ranks, 0
    least = np.full(windows, -np.inf)
    if windows > 1 and only:
        for i in range(windows):
            least[i] = (
                stretch.cost + rules.window_cost[i] + _least(options, rules, value, weeks, w, i)
            )
    best = cutoff
    taken = np.zeros(keep.stamp.shape[0] if windows > 1 else 0, dtype=np.bool_)
    for _ in range(windows):
        i = int(np.argmin(least))
        if only and least[i] >= best - 1e-9:
            break
        least[i] = np.inf
        at, number = _days(keep, options, rules, tables, value, stretch, bound, best, weeks, w, i)
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
                    if only and stretch.last == rules.step.shape[0]:
                        best = min(best, cost)
    keep.counts[w + 1] = count


@njit(cache=True, nogil=True)
def _least(
    options: Options, rules: Rules, value: FloatArray, weeks: IntArray, w: int, i: int
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


@njit(cache=True, nogil=True)
def _completion(options: Options, rules: Rules, value: FloatArray) -> FloatArray:
    """A lower bound of what the days from d on cost in each state, rest, windows and totals
    forgotten: shape (days + 1, states)."""
    days, states, works = rules.step.shape
    bound = np.full((days + 1, states), np.inf)
    bound[days] = 0.0
    best = np.empty(works)
    for d in range(days - 1, -1, -1):
        best[:] = np.inf
        for o in range(options.first[d], options.first[d + 1]):
            best[options.work[o]] = min(best[options.work[o]], value[o])
        best[rules.off_work[d]] = rules.off[d]
        for k in range(works):
            if best[k] < np.inf:
                for s in range(states):
                    to = rules.step[d, s, k]
                    if to >= 0:
                        later = best[k] + rules.price[d, s, k] + bound[d + 1, to]
                        bound[d, s] = min(bound[d, s], later)
    return bound


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
def _days(
    keep: Memory,
    options: Options,
    rules: Rules,
    tables: TotalTables,
    value: FloatArray,
    stretch: Stretch,
    bound: FloatArray,
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
    pruned, gone = bound.shape[0] > 0, cutoff - rules.window_cost[i]
    layer, number = keep.entry[w], keep.counts[w]
    places = keep.entered[w]
    offset = np.zeros(len(rules.unit), dtype=np.int64)
    for r in range(len(offset)):
        offset[r] = _offset(rules, stretch, r, weeks[w] - 1)
    span, side = _span(rules), 0
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
            _targets(place, span, offset, rules, tables, d, found, count, options, target, points)
            for c in range(-1, count):
                o = -1 if c < 0 else found[c]
                k = rules.off_work[d] if o < 0 else options.work[o]
                to = target[k]
                if to < 0:
                    continue
                if o < 0 and rules.off[d] == np.inf:
                    continue
                own = points[k] + (rules.off[d] if o < 0 else value[o])
                if pruned and best + own + bound[d + 1, to // span] >= gone:
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
        for r in range(len(offset)):
            if rules.ends[r, d]:
                offset[r] = 0
    return side, number


@njit(cache=True, nogil=True)
def _span(rules: Rules) -> int:
    total = 1
    for size in rules.span:
        total *= size
    return total


@njit(cache=True, nogil=True)
def _targets(
    place: int,
    span: int,
    offset: IntArray,
    rules: Rules,
    tables: TotalTables,
    d: int,
    found: IntArray,
    count: int,
    options: Options,
    target: IntArray,
    points: FloatArray,
) -> None:
    """Fills, for each work that the day offers, the place that it leads to (−1: none is legal) and
    its points. `offset` is what totals had before the stretch."""
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
            value = coded % rules.span[r]
            coded //= rules.span[r]
            value += rules.units[d, state, k, rules.unit[r]] // rules.size[r]
            total = value + offset[r]
            if rules.ends[r, d]:
                points[k] += judged(tables, rules.table[r, d], total)
                value = 0
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
            index += value * stride
            stride *= rules.span[r]
        target[k] = to * stride + index if points[k] < np.inf else -1
