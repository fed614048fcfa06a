"""What is left to the days after a stretch: not yet made, and priced.

At prices of cells and totals (`ascent`) the days after a stretch cost so much at the least from
each state, and a unit that the stretch adds to a total that goes on costs what it will be missed
for. `following` says what else holds of such totals.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from ....machine_code import inner
from ..agent_rules import AgentRules
from ..backward import costs_to_go
from ..crew import Crew
from ..one_agent import rules_of
from ..periods import terms_of
from ..reach import reach_of
from ..stretch import Stretch, whole
from ..tables import Tables
from ..week import Options
from .ascent import value_cells
from .column import FloatArray, IntArray


class Ahead(NamedTuple):
    """Points of what follows a stretch in each state (agents, states), and of a unit of each total
    that goes on after it (agents, totals). Nothing in the tables: what follows stands."""

    points: FloatArray
    unit_price: FloatArray


NOTHING = Ahead(np.zeros((0, 0)), np.zeros((0, 0)))


@njit(cache=True, nogil=True)
def price_ahead(
    day: int,
    cell_price: FloatArray,
    total_price: FloatArray,
    fixed: IntArray,
    crew: Crew,
    tables: Tables,
    options: Options,
    value: FloatArray,
    points: FloatArray,
    unit_price: FloatArray,
    low: IntArray,
    high: IntArray,
) -> None:
    """Fills what the days from `day` on cost at the least in each state (agents, states), the price
    of a unit of the totals that are open then (agents, totals), and the least and the most that is
    still added to them (agents, totals)."""
    days = fixed.shape[1]
    for a in range(len(fixed)):
        rules = rules_of(a, crew, tables)
        value_cells(a, 0, cell_price, fixed, crew, options, rules, value)
        everything = whole(rules)
        stretch = Stretch(
            day, days, rules.initial, 0, rules.first, everything.after, everything.ready,
            everything.units,
        )  # fmt: skip
        of = terms_of(rules, tables.totals, everything, options, value).periods.of
        terms = terms_of(rules, tables.totals, stretch, options, value)
        prices = np.zeros((len(rules.unit), days - day))
        for r in range(len(rules.unit)):
            for i in range(days - day):
                prices[r, i] = total_price[a, of[r, day + i]]
            if not rules.ends[r, day - 1]:
                unit_price[a, r] = prices[r, 0]
        bound = np.full((days - day + 1, points.shape[1]), np.inf)
        costs_to_go(rules, terms.offers, stretch, prices, bound)
        reach = reach_of(terms)
        for s in range(rules.states[day]):
            points[a, s] = bound[0, s]
            if points[a, s] < np.inf:
                for r in range(len(rules.unit)):
                    low[a, r] = min(low[a, r], reach.low[r, 0, s])
                    high[a, r] = max(high[a, r], reach.high[r, 0, s])


@inner
def priced_ahead(a: int, rules: AgentRules, stretch: Stretch, ahead: Ahead) -> AgentRules:
    """The rules with the prices of units of totals that go on after a stretch."""
    price = np.empty_like(rules.price)  # of the days of the stretch, no others are asked for
    price[stretch.first : stretch.last] = rules.price[stretch.first : stretch.last]
    for r in range(len(rules.unit)):
        for d in range(stretch.last - 1, stretch.first - 1, -1):
            if rules.ends[r, d]:
                break
            price[d] += ahead.unit_price[a, r] * rules.units[rules.unit[r], d]
    alike = _told_apart(rules, ahead.unit_price[a])
    return AgentRules(
        rules.step, price, rules.units, rules.steady, alike, rules.states, rules.initial,
        rules.rest, rules.off, rules.off_work, rules.windows, rules.window_cost, rules.most_days,
        rules.tell, rules.largest, rules.unit, rules.first, rules.table, rules.ends, rules.reach,
        rules.span, rules.lazy,
    )  # fmt: skip


@inner
def _told_apart(rules: AgentRules, unit_price: FloatArray) -> IntArray:
    """(works,) the first work that neither the automaton nor a price of units tells from each."""
    alike = np.arange(len(rules.alike))
    for k in range(len(alike)):
        for first in range(k):
            same = rules.alike[first] == rules.alike[k]
            for r in range(len(rules.unit)):
                tell = rules.tell[rules.unit[r]]
                same = same and (unit_price[r] == 0 or tell[first] == tell[k])
            if same:
                alike[k] = first
                break
    return alike


@inner
def followed_by(a: int, stretch: Stretch, ahead: Ahead) -> Stretch:
    """The stretch with nothing after it but what is priced."""
    ready, units = np.zeros(len(stretch.ready)), np.zeros_like(stretch.units)
    return Stretch(
        stretch.first, stretch.last, stretch.state, stretch.rank, stretch.totals, ahead.points[a],
        ready, units,
    )  # fmt: skip
