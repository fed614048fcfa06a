"""The service that groups of agents give, by simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.targets import QueueProfile, ServiceLevelDefinition
from ..simulation.engine import world
from ..simulation.groups import AgentGroup, simulate_groups
from ..simulation.queues import simulated_queue
from ..simulation.replications import estimate_ratio
from ..simulation.routing import Pool
from ..staffing.agents import effective_target
from ..staffing.demand import QueueDemand
from .crew import Crew

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Surplus:
    """By how much each target is exceeded, as a part of what is left to gain or lose there: 0 is
    just met, below 0 missed. `error` is the standard error. Shape (targets,)."""

    value: Array
    error: Array

    def met(self, margin: float) -> bool:
        """Whether every target is met with `margin` standard errors to spare."""
        return bool((self.value >= margin * self.error).all())


@dataclass(frozen=True)
class Trial:
    """Simulation of groups of agents against the targets of queues whose customers wait.

    The same contacts come in every call (common random numbers). Whoever serves fewest queues is
    asked first; an agent takes who has waited longest. A target holds on the average over the
    whole horizon; occupancy is left to the covering program.
    """

    demands: tuple[QueueDemand, ...]
    crew: Crew
    interval_min: int
    replications: int
    seed: int

    def surplus(self, agents: Array) -> Surplus:
        """Surplus of `agents` (groups, intervals). A fraction of an agent is there in that part of
        the replications."""
        counts = np.concatenate(
            [self._counts(whole, number) for number, whole in enumerate(self._whole(agents))]
        ).sum(axis=2, dtype=float)
        found = [
            ratio
            for row, demand in enumerate(self.demands)
            for ratio in _targets(demand.profile, counts[:, row])
        ]
        return Surplus(*(np.array(column) for column in zip(*found, strict=True)))

    def _whole(self, agents: Array) -> list[NDArray[np.int64]]:
        """Whole numbers of agents for each replication, right on the average."""
        order = np.random.default_rng(self.seed).permuted(
            np.tile(np.arange(self.replications), (len(agents), 1)), axis=1
        )
        above = (order + 0.5) / self.replications
        return [np.floor(agents + part[:, None] + 1e-9).astype(np.int64) for part in above.T]

    def _counts(self, agents: NDArray[np.int64], number: int) -> NDArray[np.float32]:
        queues = [simulated_queue(demand.profile, demand.aht_s) for demand in self.demands]
        groups = [AgentGroup(str(row), agents[row], self._pool(row)) for row in range(len(agents))]
        return simulate_groups(
            queues,
            np.array([demand.contacts for demand in self.demands]),
            groups,
            self.interval_min * 60.0,
            replications=1,
            seed=self.seed + number,
        ).contacts

    def _pool(self, group: int) -> Pool:
        mine = [
            name
            for name, able in zip(self.crew.queues, self.crew.serves[group], strict=True)
            if able
        ]
        return Pool(dict.fromkeys(mine, 0), dict.fromkeys(mine, len(mine)))


def _targets(profile: QueueProfile, counts: Array) -> Sequence[tuple[float, float]]:
    """(surplus, error) of each of the queue's targets; `counts` is (replications, columns)."""
    target, offered = effective_target(profile), counts[:, world.OFFERED]
    shares = []
    if target.service_level is not None:
        good, counted = _service_level(target.definition, counts)
        shares.append((good, counted, target.service_level))
    if target.max_wait_s is not None:
        shares.append((counts[:, world.WAITED_WITHIN], offered, target.wait_percentile))
    if target.reply is not None and target.reply.share is not None:
        shares.append((counts[:, world.REPLIED], offered, target.reply.share))
    if target.max_abandonment is not None and target.max_abandonment < 1:
        stayed = offered - counts[:, world.ABANDONED]
        shares.append((stayed, offered, 1.0 - target.max_abandonment))
    found = []
    for above, below, wanted in shares:
        estimate = estimate_ratio(above, below)
        found.append((float(estimate.value) - wanted, float(estimate.error)))
    if target.max_asa_s is not None:
        wait = estimate_ratio(counts[:, world.ANSWERED_WAIT_S], counts[:, world.ANSWERED])
        scale = max(target.max_asa_s, 1.0)
        found.append(((target.max_asa_s - float(wait.value)) / scale, float(wait.error) / scale))
    return [(np.nan_to_num(value), np.nan_to_num(error)) for value, error in found]


def _service_level(definition: ServiceLevelDefinition, counts: Array) -> tuple[Array, Array]:
    offered, within = counts[:, world.OFFERED], counts[:, world.ANSWERED_WITHIN]
    left = counts[:, world.ABANDONED_WITHIN]
    match definition:
        case ServiceLevelDefinition.OFFERED:
            return within, offered
        case ServiceLevelDefinition.ANSWERED:
            return within, counts[:, world.ANSWERED]
        case ServiceLevelDefinition.EXCLUDING_SHORT_ABANDONS:
            return within, offered - left
        case ServiceLevelDefinition.INCLUDING_SHORT_ABANDONS:
            return within + left, offered
