"""How the slots of a day err together: learned from a queue's own past days.

A day of the past is held against the mean of its like (the same weekday, four weeks either way),
which stands for a forecast. What is left beyond Poisson chance is a covariance of log errors,
slot × slot: a part that slots share, the more the nearer they are, and a part that each has alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from ...data.cleaning_likes import likes, mean_known, median_known
from ...data.history import ContactHistory
from ..day_matrix import divided, to_days
from ..forecast import Forecast

Matrix = NDArray[np.float64]

WINDOW_DAYS = 182
LEAST_LIKES = 3
_EVENT = 3.0  # a day so many deviations off its like tells of an event, not of usual errors
_LEAST_DAY_SD = 0.01
_WILD = 3.0  # standard deviations beyond which an error counts no more
_ROUNDS = 3
_MEMORY_HOURS = (1.0, 2.0, 4.0, 8.0, 16.0)
_PRIOR_DAYS = 10.0
_PRIOR_DAY, _PRIOR_HOURS, _PRIOR_OWN = 0.004, 0.010, 0.005  # variances
_PRIOR_MEMORY_HOURS = 4.0
_FREE_DAYS = 100.0  # days of full information at which a pair of slots goes half its own way
_LEAST_VARIANCE = 1e-6


@dataclass(frozen=True)
class IntervalErrors:
    """Log errors of a day's slots beyond chance: `shared` (slots, slots) is the covariance of what
    neighbours have in common, `own` (slots,) the variance that each slot has alone."""

    shared: Matrix
    own: Matrix


def learned_errors(contacts: Matrix, interval_min: int) -> IntervalErrors:
    """The errors of a queue whose past is `contacts` (days, slots), NaN where unknown or not to be
    learned from; with few days, or few contacts, those of centres in general."""
    slots = contacts.shape[1]
    error, expected = _errors_of_days(contacts[-WINDOW_DAYS:])
    hours = np.arange(slots) * interval_min / 60.0
    basis = _basis(hours)
    sizes = expected.T @ expected
    by_lag = _prior(hours)
    # Which errors are wild depends on the covariance, and that on the errors: a few rounds settle.
    for _ in range(_ROUNDS):
        spread = np.sqrt(expected + by_lag[0] * expected**2)
        tame = np.clip(error, -_WILD * spread, _WILD * spread)
        products = tame.T @ tame - np.diag(expected.sum(axis=0))
        parts = _parts(products, sizes, len(expected), hours)
        by_lag = basis @ parts
    own = float(parts[-1]) if slots > 1 else 0.0
    smooth = (by_lag - own * (hours == 0))[_lags(slots)]
    shared = _with_own_ways(smooth, products, sizes, expected, own)
    return IntervalErrors(shared, np.full(slots, max(own, _LEAST_VARIANCE)))


def days_before(history: ContactHistory, queue: str, forecast: Forecast, day: int) -> Matrix:
    """What teaches of a queue's days before the forecast's day number `day`: (days, slots)."""
    known = history.grid.day_number(forecast.grid.first_day) + day
    if known < 1 or queue not in history.queues:
        return np.zeros((0, history.grid.intervals_a_day))
    before = history.before(min(known, history.grid.days))
    row = before.queue_index(queue)
    return to_days(np.where(before.learn[row], before.offered[row], np.nan), before.grid)


def _errors_of_days(contacts: Matrix) -> tuple[Matrix, Matrix]:
    """(actual − mean of like days, that mean) of complete, ordinary days, both (days, slots)."""
    total = contacts.sum(axis=1)  # NaN if a slot is unknown
    usual = median_known(likes(total[:, None]), LEAST_LIKES)[:, 0]
    known = np.isfinite(total) & (total > 0) & (usual > 0)
    off = np.log(np.where(known, divided(total, usual, 1.0), 1.0))
    # 1.4826 × the median of absolute errors is the deviation that normal errors have.
    spread = 1.4826 * float(np.median(np.abs(off[known]))) if known.any() else 0.0
    ordinary = known & (np.abs(off) <= _EVENT * max(spread, _LEAST_DAY_SD))
    alike = likes(np.where(ordinary[:, None], contacts, np.nan))
    count = np.isfinite(alike[:, :, 0]).sum(axis=0)
    used = ordinary & (count >= LEAST_LIKES)
    expected = mean_known(alike)[used]
    # The mean of n days is itself off by 1/n of a day's variance.
    error: Matrix = (contacts[used] - expected) / np.sqrt(1.0 + 1.0 / count[used])[:, None]
    return error, expected


def _basis(hours: Matrix) -> Matrix:
    """Covariance by lag that an error of variance 1 has: (lags, kinds): one that lasts all day,
    those that fade over hours, and last one that a slot has alone."""
    fading = [np.exp(-hours / memory) for memory in _MEMORY_HOURS]
    return np.stack([np.ones(len(hours)), *fading, (hours == 0).astype(np.float64)], axis=1)


def _prior(hours: Matrix) -> Matrix:
    """Covariance by lag that centres have in general."""
    fading = _PRIOR_HOURS * np.exp(-hours / _PRIOR_MEMORY_HOURS)
    covariance: Matrix = _PRIOR_DAY + fading + _PRIOR_OWN * (hours == 0)
    return covariance


def _parts(products: Matrix, sizes: Matrix, days: int, hours: Matrix) -> Matrix:
    """Variance of each kind of `_basis`: what fits the covariance by lag over all pairs of slots,
    pulled to the general one by the weight of `_PRIOR_DAYS` days."""
    slots = len(hours)
    lag = _lags(slots).ravel()
    found = np.bincount(lag, products.ravel(), slots)
    size = np.bincount(lag, sizes.ravel(), slots)
    covariance, weight = _prior(hours), np.ones(slots)
    if size.any():
        pull = size * _PRIOR_DAYS / days
        covariance = divided(found + pull * covariance, size + pull)
        weight = np.sqrt(size / size.max())
    parts, _ = nnls(_basis(hours) * weight[:, None], covariance * weight)
    return np.asarray(parts, dtype=np.float64)


def _lags(slots: int) -> NDArray[np.int64]:
    """How many slots apart: (slots, slots)."""
    lags: NDArray[np.int64] = np.abs(np.subtract.outer(np.arange(slots), np.arange(slots)))
    return lags


def _with_own_ways(
    smooth: Matrix, products: Matrix, sizes: Matrix, expected: Matrix, own: float
) -> Matrix:
    """The smooth covariance, moved towards each pair of slots' own as far as they have been seen:
    a day tells of a slot as much as its errors stand out from chance."""
    variance = smooth[0, 0] + own
    seen = np.sqrt(((variance * expected / (1.0 + variance * expected)) ** 2).sum(axis=0))
    days = np.outer(seen, seen)
    pair = np.where(sizes > 0, divided(products, sizes), smooth)
    pair[np.diag_indices(len(pair))] -= own
    free = days / (days + _FREE_DAYS)
    mixed = (1.0 - free) * smooth + free * pair
    value, vector = np.linalg.eigh(mixed)
    shared: Matrix = (vector * np.maximum(value, _LEAST_VARIANCE)) @ vector.T
    return shared
