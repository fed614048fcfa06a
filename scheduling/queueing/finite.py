"""M/M/n/K and M/M/n/K+M: a limited number of telephone lines.

The chain of contacts in the system ends at K lines; who finds it full is blocked. With j others
waiting before it, a contact that is let in waits for j + 1 departures: at rates nμ + jθ … nμ with
θ = 1/patience. So it is answered with probability α/(α + j + 1), α = nμ/θ, and within T with
I(j + 1, α + 1; 1 − e^(−θT)) of that; its wait lasts beyond T with probability
e^(−θT) · I(α, j + 1; e^(−θT)), I the regularised incomplete beta function. Without patience the
departures make a gamma distribution.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, gammaincc

from .erlang import log_odds_free
from .line import Array, WaitingLine

_CELLS = 1_000_000
"""Elements × places worked on at a time."""

_NEGLIGIBLE = 1e-18
"""Waiting places of less weight change no sum; their times are not worked out."""


def finite_line(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    lines: ArrayLike,
    patience_s: ArrayLike | None = None,
    within_s: ArrayLike = 0.0,
) -> WaitingLine:
    """Exact performance of whole `agents` (0 or more) with room for `lines` contacts, those in
    service included; agents beyond the lines have nothing to do. Without `patience_s` nobody who
    is let in gives up. Arrays broadcast; shares are of all who try, the blocked included.
    """
    patience = np.inf if patience_s is None else patience_s
    given = (rate_per_s, aht_s, agents, lines, patience, within_s)
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in given))
    shape = arrays[0].shape
    rate, aht, n, room, calm, within = (array.ravel() for array in arrays)
    n = np.minimum(n, room)
    columns = np.empty((7, rate.size))
    columns[:] = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0])[:, None]  # nobody calls
    # A line that nobody serves and nobody leaves stays full.
    stuck = (rate > 0) & (n == 0) & np.isinf(calm)
    columns[:, stuck] = np.array([0.0, 0.0, np.inf, 0.0, 0.0, 0.0, 1.0])[:, None]
    places = room - n
    some = np.flatnonzero((rate > 0) & ~stuck)
    some = some[np.argsort(places[some], kind="stable")]  # rows of like width together
    for part in np.array_split(some, 1 + int(places[some].sum()) // _CELLS):
        if part.size:
            free = log_odds_free(rate[part], aht[part], n[part])
            columns[:, part] = _limited(
                free, rate[part], n[part] / aht[part], places[part], 1 / calm[part], within[part]
            )
    return WaitingLine(*(column.reshape(shape) for column in columns))


def _limited(
    log_odds: Array,
    rate: Array,
    completion_rate: Array,
    places: Array,
    giving_up: Array,
    within: Array,
) -> Array:
    """The fields of a `WaitingLine` for rows of shape (rows,), shape (7, rows)."""
    ahead = np.arange(int(places.max()) + 1)
    log_weight, leaving = _states(rate, completion_rate, places, giving_up, ahead)
    top = np.maximum(log_weight.max(axis=1), log_odds)
    weight = np.exp(log_weight - top[:, None])
    free = np.exp(log_odds - top)
    total = free + weight.sum(axis=1)
    weight /= total[:, None]
    free /= total
    rows = np.arange(rate.size)
    blocked = weight[rows, places.astype(np.int64)]
    queue = weight @ ahead
    waits = np.where(ahead < places[:, None], weight, 0.0)
    # A contact with j ahead is served if its own patience outlasts all departures.
    served = waits * completion_rate[:, None] / leaving
    wait_s = np.cumsum(1.0 / leaving, axis=1)
    in_time, over = _on_time(waits, completion_rate, giving_up, within, leaving)
    answered = free + served.sum(axis=1)
    waited = np.einsum("ij,ij->i", served, wait_s)
    asa = np.divide(waited, answered, out=np.full_like(waited, np.inf), where=answered > 0)
    p_wait = waits.sum(axis=1)
    return np.array(
        [
            p_wait,
            queue * giving_up / rate,
            asa,
            queue / rate,
            free + in_time,
            np.maximum(p_wait - over - in_time, 0.0),
            blocked,
        ]
    )


def _states(
    rate: Array,
    completion_rate: Array,
    places: Array,
    giving_up: Array,
    ahead: NDArray[np.int64],
) -> tuple[Array, Array]:
    """(log weight of the states with every agent busy and j waiting, against j = 0; the rate at
    which contacts leave with j + 1 waiting): shape (rows, places + 1) each."""
    leaving = completion_rate[:, None] + (ahead + 1) * giving_up[:, None]
    steps = np.log(rate[:, None] / leaving[:, :-1]).cumsum(axis=1)
    log_weight = np.concatenate([np.zeros((rate.size, 1)), steps], axis=1)
    return np.where(ahead <= places[:, None], log_weight, -np.inf), leaving


def _on_time(
    waits: Array, completion_rate: Array, giving_up: Array, within: Array, leaving: Array
) -> tuple[Array, Array]:
    """Shares of all contacts: answered after a wait of at most `within`, and still waiting then;
    shape (rows,) each."""
    row, ahead = np.nonzero(waits > _NEGLIGIBLE)
    shares = waits[row, ahead]
    speed, leave, time = completion_rate[row], giving_up[row], within[row]
    patient = leave == 0
    alpha = np.divide(speed, leave, out=np.ones_like(speed), where=~patient)
    outlasts = np.exp(-leave * time)
    served = speed / leaving[row, ahead]
    in_time = np.where(
        patient,
        gammainc(ahead + 1.0, speed * time),
        served * betainc(ahead + 1.0, alpha + 1.0, -np.expm1(-leave * time)),
    )
    over = np.where(
        patient,
        gammaincc(ahead + 1.0, speed * time),
        outlasts * betainc(np.maximum(alpha, 1e-300), ahead + 1.0, outlasts),
    )
    table = np.zeros((2, *waits.shape))
    table[:, row, ahead] = shares * in_time, shares * over
    return table[0].sum(axis=1), table[1].sum(axis=1)
