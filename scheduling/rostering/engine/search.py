"""The search around the kernel: one agent's best move, and sweeps over all agents.

Everything here runs in machine code on one `Crew` and one `Cover`, which it changes together.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .course import FEW, MOST
from .cover import Cover
from .crew import Crew
from .one_agent import (
    Scratch,
    best_of,
    better_weeks,
    own_points,
    points_at,
    price_agent,
    rules_of,
    straight,
)
from .tables import Tables
from .week import IntArray, Options, place_breaks
from .weeks import Weeks, enter, leave


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
    had = points_at(a, crew, tables, options, scratch, weeks.option[a])
    in_parts = len(tables.weeks) > 2 and not straight(rules_of(a, crew, tables))
    found, room = np.inf, FEW
    while had == np.inf or not in_parts:
        found, _ = best_of(a, crew, tables, options, scratch, had, 0.0, room)
        if found < np.inf or had < np.inf:
            break
        if room == MOST:
            return found
        room = MOST
    chosen = weeks.option[a]
    if found < np.inf:
        chosen[:] = scratch.chosen
    if in_parts:
        better_weeks(a, crew, tables, options, scratch, chosen)
    for d in range(len(chosen)):
        if chosen[d] >= 0:
            breaks = weeks.breaks[a, d]
            place_breaks(scratch.prefix, scratch.pause, options, chosen[d], breaks)
    weeks.cost[a] = own_points(a, crew, tables, options, chosen)
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
