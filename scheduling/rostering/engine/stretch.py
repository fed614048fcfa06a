"""A stretch of days within one agent's roster: how it is entered, and what comes after it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .agent_rules import AgentRules
from .week import FloatArray, IntArray


class Stretch(NamedTuple):
    """The days from `first` to before `last`. They are entered in a state of the automaton with
    `totals` so far (totals,); what follows costs `after` points in each state (states,), inf where
    it would be illegal, and adds `units` (totals, states) to the periods that are open at the end.
    """

    first: int
    last: int
    state: int
    totals: IntArray
    after: FloatArray
    units: IntArray


@njit(cache=True, nogil=True)
def whole(rules: AgentRules) -> Stretch:
    """All days of the grid."""
    days, states, _ = rules.step.shape
    units = np.zeros((len(rules.unit), states), dtype=np.int64)
    return Stretch(0, days, rules.initial, rules.first, np.zeros(states), units)


@njit(cache=True, nogil=True)
def part(stretch: Stretch, carried: IntArray) -> Stretch:
    """The stretch with only some of the totals."""
    return Stretch(
        stretch.first, stretch.last, stretch.state, stretch.totals[carried], stretch.after,
        stretch.units[carried],
    )  # fmt: skip
