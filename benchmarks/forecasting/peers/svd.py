"""SVD of the day × interval matrix, each factor's score forecast from day to day.

Roots of counts are spread evenly whatever their size. A score is the fading mean of its weekday
plus what is left of yesterday's deviation from it; ranges repeat earlier days' deviations.

Source: Shen & Huang, Interday forecasting and intraday updating of call center arrivals,
Manufacturing & Service Operations Management 10(3), 2008.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast

from .panel import Flags, Panel, Values

PATHS = 200
_SHIFT = 0.25  # the root of a Poisson count plus a quarter has variance ¼ at any rate
_LEAST_PAIRS = 10
_MOST_KEPT = 0.98


@dataclass(frozen=True)
class SvdFactors:
    """A `Forecaster`: `factors` of the roots, weekday means that halve in `half_life` days."""

    factors: int = 3
    half_life: float = 56.0
    name: str = "svd"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        made = [self._queue(panel, row, rng) for row in range(len(panel.queues))]
        mean = np.stack([queue[0] for queue in made])
        return panel.forecast(mean, np.stack([queue[1] for queue in made], axis=1))

    def _queue(self, panel: Panel, row: int, rng: np.random.Generator) -> tuple[Values, Values]:
        """Means (horizon, slots) and paths (paths, horizon, slots)."""
        lessons = panel.lessons(row)
        shape = (panel.grid.days, panel.slots)
        if not len(lessons):
            return np.zeros(shape), np.zeros((PATHS, *shape))
        hours = panel.is_open[row]
        roots = np.sqrt(np.where(hours[lessons], panel.contacts[row, lessons], 0.0) + _SHIFT)
        basis = np.linalg.svd(roots, full_matrices=False)[2][: self.factors]
        scores = roots @ basis.T
        left = roots - scores @ basis

        expected = weekday_means(scores, lessons, panel.weekday, self.half_life)
        deviation = scores - expected[lessons]
        kept, fresh = carry_over(deviation)
        coming = np.arange(panel.first, panel.days)
        ahead = np.cumsum(hours[coming].any(axis=1))
        mean_scores = expected[coming] + kept ** ahead[:, None] * deviation[-1]
        # The mean of a square is the square of the mean plus the variance, here of the slot alone.
        mean = np.maximum(mean_scores @ basis, 0.0) ** 2 - _SHIFT + (left**2).mean(axis=0)

        paths = np.zeros((PATHS, *shape))
        state = np.tile(deviation[-1], (PATHS, 1))
        for number, day in enumerate(coming):
            if hours[day].any():
                same = np.flatnonzero(panel.weekday[lessons] == panel.weekday[day])
                drawn = rng.choice(same if len(same) else np.arange(len(lessons)), PATHS)
                state = kept * state + fresh[drawn]
                path = (expected[day] + state) @ basis + left[drawn]
                paths[:, number] = np.maximum(path, 0.0) ** 2 - _SHIFT
        return mean, paths


def weekday_means(
    scores: Values, lessons: NDArray[np.int64], weekday: NDArray[np.int64], half_life: float
) -> Values:
    """Fading mean of the scores (lessons, factors) on the same weekdays before each day: shape
    (days, factors); where there is none, the mean of all scores."""
    expected = np.tile(scores.mean(axis=0), (len(weekday), 1))
    for name in range(7):
        same = np.flatnonzero(weekday[lessons] == name)
        for day in np.flatnonzero(weekday == name):
            before = same[lessons[same] < day]
            if len(before):
                weight = 0.5 ** ((day - lessons[before]) / half_life)
                expected[day] = weight @ scores[before] / weight.sum()
    return expected


def carry_over(deviation: Values) -> tuple[Values, Values]:
    """Share of each factor's deviation that the next day keeps, (factors,), by least squares; and
    what was fresh each day, shape of `deviation`."""
    before, after = deviation[:-1], deviation[1:]
    kept = np.zeros(deviation.shape[1])
    if len(before) >= _LEAST_PAIRS:
        below = np.maximum((before**2).sum(axis=0), 1e-9)
        kept = np.clip((before * after).sum(axis=0) / below, 0.0, _MOST_KEPT)
    fresh = deviation.copy()
    fresh[1:] -= kept * before
    return kept, fresh
