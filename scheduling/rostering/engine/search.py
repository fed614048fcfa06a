"""The search around the kernel: one agent's best move, and sweeps over all agents.

Everything here runs in machine code on one `Crew` and one `Cover`, which it changes together.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .course import FEW
from .cover import Cover
from .crew import Crew
from .one_agent import (
    Scratch,
    best_days,
    own_points,
    price_agent,
    rules_of,
    straight,
)
from .stretch import points_of, standing
from .tables import Tables
from .week import IntArray, Options, place_breaks
from .weeks import Weeks, enter, leave

LEAST = 1e-9  # points: what gains less stays as it is


# Merged into the sweep: on its own the whole kernel would be compiled for it once more.
@njit(cache=True, nogil=True, inline="always")
def _settle(
    a: int,
    weeks: Weeks,
    crew: Crew,
    tables: Tables,
    cover: Cover,
    options: Options,
    scratch: Scratch,
) -> float:
    """Gives an agent who is not in the cover the best legal roster there; the change of cost
    (own points included), inf if no legal roster exists. Of several weeks a good whole roster is
    looked for, and where there was one before, then each week in turn gets nearly as good as it can
    be while the others stand."""
    price_agent(a, crew, cover, options, scratch)
    rules, chosen, last = rules_of(a, crew, tables), weeks.option[a], len(tables.weeks) - 1
    for w in range(-1, 0 if last == 1 or straight(rules) else last):
        part = tables.weeks if w < 0 else tables.weeks[w : w + 2]
        stretch = standing(part[0], part[-1], chosen, rules, tables.totals, options)
        # What the agent had before bounds the search, and stays if nothing beats it.
        had = points_of(stretch, part, chosen, rules, tables.totals, options, scratch.value)
        found, _ = best_days(
            a, rules, tables, options, scratch, stretch, part, had - LEAST, 0.0, FEW
        )
        if found < np.inf:
            chosen[part[0] : part[-1]] = scratch.chosen[part[0] : part[-1]]
        if had == np.inf:
            break
    for d in range(len(chosen)):
        if chosen[d] >= 0:
            breaks = weeks.breaks[a, d]
            place_breaks(scratch.prefix, scratch.pause, options, chosen[d], breaks)
    weeks.cost[a] = own_points(a, crew, tables, options, chosen)
    # An agent without a legal roster stays out: the points say so.
    if weeks.cost[a] == np.inf:
        return np.inf
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
            total += _settle(a, weeks, crew, tables, cover, options, scratch)
        elif weeks.placed[a]:
            total += leave(a, weeks, crew, cover, options) - weeks.cost[a]
    if not together or total < -1e-9:
        return total
    for a in order:
        total += leave(a, weeks, crew, cover, options) - weeks.cost[a]
    for i in range(len(order)):
        a = order[i]
        weeks.option[a], weeks.breaks[a], weeks.cost[a] = kept[0][i], kept[1][i], kept[2][i]
        total += enter(a, weeks, crew, cover, options) + weeks.cost[a]
    # Where work is unequal people may have come back to other queues.
    return total if cover.uneven else 0.0
