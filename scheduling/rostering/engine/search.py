"""The search around the kernel: one agent's best move, and sweeps over all agents.

Everything here runs in machine code on one `Crew` and one `Cover`, which it changes together: an
agent's shifts are in `Weeks`, and the cover always holds exactly the agents in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .cover import Cover, add, price, take
from .crew import Crew
from .week import (
    SEAT_PENALTY,
    FloatArray,
    IntArray,
    Options,
    Rest,
    Walk,
    best_roster,
    option_values,
    place_breaks,
)


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
    allowed: IntArray  # (rests, options), see `week.Rest`
    after: IntArray
    carry: IntArray  # (rests, days, ranks)
    windows: IntArray  # (sets, windows, 2)
    window_costs: FloatArray  # (sets, windows)
    window_counts: IntArray  # (sets,)
    weeks: IntArray


class Scratch(NamedTuple):
    """Working memory of one search."""

    walk: Walk
    prefix: FloatArray  # (slots + overhang + 1,)
    seat_prefix: IntArray
    price: FloatArray  # (slots,)
    noise: FloatArray  # (slots,) added to prices, so that equal choices take turns
    value: FloatArray  # (options,)
    chosen: IntArray  # (days,)


@njit(cache=True, nogil=True)
def price_agent(a: int, crew: Crew, cover: Cover, options: Options, scratch: Scratch) -> None:
    """Values every option of an agent at the present cover."""
    price(cover, crew.group[a], scratch.price)
    for t in range(len(scratch.price)):
        scratch.price[t] += scratch.noise[t]
    sum_prices(scratch)
    total = 0
    for t in range(len(scratch.seat_prefix) - 1):
        scratch.seat_prefix[t] = total
        if cover.seats > 0 and cover.present[t] >= cover.seats:
            total += 1
    scratch.seat_prefix[-1] = total
    value_options(a, crew, options, scratch)


@njit(cache=True, nogil=True)
def sum_prices(scratch: Scratch) -> None:
    """Prefix sums of the prices; beyond the grid presence costs nothing."""
    total = 0.0
    slots = len(scratch.price)
    for t in range(slots):
        scratch.prefix[t] = total
        total += scratch.price[t]
    scratch.prefix[slots:] = total


@njit(cache=True, nogil=True)
def value_options(a: int, crew: Crew, options: Options, scratch: Scratch) -> None:
    option_values(
        scratch.prefix,
        scratch.seat_prefix,
        options,
        crew.allowed[a],
        crew.own_cost[a],
        scratch.value,
    )


@njit(cache=True, nogil=True)
def best_of(a: int, crew: Crew, tables: Tables, options: Options, scratch: Scratch) -> float:
    """The agent's best legal roster for the option values in `scratch`; inf if there is none."""
    w = crew.windows[a]
    r = crew.rest[a]
    count = tables.window_counts[w]
    rest = Rest(tables.allowed[r], tables.after[r], tables.carry[r], tables.carry.shape[2])
    return best_roster(
        scratch.walk,
        options,
        rest,
        tables.steps[crew.automaton[a]],
        crew.initial[a],
        crew.final_cost[a],
        scratch.value,
        crew.off_cost[a],
        crew.off_work[a],
        tables.weeks,
        tables.windows[w, :count],
        tables.window_costs[w, :count],
        crew.most_days[a],
        scratch.chosen,
    )


@njit(cache=True, nogil=True)
def own_points(a: int, crew: Crew, tables: Tables, options: Options, chosen: IntArray) -> float:
    """Points that an agent's roster costs apart from cover: requests, fairness, steadiness."""
    step = tables.steps[crew.automaton[a]]
    w = crew.windows[a]
    state = crew.initial[a]
    total = 0.0
    for k in range(len(tables.weeks) - 1):
        low, high = 1_000_000, -1
        for d in range(tables.weeks[k], tables.weeks[k + 1]):
            o = chosen[d]
            if o < 0:
                total += crew.off_cost[a, d]
                state = step[d, state, crew.off_work[a, d]]
            else:
                total += crew.own_cost[a, o]
                state = step[d, state, options.work[o]]
                low, high = min(low, options.clock[o]), max(high, options.clock[o])
        if high >= 0:
            best = np.inf
            for i in range(tables.window_counts[w]):
                if tables.windows[w, i, 0] <= low and tables.windows[w, i, 1] >= high:
                    best = min(best, tables.window_costs[w, i])
            total += best
    return total + crew.final_cost[a, state]


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
    slots = cover.heads.shape[1]
    group = crew.group[a]
    total = 0.0
    for d in range(weeks.option.shape[1]):
        o = weeks.option[a, d]
        if o < 0:
            continue
        k = options.template[o]
        b = 0
        t = options.start[o]
        while t < options.end[o]:
            if b < options.breaks[k] and t == weeks.breaks[a, d, b]:
                until = t + options.break_len[k, b]
                if options.break_away[k, b] == 0:
                    total += _occupy(cover, t, until, sign)
                t = until
                b += 1
                continue
            total += _occupy(cover, t, t + 1, sign)
            if t < slots:
                total += add(cover, group, t) if sign > 0 else take(cover, group, t)
            t += 1
    return total


@njit(cache=True, nogil=True)
def _occupy(cover: Cover, first: int, last: int, sign: int) -> float:
    """Counts somebody in or out of the building; the change of the penalty for missing seats."""
    total = 0.0
    for t in range(first, last):
        if sign < 0:
            cover.present[t] -= 1
        if cover.seats > 0 and cover.present[t] >= cover.seats:
            total += sign * SEAT_PENALTY
        if sign > 0:
            cover.present[t] += 1
    return total


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
    found = best_of(a, crew, tables, options, scratch)
    if found == np.inf:
        return found
    for d in range(len(scratch.chosen)):
        weeks.option[a, d] = scratch.chosen[d]
        if scratch.chosen[d] >= 0:
            breaks = weeks.breaks[a, d]
            place_breaks(scratch.prefix, scratch.seat_prefix, options, scratch.chosen[d], breaks)
    weeks.cost[a] = own_points(a, crew, tables, options, weeks.option[a])
    return enter(a, weeks, crew, cover, options) + weeks.cost[a]


@njit(cache=True, nogil=True)
def sweep(
    order: IntArray,
    weeks: Weeks,
    crew: Crew,
    tables: Tables,
    cover: Cover,
    options: Options,
    scratch: Scratch,
) -> float:
    """Takes each agent out and puts the agent back as well as can be; the change of cost."""
    total = 0.0
    for a in order:
        if weeks.placed[a]:
            total += leave(a, weeks, crew, cover, options) - weeks.cost[a]
        total += settle(a, weeks, crew, tables, cover, options, scratch)
    return total
