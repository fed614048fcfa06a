"""From what the formulas say of a week to the chance that it meets its goal when it is played."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]

_NEAR = 0.05
"""Weeks about so far from the goal or nearer say most about the chance of meeting it."""

_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True)
class Correction:
    """Played, a week that the formulas see `x` above its goal is `offset` + `slope` · x above it,
    with the standard `deviation` of chance; shape (spans,) each."""

    offset: Array
    slope: Array
    deviation: Array

    @staticmethod
    def fitted(formula: Array, played: Array) -> Correction:
        """From both sides' excess over the goal in the same weeks, shape (weeks, spans): a line by
        least squares, in which weeks near the goal weigh most."""
        weight = 1.0 / (1.0 + (formula / _NEAR) ** 2)
        weight /= weight.sum(axis=0)
        x_mean, y_mean = (weight * formula).sum(axis=0), (weight * played).sum(axis=0)
        x_off, y_off = formula - x_mean, played - y_mean
        spread = (weight * x_off**2).sum(axis=0)
        slope = np.divide(
            (weight * x_off * y_off).sum(axis=0), spread, out=np.ones_like(spread), where=spread > 0
        )
        slope = np.clip(slope, 0.3, 2.0)
        rest = played - y_mean - slope * x_off
        deviation = np.sqrt((weight * rest**2).sum(axis=0))
        return Correction(y_mean - slope * x_mean, slope, np.maximum(deviation, _LEAST_DEVIATION))

    def chance(self, formula: Array) -> Array:
        """The chance that a span meets its goal over all weeks (first axis); shape (spans,)."""
        excess = self.offset + self.slope * formula
        chance: Array = ndtr(excess / self.deviation).mean(axis=0)
        return chance
