"""How far off a forecast may be: sample paths that carry day errors, shape errors and chance.

A path's rate is mean × day error × slot error. Day errors are log-normal and correlated from day
to day; slot errors are log-normal, correlated from slot to slot, and leave the day's total alone;
counts are Poisson given the rate. Both deviations are measured on the queue's own past forecasts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_matrix import divided
from .profile import ProfileCheck

PATHS = 200
_INNER = 1.2816  # the standard normal's 90 % point: 80 % lie within ± this
_DEFAULT_DAY_SD = 0.2
_LEAST_DAY_SD = 0.005
_PRIOR_DAYS = 5.0
_LARGEST_SD = 1.0
_VOLATILITY_DAYS = 42.0
_FEW_DAYS = 28
_LEVEL_DAYS = 14.0
_LEVEL_PRIOR_DAYS = 5.0
_SLOT_CORRELATION = 0.6
_POISSON_LIMIT = 1e9  # above this a count's chance is far below its rate's error


@dataclass(frozen=True)
class Spread:
    """`day_sd` (days,) of the log of each day's total, `day_correlation` between neighbouring
    days, `slot_sd` of the log of each slot's share."""

    day_sd: NDArray[np.float64]
    day_correlation: float
    slot_sd: float


def log_ratio(actual: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(actual / expected), NaN where either is unknown or not above zero."""
    usable = np.isfinite(actual) & (actual > 0) & (expected > 0)
    ratio = np.where(usable, divided(actual, expected, 1.0), 1.0)
    return np.where(usable, np.log(ratio), np.nan)


def tracked_errors(residual: NDArray[np.float64], ahead: int) -> NDArray[np.float64]:
    """Errors of days as forecast `ahead` days before, had the level been mended until then:
    each residual less the fading mean of those at least `ahead` days older. NaN unknown."""
    keep = 0.5 ** (1.0 / _LEVEL_DAYS)
    errors = np.full(len(residual), np.nan)
    total = weight = 0.0
    for day, value in enumerate(residual):
        older = residual[day - ahead] if day >= ahead else np.nan
        total, weight = total * keep, weight * keep
        if np.isfinite(older):
            total, weight = total + float(older), weight + 1.0
        errors[day] = value - total / (weight + _LEVEL_PRIOR_DAYS)
    return errors


def day_deviation(errors: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Deviation of log(actual / expected) of past days beyond Poisson chance; `errors` are such
    logs (days,), NaN unknown, `expected` the contacts expected, same shape.

    From the 80 % point of the absolute errors, so that a few wild days do not widen every range;
    recent days count most, and with under four weeks it leans on a deviation of 0.2.
    """
    days = np.flatnonzero(np.isfinite(errors) & (expected > 0))
    if not len(days):
        return _DEFAULT_DAY_SD
    weight = 0.5 ** ((days[-1] - days) / _VOLATILITY_DAYS)
    order = np.argsort(np.abs(errors[days]))
    reached = np.cumsum(weight[order]) / weight.sum()
    point = float(np.abs(errors[days])[order][np.searchsorted(reached, 0.8 - 1e-12)])
    chance = float(np.median(1.0 / expected[days]))
    variance = max((point / _INNER) ** 2 - chance, 0.0)
    if len(days) < _FEW_DAYS:
        prior = _DEFAULT_DAY_SD**2 * _PRIOR_DAYS
        variance = (len(days) * variance + prior) / (len(days) + _PRIOR_DAYS)
    return float(np.clip(np.sqrt(variance), _LEAST_DAY_SD, _LARGEST_SD))


def day_correlation(errors: NDArray[np.float64]) -> float:
    """Correlation of neighbouring days' errors, held to 0–0.9; 0.3 where there are few."""
    pair = np.isfinite(errors[1:]) & np.isfinite(errors[:-1])
    if int(pair.sum()) < 14:
        return 0.3
    clipped = np.clip(errors, *np.nanquantile(errors, [0.05, 0.95]))
    a, b = clipped[:-1][pair], clipped[1:][pair]
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.clip(np.corrcoef(a, b)[0, 1], 0.0, 0.9))


def slot_deviation(check: ProfileCheck) -> float:
    """Deviation of the log of a slot's share beyond Poisson chance: the one with which 80 % of
    the checked slots with 5 contacts or more lie in their 80 % range (bisection)."""
    expected, actual = check.expected, check.actual
    usable = np.isfinite(actual) & (expected >= 5.0)
    if int(usable.sum()) < 50:
        return 0.1
    error, rate = np.abs(actual - expected)[usable], expected[usable]
    low, high = 0.0, _LARGEST_SD
    for _ in range(30):
        middle = (low + high) / 2.0
        inside = (error <= _INNER * np.sqrt(rate + (middle * rate) ** 2)).mean()
        low, high = (middle, high) if inside < 0.8 else (low, middle)
    return high


def sample_rates(
    mean: NDArray[np.float64], spread: Spread, rng: np.random.Generator, paths: int = PATHS
) -> NDArray[np.float64]:
    """Equally likely rates around a mean (days, slots): shape (paths, days, slots)."""
    days, slots = mean.shape
    day_noise = _autoregressive(rng, (paths, days), spread.day_correlation)
    day_error = np.exp(day_noise * spread.day_sd - spread.day_sd**2 / 2.0)
    rates = day_error[:, :, None] * mean
    if slots == 1:
        return rates
    slot_noise = _autoregressive(rng, (paths, days, slots), _SLOT_CORRELATION)
    slot_error = np.exp(slot_noise * spread.slot_sd)
    share = mean / np.maximum(mean.sum(axis=1, keepdims=True), 1e-12)
    drift = (slot_error * share).sum(axis=2, keepdims=True)
    return rates * slot_error / np.where(drift > 0, drift, 1.0)


def sample_counts(rates: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Poisson counts of rates, same shape; beyond a milliard the rate itself."""
    drawn = rng.poisson(np.minimum(rates, _POISSON_LIMIT)).astype(np.float64)
    return np.where(rates > _POISSON_LIMIT, rates, drawn)


def _autoregressive(
    rng: np.random.Generator, shape: tuple[int, ...], correlation: float
) -> NDArray[np.float64]:
    """Standard normal noise, correlated along the last axis by correlation^distance."""
    noise = rng.standard_normal(shape)
    fresh = np.sqrt(1.0 - correlation**2)
    for step in range(1, shape[-1]):
        noise[..., step] = correlation * noise[..., step - 1] + fresh * noise[..., step]
    return noise
