"""The contacts of one replication, drawn before anything happens.

Every replication and queue has random numbers of its own that depend on nothing but the seed: two
rosters, or two routings, meet the same contacts with the same handle times and patience (common
random numbers), which makes their difference much surer than either of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .engine.inputs import Contacts
from .queues import Patience, SimulatedQueue

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def draw_contacts(
    queues: Sequence[SimulatedQueue],
    contacts: Array,
    interval_s: float,
    *,
    seed: int,
    replication: int,
    counted: bool = False,
    carried: Array | None = None,
) -> Contacts:
    """Contacts of every queue, at random moments of their intervals.

    `contacts` (queues, intervals) are the expected numbers, about which those that come are
    Poisson; if `counted` they are the numbers themselves (a fraction is the chance of one more).
    `carried` (queues, intervals) is deferrable work that waits when the grid begins, as expected
    numbers by the interval at whose end they are due.
    """
    drawn = []
    for row, queue in enumerate(queues):
        rng = generator(seed, replication, row)
        number = _numbers(contacts[row], counted, rng)
        at = np.repeat(np.arange(len(number)), number)
        arrival = rng.random(len(at))
        arrival += at
        arrival.sort()
        arrival *= interval_s
        work = _handle_time(queue, at, rng)
        patience = _patience(queue.patience, at, rng)
        if carried is not None and carried[row].any():
            early = _carried(queue, carried[row], interval_s, rng)
            arrival, work = np.concatenate([early[0], arrival]), np.concatenate([early[1], work])
            patience = np.concatenate([np.full(len(early[0]), np.inf), patience])
        drawn.append((arrival, work, patience))
    first = np.cumsum([0, *(len(arrival) for arrival, _, _ in drawn)])
    arrival, work, patience = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    return Contacts(first, arrival, work, patience)


def generator(seed: int, replication: int, stream: int) -> np.random.Generator:
    """Random numbers that belong to one stream of one replication."""
    return np.random.Generator(
        np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(replication, stream)))
    )


def _numbers(contacts: Array, counted: bool, rng: np.random.Generator) -> Ints:
    if counted:
        return np.floor(contacts + rng.random(len(contacts))).astype(np.int64)
    return rng.poisson(contacts)


def _handle_time(queue: SimulatedQueue, at: Ints, rng: np.random.Generator) -> Array:
    """Handle times of contacts that arrive in intervals `at`."""
    cv = queue.handle_cv
    if cv == 1.0:
        times = rng.standard_exponential(len(at))
    else:
        sigma = np.sqrt(np.log1p(cv * cv))
        times = np.exp(sigma * rng.standard_normal(len(at)) - sigma * sigma / 2)
    times *= _means(queue.aht_s, at)
    return times


def _patience(patience: Patience | None, at: Ints, rng: np.random.Generator) -> Array:
    if patience is None:
        return np.full(len(at), np.inf)
    found = rng.standard_exponential(len(at))
    means = _means(patience.mean_s, at)
    if patience.short_share > 0:
        short = rng.random(len(at)) < patience.short_share
        means = np.where(short, _means(patience.short_mean_s, at), means)
    found *= means
    if patience.balking > 0:
        found[rng.random(len(at)) < patience.balking] = 0.0
    return found


def _carried(
    queue: SimulatedQueue, carried: Array, interval_s: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """(arrival, work) of what came before the grid, in order of arrival; the deadline counts from
    an arrival before the grid, so that it is due when it is said to be."""
    number = rng.poisson(carried)
    due = np.repeat(np.arange(1, len(number) + 1), number) * interval_s
    arrival = np.minimum(due - (queue.deadline_s or 0.0), 0.0)
    first = np.zeros(len(due), dtype=np.int64)
    return arrival, _handle_time(queue, first, rng)


def _means(mean: float | Array, at: Ints) -> Array:
    """The mean of each contact by its interval; a single one for all that share it."""
    means = np.asarray(mean, dtype=float)
    return means if means.ndim == 0 else np.asarray(means[at])
