"""The rates behind the sample paths of a forecast, which hold contacts as they may be counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid

Array = NDArray[np.float64]


def path_rates(paths: Array, grid: TimeGrid) -> Array:
    """Expected contacts of each path, shape (paths, grid.size) as the counts in `paths`.

    A path's day and each of its intervals deviate from the mean by more than chance (Poisson)
    would: that part of the variance is what the path knows better, and its counts are drawn
    towards the mean in that proportion (linear empirical Bayes), first by day, then by interval.
    """
    mean = paths.mean(axis=0)
    first = grid.day_first[:-1]
    totals = np.add.reduceat(paths, first, axis=1)
    expected_day = totals.mean(axis=0)
    drawn = expected_day + _beyond_chance(totals, expected_day) * (totals - expected_day)
    share = np.divide(drawn, expected_day, out=np.ones_like(drawn), where=expected_day > 0)
    by_day = mean * share[:, grid.day_of]
    off = paths - by_day
    rates: Array = np.maximum(by_day + _beyond_chance(off, mean) * off, 0.0)
    return rates


def _beyond_chance(values: Array, poisson_variance: Array) -> Array:
    """Part of the variance over paths (first axis) that Poisson noise does not explain."""
    variance = values.var(axis=0)
    known = np.divide(
        poisson_variance, variance, out=np.ones_like(variance), where=variance > poisson_variance
    )
    part: Array = 1.0 - known
    return part
