"""The plain mean of several methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast, Forecaster

from .panel import Flags


@dataclass(frozen=True)
class MeanOf:
    """A `Forecaster` without ranges."""

    members: Sequence[Forecaster]
    name: str = "mean"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        made = [m.forecast(history, calendar, grid, open_mask, rng) for m in self.members]
        mean = np.mean([forecast.mean for forecast in made], axis=0)
        unknown = np.full(mean.shape, np.nan)
        return Forecast(grid, made[0].queues, mean, mean, mean, mean, unknown, mean[None], {})
