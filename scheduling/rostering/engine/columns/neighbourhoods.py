"""Better rosters by columns: free a few agents, find their best columns together, go on.

Among the columns of a few agents, the rest of the roster standing, the bound of column generation
often shows at once that nothing better is to be had; where it does not, a dive or a choice of
columns mostly finds it (large neighbourhood search: Pisinger & Ropke 2019, Handbook of
Metaheuristics). The number of agents grows while neighbourhoods are settled quickly and shrinks
where they are not. Of a horizon of many weeks only a stretch of a few is freed at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .choice import choose
from .column import FREE, Column, IntArray, Oracle, totals
from .coupling import Coupling
from .dive import dive
from .generation import Generation, Left
from .master import together

FEWEST = 4
SECONDS = 0.3  # for a choice of columns, before a dive
SEEDS = 20  # known columns of a free agent to begin with
SHARE = 0.2  # of the open choices of a neighbourhood's dive that are fixed at a time
GROWTH = 1.15
QUICK = 2.0  # seconds; neighbourhoods that take longer shrink
JUMP = 0.02  # of the bound: a step of the dive that costs more is tried again smaller
LONG = 42  # days; of a longer horizon,
STRETCH = 28  # so many are freed at a time


class Neighbourhoods:
    """A roster of one column for each agent that gets better. `unit`: see `unit.common_unit`."""

    def __init__(
        self,
        oracle: Oracle,
        coupling: Coupling,
        roster: Sequence[Column],
        known: Sequence[Column],
        unit: float,
        rng: np.random.Generator,
    ) -> None:
        self.oracle, self.coupling, self.rng = oracle, coupling, rng
        self.roster = {column.agent: column for column in roster}
        mixture = together(coupling, roster)
        self.cost, self._worth = mixture.points, np.maximum(mixture.duals, 0.0)
        self._known: dict[int, list[Column]] = {column.agent: [] for column in roster}
        for column in known:
            self._known[column.agent].append(column)
        self._least = max(unit, 1e-4) - 1e-6  # an improvement is at least so much
        self._size = 8.0
        self._totals = totals(roster, coupling.rows)
        self._reaches = np.zeros((oracle.agents, coupling.rows), dtype=bool)
        for column in known:
            self._reaches[column.agent, column.rows] = True

    def run(self, left: Left, target: float, tell: Callable[[float], None]) -> None:
        """Until the roster costs `target` points or time is over; tells each lower cost."""
        while left() > 0 and self.cost - target >= self._least:
            before, begun = self.cost, left()
            settled = self._improve(self._free(), left)
            if self.cost < before:
                tell(self.cost)
            # Small neighbourhoods are nearly always the best they can be already.
            quick = begun - left() < QUICK
            grown = self._size * (GROWTH if settled and quick else 1 / GROWTH)
            self._size = float(np.clip(grown, FEWEST, self.oracle.agents))

    def _free(self) -> list[int]:
        """The agents of the next neighbourhood: some who could help where cover costs points, and
        others at random."""
        agents = list(self.roster)
        size = min(round(self._size), len(agents))
        order = [agents[i] for i in self.rng.permutation(len(agents))]
        row = self._dear_row()
        if row is None:
            return order[:size]
        able = [a for a in order if self._reaches[a, row] and row not in self.roster[a].rows]
        first = able[: size // 2]
        return [*first, *(a for a in order if a not in first)][:size]

    def _dear_row(self) -> int | None:
        """A row on which one person more would lower the points, the dearer the likelier."""
        rows = np.flatnonzero(self._worth > 1e-9)
        if not len(rows):
            return None
        return int(self.rng.choice(rows, p=self._worth[rows] / self._worth[rows].sum()))

    def _improve(self, free: list[int], left: Left) -> bool:
        """Looks for a better roster of the free agents; whether the neighbourhood is settled: a
        better one found, or none possible."""
        mine = [self.roster[a] for a in free]
        rest = self._totals - totals(mine, self.coupling.rows)
        coupling = self.coupling.less(rest)
        others = sum(c.points for a, c in self.roster.items() if a not in free)
        cutoff = self.cost - others - self._least
        fixed = self._fixed(free)
        seeds = [c for a in free for c in self._known[a][-SEEDS:] if c.keeps(fixed[a])]
        generation = Generation(self.oracle, coupling, free, [*mine, *seeds], fixed)
        if not generation.run(left, tolerance=0.2 * self._least, cutoff=cutoff):
            return False
        if generation.bound >= cutoff:
            return True
        known = generation.master
        jump = JUMP * max(abs(generation.bound), self._least)
        chosen = choose(known, generation.mixture, cutoff, min(SECONDS, left()))[0]
        found = chosen or dive(generation, left, SHARE, self._least, jump, cutoff)
        if found is None:
            return False
        self._take(found)
        return True

    def _fixed(self, free: list[int]) -> IntArray:
        """The table of fixed days: of a long horizon only a few weeks are freed at a time."""
        days = self.oracle.days
        fixed = np.full((self.oracle.agents, days), FREE)
        if days > LONG:
            first = int(self.rng.integers(-STRETCH // 2, days - STRETCH // 2))
            for a in free:
                fixed[a] = self.roster[a].option
                fixed[a, max(first, 0) : first + STRETCH] = FREE
        return fixed

    def _take(self, found: list[Column]) -> None:
        """Takes the columns over if they make the roster better."""
        roster = {**self.roster, **{column.agent: column for column in found}}
        mixture = together(self.coupling, list(roster.values()))
        if mixture.points > self.cost - self._least:
            return
        self.roster, self.cost = roster, mixture.points
        self._worth = np.maximum(mixture.duals, 0.0)
        self._totals = totals(list(roster.values()), self.coupling.rows)
        for column in found:
            self._known[column.agent].append(column)
            self._reaches[column.agent, column.rows] = True
