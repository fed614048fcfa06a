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


def alarm_limit(correlations: Days, rate: float, rng: np.random.Generator) -> float:
    """What the cumulative sums of standard normal errors of days with these `correlations`
    (days, days) exceed at some time with the probability `rate`."""
    value, vector = np.linalg.eigh(correlations)
    root = vector * np.sqrt(np.maximum(value, 0.0))
    errors = rng.standard_normal((_DRAWS, len(correlations))) @ root.T
    highest = running_sums(errors).max(axis=(0, 2))
    return float(np.quantile(highest, 1.0 - rate))
