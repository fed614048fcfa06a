"""The best legal roster of an agent where neither rest nor start windows bind, exactly.

First the totals get prices (`multipliers`), which give a bound and mostly a legal roster near it.
Where the two do not meet, labels (`labels`) find the best one; on horizons so long that this would
take too many, one that is nearly the best. Totals that merely have a most are left out until a
roster has too much of one.
"""

from __future__ import annotations

import numpy as np

from ...machine_code import number, woven
from .agent_rules import AgentRules, with_totals
from .beam import follow_beam
from .best_first import follow_labels
from .memo import Memo, remember, remembered
from .multipliers import CLOSE, best_prices, relaxation
from .outlook import outlook_of
from .periods import Terms, terms_of
from .reach import reach_of
from .stretch import Stretch, part, spare
from .totals import TotalTables
from .week import FloatArray, IntArray, Options

MOST = number(50_000)  # labels that are looked at for the best roster,
FEW = number(5_000)  # and for one move of a search
WIDTH = 0.004  # of them go on of a day where so many do not find it,
WIDER = 4  # and so many times as many where there may be no roster at all


@woven
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
        terms = terms_of(with_totals(rules, which), tables, part(stretch, which), options, value)
        price = remembered(known, a, which, terms.periods)
        points, least, way = _between(terms, price, cutoff, slack, room)
        remember(known, a, which, terms.periods, price)
        if points == np.inf:
            return points, least
        for i in range(len(way)):
            chosen[stretch.first + i] = terms.offers.pick[i, way[i]]
        left = spare(rules, tables, options, stretch, chosen)
        more = rules.lazy & ~carried & (left < 0)
        if not more.any():
            known.bound[a, : len(carried)] = rules.lazy & (left <= 0)
            return points, least
        carried |= more


@woven
def _between(
    terms: Terms,
    price: FloatArray,
    cutoff: float,
    slack: float,
    room: int,
) -> tuple[float, float, IntArray]:
    """(points, least, kinds of work) with the totals that the rules have."""
    relaxed = relaxation(terms)
    best_prices(price, terms, relaxed, slack)
    least, points = relaxed.found
    way = relaxed.best_way
    if least >= cutoff:
        return np.inf, least, way
    if points - least <= CLOSE + slack:
        return (points if points < cutoff else np.inf), least, way
    outlook, reach = outlook_of(price, terms, relaxed), reach_of(terms)
    top = min(points, cutoff)
    found, proven = follow_labels(top, slack, room, terms, outlook, reach, way)
    least, width = max(least, min(proven, top)), 1 + int(WIDTH * room)
    ended = found < np.inf or proven >= top
    while not ended:
        found, ended = follow_beam(top, width, terms, outlook, reach, way)
        # Whether there is any roster at all must come out.
        ended, width = ended or found < np.inf or top < np.inf, WIDER * width
    if found == np.inf:
        return (points if points < cutoff else np.inf), least, way
    return found, min(least, found), way
