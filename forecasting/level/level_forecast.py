"""The days of one queue to come, as its level expects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..events import EventTerm, Feature, learned_effects

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class LevelForecast:
    """Expected contacts of each day asked for, `mean` (days,), and how it comes about.

    `level`, `season`, `weekday` (days,) are log parts whose sum, with the effects of `terms` (their
    days counted from the first day asked for) and those `stated` by event label (days,), is the log
    of mean + `offset`. `coefficients` of the event `features` have `coefficient_covariance`;
    `design` (days, features) is what they are multiplied with. `covariance` (days, days) is that
    of the days' logs, chance counts aside, and `run_variance` its part that a single run of an
    event adds. `fitted` (known days,) is what the same model makes of the days before.
    """

    level: Vector
    season: Vector
    weekday: Vector
    terms: tuple[EventTerm, ...]
    stated: Mapping[str, Vector]
    offset: float
    features: tuple[Feature, ...]
    coefficients: Vector
    coefficient_covariance: NDArray[np.float64]
    design: NDArray[np.float64]
    covariance: NDArray[np.float64]
    run_variance: float
    fitted: Vector

    @property
    def effects(self) -> dict[str, Vector]:
        """Log factor of each event on each day, by label: (days,)."""
        known = dict(zip(self.features, self.coefficients.tolist(), strict=True))
        learned = learned_effects(self.terms, len(self.level), known)
        nothing = np.zeros(len(self.level))
        return {
            label: learned.get(label, nothing) + self.stated.get(label, nothing)
            for label in sorted({*learned, *self.stated})
        }

    @property
    def mean(self) -> Vector:
        logs = self.level + self.season + self.weekday
        logs = logs + np.sum([*self.effects.values(), np.zeros(len(logs))], axis=0)
        mean: Vector = np.maximum(np.exp(logs) - self.offset, 0.0)
        return mean

    def with_coefficients(self, mean: Vector, covariance: NDArray[np.float64]) -> LevelForecast:
        """The same days with other knowledge of what events do."""
        change = covariance - self.coefficient_covariance
        return replace(
            self,
            coefficients=mean,
            coefficient_covariance=covariance,
            covariance=self.covariance + self.design @ change @ self.design.T,
        )
