"""The walk from the last day backwards over an agent's automaton alone.

It is all there is to the best roster where neither rest nor start windows nor totals bind, and a
bound of what is still to come where they do.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .agent_rules import AgentRules
from .week import FloatArray, IntArray, Options


@njit(cache=True, nogil=True)
def costs_to_go(
    options: Options, rules: AgentRules, value: FloatArray
) -> tuple[FloatArray, FloatArray, IntArray]:
    """(least cost of the days from d on in each state, value and number of each day's best option
    of each kind of work): shapes (days + 1, states), (days, works) and (days, works). Rest, start
    windows and totals apart from the automaton are forgotten. Works that the automaton does not
    tell apart are one kind; −1 is a day off."""
    days, states, works = rules.step.shape
    bound = np.full((days + 1, states), np.inf)
    bound[days] = 0.0
    best, pick = np.full((days, works), np.inf), np.full((days, works), -1)
    for d in range(days - 1, -1, -1):
        for o in range(options.first[d], options.first[d + 1]):
            k = rules.alike[options.work[o]]
            if value[o] < best[d, k]:
                best[d, k], pick[d, k] = value[o], o
        k = rules.alike[rules.off_work[d]]
        if rules.off[d] < best[d, k]:
            best[d, k], pick[d, k] = rules.off[d], -1
        for k in range(works):
            if best[d, k] == np.inf:
                continue
            for s in range(rules.states[d]):
                to = rules.step[d, s, k]
                if to >= 0:
                    cost = best[d, k] + rules.price[d, s, k] + bound[d + 1, to]
                    if cost < bound[d, s]:
                        bound[d, s] = cost
    return bound, best, pick


@njit(cache=True, nogil=True)
def follow(
    bound: FloatArray, best: FloatArray, pick: IntArray, rules: AgentRules, chosen: IntArray
) -> None:
    """Fills `chosen` with the options along the cheapest way forward from the first state."""
    state = rules.initial
    for d in range(len(chosen)):
        for k in range(best.shape[1]):
            to = rules.step[d, state, k]
            if to < 0 or best[d, k] == np.inf:
                continue
            if best[d, k] + rules.price[d, state, k] + bound[d + 1, to] == bound[d, state]:
                chosen[d], state = pick[d, k], to
                break
