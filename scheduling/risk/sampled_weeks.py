"""A queue's possible futures, and the service that a number of agents gives in each of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ..queueing.performance import performance
from ..simulation.groups import AgentGroup, simulate_groups
from ..simulation.queues import simulated_queue
from ..simulation.routing import Pool
from ..simulation.sums import queue_sums
from ..staffing.demand import QueueDemand
from ..staffing.offered_load import mean_rate
from .measure import Measure
from .path_rates import path_rates

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

FUTURES = 600
"""Futures at least: each sample path as often as it takes, with other agents absent each time."""


@dataclass(frozen=True)
class SampledWeeks:
    """The futures of one queue: `counts` contacts that come in each, `rates` those expected, shape
    (futures, grid.size); `span` numbers the week or day of each interval that is judged.

    `rounding` (futures, grid.size), uniform, and `absence` (futures, days), standard normal, are
    the same for every number of agents, so that two of them are compared in the same weeks.
    """

    demand: QueueDemand
    measure: Measure
    grid: TimeGrid
    span: Indices
    counts: Array
    rates: Array
    rounding: Array
    absence: Array
    seed: int

    @staticmethod
    def draw(
        demand: QueueDemand,
        measure: Measure,
        grid: TimeGrid,
        span: Indices,
        paths: Array,
        seed: int,
    ) -> SampledWeeks:
        """`paths` (paths, grid.size) as in `Forecast`; where the queue is closed nobody comes."""
        often = -(-FUTURES // len(paths))
        counts = np.tile(np.where(demand.contacts > 0, paths, 0.0), (often, 1))
        rng = np.random.default_rng(seed)
        return SampledWeeks(
            demand,
            measure,
            grid,
            span,
            counts,
            path_rates(counts, grid),
            rng.random(counts.shape),
            rng.standard_normal((len(counts), grid.days)),
            seed,
        )

    def again(self, seed: int) -> SampledWeeks:
        """The same contacts with all other chances drawn anew."""
        rng = np.random.default_rng(seed)
        return replace(
            self,
            rounding=rng.random(self.counts.shape),
            absence=rng.standard_normal(self.absence.shape),
            seed=seed,
        )

    def present(self, rostered: Array) -> Indices:
        """Agents there in each future, shape (futures, grid.size), of `rostered` (grid.size,). Who
        is absent is so all day; a fraction of an agent is there in that part of the futures."""
        shrinkage = self.demand.profile.shrinkage
        most = np.maximum.reduceat(rostered, self.grid.day_first[:-1])
        spread = np.sqrt(shrinkage * (1 - shrinkage) / np.maximum(most, 1.0))
        absent = np.clip(shrinkage + spread * self.absence, 0.0, 1.0)
        there = rostered * (1.0 - absent[:, self.grid.day_of])
        return np.floor(there + self.rounding).astype(np.int64)

    def by_formula(self, rostered: Array, some: Indices | None = None) -> Array:
        """The measure in the futures `some` (all of them) by the formulas; shape (futures,
        spans)."""
        at = np.arange(len(self.counts)) if some is None else some
        open_ = np.flatnonzero(self.demand.contacts > 0)
        agents = self.present(rostered)[np.ix_(at, open_)]
        offered = replace(self.demand, contacts=self.rates[at])
        rate = mean_rate(offered, self.grid.interval_min)[:, open_]
        result = performance(self.demand.profile, rate, self.demand.aht_s[open_], agents)
        weight = self.counts[np.ix_(at, open_)] * (1.0 + result.repeats) * self._assessed()[open_]
        above, below = self.measure.by_formula(result)
        return self._ratio(weight * np.nan_to_num(above), weight * np.nan_to_num(below), open_)

    def by_simulation(self, rostered: Array, some: Indices) -> Array:
        """The measure in the futures `some` by playing them; shape (futures, spans)."""
        profile, grid = self.demand.profile, self.grid
        queue = simulated_queue(profile, self.demand.aht_s)
        agents = self.present(rostered)
        above, below = np.zeros((2, some.size, grid.size))
        for row, path in enumerate(some):
            played = simulate_groups(
                [queue],
                self.counts[path][None],
                [AgentGroup(profile.name, agents[path], Pool({profile.name: 0}))],
                grid.interval_min * 60.0,
                replications=1,
                seed=self.seed + 7919 * int(path),
                counted=True,
            )
            sums = queue_sums(profile, grid, played.contacts[:, 0], played.time[:, 0])
            (above[row],), (below[row],) = self.measure.by_simulation(sums)
        return self._ratio(above, below, np.arange(grid.size))

    def _assessed(self) -> NDArray[np.bool_]:
        """Intervals that count; all of them but for a reply rate."""
        if self.measure.above != "replied" or self.demand.assessed is None:
            return np.ones(self.grid.size, dtype=bool)
        return self.demand.assessed

    def _ratio(self, above: Array, below: Array, at: Indices) -> Array:
        """Σ above ÷ Σ below over the intervals `at` of each span; 1 where nobody came."""
        member = self.span[at][:, None] == np.arange(int(self.span[-1]) + 1)
        good, all_ = above @ member, below @ member
        level: Array = np.divide(good, all_, out=np.ones_like(good), where=all_ > 0)
        return level
