"""The moments of an interval at which the stationary formulas are asked, and their average."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...data.targets import QueueProfile
from ..queueing.performance import QueuePerformance, performance

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Moments within each interval: `rate_per_s` gives the formulas the load of that moment,
    `arrivals` is the share of the interval's contacts and `time` the share of its time that the
    moment stands for. Shape (moments, intervals) each; shares sum to 1 over moments."""

    rate_per_s: Array
    arrivals: Array
    time: Array

    @staticmethod
    def steady(rate_per_s: ArrayLike) -> Moments:
        """One moment that stands for the whole of each interval."""
        rate = np.atleast_1d(np.asarray(rate_per_s, dtype=float))[None]
        return Moments(rate, np.ones_like(rate), np.ones_like(rate))

    def take(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> Moments:
        """The moments of some intervals."""
        return Moments(self.rate_per_s[:, some], self.arrivals[:, some], self.time[:, some])

    def __len__(self) -> int:
        return len(self.rate_per_s)


def average_performance(
    profile: QueueProfile,
    moments: Moments,
    aht_s: Array,
    agents: NDArray[np.int64],
    longest_asa_s: float = np.inf,
) -> QueuePerformance:
    """Performance of whole `agents`, shape (intervals,), over the moments of each interval:
    occupancy over time, the mean wait over those answered, everything else over arrivals. A
    moment's mean wait counts as at most `longest_asa_s`."""
    result = performance(profile, moments.rate_per_s, aht_s, agents)
    asa_s = np.minimum(result.asa_s, longest_asa_s)
    if len(moments) == 1:
        alone = {field.name: getattr(result, field.name)[0] for field in fields(result)}
        return QueuePerformance(**(alone | {"asa_s": asa_s[0]}))
    averaged = {
        field.name: (getattr(result, field.name) * moments.arrivals).sum(axis=0)
        for field in fields(result)
    }
    answered = moments.arrivals * (1.0 - result.abandonment - result.blocked)
    everybody = answered.sum(axis=0)
    # Where a moment answers nobody, its wait is endless and nobody's.
    waited = np.multiply(answered, asa_s, out=np.zeros_like(asa_s), where=answered > 0)
    averaged["asa_s"] = np.divide(
        waited.sum(axis=0),
        everybody,
        out=np.full_like(everybody, longest_asa_s),
        where=everybody > 0,
    )
    averaged["occupancy"] = (result.occupancy * moments.time).sum(axis=0)
    return QueuePerformance(**averaged)
