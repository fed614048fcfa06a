"""A number read from a log, with the range that chance leaves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

CONFIDENCE = 0.95
Z = 1.959963984540054
"""Half of the width of a 95 % range, in standard errors."""


@dataclass(frozen=True)
class Estimate:
    """A value, its 95 % confidence interval, and how many observations speak for it.

    NaN where nothing was observed; an infinite `high` where the log sets no upper bound.
    """

    value: float
    low: float
    high: float
    count: int


UNKNOWN = Estimate(np.nan, np.nan, np.nan, 0)


def mean_estimate(values: NDArray[np.float64]) -> Estimate:
    """Mean of independent values, normal range (never below 0 for values that never are)."""
    n = len(values)
    if n == 0:
        return UNKNOWN
    mean = float(values.mean())
    if n == 1:
        return Estimate(mean, np.nan, np.nan, 1)
    error = Z * float(values.std(ddof=1)) / n**0.5
    floor = 0.0 if values.min() >= 0 else -np.inf
    return Estimate(mean, max(mean - error, floor), mean + error, n)


def share_estimate(hits: int, count: int) -> Estimate:
    """Share with Wilson's score range (E. B. Wilson, JASA 22, 1927), which stays inside 0 … 1."""
    if count == 0:
        return UNKNOWN
    share = hits / count
    centre = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    spread = Z / (1 + Z**2 / count) * (share * (1 - share) / count + (Z / (2 * count)) ** 2) ** 0.5
    return Estimate(share, max(centre - spread, 0.0), min(centre + spread, 1.0), count)


def exposure_estimate(events: int, exposure: float) -> Estimate:
    """Mean time to an exponential event: exposure ÷ events, with the range of the chi-squared
    distribution (J. F. Lawless, Statistical Models and Methods for Lifetime Data, section 4.1).

    Infinite, with a finite lower bound, where no event was seen.
    """
    if exposure <= 0:
        return UNKNOWN
    tail = (1 - CONFIDENCE) / 2
    low = 2 * exposure / float(chi2.ppf(1 - tail, 2 * events + 2))
    if events == 0:
        return Estimate(np.inf, low, np.inf, 0)
    high = 2 * exposure / float(chi2.ppf(tail, 2 * events))
    return Estimate(exposure / events, low, high, events)


def ratio_estimate(part: NDArray[np.float64], whole: NDArray[np.float64]) -> Estimate:
    """Ratio of sums of shape (draws,), a share; its range from the draws' residuals (delta method,
    draws independent)."""
    count, total = len(whole), float(whole.sum())
    if total <= 0:
        return UNKNOWN
    ratio = float(part.sum()) / total
    if count == 1:
        return Estimate(ratio, np.nan, np.nan, 1)
    residual = part - ratio * whole
    error = Z * float(np.sqrt((residual**2).sum() * count / (count - 1))) / total
    return Estimate(ratio, max(ratio - error, 0.0), min(ratio + error, 1.0), count)
