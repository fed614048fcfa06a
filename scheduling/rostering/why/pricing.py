"""Proof by prices that people cannot keep limits on how many are there at once.

Each limit (`Band`) gets a price a slot. If the cheapest legal rosters of everybody at these prices
cost more in all than the limits let through, no rosters keep them: the prices are a certificate
(Farkas' lemma, for the convex hull of each agent's rosters). A linear program over the rosters seen
so far, which breaks the limits as little as can be, gives the next prices; whoever has a cheaper
roster at these adds it to the program (column generation, its first phase).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from ..engine.compile import HARD, compile_problem
from ..engine.conflicts import only_agents
from ..engine.one_agent import best_exactly
from ..problem import RosterProblem
from ..rules.base import Band, Rule, Where
from .presence import presence

STEPS = 60
PROVEN = 1e-6

Floats = NDArray[np.float64]


class Limits:
    """The bands of a problem's rules, with what a published past has used up of them."""

    def __init__(self, problem: RosterProblem, rules: tuple[Rule, ...]) -> None:
        self.problem = problem
        self._of_rule: dict[str, list[tuple[Band, Floats]]] = {}
        for rule in rules:
            if rule.bands is not None:
                compiled = compile_problem(problem, (rule,))
                past = compiled.cover(problem.weights).bands.astype(float)
                # A share binds those who are there to one another, not from above alone.
                self._of_rule[rule.name] = [
                    (band, used)
                    for (band, price), used in zip(compiled.bands, past, strict=True)
                    if price == HARD and not band.share
                ]

    def rows(self, people: tuple[str, ...], rules: tuple[Rule, ...]) -> list[_Row]:
        """The bands of some rules as limits from above on what the people add to them, everybody
        else being free to come and go as would help most."""
        mine = np.array([agent.id in people for agent in self.problem.agents])
        rows = []
        for band, past in (one for rule in rules for one in self._of_rule.get(rule.name, ())):
            signs = set(np.sign(band.coefficients).tolist())
            for sign, bound in ((1, band.most), (-1, -band.least)):
                added = sign * band.coefficients
                # What a past has used up beyond the limit is nobody's fault.
                left = np.maximum(bound - sign * past, np.minimum(bound, 0))
                left = left - np.minimum(added[~mine], 0).sum()
                if {1, -1} <= signs:
                    left = np.where(past != 0, np.inf, left)
                row = _Row(band.where, added[mine].astype(float), left.astype(float))
                if (row.largest > left).any():
                    rows.append(row)
        return rows


class _Row(NamedTuple):
    """A limit from above: the sum of `coefficients` (people,) of those there is at most `left`
    (slots + overhang,)."""

    where: Where
    coefficients: Floats
    left: Floats

    @property
    def largest(self) -> float:
        """The most that the people could add."""
        return float(np.maximum(self.coefficients, 0.0).sum())


def people_of_a_proof(
    limits: Limits, people: tuple[str, ...], rules: tuple[Rule, ...]
) -> tuple[str, ...] | None:
    """Those of the people whom a proof needs that the rules cannot be kept; None without proof."""
    rows = limits.rows(people, rules)
    if not rows:
        return None
    pricing = _Pricing(only_agents(limits.problem, people), rules, rows)
    for _ in range(STEPS):
        costs, added = pricing.cheapest()
        spare = costs.sum() - pricing.let_through()
        if spare > PROVEN:
            return _without_idle(people, costs - pricing.cost_of_the_free(), spare)
        if pricing.breach_with(added) < PROVEN:
            return None
    return None


def _without_idle(people: tuple[str, ...], shares: Floats, spare: float) -> tuple[str, ...]:
    """The people left when those who add least to a proof are set free while it holds."""
    kept = dict.fromkeys(people)
    for i in np.argsort(shares, kind="stable").tolist():
        if spare - shares[i] > PROVEN:
            spare -= float(shares[i])
            del kept[people[i]]
    return tuple(kept)


class _Pricing:
    """Prices of limits, and everybody's cheapest roster under them. A place is a slot of a row in
    which the limit could be broken."""

    def __init__(self, group: RosterProblem, rules: tuple[Rule, ...], rows: list[_Row]) -> None:
        self._compiled, self._rows = compile_problem(group, rules), rows
        self._scratch = self._compiled.scratch()
        universe = self._compiled.universe
        there = {row.where: presence(group, universe, row.where) for row in rows}
        left, size, surely, perhaps = [], [], [], []
        for row in rows:
            at = np.flatnonzero(row.largest > row.left)
            left.append(row.left[at])
            size.append(np.repeat(row.coefficients[:, None], len(at), axis=1))
            surely.append(there[row.where][0][:, at])
            perhaps.append(there[row.where][1][:, at])
        # Whether an option counts in a place, its breaks taken as they help most where more of it
        # is worse, and where more is better: (options, places). Places alike are one.
        parts = [np.concatenate(part, axis=-1) for part in (left, size, surely, perhaps)]
        _, first = np.unique(np.vstack(parts).astype(float), axis=1, return_index=True)
        self._left, self._size, self._surely, self._perhaps = (
            part[..., first].astype(float) for part in parts
        )
        self._price = np.zeros(len(self._left))
        self._columns: list[tuple[int, Floats]] = []

    def cheapest(self) -> tuple[Floats, Floats]:
        """What each one's cheapest legal roster costs: (people,); and what it adds to the limits:
        (people, places)."""
        c, scratch = self._compiled, self._scratch
        costs, added = np.zeros(c.agents), np.zeros((c.agents, len(self._left)))
        for a in range(c.agents):
            size = self._size[a]
            counts = np.where(size > 0, self._surely, self._perhaps) * size
            scratch.value[:] = np.where(c.crew.allowed[a], counts @ self._price, np.inf)
            _, costs[a] = best_exactly(a, c.crew, c.tables, c.options, scratch)
            added[a] = counts[scratch.chosen[scratch.chosen >= 0]].sum(axis=0)
        return costs, added

    def breach_with(self, added: Floats) -> float:
        """Adds rosters to the program: by how much mixtures of those seen so far break the limits
        at least. Sets the prices that say so."""
        self._columns += list(enumerate(added))
        who = np.array([a for a, _ in self._columns])
        rosters = np.array([column for _, column in self._columns]).T
        places, people = len(self._left), len(added)
        one_each = (np.arange(people)[:, None] == who).astype(float)
        found = linprog(
            np.concatenate([np.zeros(len(who)), np.ones(places)]),
            A_ub=np.hstack([rosters, -np.eye(places)]),
            b_ub=self._left,
            A_eq=np.hstack([one_each, np.zeros((people, places))]),
            b_eq=np.ones(people),
            method="highs",
        )
        if found.fun is None:
            return 0.0  # the solver gave up: nothing is proven
        self._price = np.maximum(-found.ineqlin.marginals, 0.0)
        return float(found.fun)

    def let_through(self) -> float:
        return float(self._price @ self._left)

    def cost_of_the_free(self) -> Floats:
        """What each would cost who may come and go at will: (people,)."""
        free: Floats = np.minimum(self._size, 0.0) @ self._price
        return free
