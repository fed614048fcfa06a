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
from ..queueing.performance import performance

DEFAULT_MAX_OCCUPANCY = 0.85
DEFAULT_MAX_ABANDONMENT = 0.05

_TOLERANCE = 1e-12
"""A target is met if it is missed by rounding only: 850 erlangs on 1,000 agents are 85 %."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class AgentsNeeded:
    """`least` is the smallest whole number of agents that meets every target. `fractional`, above
    `least` − 1 and at most `least`, has `least` − 1 agents part of the time: the share at which
    the measure that misses its target most, interpolated between the two, just meets it. Both are
    0 where no contacts come. Shapes are those of the arrivals."""

    least: NDArray[np.int64]
    fractional: Array


def effective_target(profile: QueueProfile) -> ServiceTarget:
    """The queue's target with the default limits where the planner left them open."""
    target = profile.target
    if target.max_occupancy is None:
        target = replace(target, max_occupancy=DEFAULT_MAX_OCCUPANCY)
    if target.max_abandonment is None and profile.patience_s is not None:
        target = replace(target, max_abandonment=DEFAULT_MAX_ABANDONMENT)
    return target


def agents_needed(profile: QueueProfile, rate_per_s: ArrayLike, aht_s: ArrayLike) -> AgentsNeeded:
    """Agents for `rate_per_s` contacts of `aht_s` seconds (arrays that broadcast) to meet the
    queue's targets. Every measure improves with each agent, so a bracket closes on the least."""
    profile = replace(profile, target=effective_target(profile))
    rate, aht = np.broadcast_arrays(np.asarray(rate_per_s, float), np.asarray(aht_s, float))
    least = np.zeros(rate.size, dtype=np.int64)
    fractional = np.zeros(rate.size)
    some = np.flatnonzero(rate.ravel() * aht.ravel() > 0)
    if some.size:
        busy_rate, busy_aht = rate.ravel()[some], aht.ravel()[some]
        least[some] = _least(profile, busy_rate, busy_aht)
        fractional[some] = _fractional(profile, busy_rate, busy_aht, least[some])
    return AgentsNeeded(least.reshape(rate.shape), fractional.reshape(rate.shape))


def _least(profile: QueueProfile, rate: Array, aht: Array) -> NDArray[np.int64]:
    """Gallops from a first guess until one number fails and a larger one meets, then bisects."""
    too_few, guess = _first_guess(profile, rate * aht)
    unknown = np.iinfo(np.int64).max
    enough = np.full(rate.size, unknown)
    failed = np.zeros(rate.size, dtype=bool)  # too_few has been tried, not only derived
    probe, step = guess, np.ones(rate.size, dtype=np.int64)
    open_ = np.arange(rate.size)
    while open_.size:
        met = _meets(profile, rate[open_], aht[open_], probe[open_])
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


def _first_guess(
    profile: QueueProfile, load_erl: Array
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A number of agents that is surely too few, and a good first one to try."""
    cap = profile.target.max_occupancy or 1.0
    load = load_erl * profile.aht_by_concurrency[-1] / profile.concurrency
    by_cap = np.ceil(load / cap - 1e-9)
    square_root = np.ceil(load + 0.6 * np.sqrt(load))
    if profile.channel is Channel.PHONE and profile.patience_s is None:
        too_few = np.maximum(by_cap, np.floor(load) + 1) - 1
        return too_few.astype(np.int64), np.maximum(too_few + 1, square_root).astype(np.int64)
    guess = np.maximum(by_cap, 1.0)
    return np.zeros(load.shape, dtype=np.int64), guess.astype(np.int64)


def _meets(
    profile: QueueProfile, rate: Array, aht: Array, agents: NDArray[np.int64]
) -> NDArray[np.bool_]:
    missed, stable = _missed_by(profile, rate, aht, agents)
    met: NDArray[np.bool_] = stable & (missed <= _TOLERANCE).all(axis=0)
    return met


def _missed_by(
    profile: QueueProfile, rate: Array, aht: Array, agents: NDArray[np.int64]
) -> tuple[Array, NDArray[np.bool_]]:
    """By how much each target is missed (first axis; 0 or less is met), and where the line is
    stable at all."""
    result, target = performance(profile, rate, aht, agents), profile.target
    missed = []
    if target.service_level is not None:
        missed.append(target.service_level - result.service_level)
    if target.max_asa_s is not None:
        missed.append(result.asa_s - target.max_asa_s)
    if target.max_abandonment is not None:
        missed.append(result.abandonment - target.max_abandonment)
    if target.max_occupancy is not None:
        missed.append(result.occupancy - target.max_occupancy)
    return np.array(missed), np.isfinite(result.asa_s)


def _fractional(profile: QueueProfile, rate: Array, aht: Array, least: NDArray[np.int64]) -> Array:
    missed, _ = _missed_by(profile, rate, aht, least - 1)
    spared, _ = _missed_by(profile, rate, aht, least)
    violated = missed > _TOLERANCE
    relief = np.where(violated & np.isfinite(missed), missed - np.minimum(spared, 0.0), 1.0)
    share = np.where(violated, np.minimum(missed / relief, 1.0), 0.0).max(axis=0)
    # Where only stability asks for the last agent, no measure says how much of one would do.
    spare = np.where(violated.any(axis=0), 1.0 - share, 0.0)
    return least.astype(float) - spare
