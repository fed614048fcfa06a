"""Totals that are whole numbers in every roster, made whole in the bound.

All people missing at one price together (over all cells, or slots and queues) are a whole number in
any roster, while a mixture may leave 3⅔ of them. If no roster with 3 or fewer can be better than
the best one known, then there are 4 or more: a row that says so raises the bound. This is branching
on a total whose one side is cut off at once, and it touches no column, so that the kernel prices as
before.
"""

from __future__ import annotations

import numpy as np

from .column import IntArray
from .coupling import Coupling
from .generation import Generation, Left

WHOLE = 1e-5
MOST_TOTALS = 4


def whole_totals(coupling: Coupling) -> list[IntArray]:
    """Variables of equal price, the dearest first, whose sum is whole in any roster: those of
    pieces with whole lengths. None where rosters add parts of an agent's work."""
    if not coupling.whole:
        return []
    whole = (coupling.upper == np.round(coupling.upper)) & (coupling.price != 0)
    prices = np.unique(np.abs(coupling.price[whole]))[::-1][:MOST_TOTALS]
    found = []
    for size in prices:
        for sign in (1.0, -1.0):
            same = np.flatnonzero(whole & (np.abs(coupling.price - sign * size) < 1e-9))
            if len(same) > 1:
                found.append(same)
    return found


def raise_totals(
    generation: Generation, totals: list[IntArray], cost: float, left: Left, tolerance: float
) -> Generation | None:
    """The generation with one more total made whole, after pricing; None where no total is broken,
    or neither side of it can be cut off by a roster of `cost` points."""
    for variables in totals:
        amount = float(generation.mixture.variables[variables].sum())
        part = amount - np.floor(amount)
        if not WHOLE < part < 1 - WHOLE:
            continue
        sides = [(None, float(np.floor(amount))), (float(np.ceil(amount)), None)]
        for i, (least, most) in enumerate(sides):
            # A unit on the wrong side costs more than any roster that could still be of use.
            breach = 2 * (cost - generation.bound + 1) / min(part, 1 - part)
            tried = _with_total(generation, variables, least, most, breach)
            tried.run(left, tolerance, cutoff=cost)
            if tried.bound >= cost - tolerance:
                other = _with_total(generation, variables, *sides[1 - i], breach)
                other.master.add(tried.master.columns)
                other.mixture = other.master.solve()
                other.run(left, tolerance, cutoff=cost)
                return other
    return None


def _with_total(
    generation: Generation,
    variables: IntArray,
    least: float | None,
    most: float | None,
    breach: float,
) -> Generation:
    return Generation(
        generation.oracle,
        generation.coupling.with_total(variables, least, most, breach),
        generation.agents,
        generation.master.columns,
        generation.fixed,
        generation.smoothing,
    )
