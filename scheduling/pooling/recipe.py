"""How many agents of each group: numbers that hold for any day of a centre, in units of √load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .covering import cheapest_groups
from .crew import Crew, Flags, sets_that_bind
from .needs import LoneNeeds, SafetyScale

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """A crew, and what its queues need alone."""

    crew: Crew
    needs: LoneNeeds

    @cached_property
    def _roots(self) -> Array:
        """√ of the load that each group may serve, shape (groups, intervals)."""
        roots: Array = np.sqrt(self.crew.serves.astype(float) @ self.needs.load)
        return roots

    def moved(self, agents: Array, units: Array) -> Array:
        """`agents` (groups, intervals) with `units` (groups,) more of each group, and what the
        occupancy allowed asks for besides, of the cheapest who can help."""
        agents = np.maximum(agents + units[:, None] * self._roots, 0.0)
        for members in sets_that_bind(self.crew):
            helping = self.crew.serves[:, members].any(axis=1)
            allowed = self.needs.capped[members].sum(axis=0)
            missing = np.maximum(allowed - agents[helping].sum(axis=0), 0.0)
            agents[np.where(helping, self.crew.hourly_cost, np.inf).argmin()] += missing
        return agents


@dataclass(frozen=True)
class Recipe:
    """`safety` beyond that of the formulas, `used` which groups the covering program may use
    (groups,), and `more` agents of each group on top (groups,)."""

    safety: SafetyScale
    used: Flags
    more: Array

    @staticmethod
    def plain(crew: Crew) -> Recipe:
        """What the formulas say."""
        groups, queues = crew.serves.shape
        return Recipe(SafetyScale(np.zeros(queues), 0.0), np.ones(groups, bool), np.zeros(groups))

    def with_safety(self, units: Array) -> Recipe:
        """Units of safety more, (queues + 1,): of each queue, and of those who can serve one."""
        return replace(self, safety=SafetyScale.of(self.safety.vector + units))

    def with_groups(self, units: Array) -> Recipe:
        """Units more of each group (groups,)."""
        return replace(self, more=self.more + units)

    def with_more(self, units: float) -> Recipe:
        """Units of safety more for every queue."""
        return replace(self, safety=SafetyScale(self.safety.more + units, self.safety.alone))

    def without_each_group(self, crew: Crew) -> Iterator[Recipe]:
        """This recipe with one group fewer, where every queue is still served."""
        for group in np.flatnonzero(self.used):
            used = self.used & (np.arange(len(self.used)) != group)
            if crew.serves[used].any(axis=0).all():
                yield replace(self, used=used)

    def agents(self, setting: Setting) -> Array:
        """Agents of each group, shape (groups, intervals)."""
        crew = setting.crew
        left = Crew(
            crew.queues,
            crew.serves[self.used],
            crew.headcount[self.used],
            crew.hourly_cost[self.used],
        )
        sets = sets_that_bind(left)
        agents = np.zeros((len(crew.serves), setting.needs.load.shape[1]))
        agents[self.used] = cheapest_groups(left, sets, setting.needs.together(sets, self.safety))
        return setting.moved(agents, self.more) if self.more.any() else agents
