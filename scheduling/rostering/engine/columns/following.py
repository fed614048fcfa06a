"""What follows a stretch of days: prices of what is not made yet, and how far totals that go on may
be.

A hard rule on such a total is kept open: what may be added later must be able to make it whole. And
it stays near what good rosters have of it then, and near an even share: the price of a unit says
what one more or one less is worth, but what is left to do gets dearer the further an agent is from
there, and with several totals impossible.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..compile import Compiled
from ..crew import Crew
from ..totals import TotalTables
from .ahead import Ahead, price_ahead
from .ascent import Ascent
from .column import FloatArray, IntArray

PULL = 0.15  # of the dearest person missing, for a day more or less than expected and its square


@dataclass(frozen=True)
class Following:
    """What follows a stretch, and what holds on its days: the crew, and tables by which totals that
    go on are judged by what can still become of them."""

    ahead: Ahead
    crew: Crew
    totals: TotalTables


def look_ahead(ascent: Ascent, day: int, expected: FloatArray) -> Following:
    """What follows the days before `day`, at the prices of an ascent. Totals are kept near what is
    `expected` of them then (agents, totals)."""
    compiled, tables = ascent.compiled, ascent.compiled.tables
    crew, judged = compiled.crew, tables.totals
    shape = crew.totals.unit.shape
    points = np.full((compiled.agents, tables.steps.shape[2]), np.inf)
    unit_price = np.zeros(shape)
    low, high = np.full(shape, np.iinfo(np.int64).max), np.full(shape, np.iinfo(np.int64).min)
    price_ahead(
        day, -ascent.cell_price, ascent.total_price, ascent.fixed,
        crew._replace(off_cost=crew.off_cost.copy()), tables, compiled.options,
        np.zeros(len(compiled.options.cell)), points, unit_price, low, high,
    )  # fmt: skip
    table, open_points = crew.totals.table.copy(), []
    goes_on = ~crew.totals.ends[:, :, day - 1] & (low <= high)
    goes_on &= np.arange(shape[1]) < crew.totals.many[:, None]
    able = _days_able(compiled)
    for a, r in np.argwhere(goes_on):
        ends = np.flatnonzero(crew.totals.ends[a, r])
        begin = int(ends[ends < day].max(initial=-1)) + 1
        end = int(ends[ends >= day].min(initial=crew.totals.ends.shape[2] - 1)) + 1
        passed = able[a, begin:day].sum() / max(able[a, begin:end].sum(), 1)
        carried = int(crew.totals.first[a, r]) if begin == 0 else 0
        legal = np.flatnonzero(np.isfinite(judged.points[table[a, r, day]]))
        if not len(legal):
            continue  # the agent has no legal roster, whatever comes
        least, most = (carried + passed * (legal[i] - carried) for i in (0, -1))
        unit = max(int(tables.largest[crew.automaton[a]][crew.totals.unit[a, r]]), 1)
        points_of = _open(judged.points.shape[1], legal, int(low[a, r]), int(high[a, r]))
        if not crew.totals.lazy[a, r]:
            near = float(np.clip(expected[a, r], least, most))
            points_of += ascent.cells.dearest * _pull(len(points_of), near, unit)
        open_points.append(points_of)
        table[a, r, begin:day] = len(judged.points) + len(open_points) - 1
    crew = crew._replace(totals=crew.totals._replace(table=table))
    return Following(Ahead(points, unit_price), crew, _with(judged, open_points))


def _days_able(compiled: Compiled) -> NDArray[np.bool_]:
    """(agents, days) whether an agent may work on a day."""
    edges = pairwise(compiled.options.first.tolist())
    allowed = compiled.crew.allowed
    return np.stack([allowed[:, first:last].any(axis=1) for first, last in edges], axis=1)


def _open(many: int, legal: IntArray, low: int, high: int) -> FloatArray:
    """(totals,) points before what is added later, from `low` to `high` units: none where that can
    end at a legal total."""
    totals = np.arange(many)
    return np.where((totals + high >= legal[0]) & (totals + low <= legal[-1]), 0.0, np.inf)


def _pull(many: int, expected: float, unit: int) -> FloatArray:
    """(totals,) what it costs, in parts of the dearest person missing, to be days of so many units
    away from what is `expected` of a total."""
    days = np.maximum(np.abs(np.arange(many) - expected) / unit - 0.5, 0.0)
    return PULL * (days + days**2)


def _with(tables: TotalTables, more: list[FloatArray]) -> TotalTables:
    """The tables and more of them, each finite in one stretch of totals only."""
    if not more:
        return tables
    added = np.stack(more)
    finite = np.isfinite(added)
    least = np.where(finite.any(axis=1), finite.argmax(axis=1), added.shape[1])
    most = np.where(finite.any(axis=1), added.shape[1] - 1 - finite[:, ::-1].argmax(axis=1), -1)
    return tables._replace(
        points=np.vstack([tables.points, added]),
        least=np.append(tables.least, least),
        most=np.append(tables.most, most),
        rising=np.append(tables.rising, np.where(finite, added, 1e300).argmin(axis=1)),
    )
