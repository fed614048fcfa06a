"""What one agent must keep, and what a choice of shifts costs by it, apart from cover."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...machine_code import inner
from .totals import TotalTables
from .week import FloatArray, IntArray, Options, Rest


class AgentRules(NamedTuple):
    """What one agent must keep and what it costs: the agent's automaton, rest, windows, totals."""

    step: NDArray[np.int32]  # (days, states, works)
    price: FloatArray  # (days, states, works)
    units: NDArray[np.int32]  # (counters, days, states, works)
    steady: NDArray[np.int32]  # (counters, days, works) see `Tables`
    alike: IntArray  # (works,) the first work that the automaton does not tell from this one
    states: IntArray  # (days,) states there are
    initial: int
    rest: Rest
    off: FloatArray  # (days,) points of a day without a shift
    off_work: IntArray  # (days,)
    windows: IntArray  # (windows, 2) lowest and highest start of a week
    window_cost: FloatArray
    most_days: int
    tell: IntArray  # (counters, works) the first work that adds alike, always
    largest: IntArray  # (counters,) most units of a day
    unit: IntArray  # (totals,) number of its counter, and below: see `totals.Totals`
    first: IntArray
    table: IntArray  # (totals, days)
    ends: NDArray[np.bool_]  # (totals, days)
    reach: IntArray
    span: IntArray  # (totals,) values that a total can have
    lazy: NDArray[np.bool_]  # (totals,) a mere most, carried only if it binds


@inner
def with_totals(rules: AgentRules, which: IntArray) -> AgentRules:
    """The rules with only some of the totals."""
    return AgentRules(
        rules.step, rules.price, rules.units, rules.steady, rules.alike, rules.states,
        rules.initial, rules.rest, rules.off, rules.off_work, rules.windows, rules.window_cost,
        rules.most_days, rules.tell, rules.largest, rules.unit[which], rules.first[which],
        rules.table[which], rules.ends[which], rules.reach[which], rules.span[which],
        rules.lazy[which],
    )  # fmt: skip


@inner
def day_points(
    d: int, o: int, state: int, rank: int, totals: IntArray, rules: AgentRules, options: Options,
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
        totals[r] += rules.units[rules.unit[r], d, state, k]
        if rules.ends[r, d]:
            points += judged(tables, rules.table[r, d], totals[r])
            totals[r] = 0
    return points, to, after


@inner
def judged(tables: TotalTables, table: int, total: int) -> float:
    """Points of a total at the end of its period."""
    return tables.points[table, min(total, tables.points.shape[1] - 1)]


@inner
def week_points(week: IntArray, rules: AgentRules, options: Options) -> float:
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


@inner
def span_of(rules: AgentRules) -> int:
    """How many values all totals together can have."""
    total = 1
    for size in rules.span:
        total *= size
    return total
