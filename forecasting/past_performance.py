"""How good each member would have been over the last weeks, and what follows from that: how much
it counts, and how far the centre's ranges must be stretched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .blend import relative_errors, weights
from .day_matrix import divided
from .level.companions import Companion
from .queue_learning import LearnedQueue
from .ranges import shared_part, stretches

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PastPerformance:
    """`weights` (queues, members), Prophet first; `wape` (queues, members) of the days of the
    last weeks, NaN where none were forecast; `stretch` (queues,) on the level's stated deviations
    and the part of them that queues share, `shared`."""

    weights: Array
    wape: Array
    stretch: Array
    shared: float


def past_performance(
    queues: Sequence[LearnedQueue], companions: Sequence[Companion]
) -> PastPerformance:
    """From what every queue's level and the companions forecast of the same past days."""
    checked = next((queue.past for queue in queues if queue.past is not None), None)
    if checked is None:
        shape = len(queues), 1 + len(companions)
        return PastPerformance(
            weights=np.full(shape, 1.0 / shape[1]),
            wape=np.full(shape, np.nan),
            stretch=np.ones(len(queues)),
            shared=0.0,
        )
    nothing = np.full(checked.mean.shape, np.nan)
    past = [queue.past for queue in queues]
    actual = np.stack([nothing if one is None else one.actual for one in past])
    log_sd = np.stack([nothing if one is None else one.log_sd for one in past])
    heart = np.stack([nothing if one is None else one.mean for one in past])
    members = np.stack([heart, *(companion.past for companion in companions)])
    flat = members.reshape(*members.shape[:2], -1)
    came = actual.reshape(len(queues), -1)
    share = weights(relative_errors(flat, came))
    # A queue that borrows its level is too new for those that learn from lags.
    share[[queue.level is None for queue in queues]] = np.eye(len(flat))[0]
    expected = np.einsum("qm,mqd->qd", share, np.nan_to_num(flat))
    deviation = np.sqrt(log_sd.reshape(came.shape) ** 2 + 1.0 / np.maximum(expected, 1.0))
    usable = np.isfinite(came) & (came > 0) & (expected > 0) & np.isfinite(deviation)
    ratio = np.where(usable, divided(np.where(usable, came, 1.0), expected, 1.0), 1.0)
    missed = np.where(usable, np.log(ratio) / np.where(usable, deviation, 1.0), np.nan)
    return PastPerformance(share, _wape(flat, came), stretches(missed), shared_part(missed))


def _wape(members: Array, actual: Array) -> Array:
    """WAPE by queue and member from (members, queues, days) and (queues, days)."""
    known = np.isfinite(actual) & np.isfinite(members).all(axis=0)
    missed = np.where(known, np.abs(members - actual), 0.0).sum(axis=2)
    total = np.where(known, actual, 0.0).sum(axis=1)
    return divided(missed, np.broadcast_to(total, missed.shape), np.nan).T
