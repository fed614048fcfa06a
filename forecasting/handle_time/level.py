"""A level that wanders from day to day, seen through noise: a random walk with unequal precisions.

A random walk's forecast is its last level. A trend carried on (damped over 10 or 30 days) was
measured on two months of a bank's handle times, in one queue and in six: it gained nothing over a
walk that may step as fast.

Source: Durbin & Koopman, Time Series Analysis by State Space Methods (2nd ed. 2012), chapter 2; in
precision form the walk is a banded system (Rue & Held, Gaussian Markov Random Fields, 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve_banded, cholesky_banded

Vector = NDArray[np.float64]

_START_SD = 1.0  # what may be thought of the first day's level, around zero


@dataclass(frozen=True)
class WanderingLevel:
    """`precision` (days,) of each day's observation, 0 where nothing was seen; `step_sd` is the
    standard deviation of the level's step from one day to the next, above 0."""

    precision: Vector
    step_sd: float

    @cached_property
    def _factor(self) -> NDArray[np.float64]:
        step = self.step_sd**-2
        bands = np.empty((2, len(self.precision)))
        bands[0] = self.precision + 2.0 * step
        bands[0, 0] += _START_SD**-2 - step
        bands[0, -1] -= step
        bands[1] = -step
        factor: NDArray[np.float64] = cholesky_banded(bands, lower=True)
        return factor

    def expected(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """The level of every day given what was seen, (days,) or (days, columns)."""
        level: NDArray[np.float64] = cho_solve_banded((self._factor, True), self._weighted(seen))
        return level

    def whitened(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """V⁻¹ seen, V being the covariance of what is seen, level and noise together."""
        return self._weighted(seen - self.expected(seen))

    def log_determinant(self) -> float:
        """log |V| over the days that were seen."""
        known = self.precision[self.precision > 0]
        steps = 2.0 * (len(self.precision) - 1) * np.log(self.step_sd)
        walk = 2.0 * float(np.log(self._factor[0]).sum()) + steps + 2.0 * np.log(_START_SD)
        return float(walk - np.log(known).sum())

    def _weighted(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        weighted: NDArray[np.float64] = (self.precision * seen.T).T
        return weighted
