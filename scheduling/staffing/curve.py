"""The service that each number of agents gives: the staffing curve of a queue."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from ..queueing.performance import QueuePerformance
from .agents import agents_needed
from .demand import QueueDemand
from .moments import average_performance
from .offered_load import formula_moments
from .requirement import StaffingCurve

Array = NDArray[np.float64]

_ROOM = 1.25
"""A curve goes on beyond the agents needed by so much, where it is level."""


def staffing_curve(
    demand: QueueDemand, interval_min: int, most: int | None = None
) -> StaffingCurve:
    """The curve of a phone or chat queue for 0 … `most` rostered agents; left out, a quarter more
    than its targets ever take. Each agent is absent with probability shrinkage, independently.
    Outside the assessment window of a reply rate the share answered takes its place."""
    profile = demand.profile
    moments = formula_moments(demand, interval_min)
    if most is None:
        least = agents_needed(profile, moments, demand.aht_s).least.max(initial=0)
        most = int(np.ceil(least / (1.0 - profile.shrinkage) * _ROOM)) + 1
    size = demand.contacts.size
    row = np.repeat(np.flatnonzero(demand.contacts > 0), most + 1)
    agents = np.tile(np.arange(most + 1), row.size // (most + 1))
    result = average_performance(profile, moments.take(row), demand.aht_s[row], agents)
    assessed = np.ones(size, dtype=bool) if demand.assessed is None else demand.assessed
    attempts = demand.contacts[row] * (1.0 + result.repeats)
    rostered = np.arange(most + 1)
    present = np.asarray(binom.pmf(rostered, rostered[:, None], 1.0 - profile.shrinkage))
    sums = []
    for shares in _good_of_counted(result, assessed[row]):
        amounts = np.zeros((size, most + 1))
        amounts[demand.contacts > 0] = (attempts * shares).reshape(-1, most + 1)
        sums.append(amounts @ present.T)
    return StaffingCurve(profile.name, *sums)


def _good_of_counted(result: QueuePerformance, assessed: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Numerator and denominator of what a queue is judged by, per attempt."""
    if np.isfinite(result.good).all():
        return result.good, result.counted
    answered = 1.0 - result.abandonment - result.blocked
    everybody = np.ones_like(answered)
    if np.isnan(result.replied).any():
        return answered, everybody
    return (
        np.where(assessed, result.replied, answered),
        np.where(assessed, result.reply_counted, everybody),
    )
