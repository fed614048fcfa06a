"""What many replications counted, and how sure a ratio of counts is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from .arrivals import generator
from .engine import run
from .engine.inputs import Changes, Contacts, Frame, Ints, Queues, Routing
from .engine.world import CONTACT_COLUMNS, POOL_COLUMNS, new_world

Array = NDArray[np.float64]
Counts = NDArray[np.float32]


@dataclass(frozen=True)
class Replications:
    """Counts of every replication.

    `contacts` has shape (replications, queues, intervals, columns), by interval of arrival, with
    the columns of `engine.world` (OFFERED, ANSWERED …); `time` has shape (replications, pools,
    intervals, columns) in agent-seconds (AVAILABLE, BUSY, ENGAGED).
    """

    queues: tuple[str, ...]
    pools: tuple[str, ...]
    interval_s: float
    contacts: Counts
    time: Counts

    @property
    def count(self) -> int:
        return len(self.contacts)


@dataclass(frozen=True)
class Scene:
    """What every replication has in common; agents as in `new_world`."""

    frame: Frame
    queues: Queues
    routing: Routing
    named: Array
    nameless: Ints


_REDIALS = 2_000_000
"""Stream of the random numbers that are drawn while a replication plays."""


def replicate(
    scene: Scene,
    queues: Sequence[str],
    pools: Sequence[str],
    replications: int,
    seed: int,
    draw: Callable[[int], tuple[Contacts, Changes]],
) -> Replications:
    """Plays `replications` of a scene; `draw` gives the contacts and changes of each.

    ValueError for less than one.
    """
    if replications < 1:
        raise ValueError(f"replications is {replications}, expected at least 1")
    kinds, groups, intervals = len(queues), len(pools), scene.frame.intervals
    counts = np.empty((replications, kinds, intervals, CONTACT_COLUMNS), dtype=np.float32)
    times = np.empty((replications, groups, intervals, POOL_COLUMNS), dtype=np.float32)
    for r in range(replications):
        contacts, changes = draw(r)
        own = int(generator(seed, r, _REDIALS).integers(2**63))
        world = new_world(
            scene.frame._replace(seed=own),
            contacts,
            scene.queues,
            scene.routing,
            scene.named,
            scene.nameless,
        )
        run(world, changes)
        counts[r], times[r] = world.tally, world.time_tally
    return Replications(tuple(queues), tuple(pools), scene.frame.interval_s, counts, times)


@dataclass(frozen=True)
class Estimate:
    """`value` with its standard error, and the interval that holds the truth with the confidence
    asked for; arrays of one shape. NaN where there is nothing to divide by; a single replication
    has no error."""

    value: Array
    error: Array
    low: Array
    high: Array


def estimate_ratio(above: Array, below: Array, confidence: float = 0.95) -> Estimate:
    """Σ above ÷ Σ below over the replications (first axis).

    The standard error is that of a ratio of means (delta method; A. Law, *Simulation Modeling and
    Analysis*, section 9.5), the interval Student's.
    """
    count = len(above)
    total = below.sum(axis=0)
    some = total > 0
    safe = np.where(some, total, 1.0)
    value = np.where(some, above.sum(axis=0) / safe, np.nan)
    if count < 2:
        unknown = np.full_like(value, np.nan)
        return Estimate(value, unknown, unknown, unknown)
    off = above - np.where(some, value, 0.0) * below
    error = np.sqrt(count / (count - 1) * (off**2).sum(axis=0)) / safe
    error = np.where(some, error, np.nan)
    reach = float(stdtrit(count - 1, 0.5 + confidence / 2)) * error
    return Estimate(value, error, value - reach, value + reach)


def estimate_mean(values: Array, confidence: float = 0.95) -> Estimate:
    """The mean over the replications (first axis)."""
    return estimate_ratio(values, np.ones_like(values), confidence)


def estimate_chance(met: NDArray[np.bool_], confidence: float = 0.95) -> Estimate:
    """The share of replications (first axis) in which something holds, with Wilson's interval,
    which stays right near 0 and 1."""
    count = len(met)
    share = met.mean(axis=0)
    error = np.sqrt(share * (1 - share) / count)
    z = float(stdtrit(1e9, 0.5 + confidence / 2))
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * np.sqrt(error**2 + z * z / (4 * count * count))
    low, high = np.minimum(middle - reach, share), np.maximum(middle + reach, share)  # rounding
    return Estimate(share, error, low, high)


def estimate_reached(
    above: Array, below: Array, share: float, *, at_least: bool, confidence: float = 0.95
) -> Estimate:
    """The ratio that this share of replications (first axis) reaches or betters: at least so much,
    or (`at_least` False) at most. What is met by it is met with that chance.

    An order statistic of the replications' own ratios; its interval lies between those whose ranks
    chance could swap it for (binomial; Conover, *Practical Nonparametric Statistics*, section 3.2).
    Replications in which nothing counts miss nothing.
    """
    count = len(above)
    missed = np.inf if at_least else -np.inf
    own = np.divide(above, below, out=np.full_like(below, missed, dtype=float), where=below > 0)
    best_first = np.sort(-own if at_least else own, axis=0) * (-1.0 if at_least else 1.0)
    rank = int(np.ceil(share * count)) - 1
    z = float(stdtrit(1e9, 0.5 + confidence / 2))
    off = z * np.sqrt(count * share * (1.0 - share))
    better, worse = (
        best_first[int(np.clip(np.round(rank + by), 0, count - 1))] for by in (-off, off)
    )
    some = (below > 0).any(axis=0) & np.isfinite(best_first[rank])
    value, low, high = (
        np.where(some, each, np.nan)
        for each in (best_first[rank], np.minimum(better, worse), np.maximum(better, worse))
    )
    return Estimate(value, (high - low) / (2 * z), low, high)
