"""Customers who give up and call again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root

from .erlang import erlang_a
from .line import Array


@dataclass(frozen=True)
class Redials:
    """`rate_per_s` counts first calls and redials; `abandonment` is that of one attempt; `lost` is
    the share of customers who end up without an answer. Arrays of one shape."""

    rate_per_s: Array
    abandonment: Array
    lost: Array


def erlang_a_with_redials(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike,
    redial_probability: ArrayLike,
) -> Redials:
    """M/M/n+M whose abandoning customers call again with a probability below 1, long enough after.

    The rate solves λ = λ₀ / (1 − r · P(abandon | λ)); the left side grows with λ faster than the
    right, so the solution is unique. Arrays broadcast.
    """
    first, aht, n, patience, redial = np.broadcast_arrays(
        *(
            np.asarray(value, dtype=float)
            for value in (rate_per_s, aht_s, agents, patience_s, redial_probability)
        )
    )

    def excess(rate: Array, *known: Array) -> Array:
        first, aht, n, patience, redial = known
        gap: Array = rate * (1.0 - redial * erlang_a(rate, aht, n, patience).abandonment) - first
        return gap

    # The rate lies between no redials and redials by everybody; the margin keeps the ends apart.
    bracket = (first * (1 - 1e-9), first / (1 - redial) * (1 + 1e-9))
    rate = find_root(
        excess, bracket, args=(first, aht, n, patience, redial), tolerances={"xrtol": 1e-14}
    ).x
    lost = erlang_a(rate, aht, n, patience).abandonment
    return Redials(rate, lost, lost * (1 - redial) / (1 - redial * lost))
