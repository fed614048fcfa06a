"""Linear programs, by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Array = NDArray[np.float64]


def least_cost(cost: Array, constraints: Sequence[LinearConstraint], most: Array) -> Array:
    """Numbers from 0 to `most` that keep to the constraints at the least `cost`; shape of `cost`.
    RuntimeError if there are none."""
    found = milp(cost, constraints=constraints, bounds=Bounds(0.0, most))
    if found.x is None:
        raise RuntimeError(f"a program that always has a solution has none: {found.message}")
    return found.x
