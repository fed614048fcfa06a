"""What is left to the days after a stretch: not yet made, and priced.

At prices of cells and totals (`ascent`) the days after a stretch cost so much at the least from
each state, and a unit that the stretch adds to a total that goes on costs what it will be missed
for. A hard rule on such a total is kept open: what may be added later must be able to make it
whole.
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
from ..totals import TotalTables
from ..week import Options
from .ascent import Ascent, value_cells
from .column import FloatArray, IntArray


class Ahead(NamedTuple):
    """Points of what follows a stretch in each state (agents, states), and of a unit of each total
    that goes on after it (agents, totals). Nothing in the tables: what follows stands."""

    points: FloatArray
    unit_price: FloatArray


NOTHING = Ahead(np.zeros((0, 0)), np.zeros((0, 0)))


class Following(NamedTuple):
    """What follows a stretch, and what holds on its days: the crew, and tables by which totals that
    go on are judged by what can still become of them."""

    ahead: Ahead
    crew: Crew
    totals: TotalTables


@njit(cache=True, nogil=True)
def _look_ahead(
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


def look_ahead(ascent: Ascent, day: int) -> Following:
    """What follows the days before `day`, at the prices of an ascent."""
    compiled, tables = ascent.compiled, ascent.compiled.tables
    crew, judged = compiled.crew, tables.totals
    shape = crew.totals.unit.shape
    points = np.full((compiled.agents, tables.steps.shape[2]), np.inf)
    unit_price = np.zeros(shape)
    low, high = np.full(shape, np.iinfo(np.int64).max), np.full(shape, np.iinfo(np.int64).min)
    _look_ahead(
        day, -ascent.cell_price, ascent.total_price, ascent.fixed,
        crew._replace(off_cost=crew.off_cost.copy()), tables, compiled.options,
        np.zeros(len(compiled.options.cell)), points, unit_price, low, high,
    )  # fmt: skip
    table, open_points = crew.totals.table.copy(), []
    goes_on = ~crew.totals.ends[:, :, day - 1] & (low <= high)
    goes_on &= np.arange(shape[1]) < crew.totals.many[:, None]
    for a, r in np.argwhere(goes_on):
        before = np.flatnonzero(crew.totals.ends[a, r, :day])
        begin = int(before[-1]) + 1 if len(before) else 0
        legal = np.isfinite(judged.points[table[a, r, day]])
        open_points.append(_open(legal, int(low[a, r]), int(high[a, r])))
        table[a, r, begin:day] = len(judged.points) + len(open_points) - 1
    crew = crew._replace(totals=crew.totals._replace(table=table))
    return Following(Ahead(points, unit_price), crew, _with(judged, open_points))


def _open(legal: FloatArray, low: int, high: int) -> FloatArray:
    """(totals,) points before what is added later, from `low` to `high` units: none where that can
    end legally."""
    ends = np.flatnonzero(legal)
    first, last = (ends[0], ends[-1]) if len(ends) else (len(legal), -1)
    totals = np.arange(len(legal))
    return np.where((totals + high >= first) & (totals + low <= last), 0.0, np.inf)


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
        rising=np.append(tables.rising, np.minimum(least, added.shape[1] - 1)),
    )


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
        rules.step, price, rules.units, alike, rules.states, rules.initial, rules.rest,
        rules.off, rules.off_work, rules.windows, rules.window_cost, rules.most_days, rules.tell,
        rules.largest, rules.unit, rules.first, rules.table, rules.ends, rules.reach, rules.span,
        rules.lazy,
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
