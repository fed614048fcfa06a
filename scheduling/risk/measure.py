"""What a week is judged by: the first promise of a queue that is a share of its contacts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.targets import QueueProfile
from ..queueing.performance import QueuePerformance
from ..simulation.sums import Sums

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """A share of a queue's contacts that is to be at least `goal`: `above` ÷ `below` are its
    amounts in a simulation (`Sums`), of which `missed` says that the opposite is counted."""

    goal: float
    above: str
    below: str
    missed: bool = False

    def by_formula(self, result: QueuePerformance) -> tuple[Array, Array]:
        """Numerator and denominator for each attempt."""
        match self.above:
            case "good":
                return result.good, result.counted
            case "replied":
                return result.replied, result.reply_counted
            case _:
                return 1.0 - result.abandonment, np.ones_like(result.abandonment)

    def by_simulation(self, sums: Sums) -> tuple[Array, Array]:
        """Numerator and denominator, as they were counted."""
        above, below = sums[self.above], sums[self.below]
        return (below - above if self.missed else above), below


def measure_of(profile: QueueProfile) -> Measure | None:
    """The service level, else the reply rate, else the share that does not give up; None where
    the queue promises none of them."""
    target = profile.target
    if target.service_level is not None:
        return Measure(target.service_level, "good", "counted")
    if target.reply is not None and target.reply.share is not None:
        return Measure(target.reply.share, "replied", "assessed")
    if target.max_abandonment is not None:
        return Measure(1.0 - target.max_abandonment, "abandoned", "waiting", missed=True)
    return None
