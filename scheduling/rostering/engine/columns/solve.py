"""Bound and roster by columns, from the rosters that a search has found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .column import FREE, Column, Oracle
from .coupling import Coupling
from .dive import dive
from .generation import Generation, Left, part
from .master import together
from .neighbourhoods import Neighbourhoods
from .unit import rounded_up
from .whole import raise_totals, whole_totals

SMOOTHING = 0.5
CLOSE = 0.02  # of the unit of points: how far the first mixture may be from its bound
JUMP = 0.02  # of the bound: a step of a dive that costs more is tried again smaller
DIVES = (0.3, 0.1)  # part of the open choices that a step of each dive fixes
DIVE_TIME = 0.6  # of what is left, for each dive
ROOT_TIME = 0.6  # of what is left, for the first mixture
MOST_RAISED = 5  # totals made whole one after another

Tell = Callable[[str, float, float], None]
"""Is told (stage, best cost, bound)."""


@dataclass
class ColumnSearch:
    """The best roster so far, one column for each agent, its cost, and a bound of any roster's
    cost. `unit` is what all points are multiples of (0: nothing)."""

    oracle: Oracle
    coupling: Coupling
    unit: float
    rng: np.random.Generator
    roster: list[Column]
    cost: float = np.inf
    bound: float = -np.inf

    @property
    def closed(self) -> bool:
        """Whether the roster is proven to be best."""
        return self.cost - self.bound <= 1e-6 * max(1.0, abs(self.cost))

    def run(self, known: Sequence[Column], left: Left, tell: Tell) -> None:
        """Raises the bound and improves the roster until they meet or time is over. `known` are
        columns to begin with, of any agents."""
        self.cost = together(self.coupling, self.roster).points
        generation = Generation(
            self.oracle,
            self.coupling,
            range(self.oracle.agents),
            [*self.roster, *known],
            smoothing=SMOOTHING,
        )
        generation.run(part(left, ROOT_TIME), CLOSE * max(self.unit, 1e-3))
        self._prove(generation)
        tell("bound", self.cost, self.bound)
        for share in DIVES:
            if self.closed or left() <= 0:
                return
            self._dive(generation, share, part(left, DIVE_TIME))
            tell("dive", self.cost, self.bound)
            generation = self._raise(generation, part(left, DIVE_TIME))
            tell("bound", self.cost, self.bound)
        self._neighbourhoods(generation, left, tell)

    def _prove(self, generation: Generation) -> None:
        """Takes over what a generation proves of all rosters, or of all that are better."""
        proven = min(rounded_up(generation.bound, self.unit), self.cost)
        self.bound = max(self.bound, proven)

    def _dive(self, generation: Generation, share: float, left: Left) -> None:
        fixed = np.full((self.oracle.agents, self.oracle.days), FREE)
        below = Generation(
            self.oracle,
            generation.coupling,
            generation.agents,
            generation.master.columns,
            fixed,
            SMOOTHING,
            floor=generation.bound,
        )
        least = max(self.unit, 1e-4)
        jump = max(JUMP * abs(generation.bound), least)
        found = dive(below, left, share, least, jump, self.cost - least)
        generation.master.add(below.master.columns)
        if found is not None:
            cost = together(self.coupling, found).points
            if cost < self.cost - 1e-9:
                self.roster, self.cost = found, cost

    def _raise(self, generation: Generation, left: Left) -> Generation:
        """Makes totals whole as long as that raises the bound."""
        for _ in range(MOST_RAISED):
            if self.closed or left() <= 0:
                break
            totals = whole_totals(self.coupling)
            raised = raise_totals(generation, totals, self.cost, left, CLOSE * self.unit)
            if raised is None:
                break
            generation = raised
            self._prove(generation)
        return generation

    def _neighbourhoods(self, generation: Generation, left: Left, tell: Tell) -> None:
        if self.closed:
            return
        around = Neighbourhoods(
            self.oracle,
            self.coupling,
            self.roster,
            generation.master.columns,
            self.unit,
            self.rng,
        )

        def better(cost: float) -> None:
            self.roster, self.cost = list(around.roster.values()), cost
            tell("neighbourhood", cost, self.bound)

        around.run(left, self.bound, better)
