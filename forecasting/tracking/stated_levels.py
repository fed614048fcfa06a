"""What a forecast says of its own days: how far off their totals may be, how much a day tells of
the others, and a queue of the other queues. Read off its sample paths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_matrix import divided
from ..forecast import Forecast

DAY_CORRELATION = 0.5
"""Of neighbouring days' errors, where the sample paths do not tell."""
_STEADY = 0.99
_LEAST_VARIANCE = 1e-4
_LARGEST_VARIANCE = 1.0
_MOST_CORRELATION = 0.97
_LEAST_EIGENVALUE = 1e-6


@dataclass(frozen=True)
class StatedLevels:
    """Per queue: `covariance` (queues, days, days) of the logs of the days' totals, chance aside,
    zero where nothing is expected. `between_queues` is the mean correlation of two queues' errors
    on one day."""

    covariance: NDArray[np.float64]
    between_queues: float


def has_real_paths(forecast: Forecast) -> bool:
    """Whether the sample paths are futures of their own, and not lines that each keep to one
    quantile (which are made where a table tells no more): the sum of such lines varies as much as
    all their intervals' deviations together."""
    paths = forecast.paths.reshape(len(forecast.paths), -1)
    together = float(paths.std(axis=0).sum())
    return float(paths.sum(axis=1).std()) < _STEADY * together


def stated_levels(forecast: Forecast) -> StatedLevels | None:
    """The day errors that the forecast's sample paths have; None if they are no futures of their
    own."""
    if not has_real_paths(forecast):
        return None
    first = forecast.grid.day_first[:-1]
    expected = np.add.reduceat(forecast.mean, first, axis=1)
    totals = np.add.reduceat(forecast.paths, first, axis=2)
    off = divided(totals - totals.mean(axis=0), expected)
    variance = (off**2).mean(axis=0) - divided(np.ones_like(expected), expected)
    variance = np.clip(np.log1p(np.maximum(variance, 0.0)), _LEAST_VARIANCE, _LARGEST_VARIANCE)
    sd = np.sqrt(np.where(expected > 0, variance, 0.0))
    units = divided(off, np.broadcast_to(sd, off.shape))
    covariance = [
        _correlations(units[:, row]) * np.outer(sd[row], sd[row]) for row in range(len(sd))
    ]
    return StatedLevels(np.stack(covariance), _between_queues(units))


def remembered(days: int, correlation: float = DAY_CORRELATION) -> NDArray[np.float64]:
    """Correlations of days of which each remembers the one before: (days, days)."""
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    correlations: NDArray[np.float64] = correlation**apart
    return correlations


def _correlations(units: NDArray[np.float64]) -> NDArray[np.float64]:
    """Between days, of errors (paths, days) in units of their deviation beyond chance. What so
    many paths may show by chance is taken off: r is shortened by the variance 1 ÷ paths."""
    paths, days = units.shape
    raw = units.T @ units / paths
    kept = raw * np.maximum(1.0 - divided(np.ones_like(raw), paths * raw**2, np.inf), 0.0)
    kept = np.clip(kept, -_MOST_CORRELATION, _MOST_CORRELATION)
    kept[np.diag_indices(days)] = 1.0
    value, vector = np.linalg.eigh(kept)
    correlations: NDArray[np.float64] = (vector * np.maximum(value, _LEAST_EIGENVALUE)) @ vector.T
    return correlations


def _between_queues(units: NDArray[np.float64]) -> float:
    """Mean correlation of two queues on one day, of errors (paths, queues, days): the variance of
    the queues' sum holds it once for every pair."""
    queues = units.shape[1]
    if queues < 2:
        return 0.0
    apart = (units**2).mean(axis=0).sum(axis=0)
    together = (units.sum(axis=1) ** 2).mean(axis=0)
    open_days = (units != 0).any(axis=(0, 1))
    shared = divided(together - apart, np.full(len(apart), queues * (queues - 1.0)))
    return float(np.clip(shared[open_days].mean(), 0.0, _MOST_CORRELATION))
