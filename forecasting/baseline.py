"""What planners do in a spreadsheet: last week again, or the mean of the last same weekdays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .day_matrix import to_days, to_intervals
from .forecast import QUANTILES, Forecast


@dataclass(frozen=True)
class WeekdayMean:
    """Mean of the last `weeks` known same weekdays, slot by slot; a `Forecaster`.

    The calendar is not looked at, except that intervals outside `open_mask` are zero. The sample
    paths are these same days, so that the p-columns are their quantiles.
    """

    weeks: int = 8

    @property
    def name(self) -> str:
        return f"weekday_mean_{self.weeks}"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        """Forecast `grid` from the days before it; zero where no such day is known."""
        del calendar, rng
        known = min(history.grid.day_number(grid.first_day), history.grid.days)
        past = history.before(known)
        offered = np.where(past.learn, past.offered, np.nan)
        rows = [self._same_weekdays(row, past.grid, grid) for row in offered]
        paths = np.stack(rows, axis=1)
        if open_mask is not None:
            paths = paths * open_mask
        p10, p50, p90 = np.quantile(paths, QUANTILES, axis=0)
        aht = [self._same_weekdays(row, past.grid, grid) for row in past.aht_s]
        mean_aht = np.stack([row.mean(axis=0) for row in aht])
        return Forecast(
            grid=grid,
            queues=past.queues,
            mean=paths.mean(axis=0),
            p10=p10,
            p50=p50,
            p90=p90,
            aht_s=np.where(mean_aht > 0, mean_aht, np.nan),
            paths=paths,
            effects={},
        )

    def _same_weekdays(
        self, values: NDArray[np.float64], past: TimeGrid, grid: TimeGrid
    ) -> NDArray[np.float64]:
        """The last `weeks` known days of each horizon day's weekday: (weeks, grid.size). A slot
        unknown on one of them takes the mean of the others, 0 where all are."""
        days = to_days(values, past)
        weekday = (np.arange(past.days) + past.first_day.weekday()) % 7
        known = np.isfinite(days).any(axis=1)
        by_weekday = np.zeros((7, self.weeks, days.shape[1]))
        for day in range(7):
            rows = days[np.flatnonzero((weekday == day) & known)[-self.weeks :]]
            if len(rows):
                seen = np.isfinite(rows)
                count = seen.sum(axis=0)
                mean = np.where(seen, rows, 0.0).sum(axis=0) / np.maximum(count, 1)
                filled = np.where(seen, rows, mean)
                by_weekday[day] = filled[np.arange(self.weeks) % len(filled)]
        horizon = (np.arange(grid.days) + grid.first_day.weekday()) % 7
        return to_intervals(by_weekday[horizon].transpose(1, 0, 2), grid)


def seasonal_naive() -> WeekdayMean:
    """The same slot of the last known same weekday."""
    return WeekdayMean(weeks=1)
