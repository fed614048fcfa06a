"""Column generation: the best mixture of all columns there are, and the bound that it proves.

Every pricing of all agents gives a valid bound of any roster's points (Lasdon 1970, ch. 3: the
Lagrangian function at the duals it is priced at). Prices are taken between those of the best bound
so far and those of the master's present optimum, which keeps them from swinging (Wentges 1997, Int.
Trans. Oper. Res. 4(2)); where such a price finds no column that helps the master, the master's own
duals are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from .column import Column, FloatArray, IntArray, Oracle, Priced
from .coupling import Coupling
from .master import Master, Mixture

NOTHING = 1e-7
"""A reduced price above minus this does not help."""

LARGE = 100  # columns for each agent from which on a master is built anew,
SLIM = 30  # and of how many

Left = Callable[[], float]
"""Seconds that are left."""


def part(left: Left, share: float) -> Left:
    """A clock for a share of the time that is left now."""
    until = (1 - share) * left()
    return lambda: left() - until


class Generation:
    """A master that grows. `fixed` (agents, days) narrows the columns to those that keep it; it is
    read anew at every pricing. `bound` is valid for the columns that keep what was fixed then;
    `floor` is a bound that is known already."""

    def __init__(
        self,
        oracle: Oracle,
        coupling: Coupling,
        agents: Sequence[int],
        columns: Iterable[Column],
        fixed: IntArray | None = None,
        smoothing: float = 0.0,
        floor: float = -np.inf,
    ) -> None:
        self.oracle, self.coupling, self.agents = oracle, coupling, list(agents)
        self.fixed, self.smoothing, self.floor = fixed, smoothing, floor
        self.master = Master(coupling, self.agents)
        self.master.add(columns)
        self.mixture: Mixture = self.master.solve()
        self.bound = -np.inf
        self.best_duals: FloatArray | None = None
        self.rounds = 0

    def narrow(self) -> None:
        """To be called when `fixed` has changed: leaves in the columns that keep it, and forgets
        the bound, which was proven for others. A master that has grown large is built anew of the
        columns nearest to being used: its solves take longer with every column."""
        kept = [c for c in self.master.columns if self._keeps(c)]
        if len(self.master.columns) > LARGE * len(self.agents):
            self._slim(kept)
        else:
            self.master.allow([self._keeps(c) for c in self.master.columns])
        self.bound, self.best_duals = -np.inf, None
        self.mixture = self.master.solve()

    def _keeps(self, column: Column) -> bool:
        return self.fixed is None or column.keeps(self.fixed[column.agent])

    def _slim(self, kept: Sequence[Column]) -> None:
        duals = self.mixture.duals
        count = dict.fromkeys(self.agents, 0)
        self.master = Master(self.coupling, self.agents)
        for column in sorted(kept, key=lambda c: c.reduced(duals)):
            count[column.agent] += 1
            if count[column.agent] <= SLIM:
                self.master.add([column])

    def run(
        self,
        left: Left,
        tolerance: float = 1e-6,
        cutoff: float = np.inf,
        rounds: int = 10_000,
        enough: float = -np.inf,
    ) -> bool:
        """Prices until mixture and bound are within `tolerance` points, the bound reaches `cutoff`,
        the mixture costs no more than `enough`, or time or rounds are over; whether it came to an
        end. The mixture is up to date."""
        took = 0.0
        for _ in range(rounds):
            if self.gap <= tolerance or self.bound >= cutoff or self.mixture.points <= enough:
                return True
            before = left()
            # A round is not begun that would probably end after time is over.
            if before <= took:
                return False
            if not self._round():
                return True
            self.mixture = self.master.solve()
            took = before - left()
        return False

    def _round(self) -> int:
        """One pricing at smoothed duals and, if that gave nothing, one at the master's own; how
        many columns it added."""
        self.rounds += 1
        own = self.mixture.duals
        if self.smoothing and self.best_duals is not None:
            smooth = self.smoothing * self.best_duals + (1 - self.smoothing) * own
            added = self._helpful(self._price(smooth))
            if added:
                return added
        return self._helpful(self._price(own))

    def _price(self, duals: FloatArray) -> list[Priced]:
        used = np.flatnonzero(self.mixture.shares > 1e-9)
        known = [self.master.columns[place] for place in used]
        priced = self.oracle.price(duals, self.agents, self.fixed, known)
        if len(priced) < len(self.agents):
            self.bound = np.inf  # somebody has no roster left
            return priced
        proven = self.coupling.least_points(duals) + sum(p.reduced for p in priced)
        if proven > self.bound:
            self.bound, self.best_duals = proven, duals
        return priced

    def _helpful(self, priced: list[Priced]) -> int:
        """Adds those columns that lower the master's points at its own duals; how many."""
        duals = dict(zip(self.agents, self.mixture.agent_duals.tolist(), strict=True))
        return self.master.add(
            p.column
            for p in priced
            if p.column.reduced(self.mixture.duals) < duals[p.column.agent] - NOTHING
        )

    @property
    def gap(self) -> float:
        """Points between the mixture and what is proven."""
        return max(self.mixture.points - max(self.bound, self.floor), 0.0)
