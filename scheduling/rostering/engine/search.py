"""The search around the kernel: one agent's best move, and sweeps over all agents.

Everything here runs in machine code on one `Crew` and one `Cover`, which it changes together: an
agent's shifts are in `Weeks`, and the cover always holds exactly the agents in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..rules.base import Doing
from .agent_rules import AgentRules, day_points, week_points
from .course import FEW, MOST, Memo, best_course
from .cover import (
    Cover,
    add,
    band_price,
    cell_price,
    count_in_bands,
    price,
    staff_cell,
    take,
)
from .crew import Crew
from .days import Memory, memory
from .stretch import whole
from .totals import TotalTables
from .walk import best_roster
from .week import FloatArray, IntArray, Options, Rest, option_values, place_breaks

WORK, BREAK = int(Doing.WORK), int(Doing.BREAK)


class Weeks(NamedTuple):
    """Each agent's option a day (−1 off) and break starts; `cost` their own points, `placed` 1
    where the agent is in the cover."""

    option: IntArray  # (agents, days)
    breaks: IntArray  # (agents, days, most breaks)
    cost: FloatArray  # (agents,)
    placed: IntArray  # (agents,)


def copy_weeks(weeks: Weeks) -> Weeks:
    return Weeks(weeks.option.copy(), weeks.breaks.copy(), weeks.cost.copy(), weeks.placed.copy())


class Tables(NamedTuple):
    """What agents share, stacked along the first axis by the numbers in `Crew`; automata, ranks
    and windows are padded, so that the shape of the crew does not change the compiled code."""

    steps: NDArray[np.int32]  # (automata, days, states, works); −1 padding
    prices: FloatArray  # (automata, days, states, works)
    units: NDArray[np.int32]  # (automata, counters, days, states, works)
    tell: IntArray  # (automata, counters, works)
    largest: IntArray  # (automata, counters)
    alike: IntArray  # (automata, works) see `walk.Rules`
    states: IntArray  # (automata, days)
    rest: Rest  # each array with a first axis of rests
    windows: IntArray  # (sets, windows, 2)
    window_costs: FloatArray  # (sets, windows)
    window_counts: IntArray  # (sets,)
    weeks: IntArray
    totals: TotalTables


class Scratch(NamedTuple):
    """Working memory of one search."""

    memory: Memory
    prefix: FloatArray  # (slots + overhang + 1,) of the price of being at work
    pause: FloatArray  # (slots + overhang + 1,) of the price of being on a break
    price: FloatArray  # (slots,)
    noise: FloatArray  # (slots,) added to prices, so that equal choices take turns
    cell_price: FloatArray  # (cells,)
    value: FloatArray  # (options,)
    chosen: IntArray  # (days,)
    memo: Memo


@njit(cache=True, nogil=True)
def price_agent(a: int, crew: Crew, cover: Cover, options: Options, scratch: Scratch) -> None:
    """Values every option of an agent at the present cover."""
    price(cover, crew.group[a], scratch.price)
    for t in range(len(scratch.price)):
        scratch.price[t] += scratch.noise[t]
    sum_prices(scratch)
    cell_price(cover, scratch.cell_price)
    if len(cover.counted) > 0:
        _sum_bands(a, cover, scratch)
    value_options(a, crew, options, scratch)


@njit(cache=True, nogil=True)
def sum_prices(scratch: Scratch) -> None:
    """Prefix sums of the prices; beyond the grid presence costs nothing, nor does a break."""
    total = 0.0
    slots = len(scratch.price)
    for t in range(slots):
        scratch.prefix[t] = total
        total += scratch.price[t]
    scratch.prefix[slots:] = total
    scratch.pause[:] = 0.0


@njit(cache=True, nogil=True)
def _sum_bands(a: int, cover: Cover, scratch: Scratch) -> None:
    """Adds to the prefix sums what the bands say of the agent being there."""
    slots = cover.bands.shape[1]
    at_work, on_break = np.zeros(slots), np.zeros(slots)
    band_price(cover, a, WORK, at_work)
    band_price(cover, a, BREAK, on_break)
    work = pause = 0.0
    for t in range(slots):
        scratch.prefix[t] += work
        scratch.pause[t] = pause
        work += at_work[t]
        pause += on_break[t]
    scratch.prefix[slots:] += work
    scratch.pause[slots:] = pause


@njit(cache=True, nogil=True)
def value_options(a: int, crew: Crew, options: Options, scratch: Scratch) -> None:
    option_values(
        scratch.prefix,
        scratch.pause,
        options,
        crew.allowed[a],
        crew.own_cost[a],
        scratch.cell_price,
        scratch.value,
    )


@njit(cache=True, nogil=True)
def best_of(
    a: int,
    crew: Crew,
    tables: Tables,
    options: Options,
    scratch: Scratch,
    cutoff: float = np.inf,
    slack: float = 0.0,
    room: int = MOST,
) -> tuple[float, float]:
    """(points, least): those of the agent's best legal roster for the option values in `scratch`,
    which goes into `scratch.chosen`, inf if there is none that costs less than `cutoff`; and what
    every legal roster costs at the least. The two differ by `slack` at the most, but where `room`
    labels are not enough for that (see `course`)."""
    rules = rules_of(a, crew, tables)
    if straight(rules):
        return best_course(
            a, rules, tables.totals, options, scratch.value, whole(rules), scratch.memo, cutoff,
            slack, room, scratch.chosen,
        )  # fmt: skip
    keep, found = scratch.memory, np.inf
    while True:
        found, needed = best_roster(
            keep, options, rules, tables.totals, scratch.value, tables.weeks,
            cutoff, scratch.chosen,
        )  # fmt: skip
        if needed <= len(keep.stamp):
            return found, min(found, cutoff)
        # Few agents need so much memory, and seldom: it is not kept.
        keep = memory(len(scratch.chosen), len(tables.weeks) - 1, needed, rules.rest.ranks)


@njit(cache=True, nogil=True)
def straight(rules: AgentRules) -> bool:
    """Whether neither rest nor start windows bind."""
    return rules.rest.ranks == 1 and len(rules.window_cost) == 1 and rules.window_cost[0] == 0


@njit(cache=True, nogil=True)
def rules_of(a: int, crew: Crew, tables: Tables) -> AgentRules:
    """What an agent must keep, gathered from the crew's arrays."""
    i, r, w, totals = crew.automaton[a], crew.rest[a], crew.windows[a], crew.totals
    count, windows, rest = totals.many[a], tables.window_counts[w], tables.rest
    return AgentRules(
        tables.steps[i],
        tables.prices[i],
        tables.units[i],
        tables.alike[i],
        tables.states[i],
        crew.initial[a],
        Rest(
            rest.allowed[r],
            rest.after[r],
            rest.carry[r],
            rest.ranks,
            rest.priced[r],
            rest.late[r],
            rest.begun[r],
            rest.alike[r],
        ),
        crew.off_cost[a],
        crew.off_work[a],
        tables.windows[w, :windows],
        tables.window_costs[w, :windows],
        crew.most_days[a],
        tables.tell[i],
        tables.largest[i],
        totals.unit[a, :count],
        totals.first[a, :count],
        totals.table[a, :count],
        totals.ends[a, :count],
        totals.reach[a, :count],
        totals.span[a, :count],
        totals.lazy[a, :count],
    )


@njit(cache=True, nogil=True)
def own_points(a: int, crew: Crew, tables: Tables, options: Options, chosen: IntArray) -> float:
    """Points that an agent's roster costs apart from cover: wishes, pay, fairness, steadiness, soft
    rules; inf if it breaks a hard rule."""
    rules = rules_of(a, crew, tables)
    totals = rules.first.copy()
    state, rank, total = rules.initial, 0, 0.0
    for d in range(len(chosen)):
        if state < 0:
            return np.inf
        points, state, rank = day_points(
            d, chosen[d], state, rank, totals, rules, options, tables.totals
        )
        total += points + (crew.own_cost[a, chosen[d]] if chosen[d] >= 0 else 0.0)
    for w in range(len(tables.weeks) - 1):
        week = chosen[tables.weeks[w] : tables.weeks[w + 1]]
        total += week_points(week, rules, options)
    return total


@njit(cache=True, nogil=True)
def enter(a: int, weeks: Weeks, crew: Crew, cover: Cover, options: Options) -> float:
    """Puts an agent's shifts into the cover; the change of its cost."""
    weeks.placed[a] = 1
    return _walk_shifts(a, weeks, crew, cover, options, 1)


@njit(cache=True, nogil=True)
def leave(a: int, weeks: Weeks, crew: Crew, cover: Cover, options: Options) -> float:
    """Takes an agent's shifts out of the cover; the change of its cost."""
    weeks.placed[a] = 0
    return _walk_shifts(a, weeks, crew, cover, options, -1)


@njit(cache=True, nogil=True)
def _walk_shifts(
    a: int, weeks: Weeks, crew: Crew, cover: Cover, options: Options, sign: int
) -> float:
    total = 0.0
    for d in range(weeks.option.shape[1]):
        o = weeks.option[a, d]
        if o < 0:
            continue
        if options.cell[o] >= 0:
            total += staff_cell(cover, options.cell[o], sign)
        k = options.template[o]
        if options.covers[k] == 0:
            continue
        t = options.start[o]
        for b in range(options.breaks[k]):
            begins = weeks.breaks[a, d, b]
            ends = begins + options.break_len[k, b]
            total += _work(a, crew.group[a], cover, t, begins, sign)
            if options.break_away[k, b] == 0:
                total += count_in_bands(cover, a, BREAK, begins, ends, sign)
            t = ends
        total += _work(a, crew.group[a], cover, t, options.end[o], sign)
    return total


@njit(cache=True, nogil=True)
def _work(a: int, group: int, cover: Cover, first: int, last: int, sign: int) -> float:
    """Puts an agent to work, or takes the agent off, for a stretch of time; the change of cost."""
    total = 0.0
    served = cover.heads.shape[1] if cover.heads.shape[0] > 0 else 0
    for t in range(first, min(last, served)):
        total += add(cover, group, t) if sign > 0 else take(cover, group, t)
    return total + count_in_bands(cover, a, WORK, first, last, sign)


@njit(cache=True, nogil=True)
def settle(
    a: int,
    weeks: Weeks,
    crew: Crew,
    tables: Tables,
    cover: Cover,
    options: Options,
    scratch: Scratch,
) -> float:
    """Gives an agent who is not in the cover the best legal roster there; the change of cost
    (own points included), inf if no legal roster exists."""
    price_agent(a, crew, cover, options, scratch)
    # What the agent had before bounds the search, and stays if nothing beats it.
    had = own_points(a, crew, tables, options, weeks.option[a])
    for o in weeks.option[a]:
        if o >= 0:
            had += scratch.value[o] - crew.own_cost[a, o]
    found, _ = best_of(a, crew, tables, options, scratch, had, 0.0, FEW)
    if found == np.inf:
        if had == np.inf:
            return found
        scratch.chosen[:] = weeks.option[a]
    for d in range(len(scratch.chosen)):
        weeks.option[a, d] = scratch.chosen[d]
        if scratch.chosen[d] >= 0:
            breaks = weeks.breaks[a, d]
            place_breaks(scratch.prefix, scratch.pause, options, scratch.chosen[d], breaks)
    weeks.cost[a] = own_points(a, crew, tables, options, weeks.option[a])
    return enter(a, weeks, crew, cover, options) + weeks.cost[a]


@njit(cache=True, nogil=True)
def sweep(
    order: IntArray,
    together: bool,
    weeks: Weeks,
    crew: Crew,
    tables: Tables,
    cover: Cover,
    options: Options,
    scratch: Scratch,
) -> float:
    """Takes each agent out and puts the agent back as well as can be, in the order given; the
    change of cost.

    With `together` all of them leave before the first comes back: what one agent cannot leave
    before another has come. That is undone unless it lowers the cost.
    """
    kept = weeks.option[order].copy(), weeks.breaks[order].copy(), weeks.cost[order].copy()
    total = 0.0
    for step in range(2 * len(order)):
        a = order[step % len(order) if together else step // 2]
        out = step < len(order) if together else step % 2 == 0
        if not out:
            total += settle(a, weeks, crew, tables, cover, options, scratch)
        elif weeks.placed[a]:
            total += leave(a, weeks, crew, cover, options) - weeks.cost[a]
    if not together or total < -1e-9:
        return total
    for a in order:
        leave(a, weeks, crew, cover, options)
    for i in range(len(order)):
        a = order[i]
        weeks.option[a], weeks.breaks[a], weeks.cost[a] = kept[0][i], kept[1][i], kept[2][i]
        enter(a, weeks, crew, cover, options)
    return 0.0
