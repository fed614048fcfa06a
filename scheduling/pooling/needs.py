"""What queues need alone, and what they need together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..staffing.agents import agents_needed, effective_target
from ..staffing.demand import QueueDemand
from ..staffing.offered_load import formula_moments
from .crew import Flags

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LoneNeeds:
    """Agents that each queue would need for itself, shape (queues, intervals): `load` keeps up
    with the contacts, `safety` on top of it keeps the wait within the targets (below zero where
    customers give up), `capped` keeps to the occupancy allowed."""

    load: Array
    safety: Array
    capped: Array

    @property
    def agents(self) -> Array:
        """What meets all targets at once."""
        return np.maximum(self.load + self.safety, self.capped)

    def together(self, sets: Flags, scale: SafetyScale | None = None) -> Array:
        """Agents that sets of queues need if each agent may serve the whole set; shape
        (sets, intervals).

        Loads add up. Safety goes by the square root of the load (A. Halfin and W. Whitt,
        Operations Research 29, 1981), so that the squares of the queues' own add up: that is the
        gain of pooling. The occupancy that is allowed gains nothing.
        """
        weight = sets.astype(float)
        safety = self.safety if scale is None else self.safety + scale.more[:, None] * self.root
        squares = weight @ (safety * np.abs(safety))
        pooled = np.sign(squares) * np.sqrt(np.abs(squares))
        if scale is not None:
            pooled += np.where(sets.sum(axis=1) == 1, scale.alone, 0.0)[:, None] * (
                np.sqrt(weight @ self.load)
            )
        needed: Array = np.maximum(weight @ self.load + pooled, weight @ self.capped)
        return needed

    @property
    def root(self) -> Array:
        """The unit of safety: √load."""
        return np.sqrt(self.load)


@dataclass(frozen=True)
class SafetyScale:
    """What simulation adds to the safety that the formulas ask for, in units of √load: `more` of
    each queue (queues,), and `alone` of those who can serve a queue, whatever else they do."""

    more: Array
    alone: float

    @property
    def vector(self) -> Array:
        return np.append(self.more, self.alone)

    @staticmethod
    def of(vector: Array) -> SafetyScale:
        return SafetyScale(vector[:-1], float(vector[-1]))


def lone_needs(demands: Sequence[QueueDemand], interval_min: int) -> LoneNeeds:
    """Needs of queues whose customers wait (phone, chat), each for itself."""
    loads, safeties, caps = [], [], []
    for demand in demands:
        profile = demand.profile
        moments = formula_moments(demand, interval_min)
        target = effective_target(profile)
        free = replace(profile, target=replace(target, max_occupancy=1.0))
        slowest = profile.aht_by_concurrency[-1] / profile.concurrency
        load = (moments.rate_per_s * moments.time).sum(axis=0) * demand.aht_s * slowest
        agents = agents_needed(free, moments, demand.aht_s).fractional
        loads.append(load)
        safeties.append(agents - load)
        caps.append(load / (target.max_occupancy or 1.0))
    return LoneNeeds(np.array(loads), np.array(safeties), np.array(caps))
