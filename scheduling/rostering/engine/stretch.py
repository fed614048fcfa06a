"""A stretch of days within one agent's roster: how it is entered, and what comes after it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...machine_code import inner
from .agent_rules import AgentRules, day_points, judged, week_points
from .totals import TotalTables
from .week import FloatArray, IntArray, Options


class Stretch(NamedTuple):
    """The days from `first` to before `last`. They are entered in a state of the automaton, ready
    by `rank` (see `days`), with `totals` so far (totals,). What follows costs `after` points in
    each state (states,) and `ready` points at each rank (ranks,), inf where it would be illegal,
    and adds `units` (totals, states) to the periods that are open at the end.
    """

    first: int
    last: int
    state: int
    rank: int
    totals: IntArray
    after: FloatArray
    ready: FloatArray
    units: IntArray


@inner
def whole(rules: AgentRules) -> Stretch:
    """All days of the grid."""
    days, states, _ = rules.step.shape
    units = np.zeros((len(rules.unit), states), dtype=np.int64)
    return Stretch(
        0, days, rules.initial, 0, rules.first, np.zeros(states), np.zeros(rules.rest.ranks), units
    )


@inner
def part(stretch: Stretch, carried: IntArray) -> Stretch:
    """The stretch with only some of the totals."""
    return Stretch(
        stretch.first, stretch.last, stretch.state, stretch.rank, stretch.totals[carried],
        stretch.after, stretch.ready, stretch.units[carried],
    )  # fmt: skip


@inner
def standing(
    first: int,
    last: int,
    option: IntArray,
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
) -> Stretch:
    """The days from `first` to before `last` of an agent whose options (days,) stand on the others;
    points of options and days off themselves are left out, and those of start windows."""
    totals, state, rank = rules.first.copy(), rules.initial, 0
    for d in range(first):
        k = rules.off_work[d] if option[d] < 0 else options.work[option[d]]
        for r in range(len(totals)):
            totals[r] += rules.units[rules.unit[r], d, state, k]
            if rules.ends[r, d]:
                totals[r] = 0
        rank = rules.rest.carry[d, rank] if option[d] < 0 else rules.rest.after[option[d]]
        state = rules.step[d, state, k]
    states = rules.step.shape[1]
    after, units = np.zeros(states), np.zeros((len(totals), states), dtype=np.int64)
    if last < len(option):
        begun, later = np.zeros(len(totals), dtype=np.bool_), np.zeros(len(totals), dtype=np.int64)
        after[rules.states[last] :] = np.inf
        for s in range(rules.states[last]):
            after[s] = _follow(s, last, option, rules, tables, options, units[:, s], begun, later)
    return Stretch(first, last, state, rank, totals, after, _ready(last, option, rules), units)


@inner
def _follow(
    state: int,
    last: int,
    option: IntArray,
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
    units: IntArray,
    begun: NDArray[np.bool_],
    later: IntArray,
) -> float:
    """Points of what stands from day `last` on, entered in a state; fills `units` (totals,).
    `begun` and `later` (totals,) are working memory."""
    points = 0.0
    begun[:], later[:] = rules.ends[:, last - 1], 0
    for d in range(last, len(option)):
        k = rules.off_work[d] if option[d] < 0 else options.work[option[d]]
        to = rules.step[d, state, k]
        if to < 0:
            return np.inf
        points += rules.price[d, state, k]
        for r in range(len(units)):
            added = rules.units[rules.unit[r], d, state, k]
            if begun[r]:
                later[r] += added
            else:
                units[r] += added
            if rules.ends[r, d]:
                if begun[r]:
                    points += judged(tables, rules.table[r, d], later[r])
                begun[r], later[r] = True, 0
        state = to
    return points


@inner
def _ready(last: int, option: IntArray, rules: AgentRules) -> FloatArray:
    """(ranks,) points of starting the next shift that stands, ready by a rank on day `last`."""
    rest = rules.rest
    points = np.zeros(rest.ranks)
    for j in range(rest.ranks):
        rank = j
        for d in range(last, len(option)):
            o = option[d]
            if o >= 0:
                if rank >= rest.priced[o]:
                    points[j] = np.inf
                elif rank >= rest.allowed[o]:
                    points[j] = rest.late[d, rank] - rest.begun[o]
                break
            rank = rest.carry[d, rank]
    return points


@inner
def spare(
    rules: AgentRules, tables: TotalTables, options: Options, stretch: Stretch, chosen: IntArray
) -> IntArray:
    """What each total has left below the most of its table, at the least over its periods, if the
    options chosen (days of the grid,) are worked."""
    left = np.full(len(rules.unit), 1 << 40)
    totals, state = stretch.totals.copy(), stretch.state
    for d in range(stretch.first, stretch.last):
        k = rules.off_work[d] if chosen[d] < 0 else options.work[chosen[d]]
        to = rules.step[d, state, k]
        for r in range(len(totals)):
            totals[r] += rules.units[rules.unit[r], d, state, k]
            if rules.ends[r, d] or d + 1 == stretch.last:
                if not rules.ends[r, d]:
                    totals[r] += stretch.units[r, to]
                left[r] = min(left[r], tables.most[rules.table[r, d]] - totals[r])
                totals[r] = 0
        state = to
    return left


@inner
def points_of(
    stretch: Stretch,
    weeks: IntArray,
    chosen: IntArray,
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
    value: FloatArray,
) -> float:
    """Points of a stretch in which the options chosen (days of the grid,) are worked, and of what
    follows it; inf if that breaks a hard rule. `weeks` holds the first day of each of its calendar
    weeks and the day after it, `value` what each option costs."""
    totals, state, rank, points = stretch.totals.copy(), stretch.state, stretch.rank, 0.0
    for d in range(stretch.first, stretch.last):
        if state < 0:
            return np.inf
        o = chosen[d]
        own, state, rank = day_points(d, o, state, rank, totals, rules, options, tables)
        points += own + (value[o] if o >= 0 else 0.0)
    for w in range(len(weeks) - 1):
        points += week_points(chosen[weeks[w] : weeks[w + 1]], rules, options)
    return points + ending(stretch, state, rank, totals, rules, tables) if state >= 0 else np.inf


@inner
def ending(
    stretch: Stretch,
    state: int,
    rank: int,
    totals: IntArray,
    rules: AgentRules,
    tables: TotalTables,
) -> float:
    """Points of what follows a stretch that ends in a state, at a rank and with totals (totals,),
    those of the periods that are open then included."""
    points = stretch.after[state] + stretch.ready[rank]
    for r in range(len(totals)):
        if not rules.ends[r, stretch.last - 1]:
            total = totals[r] + stretch.units[r, state]
            points += judged(tables, rules.table[r, stretch.last - 1], total)
    return points
