"""M/M/n/K+M: a limited number of telephone lines, and customers who give up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc

from .line import Array


@dataclass(frozen=True)
class FiniteLine:
    """Shares of offered contacts: `blocked` find every line taken, `p_wait` are admitted and wait,
    `answered_within` the threshold. `queue_length` is the mean number waiting. One shape."""

    blocked: Array
    p_wait: Array
    abandonment: Array
    queue_length: Array
    answered_within: Array


def finite_line(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    lines: ArrayLike,
    patience_s: ArrayLike,
    within_s: ArrayLike = 0.0,
) -> FiniteLine:
    """Exact performance of `agents` ≥ 1 with room for `lines` ≥ agents contacts, those in service
    included. Arrays broadcast; rates above 0.

    From the birth-death weights. A contact with j others waiting before it is answered within T
    with probability α/(α + j + 1) · I(j + 1, α + 1; 1 − e^(−T/patience)), α = n · patience/AHT, I
    the regularised incomplete beta function: the j + 1 departures ahead of it all come in time.
    """
    arrays = np.broadcast_arrays(
        *(np.asarray(v, float) for v in (rate_per_s, aht_s, agents, lines, patience_s, within_s))
    )
    metrics = np.array([_finite(*row) for row in zip(*(a.ravel() for a in arrays), strict=True)])
    columns = metrics.reshape(*arrays[0].shape, 5)
    return FiniteLine(*np.moveaxis(columns, -1, 0))


def _finite(
    rate: float, aht: float, agents: float, lines: float, patience: float, within: float
) -> tuple[float, ...]:
    state = np.arange(1.0, int(lines) + 1)
    leaving = np.minimum(state, agents) / aht + np.maximum(state - agents, 0.0) / patience
    log_weight = np.concatenate([[0.0], np.cumsum(np.log(rate / leaving))])
    share = np.exp(log_weight - log_weight.max())
    share /= share.sum()
    waits = share[int(agents) : int(lines)]
    ahead = np.arange(float(waits.size))
    queue_length = float(share[int(agents) + 1 :] @ (ahead + 1.0))
    alpha = agents * patience / aht
    in_time = (
        alpha / (alpha + ahead + 1) * betainc(ahead + 1, alpha + 1, -np.expm1(-within / patience))
    )
    return (
        float(share[-1]),
        float(waits.sum()),
        queue_length / patience / rate,
        queue_length,
        float(share[: int(agents)].sum() + waits @ in_time),
    )
