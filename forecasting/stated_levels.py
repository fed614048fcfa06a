"""What a forecast says of its own days: how far off their totals may be, and how much a day tells
of the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_matrix import divided
from .forecast import Forecast

DAY_CORRELATION = 0.5
"""Of neighbouring days' errors, where the sample paths do not tell."""
_STEADY = 0.99
_LEAST_SD, _LARGEST_SD = 0.01, 1.0
_MOST_CORRELATION = 0.95


@dataclass(frozen=True)
class StatedLevels:
    """Per queue: `sd` (queues, days) of the log of each day's total beyond chance, NaN where
    nothing is expected, and `correlation` (queues,) between neighbouring days."""

    sd: NDArray[np.float64]
    correlation: NDArray[np.float64]


def has_real_paths(forecast: Forecast) -> bool:
    """Whether the sample paths are futures of their own, and not lines that each keep to one
    quantile (which are made where a table tells no more): the sum of such lines varies as much as
    all their intervals' deviations together."""
    paths = forecast.paths.reshape(len(forecast.paths), -1)
    together = float(paths.std(axis=0).sum())
    return float(paths.sum(axis=1).std()) < _STEADY * together


def stated_levels(forecast: Forecast) -> StatedLevels | None:
    """Deviation and correlation of the day errors that the forecast's sample paths have; None if
    they are no futures of their own."""
    if not has_real_paths(forecast):
        return None
    first = forecast.grid.day_first[:-1]
    expected = np.add.reduceat(forecast.mean, first, axis=1)
    totals = np.add.reduceat(forecast.paths, first, axis=2)
    chance = divided(np.ones_like(expected), expected)
    relative = divided(totals - totals.mean(axis=0), expected)
    variance = (relative**2).mean(axis=0) - chance
    sd = np.clip(np.sqrt(np.log1p(np.maximum(variance, 0.0))), _LEAST_SD, _LARGEST_SD)
    return StatedLevels(
        np.where(expected > 0, sd, np.nan),
        np.array([_correlation(relative[:, row], sd[row]) for row in range(len(expected))]),
    )


def _correlation(relative: NDArray[np.float64], sd: NDArray[np.float64]) -> float:
    """Of neighbouring days' errors, over all pairs that the paths (paths, days) have; chance is
    no part of it."""
    moving = relative.std(axis=0) > 0
    pairs = np.flatnonzero(moving[1:] & moving[:-1])
    if not len(pairs):
        return DAY_CORRELATION
    shared = float((relative[:, pairs] * relative[:, pairs + 1]).mean(axis=0).sum())
    whole = float((sd[pairs] * sd[pairs + 1]).sum())
    return float(np.clip(shared / whole, 0.0, _MOST_CORRELATION))
