"""The walk from the last day backwards over an agent's automaton alone.

Totals are not states here; each unit added to them has a price instead. What comes out is the best
roster where nothing else binds, and a bound of what is still to come where something does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...machine_code import inner
from .agent_rules import AgentRules
from .stretch import Stretch
from .week import FloatArray, IntArray, Options


class Offers(NamedTuple):
    """Each day's best option of each kind of work, on the days of a stretch. Works that nothing
    tells apart are one kind, that of the first of them."""

    best: FloatArray  # (days, works) its value; inf where there is none
    pick: IntArray  # (days, works) the option; −1 a day off
    kinds: IntArray  # (days, works) the kinds there are
    many: IntArray  # (days,) how many


@inner
def kinds_of(rules: AgentRules) -> IntArray:
    """The first work that neither the automaton nor the totals tell from each work."""
    kinds = np.arange(len(rules.alike))
    for k in range(len(kinds)):
        for first in range(k):
            same = rules.alike[first] == rules.alike[k]
            for unit in rules.unit:
                same = same and rules.tell[unit, first] == rules.tell[unit, k]
            if same:
                kinds[k] = first
                break
    return kinds


@inner
def offers_of(
    first: int, last: int, kind: IntArray, options: Options, rules: AgentRules, value: FloatArray
) -> Offers:
    """The offers of the days from `first` to before `last`; `kind` is that of each work."""
    days, works = last - first, len(kind)
    best, pick = np.full((days, works), np.inf), np.full((days, works), -1)
    kinds, many = np.zeros((days, works), dtype=np.int64), np.zeros(days, dtype=np.int64)
    for i in range(days):
        d = first + i
        for o in range(options.first[d], options.first[d + 1]):
            k = kind[options.work[o]]
            if value[o] < best[i, k]:
                best[i, k], pick[i, k] = value[o], o
        k = kind[rules.off_work[d]]
        if rules.off[d] < best[i, k]:
            best[i, k], pick[i, k] = rules.off[d], -1
        for k in range(works):
            if best[i, k] < np.inf:
                kinds[i, many[i]] = k
                many[i] += 1
    return Offers(best, pick, kinds, many)


@inner
def costs_to_go(
    rules: AgentRules, offers: Offers, stretch: Stretch, prices: FloatArray, bound: FloatArray
) -> None:
    """Fills `bound` (days + 1, states) with the least cost of the stretch from a day on and of what
    follows it, in each state. `prices` (totals, days) are those of a unit of the rules' totals;
    rest and start windows are forgotten."""
    days, totals = len(offers.many), len(prices)
    groups, moving = _groups_of(rules), _moving(rules)
    value, kept = np.empty(len(groups)), np.empty(len(groups), dtype=np.int64)
    for s in range(bound.shape[1]):
        cost = stretch.after[s]
        if cost < np.inf:
            for r in range(totals):
                cost += prices[r, days - 1] * stretch.units[r, s]
        bound[days, s] = cost
    for i in range(days - 1, -1, -1):
        d = stretch.first + i
        _price_day(i, d, rules, offers, prices, value)
        many = _keep_cheapest(offers.kinds[i, : offers.many[i]], groups, value, kept)
        for s in range(rules.states[d]):
            best = np.inf
            for j in range(many):
                k = kept[j]
                to = rules.step[d, s, k]
                if to < 0:
                    continue
                cost = value[k] + rules.price[d, s, k] + bound[i + 1, to]
                for r in moving:
                    cost += prices[r, i] * rules.units[rules.unit[r], d, s, k]
                best = min(best, cost)
            bound[i, s] = best


@inner
def _moving(rules: AgentRules) -> IntArray:
    """The totals of which units depend on the state."""
    many, found = 0, np.empty(len(rules.unit), dtype=np.int64)
    for r in range(len(rules.unit)):
        if rules.steady[rules.unit[r], 0, 0] < 0:
            found[many] = r
            many += 1
    return found[:many]


@inner
def _groups_of(rules: AgentRules) -> IntArray:
    """The first work that neither the automaton nor totals of which units depend on the state tell
    from each work."""
    groups, moving = np.arange(len(rules.alike)), _moving(rules)
    for k in range(len(groups)):
        for first in range(k):
            same = rules.alike[first] == rules.alike[k]
            for r in moving:
                tell = rules.tell[rules.unit[r]]
                same = same and tell[first] == tell[k]
            if same:
                groups[k] = first
                break
    return groups


@inner
def _price_day(
    i: int, d: int, rules: AgentRules, offers: Offers, prices: FloatArray, value: FloatArray
) -> None:
    """Fills the value (works,) of each kind of work that a day offers, with the prices of units
    that it adds in whatever state."""
    kinds = offers.kinds[i, : offers.many[i]]
    for k in kinds:
        value[k] = offers.best[i, k]
    for r in range(len(prices)):
        steady = rules.steady[rules.unit[r], d]
        if prices[r, i] != 0 and steady[0] >= 0:
            for k in kinds:
                value[k] += prices[r, i] * steady[k]


@inner
def _keep_cheapest(kinds: IntArray, groups: IntArray, value: FloatArray, kept: IntArray) -> int:
    """Fills `kept` with the cheapest of the kinds of each group; how many there are."""
    many = 0
    for k in kinds:
        place = 0
        while place < many and groups[kept[place]] != groups[k]:
            place += 1
        if place == many or value[k] < value[kept[place]]:
            kept[place] = k
        many = max(many, place + 1)
    return many


@inner
def follow(
    rules: AgentRules,
    offers: Offers,
    stretch: Stretch,
    prices: FloatArray,
    bound: FloatArray,
    way: IntArray,
) -> tuple[float, int]:
    """Fills `way` (days,) with the kinds of work along the cheapest way forward; its points without
    the prices and without what follows, and the state that it ends in."""
    state, total = stretch.state, 0.0
    for i in range(len(way)):
        d, best, taken = stretch.first + i, np.inf, -1
        for j in range(offers.many[i]):
            k = offers.kinds[i, j]
            to = rules.step[d, state, k]
            if to < 0:
                continue
            cost = offers.best[i, k] + rules.price[d, state, k] + bound[i + 1, to]
            for r in range(len(prices)):
                cost += prices[r, i] * rules.units[rules.unit[r], d, state, k]
            if cost < best:
                best, taken = cost, k
        way[i] = taken
        total += offers.best[i, taken] + rules.price[d, state, taken]
        state = rules.step[d, state, taken]
    return total, state
