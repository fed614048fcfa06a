"""Proof by prices that people cannot keep limits on how many are there at once.

Each limit gets a price a slot. If everybody's cheapest legal rosters at these prices, breaks placed
where they cost least, cost more in all than the limits let through, no rosters keep them: the
prices are a certificate (Farkas' lemma, for the convex hull of each agent's rosters). A linear
program over the rosters seen so far, which breaks the limits as little as can be, gives the next
prices; whoever has a cheaper roster at these adds it to the program (column generation, its first
phase).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...rules.base import Rule
from ..compile import compile_problem
from ..course import FEW, MOST
from ..limit import Clock
from ..one_agent import Scratch, best_exactly, best_of, value_options
from ..week import place_breaks
from .alone import only_agents
from .limits import Floats, Limits, Row, Slots
from .mixture import Mixture, Presence

STEPS = 120
PROVEN = 1e-6

Prices = dict[tuple[str, int, int], Floats]  # by `Row.key`: (slots + overhang,)


class OutOfTimeError(Exception):
    """The clock has run out: neither proven nor refuted."""


@dataclass(frozen=True)
class Proof:
    """Those of the people whom a proof needs, and its prices."""

    people: tuple[str, ...]
    prices: Prices


def proof_of(
    limits: Limits,
    people: tuple[str, ...],
    rules: tuple[Rule, ...],
    clock: Clock,
    known: Proof | None = None,
    steps: int = STEPS,
) -> Proof | None:
    """A proof that the people have no rosters that keep the rules together, everybody else being
    free to come and go; None if none was found. Begins with the prices of a proof that is `known`,
    which mostly proves this as well; so many `steps` are made. Raises OutOfTimeError."""
    rows = limits.rows(people, rules)
    if not rows:
        return None
    pricing = _Pricing(limits, people, rules, rows, {} if known is None else known.prices)
    for _ in range(steps):
        costs, seen = pricing.cheapest(clock)
        spare = float(costs.sum()) - pricing.let_through()
        if spare > PROVEN:
            kept = _without_idle(people, costs - pricing.cost_of_the_free(), spare)
            return Proof(kept, pricing.prices)
        if not pricing.learn(seen):
            return None
    return None


def _without_idle(people: tuple[str, ...], shares: Floats, spare: float) -> tuple[str, ...]:
    """The people left when those who add least to a proof are set free while it holds."""
    kept = dict.fromkeys(people)
    for i in np.argsort(shares, kind="stable").tolist():
        if np.isfinite(shares[i]) and spare - shares[i] > PROVEN:
            spare -= float(shares[i])
            del kept[people[i]]
    return tuple(kept)


class _Pricing:
    """Prices of limits, and everybody's cheapest roster under them."""

    def __init__(
        self,
        limits: Limits,
        people: tuple[str, ...],
        rules: tuple[Rule, ...],
        rows: list[Row],
        prices: Prices,
    ) -> None:
        self._compiled = compile_problem(only_agents(limits.problem, people), rules)
        self._rows, self._scratch = rows, self._compiled.scratch()
        if prices:
            nothing = np.zeros(limits.length)
            self._price = [prices.get(row.key, nothing) * row.binds for row in rows]
        else:
            self._price = self._first_prices()
        self._mixture = Mixture(rows, self._compiled.agents)
        self._full = False  # whether the prices are the program's

    def _first_prices(self) -> list[Floats]:
        """A price of 1 wherever too few could come if everybody came who may; if there is no such
        slot, in all slots, so that those who can do without are out of the way at once."""
        there = self._may_be_there()
        hopeless = [
            row.binds & (np.minimum(row.size, 0.0).min(axis=1) @ there > row.left + PROVEN)
            for row in self._rows
        ]
        if not any(slots.any() for slots in hopeless):
            hopeless = [row.binds for row in self._rows]
        return [slots.astype(float) for slots in hopeless]

    def _may_be_there(self) -> Slots:
        """In which slots some shift that each agent may work lies: (people, slots + overhang)."""
        c = self._compiled
        change = np.zeros((c.agents, c.slots + c.overhang + 1), dtype=np.int64)
        for a, allowed in enumerate(c.crew.allowed & (c.options.covers[c.options.template] > 0)):
            np.add.at(change[a], c.options.start[allowed], 1)
            np.add.at(change[a], c.options.end[allowed], -1)
        there: Slots = np.cumsum(change, axis=1)[:, :-1] > 0
        return there

    @property
    def prices(self) -> Prices:
        return {row.key: price for row, price in zip(self._rows, self._price, strict=True)}

    def cheapest(self, clock: Clock) -> tuple[Floats, list[Presence]]:
        """What each one's legal rosters cost at the least: (people,); and rosters that cost so
        much, or nearly."""
        c = self._compiled
        costs, seen = np.zeros(c.agents), []
        for a in range(c.agents):
            if clock.spent() >= 1:
                raise OutOfTimeError
            scratch = self._valued(a)
            room = MOST if len(c.tables.weeks) == 2 else FEW
            found, costs[a] = best_of(a, c.crew, c.tables, c.options, scratch, np.inf, 0.0, room)
            if np.isinf(found) and not self._mixture.has(a):
                found, costs[a] = best_exactly(a, c.crew, c.tables, c.options, scratch)
            if np.isfinite(found):
                seen.append(self._presence(a, scratch))
        return costs, seen

    def _valued(self, a: int) -> Scratch:
        """The prices of an agent's shifts."""
        c, scratch = self._compiled, self._scratch
        for sums, side in ((scratch.prefix, 0), (scratch.pause, 1)):
            prices = sum(
                (
                    row.size[a, side] * price
                    for row, price in zip(self._rows, self._price, strict=True)
                ),
                np.zeros(c.slots + c.overhang),
            )
            sums[0], sums[1:] = 0.0, np.cumsum(prices)
        value_options(a, c.crew, c.options, scratch)
        return scratch

    def _presence(self, a: int, scratch: Scratch) -> Presence:
        """When the agent is at work and on a break in the roster just found."""
        options, length = self._compiled.options, self._compiled.slots + self._compiled.overhang
        work, pause = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
        starts = np.zeros(options.break_len.shape[1], dtype=np.int64)
        for o in scratch.chosen[scratch.chosen >= 0]:
            k = options.template[o]
            if not options.covers[k]:
                continue
            place_breaks(scratch.prefix, scratch.pause, options, o, starts)
            work[options.start[o] : options.end[o]] = True
            for b in range(options.breaks[k]):
                away = slice(starts[b], starts[b] + options.break_len[k, b])
                work[away], pause[away] = False, not options.break_away[k, b]
        return Presence(a, work, pause)

    def learn(self, seen: list[Presence]) -> bool:
        """Sets the prices by which mixtures of all rosters seen so far break the limits least;
        whether there is anything left to learn."""
        if not self._mixture.add(seen) and self._full:
            return False
        breach, self._price = self._mixture.least_breach()
        self._full = True
        return breach >= PROVEN

    def let_through(self) -> float:
        return sum(
            float(price[row.binds] @ row.left[row.binds])
            for row, price in zip(self._rows, self._price, strict=True)
        )

    def cost_of_the_free(self) -> Floats:
        """What each would cost who may come and go at will: (people,)."""
        total = np.zeros(self._compiled.agents)
        for row, price in zip(self._rows, self._price, strict=True):
            total += np.minimum(row.size, 0.0).min(axis=1) * price.sum()
        return total
