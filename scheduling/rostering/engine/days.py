"""The walk over the days of one week within a window of start times.

A node is (automaton state, totals so far, readiness): readiness ranks the moments at which an agent
may start again, of which only those later than a day's first start matter. State and totals
together are one number here, a *place*; only places that are reached take up memory, a *slot* each.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...machine_code import inner, woven
from .agent_rules import judged, span_of
from .outlook import Outlook
from .periods import Terms
from .week import FloatArray, IntArray, Options, Rest

LONGEST = 7  # days of a calendar week


class Slots(NamedTuple):
    """Places by slot, and the slot of a place by hashing. What `now` does not stamp is free."""

    place: IntArray  # (slots,)
    hashed: NDArray[np.int32]  # (twice the slots,)
    stamp: IntArray  # (twice the slots,)
    now: IntArray  # (1,)


class Memory(NamedTuple):
    """Working memory of the walk, with room for so many places at a time."""

    days: tuple[Slots, Slots]  # of two days in turn
    cost: FloatArray  # (2, slots, ranks)
    option: NDArray[np.int32]  # (days of a week, slots, ranks); −1 off
    before: NDArray[np.int32]  # (days of a week, slots, ranks) the slot on the day before
    rank: NDArray[np.int32]  # (days of a week, slots, ranks)
    ends: Slots  # of a week
    entered: IntArray  # (weeks + 1, slots) places
    entry: FloatArray  # (weeks + 1, slots, ranks)
    counts: IntArray  # (weeks + 1,) of places entered
    window: IntArray  # (weeks, slots, ranks)
    full: NDArray[np.bool_]  # (1,) whether there were more places than room
    left: NDArray[np.bool_]  # (1,) whether something was left out that might be a roster


@inner
def _slots(room: int) -> Slots:
    return Slots(
        np.empty(room, dtype=np.int64),
        np.empty(2 * room, dtype=np.int32),
        np.zeros(2 * room, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def memory(weeks: int, room: int, ranks: int) -> Memory:
    """Fresh working memory; the room is a power of two."""
    return Memory(
        (_slots(room), _slots(room)),
        np.empty((2, room, ranks)),
        np.empty((LONGEST, room, ranks), dtype=np.int32),
        np.empty((LONGEST, room, ranks), dtype=np.int32),
        np.empty((LONGEST, room, ranks), dtype=np.int32),
        _slots(room),
        np.empty((weeks + 1, room), dtype=np.int64),
        np.empty((weeks + 1, room, ranks)),
        np.zeros(weeks + 1, dtype=np.int64),
        np.zeros((weeks, room, ranks), dtype=np.int64),
        np.zeros(1, dtype=np.bool_),
        np.zeros(1, dtype=np.bool_),
    )


@inner
def slot_of(place: int, slots: Slots, count: int) -> int:
    """The slot of a place, `count` if it takes the next one, −1 if there is none left."""
    mask = len(slots.hashed) - 1
    code = place * 0x9E3779B97F4A7C1
    at = (code ^ (code >> 29)) & mask
    while slots.stamp[at] == slots.now[0]:
        if slots.place[slots.hashed[at]] == place:
            return slots.hashed[at]
        at = (at + 1) & mask
    if count == len(slots.place):
        return -1
    slots.stamp[at], slots.hashed[at], slots.place[count] = slots.now[0], count, place
    return count


class Task(NamedTuple):
    """The roster that is looked for: of whole calendar weeks, whose first days and end are `weeks`.
    `value` is what each option costs. Besides the totals of the terms, which are judged, there may
    be others whose units have a price."""

    terms: Terms
    weeks: IntArray
    options: Options
    value: FloatArray
    outlook: Outlook
    unit: IntArray  # (totals that are priced,) number of its counter
    prices: FloatArray  # (totals that are priced, days of the stretch) of a unit


class Targets(NamedTuple):
    """Where each work leads from a place."""

    place: IntArray  # (works,); −1: none is legal
    slot: IntArray  # (works,); −1: not looked up yet
    points: FloatArray  # (works,) of the work
    later: FloatArray  # (works,) at the least, of what is to come


@inner
def walk_days(keep: Memory, task: Task, cutoff: float, w: int, i: int) -> tuple[int, int]:
    """Walks the days of week w within start window i, from the week's entry; which of the two days'
    memory holds the end, and how many places of it are reached. What cannot become a roster below
    `cutoff` is not followed."""
    rules, options, value = task.terms.rules, task.options, task.value
    rest, ranks, works = rules.rest, rules.rest.ranks, rules.step.shape[2]
    low, high = rules.windows[i, 0], rules.windows[i, 1]
    found = np.empty(len(value), dtype=np.int64)
    prefix, prefix_rank = np.empty(ranks), np.empty(ranks, dtype=np.int32)
    targets = Targets(
        np.empty(works, dtype=np.int64), np.empty(works, dtype=np.int64), np.empty(works),
        np.empty(works),
    )  # fmt: skip
    gone = cutoff - rules.window_cost[i]
    layer, places, number = keep.entry[w], keep.entered[w], keep.counts[w]
    side = 0
    for d in range(task.weeks[w], task.weeks[w + 1]):
        side, day = 1 - side, d - task.weeks[w]
        after, slots, reached = keep.cost[side], keep.days[side], 0
        slots.now[0] += 1
        count = _candidates(options, rest, value, d, low, high, found)
        for n in range(number):
            best, at = np.inf, 0
            for j in range(ranks):
                if layer[n, j] < best:
                    best, at = layer[n, j], j
                prefix[j], prefix_rank[j] = best, at
            if best == np.inf:
                continue
            _aim(places[n], d, found, count, task, targets)
            for c in range(-1, count):
                o = -1 if c < 0 else found[c]
                k = rules.off_work[d] if o < 0 else options.work[o]
                if targets.place[k] < 0:
                    continue
                own = targets.points[k] + (rules.off[d] if o < 0 else value[o])
                if best + own + targets.later[k] >= gone:
                    continue
                to = targets.slot[k]
                if to < 0:
                    to = slot_of(targets.place[k], slots, reached)
                    if to < 0:
                        keep.full[0] = True
                        return side, 0
                    targets.slot[k] = to
                    if to == reached:
                        after[to, :] = np.inf
                        reached += 1
                if o < 0:
                    for j in range(ranks):
                        cost = layer[n, j] + own
                        rank = rest.carry[d, j]
                        if cost < after[to, rank]:
                            after[to, rank] = cost
                            keep.option[day, to, rank] = -1
                            keep.before[day, to, rank] = n
                            keep.rank[day, to, rank] = j
                    continue
                most = rest.allowed[o] - 1
                cost, at = prefix[most], prefix_rank[most]
                for j in range(most + 1, rest.priced[o]):
                    late = layer[n, j] + rest.late[d, j] - rest.begun[o]
                    if late < cost:
                        cost, at = late, j
                cost += own
                rank = rest.after[o]
                if cost < after[to, rank]:
                    after[to, rank] = cost
                    keep.option[day, to, rank] = o
                    keep.before[day, to, rank] = n
                    keep.rank[day, to, rank] = at
        layer, places, number = after, slots.place, reached
    return side, number


@inner
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


@woven
def _aim(place: int, d: int, found: IntArray, count: int, task: Task, targets: Targets) -> None:
    """Fills, for each work that the day offers, where it leads to from a place."""
    rules = task.terms.rules
    span = span_of(rules)
    targets.place[:] = -2
    for c in range(-1, count):
        k = rules.off_work[d] if c < 0 else task.options.work[found[c]]
        if targets.place[k] == -2:
            _aim_at(place // span, place % span, k, d, task, targets)
            if c < 0 and rules.off[d] == np.inf:
                targets.points[k] = np.inf


@woven
def _aim_at(state: int, coded: int, k: int, d: int, task: Task, targets: Targets) -> None:
    """Fills where a work of kind k leads to; the totals so far are `coded` in one number."""
    rules, tables, stretch = task.terms.rules, task.terms.tables, task.terms.stretch
    outlook, done = task.outlook, d + 1 - stretch.first
    to = rules.step[d, state, k]
    targets.place[k], targets.slot[k] = -1, -1
    if to < 0:
        return
    points, later = rules.price[d, state, k], outlook.to_go[done, to] + outlook.later[done]
    for r in range(len(task.unit)):
        points += task.prices[r, done - 1] * rules.units[task.unit[r], d, state, k]
    index, stride = 0, 1
    for r in range(len(rules.span)):
        total = coded % rules.span[r]
        coded //= rules.span[r]
        total += rules.units[rules.unit[r], d, state, k]
        if rules.ends[r, d]:
            points += judged(tables, rules.table[r, d], total)
            total = 0
        elif d + 1 < rules.step.shape[0]:
            reach, table = rules.reach[r], rules.table[r, d]
            if total + tables.high[reach, d + 1, to] < tables.least[table]:
                return
            if total + tables.low[reach, d + 1, to] > tables.most[table]:
                return
        if d + 1 < stretch.last:
            period = outlook.of[r, done]
            later += outlook.totals[period, min(total, outlook.totals.shape[1] - 1)]
        index += total * stride
        stride *= rules.span[r]
    if points + later < np.inf:
        targets.place[k], targets.points[k], targets.later[k] = to * stride + index, points, later
