"""What is still to come of a roster, at the least: the walk over the days drops what cannot
become cheap enough any more.

The automaton alone gives the least cost of the days to come, totals having prices (`multipliers`);
the rest of a total's points depends on how much there is of it already.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .agent_rules import AgentRules
from .backward import costs_to_go, kinds_of, offers_of
from .days import span_of
from .labels import Estimate, estimate_of
from .multipliers import Periods, best_prices, periods_of, relax, relaxation
from .stretch import whole
from .totals import TotalTables
from .week import FloatArray, Options


class Outlook(NamedTuple):
    """The least that is still to come on a day in a state with totals so far: `to_go` (days + 1,
    states) and `totals` (days + 1, places of the totals) together. `least` is that of all days."""

    least: float
    to_go: FloatArray
    totals: FloatArray


@njit(cache=True, nogil=True)
def outlook_of(
    rules: AgentRules, tables: TotalTables, options: Options, value: FloatArray
) -> Outlook:
    """The outlook at the values of the options; rest and start windows are forgotten."""
    days, states, _ = rules.step.shape
    stretch, periods = whole(rules), periods_of(rules, tables, whole(rules))
    if len(rules.unit) == 0:
        offers = offers_of(0, days, rules.alike, options, rules, value)
        bound = np.full((days + 1, states), np.inf)
        costs_to_go(rules, offers, stretch, np.zeros((0, days)), bound)
        return Outlook(bound[0, rules.initial], bound, np.zeros((days + 1, 1)))
    offers = offers_of(0, days, kinds_of(rules), options, rules, value)
    relaxed, price = relaxation(stretch, periods), np.zeros(len(periods.total))
    best_prices(price, rules, tables, offers, stretch, periods, relaxed)
    least = relax(price, rules, tables, offers, stretch, periods, relaxed)
    estimate = estimate_of(price, rules, tables, offers, stretch, periods, relaxed)
    return Outlook(least, relaxed.bound, _by_place(rules, periods, estimate))


@njit(cache=True, nogil=True)
def _by_place(rules: AgentRules, periods: Periods, estimate: Estimate) -> FloatArray:
    """(days + 1, places) points of all totals to come, by what there is of them on a day."""
    days, span = rules.step.shape[0], span_of(rules)
    most = estimate.totals.shape[1] - 1
    found = np.zeros((days + 1, span))
    for d in range(days):
        for place in range(span):
            cost, coded = estimate.later[d], place
            for r in range(len(rules.span)):
                total = coded % rules.span[r]
                coded //= rules.span[r]
                cost += estimate.totals[periods.of[r, d], min(total, most)]
            found[d, place] = cost
    return found
