"""A roster of a long horizon out of a mixture: a few weeks of everybody at once, then the weeks
after them.

Each block of weeks is a short horizon of its own, whose mixture and dive end near its best. Nothing
stands after it yet; of the totals that go on (hours, weekends), each agent leaves as much for later
as the mixture of the whole horizon uses later. What it fixes is little enough for a dive to follow
it closely, and what must be shared out over months is shared out as well as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ....machine_code import inner
from ..compile import Compiled
from ..crew import Crew
from ..one_agent import rules_of
from ..stretch import standing
from ..tables import Tables
from ..week import Options
from ..weeks import Weeks, copy_weeks
from .column import FREE, Column, FloatArray, IntArray
from .coupling import cells
from .dive import dive
from .generation import Generation, Left, part
from .master import Master, Mixture
from .window import Window

WEEK = 7
BLOCK = 4  # weeks of a block, about
CLOSE = 0.01  # of the dearest person missing: how far a mixture may be from its bound
SHARE = 0.3  # of the open choices that a step of the dive fixes
JUMP = 0.25  # of the dearest person missing: a step that costs more is tried again smaller
MIXED = 0.6  # of a block's time, for the mixture
AHEAD = 7  # days that a block sees of the next one, which makes them anew
GOLDEN = 0.618  # its multiples are spread evenly between whole numbers


class Mean(NamedTuple):
    """Rosters of the whole horizon, with weights that add up to 1 for each agent."""

    agent: IntArray  # (rosters,)
    option: IntArray  # (rosters, days)
    weight: FloatArray  # (rosters,)


def mean_of(master: Master, mixture: Mixture) -> Mean:
    """The columns that a mixture uses, by their shares."""
    used = np.flatnonzero(mixture.shares > 1e-9)
    columns = [master.columns[place] for place in used.tolist()]
    return Mean(
        np.array([column.agent for column in columns], dtype=np.int64),
        np.stack([column.option for column in columns]),
        mixture.shares[used],
    )


def opening(compiled: Compiled, weeks: Weeks, mean: Mean, left: Left) -> Weeks:
    """A roster made block by block in the time that is left. An agent who ends without a legal one
    keeps that of `weeks`. What agents cost (`Weeks.cost`) is not brought up to date."""
    made, free = copy_weeks(weeks), list(range(compiled.agents))
    edges = _edges(compiled.problem.grid.days)
    for number in range(len(edges) - 1):
        first, last = edges[number : number + 2]
        seen = min(last + AHEAD, edges[-1])
        later = _for_later(compiled, mean, seen) if seen < edges[-1] else None
        window = Window(compiled, made, first, seen, later)
        priced = window.price(np.zeros(len(window.cells)), free)
        free = [p.column.agent for p in priced]
        if not free:
            return copy_weeks(weeks)
        mine = part(left, 1 / (len(edges) - 1 - number))
        found = _block(compiled, window, [p.column for p in priced], mine)
        if found is None:
            return copy_weeks(weeks)
        window.put(found)
    for a in sorted(set(range(compiled.agents)).difference(free)):
        made.option[a], made.breaks[a] = weeks.option[a], weeks.breaks[a]
    return made


def _edges(days: int) -> list[int]:
    """First day of each block, and the day after the last."""
    weeks = -(-days // WEEK)
    blocks = max(1, round(weeks / BLOCK))
    return [min(round(i * weeks / blocks) * WEEK, days) for i in range(blocks + 1)]


def _block(
    compiled: Compiled, window: Window, columns: Sequence[Column], left: Left
) -> list[Column] | None:
    """The window's columns, one for each agent who has one."""
    wanted = [compiled.cells[cell] for cell in window.cells.tolist()]
    under, over = np.array([w.under for w in wanted]), np.array([w.over for w in wanted])
    coupling = cells(np.array([w.wanted for w in wanted]), under, over, compiled.agents)
    dearest = float(max(under.max(initial=0), over.max(initial=0)))
    agents = [column.agent for column in columns]
    fixed = np.full((compiled.agents, window.days), FREE)
    generation = Generation(window, coupling, agents, columns, fixed, smoothing=0.5)
    generation.run(part(left, MIXED), CLOSE * dearest)
    return dive(generation, left, SHARE, CLOSE * dearest, JUMP * dearest)


def _for_later(compiled: Compiled, mean: Mean, day: int) -> IntArray:
    """Units of each total (agents, totals) that are left for the days from `day` on. Fractions are
    rounded up for some agents and down for others."""
    later = np.zeros(compiled.crew.totals.unit.shape)
    _count_later(mean, day, compiled.crew, compiled.tables, compiled.options, later)
    up = np.arange(compiled.agents) * GOLDEN % 1
    return np.floor(later + up[:, None]).astype(np.int64)


@njit(cache=True, nogil=True)
def _count_later(
    mean: Mean, day: int, crew: Crew, tables: Tables, options: Options, later: FloatArray
) -> None:
    """Adds to `later` (agents, totals) what rosters add, or could add still, from `day` on to the
    periods that are open then."""
    for i in range(len(mean.agent)):
        a = mean.agent[i]
        rules = rules_of(a, crew, tables)
        after = standing(day, day, mean.option[i], rules, tables.totals, options)
        for r in range(len(after.units)):
            units = after.units[r, after.state]
            spare = tables.totals.most[rules.table[r, day]] - after.totals[r] - units
            # What nobody has used up to a most is not all for the first weeks.
            if np.isinf(tables.totals.points[rules.table[r, day], -1]):
                units += max(spare, 0) * _remaining(rules.ends[r], day)
            later[a, r] += mean.weight[i] * units


@inner
def _remaining(ends: NDArray[np.bool_], day: int) -> float:
    """Share of the days of its period that are not before `day`."""
    begin, end = day, day
    while begin > 0 and not ends[begin - 1]:
        begin -= 1
    while end + 1 < len(ends) and not ends[end]:
        end += 1
    return (end + 1 - day) / (end + 1 - begin)
