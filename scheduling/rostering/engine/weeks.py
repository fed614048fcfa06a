"""Everybody's shifts, and the cover that holds them: who comes is counted in, who goes is not.

The cover always holds exactly the agents in it; the searches change both together.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from ...machine_code import inner, number
from ..rules.base import Doing
from .cover import Cover, count_in_bands, staff_cell
from .crew import Crew
from .spread import add, take
from .week import FloatArray, IntArray, Options

WORK, BREAK = number(Doing.WORK), number(Doing.BREAK)
COMES, GOES = number(1), number(-1)


class Weeks(NamedTuple):
    """Each agent's option a day (−1 off) and break starts; `cost` their own points, `placed` 1
    where the agent is in the cover."""

    option: IntArray  # (agents, days)
    breaks: IntArray  # (agents, days, most breaks)
    cost: FloatArray  # (agents,)
    placed: IntArray  # (agents,)


def copy_weeks(weeks: Weeks) -> Weeks:
    return Weeks(weeks.option.copy(), weeks.breaks.copy(), weeks.cost.copy(), weeks.placed.copy())


@njit(cache=True, nogil=True)
def enter(a: int, weeks: Weeks, crew: Crew, cover: Cover, options: Options) -> float:
    """Puts an agent's shifts into the cover; the change of its cost."""
    weeks.placed[a] = 1
    return _walk_shifts(a, weeks, crew, cover, options, COMES)


@njit(cache=True, nogil=True)
def leave(a: int, weeks: Weeks, crew: Crew, cover: Cover, options: Options) -> float:
    """Takes an agent's shifts out of the cover; the change of its cost."""
    weeks.placed[a] = 0
    return _walk_shifts(a, weeks, crew, cover, options, GOES)


@inner
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


@inner
def _work(a: int, group: int, cover: Cover, first: int, last: int, sign: int) -> float:
    """Puts an agent to work, or takes the agent off, for a stretch of time; the change of cost."""
    total = 0.0
    served = cover.supply.shape[1] if cover.supply.shape[0] > 0 else 0
    for t in range(first, min(last, served)):
        total += add(cover, group, t) if sign > 0 else take(cover, group, t)
    return total + count_in_bands(cover, a, WORK, first, last, sign)
