"""Prophet out of the box on the intervals: default settings, one row an open interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast

from .panel import Flags, Panel, Values
from .prophet_fit import PATHS, ProphetFit, ProphetTask, fit_all


@dataclass(frozen=True)
class ProphetIntervals:
    """A `Forecaster`. It is told no holiday and no promotion; what it expects below zero is taken
    as zero, and closed intervals are zero."""

    name: str = "prophet_intervals"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        fits = fit_all([_task(panel, row) for row in range(len(panel.queues))])
        made = [_by_day(panel, row, fit) for row, fit in enumerate(fits)]
        mean = np.stack([queue[0] for queue in made])
        return panel.forecast(mean, np.stack([queue[1] for queue in made], axis=1))


def _task(panel: Panel, row: int) -> ProphetTask:
    days, slots = np.nonzero(panel.is_open[row])
    first = panel.marks[row].first
    minutes = days * 1440 + slots * panel.grid.interval_min
    known = days < panel.known
    values = np.full(len(days), np.nan)
    values[known] = panel.contacts[row, days[known], slots[known]]
    return ProphetTask(
        ds=pd.Timestamp(first) + pd.to_timedelta(minutes, unit="min"),
        y=values,
        ahead=int((days >= panel.first).sum()),
    )


def _by_day(panel: Panel, row: int, fit: ProphetFit) -> tuple[Values, Values]:
    """Means (horizon, slots) and paths (paths, horizon, slots)."""
    is_open = panel.is_open[row, panel.first :]
    mean, paths = np.zeros(is_open.shape), np.zeros((PATHS, *is_open.shape))
    ahead = int(is_open.sum())
    mean[is_open] = fit.mean[len(fit.mean) - ahead :]
    paths[:, is_open] = fit.paths
    return mean, paths
