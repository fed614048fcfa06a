"""Prices of totals: a bound of the best roster, and rosters near it, by Lagrangian relaxation.

A total (hours, weekends, nights of a period) may not exceed what its table of points allows. Give a
unit of it a price in every period: then the rest is a walk over the automaton alone, each period
picks the total that is best at the price, and the sum of both never exceeds the points of any legal
roster (Handler & Zang 1980, Networks 10; Dumitrescu & Boland 2003, Networks 42). The sum is concave
in the prices, with many edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...machine_code import inner
from .agent_rules import judged
from .backward import costs_to_go, follow
from .periods import Terms, begun_with, cheapest_total
from .week import FloatArray, IntArray

LINES = 3  # for each price, and as many more, along which the bound is raised
TANGENTS = 12  # on a line, where there is one price
FEW_TANGENTS = 3  # on a line, where there are several,
MOST_TRIED = 20  # or until the line begins to fall
SHORTER = 3.0  # space is made so many times shorter across a crest
SMALL = 1e-4  # of the bound: a line that gains less is level; two end the ascent
CLOSE = 1e-7  # points: a roster so near the bound is the best
FIRST_STEP = 4.0  # points a day, where nothing is known of a price
LARGEST = 1e7  # points a day


class Relaxed(NamedTuple):
    """The relaxation as it is solved again and again: working memory and what was found."""

    prices: FloatArray  # (totals, days)
    bound: FloatArray  # (days + 1, states) of the last solution
    way: IntArray  # (days,) kinds of work of the last solution
    excess: IntArray  # (periods,) its totals less the best ones at the prices
    best_way: IntArray  # (days,) of the cheapest legal solution
    found: FloatArray  # (2,) greatest bound, least points of a legal roster


@inner
def relaxation(terms: Terms) -> Relaxed:
    totals, days = terms.periods.of.shape
    return Relaxed(
        np.zeros((totals, days)),
        np.full((days + 1, len(terms.stretch.after)), np.inf),
        np.zeros(days, dtype=np.int64),
        np.zeros(len(terms.periods.total), dtype=np.int64),
        np.zeros(days, dtype=np.int64),
        np.array([-np.inf, np.inf]),
    )


@inner
def relax(
    price: FloatArray,
    terms: Terms,
    relaxed: Relaxed,
) -> float:
    """Solves the relaxation at a price for each period; the bound that it gives, inf if there is no
    roster at all. A legal solution is kept if it is the cheapest."""
    rules, tables, offers, stretch, periods = terms
    totals, days = periods.of.shape
    for r in range(totals):
        for i in range(days):
            relaxed.prices[r, i] = price[periods.of[r, i]]
    costs_to_go(rules, offers, stretch, relaxed.prices, relaxed.bound)
    least = relaxed.bound[0, stretch.state]
    if least == np.inf:
        return least
    way, excess = relaxed.way, relaxed.excess
    points, state = follow(rules, offers, stretch, relaxed.prices, relaxed.bound, way)
    points += stretch.after[state]
    excess[:] = 0
    at = stretch.state
    for i in range(days):
        d = stretch.first + i
        for r in range(totals):
            excess[periods.of[r, i]] += rules.units[rules.unit[r], d, at, way[i]]
        at = rules.step[d, at, way[i]]
    for q in range(len(price)):
        r, begun = periods.total[q], begun_with(q, periods, stretch)
        total = begun + excess[q]
        if q == periods.of[r, days - 1] and not rules.ends[r, stretch.last - 1]:
            total += stretch.units[r, state]
        cost, best = cheapest_total(tables.points[periods.table[q]], price[q], begun)
        least += cost
        points += judged(tables, periods.table[q], total)
        excess[q] = total - best
    if points < relaxed.found[1]:
        relaxed.found[1] = points
        relaxed.best_way[:] = way
    return least


@inner
def best_prices(
    price: FloatArray,
    terms: Terms,
    relaxed: Relaxed,
    slack: float,
) -> None:
    """Moves `price` (periods,) to where the bound is greatest, nearly, or no more than `slack`
    below a legal roster; `relaxed` holds bound and roster. Where slopes differ on two sides of a
    line's best point, the space is shortened across the crest between them, so that the next line
    runs along it (Shor 1985, Minimization Methods for Non-Differentiable Functions, ch. 3)."""
    count, tangents = len(price), FEW_TANGENTS if len(price) > 1 else TANGENTS
    relaxed.found[0] = relax(price, terms, relaxed)
    slope, shape, step, flat = relaxed.excess.astype(np.float64), np.zeros((count, count)), 0.0, 0
    for q in range(count):
        largest = terms.rules.largest[terms.rules.unit[terms.periods.total[q]]]
        shape[q, q] = 1.0 / max(largest, 1)
        step = max(step, abs(price[q]) * largest / 8)
    step = max(step, FIRST_STEP)
    for _ in range(LINES * (count + 1)):
        across = slope @ shape
        steepness = np.sqrt(across @ across)
        if steepness == 0 or relaxed.found[1] - relaxed.found[0] <= CLOSE + slack:
            return
        line, before = shape @ (across / steepness), relaxed.found[0]
        moved, low, high = _climb(price, line, step, slope, tangents, terms, relaxed, slack)
        gain = relaxed.found[0] - before
        flat = 0 if gain > SMALL * (1 + abs(before)) else flat + 1
        if relaxed.found[0] == np.inf or count == 1 or flat == 2:
            return
        step = moved if moved > 0 else step / 4
        crest = (high - low) @ shape
        width = np.sqrt(crest @ crest)
        if width > 0:
            crest /= width
            shape += (1 / SHORTER - 1) * np.outer(shape @ crest, crest)
            # The mixture of both slopes that is level along the line.
            up, down = low @ line, -(high @ line)
            slope = (down * low + up * high) / (up + down) if up + down > 0 else high
        else:
            slope = high


@inner
def _climb(
    price: FloatArray,
    line: FloatArray,
    step: float,
    slope: FloatArray,
    tangents: int,
    terms: Terms,
    relaxed: Relaxed,
    slack: float,
) -> tuple[float, FloatArray, FloatArray]:
    """Moves `price` along a line, on which the bound rises at first by `slope`, to its greatest
    bound, nearly: where tangents from both sides meet. Gives how far it went and the slopes on both
    sides of that."""
    begun, best, at, beyond = price.copy(), 0.0, step, False
    low, high = slope, slope
    # Tangents on both sides of the greatest bound: place, bound, steepness.
    left, right = (0.0, relaxed.found[0], float(slope @ line)), (0.0, 0.0, 0.0)
    for i in range(MOST_TRIED):
        price[:] = begun + at * line
        bound = relax(price, terms, relaxed)
        if bound > relaxed.found[0]:
            relaxed.found[0], best = bound, at
        here = relaxed.excess.astype(np.float64)
        steepness = float(here @ line)
        if steepness > 0:
            left, low = (at, bound, steepness), here
        else:
            right, high, beyond = (at, bound, steepness), here, True
        if steepness == 0 or bound == np.inf:
            break
        if relaxed.found[1] - relaxed.found[0] <= CLOSE + slack or at > LARGEST:
            break
        if not beyond:
            at *= 3
            continue
        shift = right[1] - left[1] - right[2] * (right[0] - left[0])
        at = left[0] + shift / (left[2] - right[2])
        promised = left[1] + left[2] * (at - left[0])
        if i + 1 >= tangents or promised <= max(left[1], right[1]) + CLOSE * (1 + abs(promised)):
            break
    price[:] = begun + best * line
    return best, low, high if beyond else low
