"""Erlang B, Erlang C and Erlang A: one group of agents, one contact at a time.

All functions take arrays of any shapes that broadcast, and hold from 0.01 to 50,000 erlangs and
from 0 agents up. Rates are per second, times in seconds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from .line import Array, WaitingLine, impatient_line, patient_line
from .poisson import log_odds_below


def erlang_b(load_erl: ArrayLike, agents: ArrayLike) -> NDArray[np.float64]:
    """Share of contacts that find all of `agents` (whole or not) taken where none can wait.

    A. K. Erlang, 1917. No load is never blocked, no agents always.
    """
    load, n = np.broadcast_arrays(np.asarray(load_erl, float), np.asarray(agents, float))
    blocked = expit(-log_odds_below(n, np.where(load > 0, load, 1.0)))
    return np.where(load > 0, blocked, 0.0)


def erlang_c(
    rate_per_s: ArrayLike, aht_s: ArrayLike, agents: ArrayLike, within_s: ArrayLike = 0.0
) -> WaitingLine:
    """M/M/n: everybody waits until answered.

    With `agents` ≤ offered load the line grows without end: everybody waits, service level 0,
    answer time infinite. Without arrivals nobody waits.
    """
    rate, aht, n, within = _floats(rate_per_s, aht_s, agents, within_s)
    return patient_line(log_odds_free(rate, aht, n), rate, n / aht, within)


def erlang_a(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike,
    within_s: ArrayLike = 0.0,
) -> WaitingLine:
    """M/M/n+M: waiting customers give up after an exponential time with mean `patience_s`.

    C. Palm, 1957; exact, see `patience.py`. With no agents everybody gives up.
    """
    rate, aht, n, patience, within = _floats(rate_per_s, aht_s, agents, patience_s, within_s)
    return impatient_line(log_odds_free(rate, aht, n), rate, n / aht, patience, within)


def _floats(*values: ArrayLike) -> tuple[Array, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values)))


def log_odds_free(rate: Array, aht: Array, agents: Array) -> Array:
    """log(P(an agent is free) ÷ P(exactly as many contacts as agents)); infinite without load."""
    load = rate * aht
    return np.where(load > 0, log_odds_below(agents, np.where(load > 0, load, 1.0)), np.inf)
