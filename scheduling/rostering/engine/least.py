"""What every legal roster of an agent costs at the least.

The prices of totals (`multipliers`) give a bound with rest and start windows forgotten. At the same
prices the walk over the weeks keeps these two as well, and needs no totals in its nodes: if it
finds nothing that costs less than a little more, so much is the bound.
"""

from __future__ import annotations

import numpy as np

from ...machine_code import inner, woven
from .agent_rules import with_totals
from .crew import Crew
from .days import Task
from .memo import remember, remembered
from .multipliers import best_prices, relax, relaxation
from .one_agent import Scratch, rules_of
from .outlook import Outlook
from .periods import Terms, begun_with, cheapest_total, periods_of, terms_of
from .stretch import part, whole
from .tables import Tables
from .walk import ALL, walk_weeks
from .week import FloatArray, Options

DEPTH = 12.0  # points that rest and start windows add to the bound at the most


@woven
def least_of(
    a: int,
    crew: Crew,
    tables: Tables,
    options: Options,
    scratch: Scratch,
    rough: bool,
    step: float,
) -> float:
    """What every legal roster of an agent costs at the least, totals priced; with `rough` rest and
    start windows are forgotten. The prices are the best ones or, with a `step` of so many points a
    day, those remembered, which then go by it towards better ones: they get better from call to
    call. Days that cost so much at the prices go into `scratch.chosen`; they may be illegal."""
    rules, known, chosen = rules_of(a, crew, tables), scratch.memo, scratch.chosen
    if rules.initial < 0:
        return np.inf
    which = np.flatnonzero(~rules.lazy | known.bound[a, : len(rules.lazy)])
    terms = terms_of(
        with_totals(rules, which), tables.totals, part(whole(rules), which), options, scratch.value
    )
    price, relaxed = remembered(known, a, which, terms.periods), relaxation(terms)
    if len(price) > 0 and step == 0:
        best_prices(price, terms, relaxed, 0.0)
        remember(known, a, which, terms.periods, price)
    least = relax(price, terms, relaxed)
    for d in range(len(chosen)):
        chosen[d] = terms.offers.pick[d, relaxed.way[d]] if least < np.inf else -1
    if step > 0 and least < np.inf:
        for q in range(len(price)):
            largest = rules.largest[terms.rules.unit[terms.periods.total[q]]]
            price[q] += step * relaxed.excess[q] / max(largest, 1) ** 2
        remember(known, a, which, terms.periods, price)
    if rough or least == np.inf:
        return least
    judged_apart = _totals(price, terms)
    task = _priced(terms, least - judged_apart, relaxed.bound, relaxed.prices, tables, options,
                   scratch.value)  # fmt: skip
    found = walk_weeks(scratch.memory, task, task.outlook.least + DEPTH, ALL, chosen)
    if scratch.memory.full[0]:
        return least
    return min(found + judged_apart, least + DEPTH)


@inner
def _totals(price: FloatArray, terms: Terms) -> float:
    """Points of all periods at their best totals, less the price of what is added."""
    points = 0.0
    for q in range(len(price)):
        table, begun = terms.periods.table[q], begun_with(q, terms.periods, terms.stretch)
        points += cheapest_total(terms.tables.points[table], price[q], begun)[0]
    return points


@inner
def _priced(
    terms: Terms,
    least: float,
    to_go: FloatArray,
    prices: FloatArray,
    tables: Tables,
    options: Options,
    value: FloatArray,
) -> Task:
    """The walk without totals, each unit of which has a price instead."""
    none = terms.rules.unit[:0]
    rules, stretch = with_totals(terms.rules, none), part(terms.stretch, none)
    periods = periods_of(rules, terms.tables, stretch)
    outlook = Outlook(
        least, to_go, np.zeros(len(to_go)), np.zeros((0, terms.tables.points.shape[1])), periods.of
    )
    free = Terms(rules, terms.tables, terms.offers, stretch, periods)
    return Task(free, tables.weeks, options, value, outlook, terms.rules.unit, prices)
