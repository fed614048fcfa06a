"""Prophet on daily totals, spread over the day by the profile of the last 8 same weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast

from .panel import Flags, Panel, Values
from .prophet_fit import ProphetTask, fit_all

DAYS_A_YEAR = 365
LEVEL_DAYS = 28


@dataclass(frozen=True)
class ProphetDaily:
    """A `Forecaster`: Prophet's defaults, with the calendar's holidays, school holidays and
    promotions as regressors."""

    name: str = "prophet_daily"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        fits = fit_all([task(panel, row, totals) for row, totals in enumerate(panel.totals)])
        means = np.stack([fit.mean[panel.first :] for fit in fits])
        return panel.from_totals(means, np.stack([fit.paths for fit in fits], axis=1), rng)


@dataclass(frozen=True)
class ProphetLogDaily:
    """A `Forecaster`: the same on a log scale, around the median, which Prophet's priors are made
    for; yearly seasonality wherever a year is known; then the level is corrected to the last
    `level_days` ordinary days."""

    level_days: int = LEVEL_DAYS
    name: str = "prophet_log_daily"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        logs = [log_around_median(totals) for totals in panel.totals]
        fits = fit_all(
            [task(panel, row, values, yearly_season(values)) for row, values in enumerate(logs)]
        )
        means, paths = [], []
        for row, fit in enumerate(fits):
            factor = self._level(panel, row, np.exp(fit.mean))
            means.append(factor * np.exp(fit.mean[panel.first :]))
            paths.append(factor * np.exp(fit.paths))
        return panel.from_totals(np.stack(means), np.stack(paths, axis=1), rng)

    def _level(self, panel: Panel, row: int, fitted: Values) -> float:
        recent = panel.lessons(row)[-self.level_days :]
        below = float(fitted[recent].sum())
        return float(panel.totals[row, recent].sum()) / below if below > 0 else 0.0


def log_around_median(totals: Values) -> Values:
    """Logs of what is above zero, NaN elsewhere, less the log of the median: same shape."""
    positive = totals > 0
    if not positive.any():
        return np.full(totals.shape, np.nan)
    return np.log(np.where(positive, totals, np.nan) / np.median(totals[positive]))


def yearly_season(values: Values) -> Literal["auto"] | bool:
    """Forced where the queue's own known days span a year."""
    known = np.flatnonzero(np.isfinite(values))
    return True if len(known) and known[-1] - known[0] >= DAYS_A_YEAR - 1 else "auto"


def task(
    panel: Panel, row: int, values: Values, yearly: Literal["auto"] | bool = "auto"
) -> ProphetTask:
    """Daily `values` (known days,) of a queue, with what the calendar says of it."""
    marks = panel.marks[row]
    dates = pd.date_range(marks.first, periods=panel.days)
    named = [
        (dates[day], mark.key)
        for day, mark in enumerate(marks.holiday[: panel.days])
        if mark is not None and panel.is_open[row, day].any()
    ]
    school = np.array([bool(name) for name in marks.school[: panel.days]], dtype=np.float64)
    told = {"promotion": panel.promotion(row), "school_holiday": school}
    unknown = np.full(panel.days - panel.known, np.nan)
    return ProphetTask(
        ds=dates,
        y=np.concatenate([values, unknown]),
        ahead=panel.grid.days,
        holidays=pd.DataFrame(named, columns=["ds", "holiday"]) if named else None,
        regressors={name: x for name, x in told.items() if x[: panel.known].any()},
        yearly=yearly,
    )
