"""The unit that all points of a problem are multiples of, to round bounds up to."""

from __future__ import annotations

from math import gcd, isfinite

import numpy as np

from .column import FloatArray

FINEST = 10_000  # points are told apart to a ten-thousandth
_MOST = 1e11  # what costs more is forbidden (hard totals have such a price), and no int64 holds it


def common_unit(points: FloatArray) -> float:
    """The largest number that all points (any shape, those that forbid left out) are whole
    multiples of; 0 if they have none above a thousandth."""
    numbers = np.unique(np.abs(points[np.abs(points) < _MOST])) * FINEST
    whole = np.round(numbers)
    if (np.abs(numbers - whole) > 1e-6 * np.maximum(1.0, numbers)).any():
        return 0.0
    unit = gcd(*whole.astype(np.int64).tolist())
    return unit / FINEST if unit >= FINEST / 1000 else 0.0


def rounded_up(bound: float, unit: float) -> float:
    """The least multiple of the unit that is not below the bound, a hair of error allowed; the
    bound itself where there is no unit."""
    if unit <= 0 or not isfinite(bound):
        return bound
    return float(np.ceil(bound / unit - 1e-6) * unit)
