"""The best legal roster of an agent where neither rest nor start windows bind, exactly.

First the totals get prices (`multipliers`), which give a bound and mostly a legal roster near it.
Where the two do not meet, labels (`labels`) find the best one; on horizons so long that this would
take too many, one that is nearly the best. Totals that merely have a most are left out until a
roster has too much of one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .agent_rules import AgentRules, with_totals
from .backward import Offers, kinds_of, offers_of
from .beam import follow_beam
from .labels import estimate_of, follow_labels
from .multipliers import CLOSE, Periods, best_prices, periods_of, relax, relaxation
from .stretch import Stretch, part
from .totals import TotalTables
from .week import FloatArray, IntArray, Options

MOST = 50_000  # labels that are looked at for the best roster,
FEW = 5_000  # and for one move of a search
WIDTH = 0.004  # of them go on of a day where so many do not find it,
WIDER = 4  # and so many times as many where there may be no roster at all


class Memo(NamedTuple):
    """What the last roster of each agent has taught: only a place to begin from."""

    price: FloatArray  # (agents, totals, days) of a unit of the period beginning on a day
    bound: NDArray[np.bool_]  # (agents, totals) whether a mere most was reached


def memo(agents: int, totals: int, days: int) -> Memo:
    """Nothing known yet."""
    return Memo(
        np.zeros((agents, totals, days)),
        np.zeros((agents, totals), dtype=np.bool_),
    )


@njit(cache=True, nogil=True)
def best_course(
    a: int,
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
    value: FloatArray,
    stretch: Stretch,
    known: Memo,
    cutoff: float,
    slack: float,
    room: int,
    chosen: IntArray,
) -> tuple[float, float]:
    """(points, least) of agent a's best legal roster of a stretch that costs less than `cutoff`,
    points inf if there is none; no roster costs less than `least`. It may be `slack` points above
    the best, and more where `room` labels are not enough to find that. Its options go into
    `chosen` on the days of the stretch. What follows the stretch is counted in."""
    if stretch.state < 0:
        return np.inf, np.inf
    carried = ~rules.lazy
    carried |= known.bound[a, : len(carried)]
    while True:
        which = np.flatnonzero(carried)
        mine, days = with_totals(rules, which), part(stretch, which)
        periods = periods_of(mine, tables, days)
        offers = offers_of(days.first, days.last, kinds_of(mine), options, mine, value)
        price = np.zeros(len(periods.total))
        for q in range(len(price)):
            price[q] = known.price[a, which[periods.total[q]], periods.first[q]]
        points, least, way = _between(
            mine, tables, offers, days, periods, price, cutoff, slack, room
        )
        for q in range(len(price)):
            known.price[a, which[periods.total[q]], periods.first[q]] = price[q]
        if points == np.inf:
            return points, least
        for i in range(len(way)):
            chosen[days.first + i] = offers.pick[i, way[i]]
        spare = _spare(rules, tables, options, stretch, chosen)
        more = rules.lazy & ~carried & (spare < 0)
        if not more.any():
            known.bound[a, : len(carried)] = rules.lazy & (spare <= 0)
            return points, least
        carried |= more


@njit(cache=True, nogil=True)
def _between(
    rules: AgentRules,
    tables: TotalTables,
    offers: Offers,
    stretch: Stretch,
    periods: Periods,
    price: FloatArray,
    cutoff: float,
    slack: float,
    room: int,
) -> tuple[float, float, IntArray]:
    """(points, least, kinds of work) with the totals that the rules have."""
    relaxed = relaxation(stretch, periods)
    best_prices(price, rules, tables, offers, stretch, periods, relaxed)
    least, points = relaxed.found
    way = relaxed.best_way
    if least >= cutoff:
        return np.inf, least, way
    if points - least <= CLOSE + slack:
        return (points if points < cutoff else np.inf), least, way
    relax(price, rules, tables, offers, stretch, periods, relaxed)
    estimate = estimate_of(price, rules, tables, offers, stretch, periods, relaxed)
    top = min(points, cutoff)
    found, proven = follow_labels(
        top, slack, room, rules, tables, offers, stretch, periods, estimate, way
    )
    least, width = max(least, min(proven, top)), 1 + int(WIDTH * room)
    ended = found < np.inf or proven >= top
    while not ended:
        found, ended = follow_beam(
            top, width, rules, tables, offers, stretch, periods, estimate, way
        )
        # Whether there is any roster at all must come out.
        ended, width = ended or found < np.inf or top < np.inf, WIDER * width
    if found == np.inf:
        return (points if points < cutoff else np.inf), least, way
    return found, min(least, found), way


@njit(cache=True, nogil=True)
def _spare(
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
    stretch: Stretch,
    chosen: IntArray,
) -> IntArray:
    """What each total has left below the most of its table, at the least over its periods."""
    spare = np.full(len(rules.unit), 1 << 40)
    totals, state = stretch.totals.copy(), stretch.state
    for d in range(stretch.first, stretch.last):
        k = rules.off_work[d] if chosen[d] < 0 else options.work[chosen[d]]
        to = rules.step[d, state, k]
        for r in range(len(totals)):
            totals[r] += rules.units[rules.unit[r], d, state, k]
            if rules.ends[r, d] or d + 1 == stretch.last:
                if not rules.ends[r, d]:
                    totals[r] += stretch.units[r, to]
                spare[r] = min(spare[r], tables.most[rules.table[r, d]] - totals[r])
                totals[r] = 0
        state = to
    return spare
