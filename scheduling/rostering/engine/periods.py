"""The periods of an agent's totals within a stretch, and with them all that its rosters are judged
by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .agent_rules import AgentRules
from .backward import Offers, kinds_of, offers_of
from .stretch import Stretch
from .totals import TotalTables
from .week import FloatArray, IntArray, Options


class Periods(NamedTuple):
    """The periods of an agent's totals within a stretch, one after another."""

    total: IntArray  # (periods,)
    table: IntArray  # (periods,) see `TotalTables`
    first: IntArray  # (periods,) day on which it begins, the stretch's first at the earliest
    idle: NDArray[np.bool_]  # (periods,) every total costs the same
    of: IntArray  # (totals, days) number of the period that a day of the stretch lies in


@njit(cache=True, nogil=True)
def periods_of(rules: AgentRules, tables: TotalTables, stretch: Stretch) -> Periods:
    count, totals = 0, len(rules.unit)
    of = np.zeros((totals, stretch.last - stretch.first), dtype=np.int64)
    for r in range(totals):
        for i in range(of.shape[1]):
            of[r, i] = count
            if i + 1 == of.shape[1] or rules.ends[r, stretch.first + i]:
                count += 1
    total, table, first = np.zeros((3, count), dtype=np.int64)
    idle = np.zeros(count, dtype=np.bool_)
    for r in range(totals):
        for i in range(of.shape[1] - 1, -1, -1):
            q = of[r, i]
            total[q], first[q] = r, stretch.first + i
            table[q] = rules.table[r, stretch.first + i]
    for q in range(count):
        points = tables.points[table[q]]
        idle[q] = np.isfinite(points[0]) and (points == points[0]).all()
    return Periods(total, table, first, idle, of)


@njit(cache=True, nogil=True)
def begun_with(q: int, periods: Periods, stretch: Stretch) -> int:
    """The total that a period begins with."""
    return stretch.totals[periods.total[q]] if periods.first[q] == stretch.first else 0


@njit(cache=True, nogil=True)
def cheapest_total(points: FloatArray, price: float, begun: int) -> tuple[float, int]:
    """(points less the price of what is added, total) of the best total from `begun` on."""
    best, at = np.inf, begun
    for total in range(begun, len(points)):
        cost = points[total] - price * (total - begun)
        if cost < best:
            best, at = cost, total
    return best, at


class Terms(NamedTuple):
    """All that the rosters of a stretch are judged by."""

    rules: AgentRules
    tables: TotalTables
    offers: Offers
    stretch: Stretch
    periods: Periods


@njit(cache=True, nogil=True)
def terms_of(
    rules: AgentRules,
    tables: TotalTables,
    stretch: Stretch,
    options: Options,
    value: FloatArray,
) -> Terms:
    """The terms at what each option costs; `stretch` has the totals that the rules have."""
    offers = offers_of(stretch.first, stretch.last, kinds_of(rules), options, rules, value)
    return Terms(rules, tables, offers, stretch, periods_of(rules, tables, stretch))
