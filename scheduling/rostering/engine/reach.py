"""What the open periods of an agent's totals still get, at the least and at the most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .agent_rules import AgentRules
from .backward import Offers
from .periods import Terms
from .stretch import Stretch
from .week import IntArray

NEVER = 1 << 40  # units: no total comes near


class Reach(NamedTuple):
    """Units that the open period of a total still gets after so many days in a state."""

    low: IntArray  # (totals, days + 1, states)
    high: IntArray


@njit(cache=True, nogil=True)
def reach_of(terms: Terms) -> Reach:
    totals, days = terms.periods.of.shape
    states = len(terms.stretch.after)
    low = np.full((totals, days + 1, states), NEVER)
    high = np.full((totals, days + 1, states), -NEVER)
    for r in range(totals):
        _reach(r, terms.rules, terms.offers, terms.stretch, low[r], high[r])
    return Reach(low, high)


@njit(cache=True, nogil=True)
def _reach(
    r: int, rules: AgentRules, offers: Offers, stretch: Stretch, low: IntArray, high: IntArray
) -> None:
    """Fills (days + 1, states): what the open period of a total still gets, from each state on."""
    days = len(offers.many)
    for s in range(low.shape[1]):
        if stretch.after[s] < np.inf:
            low[days, s] = high[days, s] = stretch.units[r, s]
    for i in range(days - 1, -1, -1):
        d = stretch.first + i
        for s in range(rules.states[d]):
            for j in range(offers.many[i]):
                k = offers.kinds[i, j]
                to = rules.step[d, s, k]
                if to < 0 or low[i + 1, to] > high[i + 1, to]:
                    continue
                units = rules.units[rules.unit[r], d, s, k]
                ends = rules.ends[r, d]
                low[i, s] = min(low[i, s], units + (0 if ends else low[i + 1, to]))
                high[i, s] = max(high[i, s], units + (0 if ends else high[i + 1, to]))
