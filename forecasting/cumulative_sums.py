"""Cumulative sums of day errors, and how high they rise by chance (Page, Biometrika 41, 1954)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]

_SLACK = 0.5  # deviations a day that are forgiven
_DRAWS = 20_000


def running_sums(errors: Days) -> Days:
    """Cumulative sums of errors (…, days) upwards and downwards, from which every day forgives
    some and which never fall below zero: shape (2, …, days). An unknown day changes nothing."""
    sums = np.zeros((2, *errors.shape))
    sign = np.array([1.0, -1.0]).reshape(2, *([1] * (errors.ndim - 1)))
    now = np.zeros((2, *errors.shape[:-1]))
    for day in range(errors.shape[-1]):
        step = sign * errors[..., day] - _SLACK
        now = np.where(np.isnan(step), now, np.maximum(now + step, 0.0))
        sums[..., day] = now
    return sums


def alarm_limit(
    days: NDArray[np.bool_], correlation: float, rate: float, rng: np.random.Generator
) -> float:
    """What the cumulative sums of standard normal errors on `days` (days,), correlated from day to
    day, exceed at some time with the probability `rate`."""
    errors = rng.standard_normal((_DRAWS, len(days)))
    fresh = np.sqrt(1.0 - correlation**2)
    for day in range(1, len(days)):
        errors[:, day] = correlation * errors[:, day - 1] + fresh * errors[:, day]
    errors[:, ~days] = np.nan
    highest = running_sums(errors).max(axis=(0, 2))
    return float(np.quantile(highest, 1.0 - rate))
