"""One agent alone: what each shift is worth at the present cover, and the best legal roster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from ...machine_code import inner, number
from ..rules.base import Doing
from .agent_rules import AgentRules
from .course import MOST, best_course
from .cover import Cover, band_price, cell_price
from .crew import Crew
from .days import Memory, memory
from .memo import Memo
from .spread import price
from .stretch import Stretch, points_of, whole
from .tables import Tables
from .walk import best_roster
from .week import FloatArray, IntArray, Options, Rest, option_values

WORK, BREAK = number(Doing.WORK), number(Doing.BREAK)


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


@inner
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
    cutoff: float,
    slack: float,
    room: int,
) -> tuple[float, float]:
    """(points, least): those of the agent's best legal roster for the option values in `scratch`,
    which goes into `scratch.chosen`, inf if there is none that costs less than `cutoff`; and what
    every legal roster costs at the least. The two differ by `slack` at the most, but where `room`
    labels are not enough for that (see `course`), and of several weeks unless `room` is `MOST`
    (see `walk`)."""
    rules = rules_of(a, crew, tables)
    return best_days(
        a, rules, tables, options, scratch, whole(rules), tables.weeks, cutoff, slack, room
    )


def best_exactly(
    a: int, crew: Crew, tables: Tables, options: Options, scratch: Scratch
) -> tuple[float, float]:
    """See `best_of`; the best of all legal rosters."""
    return best_of(a, crew, tables, options, scratch, np.inf, 0.0, MOST)


@inner
def best_days(
    a: int,
    rules: AgentRules,
    tables: Tables,
    options: Options,
    scratch: Scratch,
    stretch: Stretch,
    weeks: IntArray,
    cutoff: float,
    slack: float,
    room: int,
) -> tuple[float, float]:
    """See `best_of`; of a stretch of calendar weeks."""
    if straight(rules):
        return best_course(
            a, rules, tables.totals, options, scratch.value, stretch, scratch.memo, cutoff,
            slack, room, scratch.chosen,
        )  # fmt: skip
    keep, greedy = scratch.memory, len(tables.weeks) > 2 and room < MOST
    while True:
        found, least = best_roster(
            a, keep, rules, tables.totals, options, scratch.value, stretch, weeks, scratch.memo,
            cutoff, greedy, scratch.chosen,
        )  # fmt: skip
        if not keep.full[0]:
            return found, least
        # Few agents need so much memory, and seldom: it is not kept.
        keep = memory(len(tables.weeks) - 1, 4 * len(keep.ends.place), rules.rest.ranks)


@inner
def straight(rules: AgentRules) -> bool:
    """Whether neither rest nor start windows bind."""
    return rules.rest.ranks == 1 and len(rules.window_cost) == 1 and rules.window_cost[0] == 0


@inner
def rules_of(a: int, crew: Crew, tables: Tables) -> AgentRules:
    """What an agent must keep, gathered from the crew's arrays."""
    i, r, w, totals = crew.automaton[a], crew.rest[a], crew.windows[a], crew.totals
    count, windows, rest = totals.many[a], tables.window_counts[w], tables.rest
    return AgentRules(
        tables.steps[i],
        tables.prices[i],
        tables.units[i],
        tables.steady[i],
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
    return points_of(
        whole(rules), tables.weeks, chosen, rules, tables.totals, options, crew.own_cost[a]
    )


@inner
def points_at(
    a: int, crew: Crew, tables: Tables, options: Options, scratch: Scratch, chosen: IntArray
) -> float:
    """Points of an agent's roster at the option values in `scratch`; inf if it breaks a hard
    rule."""
    rules = rules_of(a, crew, tables)
    return points_of(
        whole(rules), tables.weeks, chosen, rules, tables.totals, options, scratch.value
    )
