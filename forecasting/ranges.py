"""How far off a forecast may be: sample paths that carry day errors, shape errors and chance.

A path's rate is mean × day error × slot error. Day errors are log-normal with the covariance that
the level's model states, stretched by how far past forecasts really missed; slot errors are
log-normal, correlated from slot to slot, and leave the day's total alone; counts are Poisson given
the rate. Queues of one centre share part of their days' errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .shape.fit import ProfileCheck

PATHS = 200
_INNER = 1.2816  # the standard normal's 90 % point: 80 % lie within ± this
_INSIDE = 0.8
_INDEPENDENT_DAYS = 3.0  # errors of neighbouring days repeat each other: so many tell as one
_OWN_DOUBT = 8.0  # independent days that the centre's stretch counts for, against a queue's own
_COMMON_DOUBT = 10.0  # the same, of the model's own statement against the centre's stretch
_STRETCH_LIMITS = (0.4, 3.0)
_LARGEST_SD = 1.0
_DEFAULT_SLOT_SD = 0.1
_LEAST_SLOT_MEAN = 5.0
_LEAST_SLOTS = 50
_SLOT_CORRELATION = 0.6
_MOST_SHARED = 0.9
_POISSON_LIMIT = 1e9  # above this a count's chance is far below its rate's error


@dataclass(frozen=True)
class Spread:
    """Of one queue: `day_covariance` (days, days) of the logs of the days' totals, chance counts
    aside, and `slot_sd` of the log of each slot's share."""

    day_covariance: NDArray[np.float64]
    slot_sd: float


def stretches(missed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Factor on each queue's stated deviations with which 80 % of its past days would have lain
    in their 80 % range: shape (queues,).

    `missed` (queues, past days) is log(actual / expected) over its stated deviation, NaN unknown.
    A queue's own factor is pulled towards that of all queues together, and this towards 1.
    """
    everyone = _stretch(missed.ravel(), 1.0, _COMMON_DOUBT, most=4 * _COMMON_DOUBT)
    return np.array([_stretch(row, everyone, _OWN_DOUBT) for row in missed])


def _stretch(missed: NDArray[np.float64], usual: float, doubt: float, most: float = 1e9) -> float:
    known = np.abs(missed[np.isfinite(missed)])
    if not len(known):
        return usual
    own = float(np.quantile(known, _INSIDE)) / _INNER
    weight = min(len(known) / _INDEPENDENT_DAYS, most)
    squared = (weight * own**2 + doubt * usual**2) / (weight + doubt)
    return float(np.clip(np.sqrt(squared), *_STRETCH_LIMITS))


def shared_part(missed: NDArray[np.float64]) -> float:
    """Mean correlation of the queues' errors on the same days, held to 0–0.9; 0 for one queue.
    `missed` as in `stretches`."""
    known = missed[np.isfinite(missed).any(axis=1)]
    if len(known) < 2:
        return 0.0
    clipped = np.clip(known, -3.0, 3.0)
    both = np.isfinite(clipped)
    filled = np.where(both, clipped, 0.0)
    days = both.astype(np.float64) @ both.astype(np.float64).T
    products = filled @ filled.T / np.maximum(days, 1.0)
    size = np.sqrt(np.maximum(np.diag(products), 1e-12))
    correlation = products / np.outer(size, size)
    apart = ~np.eye(len(known), dtype=bool) & (days >= 14)
    mean = float(correlation[apart].mean()) if apart.any() else 0.0
    return float(np.clip(mean, 0.0, _MOST_SHARED))


def slot_deviation(check: ProfileCheck) -> float:
    """Deviation of the log of a slot's share beyond Poisson chance: the one with which 80 % of
    the checked slots with 5 contacts or more lie in their 80 % range (bisection)."""
    expected, actual = check.expected, check.actual
    usable = np.isfinite(actual) & (expected >= _LEAST_SLOT_MEAN)
    if int(usable.sum()) < _LEAST_SLOTS:
        return _DEFAULT_SLOT_SD
    error, rate = np.abs(actual - expected)[usable], expected[usable]
    low, high = 0.0, _LARGEST_SD
    for _ in range(30):
        middle = (low + high) / 2.0
        inside = (error <= _INNER * np.sqrt(rate + (middle * rate) ** 2)).mean()
        low, high = (middle, high) if inside < _INSIDE else (low, middle)
    return high


def day_noise(
    rng: np.random.Generator, paths: int, queues: int, days: int, shared: float
) -> NDArray[np.float64]:
    """Standard normal noise (queues, paths, days), correlated between queues by `shared`."""
    common = rng.standard_normal((1, paths, days))
    own = rng.standard_normal((queues, paths, days))
    noise: NDArray[np.float64] = np.sqrt(shared) * common + np.sqrt(1.0 - shared) * own
    return noise


def sample_rates(
    mean: NDArray[np.float64],
    spread: Spread,
    noise: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Equally likely rates around a mean (days, slots), from standard normal `noise`
    (paths, days): shape (paths, days, slots)."""
    variance = np.minimum(np.diag(spread.day_covariance), _LARGEST_SD**2)
    error = noise @ _root(spread.day_covariance).T
    day_error = np.exp(np.clip(error, -4.0, 4.0) - variance / 2.0)
    rates: NDArray[np.float64] = day_error[:, :, None] * mean
    if mean.shape[1] == 1:
        return rates
    slot_noise = _autoregressive(rng, (len(noise), *mean.shape), _SLOT_CORRELATION)
    slot_error = np.exp(slot_noise * spread.slot_sd)
    share = mean / np.maximum(mean.sum(axis=1, keepdims=True), 1e-12)
    drift = (slot_error * share).sum(axis=2, keepdims=True)
    return rates * slot_error / np.where(drift > 0, drift, 1.0)


def sample_counts(rates: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Poisson counts of rates, same shape; beyond a milliard the rate itself."""
    drawn = rng.poisson(np.minimum(rates, _POISSON_LIMIT)).astype(np.float64)
    counts: NDArray[np.float64] = np.where(rates > _POISSON_LIMIT, rates, drawn)
    return counts


def _root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """R with R R' = covariance, deviations above 1 brought down to it; works where the matrix is
    singular."""
    size = np.sqrt(np.maximum(np.diag(covariance), 1e-12))
    shrink = np.minimum(1.0, _LARGEST_SD / size)
    values, vectors = np.linalg.eigh(covariance * np.outer(shrink, shrink))
    root: NDArray[np.float64] = vectors * np.sqrt(np.maximum(values, 0.0))
    return root


def _autoregressive(
    rng: np.random.Generator, shape: tuple[int, ...], correlation: float
) -> NDArray[np.float64]:
    """Standard normal noise, correlated along the last axis by correlation^distance."""
    noise = rng.standard_normal(shape)
    fresh = np.sqrt(1.0 - correlation**2)
    for step in range(1, shape[-1]):
        noise[..., step] = correlation * noise[..., step - 1] + fresh * noise[..., step]
    return noise
