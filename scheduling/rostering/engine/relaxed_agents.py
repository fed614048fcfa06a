"""Everybody's best legal roster apart from the others', at a reward for each unit of work."""

from __future__ import annotations

import numpy as np
from numba import njit

from .course import FEW, MOST
from .crew import Crew
from .least import least_of
from .one_agent import (
    Scratch,
    best_of,
    points_at,
    rules_of,
    straight,
    sum_prices,
    value_options,
)
from .tables import Tables
from .week import FloatArray, IntArray, Options, place_breaks


@njit(cache=True, nogil=True)
def relax_agents(
    order: IntArray,
    reward: FloatArray,
    cell_reward: FloatArray,
    crew: Crew,
    tables: Tables,
    options: Options,
    skills: IntArray,
    work: IntArray,
    scratch: Scratch,
    rough: bool,
    step: float,
    last: IntArray,
    supply: FloatArray,
    staffed: FloatArray,
) -> float:
    """Sum of the least points of all agents at the rewards, by groups in `order`; with `rough` rest
    and start windows are forgotten, and of several weeks totals are priced, by a `step` (see
    `least`). Adds the work of rosters of so many points, or nearly, to `supply` (queues, slots) and
    to `staffed` (cells,). `last` (agents, days) holds the best rosters of the time before, and then
    those of now, where they are legal."""
    queues, slots = reward.shape
    best_queue = np.zeros(slots, dtype=np.int64)
    starts = np.zeros(options.break_len.shape[1], dtype=np.int64)
    total = 0.0
    scratch.cell_price[:] = -cell_reward
    group = -1
    several = len(tables.weeks) > 2
    room = FEW if several else MOST
    for a in order:
        if crew.group[a] != group:
            group = crew.group[a]
            for t in range(slots):
                best = -np.inf
                for q in range(queues):
                    worth = work[group, q] * reward[q, t]
                    if (skills[group] >> q) & 1 and worth > best:
                        best, best_queue[t] = worth, q
                scratch.price[t] = -best if queues > 0 else 0.0
            sum_prices(scratch)
        value_options(a, crew, options, scratch)
        if rough or (several and not straight(rules_of(a, crew, tables))):
            total += least_of(a, crew, tables, options, scratch, rough, step)
        else:
            # What was best at other rewards is nearly the best, and so bounds the search well.
            had = points_at(a, crew, tables, options, scratch, last[a])
            found, least = best_of(a, crew, tables, options, scratch, had, 0.0, room)
            total += least
            if found < np.inf:
                last[a] = scratch.chosen
            scratch.chosen[:] = last[a]
        for o in scratch.chosen:
            if o < 0:
                continue
            if options.cell[o] >= 0:
                staffed[options.cell[o]] += 1
            k = options.template[o]
            if queues == 0 or options.covers[k] == 0:
                continue
            place_breaks(scratch.prefix, scratch.pause, options, o, starts)
            for t in range(options.start[o], min(options.end[o], slots)):
                supply[best_queue[t], t] += work[group, best_queue[t]]
            for b in range(options.breaks[k]):
                for t in range(starts[b], min(starts[b] + options.break_len[k, b], slots)):
                    supply[best_queue[t], t] -= work[group, best_queue[t]]
    return total
