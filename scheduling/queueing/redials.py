"""Customers who get no answer and try again."""

from __future__ import annotations

from collections.abc import Callable
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


def rate_with_redials(
    unanswered: Callable[..., Array],
    first_rate_per_s: Array,
    redial_share: ArrayLike,
    *known: Array,
) -> Array:
    """Attempts per second, first and repeated, of arrivals who try again with probability
    `redial_share` (below 1) each time they get no answer, long enough after.

    `unanswered(rate, *known)` is the share of attempts without an answer; `known` are arrays of the
    shape of the rates. The rate solves λ = λ₀ / (1 − r · P(unanswered | λ)); the left side grows
    with λ faster than the right, so the solution is unique.
    """
    rate = np.array(first_rate_per_s)
    redial = np.broadcast_to(np.asarray(redial_share, dtype=float), rate.shape)
    some = (rate > 0) & (redial > 0)
    if not some.any():
        return rate
    first, again = rate[some], redial[some]

    def excess(rate: Array, first: Array, again: Array, *known: Array) -> Array:
        return rate * (1.0 - again * unanswered(rate, *known)) - first

    # The rate lies between no redials and redials by everybody; the margin keeps the ends apart.
    bracket = (first * (1 - 1e-9), first / (1 - again) * (1 + 1e-9))
    solved = find_root(
        excess,
        bracket,
        args=(first, again, *(values[some] for values in known)),
        tolerances={"xrtol": 1e-14},
    )
    rate[some] = solved.x
    return rate


def erlang_a_with_redials(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike,
    redial_share: ArrayLike,
) -> Redials:
    """M/M/n+M whose abandoning customers call again. Arrays broadcast."""
    given = (rate_per_s, aht_s, agents, patience_s, redial_share)
    first, aht, n, patience, redial = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in given)
    )

    def unanswered(rate: Array, *known: Array) -> Array:
        return erlang_a(rate, *known).abandonment

    rate = rate_with_redials(unanswered, first, redial, aht, n, patience)
    lost = erlang_a(rate, aht, n, patience).abandonment
    return Redials(rate, lost, lost * (1 - redial) / (1 - redial * lost))
