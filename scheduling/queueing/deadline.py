"""Work with deadlines as a fluid: first in, first out, as fast as capacity allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class DeadlineFlow:
    """How work with deadlines gets done; arrays of shape (intervals,), in units of work.

    `done` is worked off in each interval, `backlog` waits at its end, the oldest of it for
    `oldest_age` intervals (0 if nothing waits; work from before the start counts from there).
    Of the work that arrives in an interval `in_time` is done by its latest interval; `known` is
    the part whose fate the horizon decides: all of it if due before the end, else what is done.
    """

    done: Array
    backlog: Array
    oldest_age: NDArray[np.int64]
    in_time: Array
    known: Array


def work_off(
    arrivals: Array, latest: NDArray[np.int64], capacity: Array, backlog: float = 0.0
) -> DeadlineFlow:
    """Serve `arrivals` (work arriving in each interval, to be done by the end of interval
    `latest`) with `capacity`, after a `backlog` from before the first interval.

    Work may be done in the interval in which it arrives. Where all work has the same time to its
    deadline, first in, first out is earliest deadline first, which meets every deadline that can
    be met.
    """
    arrived = backlog + np.cumsum(arrivals)
    surplus = backlog + np.cumsum(arrivals - capacity)
    waiting = surplus - np.minimum(np.minimum.accumulate(surplus), 0.0)
    finished = arrived - waiting
    before = arrived - arrivals  # arrived earlier, so done earlier

    size = arrivals.size
    at_latest = finished[np.minimum(latest, size - 1)]
    in_time = np.clip(at_latest - before, 0.0, arrivals)
    oldest = np.searchsorted(arrived, finished + _ROUNDING * np.maximum(arrived, 1.0), "right")
    oldest = np.where(finished < backlog * (1 - _ROUNDING), 0, oldest)
    now = np.arange(size)
    return DeadlineFlow(
        done=np.diff(finished, prepend=0.0),
        backlog=waiting,
        oldest_age=np.where(oldest <= now, now + 1 - oldest, 0),
        in_time=in_time,
        known=np.where(latest < size, arrivals, in_time),
    )
