"""The inverse of the queueing formulas: how many agents a set of targets takes.

Targets hold all at once. What a planner leaves open falls back to two limits, since a service
level alone lets agents drown (80/20 on 1,000 erlangs of impatient callers is met by 936 agents
while 7 % give up): occupancy at most 85 %, and for queues with patience abandonment at most 5 %.
`max_occupancy = 1.0` or `max_abandonment = 1.0` switches them off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...data.targets import Channel, QueueProfile, ServiceTarget
from .moments import Moments
from .shortfall import TOLERANCE, Shortfall, shortfall

DEFAULT_MAX_OCCUPANCY = 0.85
DEFAULT_MAX_ABANDONMENT = 0.05

Array = NDArray[np.float64]


@dataclass(frozen=True)
class AgentsNeeded:
    """`least` is the smallest whole number of agents that meets every target. `fractional`, above
    `least` − 1 and at most `least`, has `least` − 1 agents part of the time: the share at which
    the measure that misses its target most, interpolated between the two, just meets it. Both are
    0 where no contacts come. `beyond_reach` marks where no number of agents meets every target
    (lines or the replies themselves are the limit): then the two come as near as any number does.
    Shapes are those of the arrivals."""

    least: NDArray[np.int64]
    fractional: Array
    beyond_reach: NDArray[np.bool_]


def effective_target(profile: QueueProfile) -> ServiceTarget:
    """The queue's target with the default limits where the planner left them open."""
    target = profile.target
    if target.max_occupancy is None:
        target = replace(target, max_occupancy=DEFAULT_MAX_OCCUPANCY)
    if target.max_abandonment is None and profile.patience_s is not None:
        target = replace(target, max_abandonment=DEFAULT_MAX_ABANDONMENT)
    return target


def agents_needed(
    profile: QueueProfile, rate_per_s: ArrayLike | Moments, aht_s: ArrayLike
) -> AgentsNeeded:
    """Agents for `rate_per_s` contacts of `aht_s` seconds (arrays that broadcast) to meet the
    queue's targets; for `Moments`, on the average over those of each interval, `aht_s` of shape
    (intervals,). Every measure improves with each agent, so a bracket closes on the least."""
    profile = replace(profile, target=effective_target(profile))
    if isinstance(rate_per_s, Moments):
        moments, aht = rate_per_s, np.asarray(aht_s, float)
        shape = aht.shape
    else:
        rates, aht = np.broadcast_arrays(np.asarray(rate_per_s, float), np.asarray(aht_s, float))
        shape, aht = rates.shape, aht.ravel()
        moments = Moments.steady(rates.ravel())
    least = np.zeros(aht.size, dtype=np.int64)
    fractional = np.zeros(aht.size)
    beyond_reach = np.zeros(aht.size, dtype=bool)
    some = np.flatnonzero(moments.rate_per_s.max(axis=0) * aht > 0)
    if some.size:
        busy = shortfall(profile, moments.take(some), aht[some])
        least[some] = _least(busy)
        fractional[some] = _fractional(busy, least[some])
        beyond_reach[some] = busy.beyond_reach(least[some])
    return AgentsNeeded(
        least.reshape(shape), fractional.reshape(shape), beyond_reach.reshape(shape)
    )


def _least(busy: Shortfall) -> NDArray[np.int64]:
    """Gallops from a first guess until one number fails and a larger one meets, then bisects."""
    too_few, probe = _first_guess(busy)
    unknown = np.iinfo(np.int64).max
    enough = np.full(probe.size, unknown)
    failed = np.zeros(probe.size, dtype=bool)  # too_few has been tried, not only derived
    step = np.ones(probe.size, dtype=np.int64)
    open_ = np.arange(probe.size)
    while open_.size:
        met = busy.met(open_, probe[open_])
        enough[open_[met]] = probe[open_[met]]
        too_few[open_[~met]] = probe[open_[~met]]
        failed[open_[~met]] = True
        open_ = open_[enough[open_] - too_few[open_] > 1]
        low, high, leap = too_few[open_], enough[open_], step[open_]
        probe[open_] = np.where(
            high == unknown,
            low + leap,
            np.where(failed[open_], low + (high - low) // 2, np.maximum(high - leap, low + 1)),
        )
        step[open_] *= 2
    return enough


def _first_guess(busy: Shortfall) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A number of agents that is surely too few, and a good first one to try."""
    profile, moments = busy.profile, busy.moments
    cap = profile.target.max_occupancy or 1.0
    an_agent = busy.aht_s * profile.aht_by_concurrency[-1] / profile.concurrency
    load = (moments.rate_per_s * moments.time).sum(axis=0) * an_agent
    by_cap = np.ceil(load / cap - 1e-9)
    if (
        profile.channel is not Channel.PHONE
        or profile.patience_s is not None
        or profile.lines is not None
    ):
        return np.zeros(load.size, dtype=np.int64), np.maximum(by_cap, 1.0).astype(np.int64)
    # Who stays whatever happens is never served by fewer agents than the load.
    to_catch_up = np.floor(moments.rate_per_s.max(axis=0) * an_agent) + 1
    too_few = np.maximum(by_cap, to_catch_up) - 1
    guess = np.maximum(too_few + 1, np.ceil(load + 0.6 * np.sqrt(load)))
    return too_few.astype(np.int64), guess.astype(np.int64)


def _fractional(busy: Shortfall, least: NDArray[np.int64]) -> Array:
    rows = np.arange(least.size)
    missed, _ = busy.missed(rows, least - 1)
    spared, _ = busy.missed(rows, least)
    violated = missed > TOLERANCE
    relief = np.where(violated & np.isfinite(missed), missed - np.minimum(spared, 0.0), 1.0)
    share = np.where(violated, np.minimum(missed / relief, 1.0), 0.0).max(axis=0, initial=0.0)
    # Where only stability asks for the last agent, no measure says how much of one would do.
    spare = np.where(violated.any(axis=0), 1.0 - share, 0.0)
    return least.astype(float) - spare
