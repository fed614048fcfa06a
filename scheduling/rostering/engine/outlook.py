"""What is still to come of a roster, at the least: nothing is followed that cannot become cheap
enough any more.

The automaton alone gives the least cost of the days to come, totals having prices (`multipliers`);
the rest of a total's points depends on how much there is of it already.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .multipliers import Relaxed, relax
from .periods import Terms, begun_with
from .week import FloatArray, IntArray


class Outlook(NamedTuple):
    """What is to come after so many days of a stretch at the least: `to_go` of the days, `later` of
    the periods that begin after that, and `totals` of those that are open, together. `least` is
    that of the whole stretch. Rest and start windows are forgotten."""

    least: float
    to_go: FloatArray  # (days + 1, states) totals priced
    later: FloatArray  # (days + 1,)
    totals: FloatArray  # (periods, totals) of a period whose total is so much already
    of: IntArray  # (totals, days) the period that a day lies in


@njit(cache=True, nogil=True)
def outlook_of(price: FloatArray, terms: Terms, relaxed: Relaxed) -> Outlook:
    """The outlook at a price for each period."""
    tables, stretch, periods = terms.tables, terms.stretch, terms.periods
    least, days = relax(price, terms, relaxed), len(terms.offers.many)
    width = tables.points.shape[1]
    open_at = np.zeros((len(price), width))
    later = np.zeros(days + 1)
    for q in range(len(price)):
        points, best = tables.points[periods.table[q]], np.inf
        for total in range(width - 1, -1, -1):
            best = min(best, points[total] - price[q] * total)
            open_at[q, total] = best + price[q] * total
        later[: periods.first[q] - stretch.first] += open_at[q, begun_with(q, periods, stretch)]
    to_go = relaxed.bound.copy()
    to_go[days] = stretch.after  # the totals are judged there, not priced
    return Outlook(least, to_go, later, open_at, periods.of)


@njit(cache=True, nogil=True)
def least_after(days: int, outlook: Outlook) -> float:
    """What is to come after so many days at the least, wherever one stands then."""
    least = outlook.to_go[days].min() + outlook.later[days]
    for r in range(len(outlook.of) if days < outlook.of.shape[1] else 0):
        least += outlook.totals[outlook.of[r, days]].min()
    return least
