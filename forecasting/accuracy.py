"""How good a forecast was. Unknown actuals (NaN) are left out everywhere.

Definitions follow Hyndman & Athanasopoulos, Forecasting: principles and practice (3rd ed.), 5.8
and 5.9. Arrays of actuals and forecasts have the same shape; where nothing is known, or a
denominator is zero, the answer is NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def wape(actual: Values, mean: Values) -> float:
    """Weighted absolute percentage error: Σ|mean − actual| / Σ actual."""
    known = np.isfinite(actual)
    return _share(float(np.abs(mean - actual)[known].sum()), float(actual[known].sum()))


def bias(actual: Values, mean: Values) -> float:
    """Σ(mean − actual) / Σ actual: positive where too much was forecast."""
    known = np.isfinite(actual)
    return _share(float((mean - actual)[known].sum()), float(actual[known].sum()))


def coverage(actual: Values, low: Values, high: Values, counted: NDArray[np.bool_]) -> float:
    """Share of the `counted` values that lie between `low` and `high`, both included."""
    known = np.isfinite(actual) & counted
    inside = (actual >= low) & (actual <= high)
    return _share(float(inside[known].sum()), float(known.sum()))


def pinball(actual: Values, quantile: Values, level: float) -> float:
    """Mean pinball loss of a forecast quantile: level × (actual − quantile) above it,
    (1 − level) × (quantile − actual) below; in contacts."""
    known = np.isfinite(actual)
    over = (actual - quantile)[known]
    loss = np.maximum(level * over, (level - 1.0) * over)
    return _share(float(loss.sum()), float(known.sum()))


def _share(above: float, below: float) -> float:
    return above / below if below > 0 else float("nan")
