"""What planners do in a spreadsheet: last week again, or the mean of the last same weekdays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .day_marks import CalendarIndex
from .day_matrix import mean_known, to_days, to_intervals
from .forecast import QUANTILES, Forecast


@dataclass(frozen=True)
class WeekdayMean:
    """Mean of the last `weeks` known same weekdays, slot by slot; a `Forecaster`.

    Holidays and closed days are not taken, and days closed by the calendar are zero; beyond that
    it knows of no event. The sample paths are these same days, so that the p-columns are their
    quantiles.
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
        del rng  # nothing is drawn
        first = history.grid.day_number(grid.first_day)
        past = history.before(min(first, history.grid.days))
        index = CalendarIndex(calendar, past.grid.first_day, first + grid.days)
        offered = np.where(past.learn, past.offered, np.nan)
        counts, handle_times = [], []
        for row, queue in enumerate(past.queues):
            marks = index.marks(queue)
            usable = (marks.ordinary() & ~marks.closed)[: past.grid.days]
            counts.append(self._same_weekdays(offered[row], past.grid, grid, usable))
            counts[-1] *= ~marks.closed[first:][grid.day_of]
            handle_times.append(self._same_weekdays(past.aht_s[row], past.grid, grid, usable))
        paths = np.nan_to_num(np.stack(counts, axis=1))
        if open_mask is not None:
            paths = paths * open_mask
        p10, p50, p90 = np.quantile(paths, QUANTILES, axis=0)
        return Forecast(
            grid=grid,
            queues=past.queues,
            mean=paths.mean(axis=0),
            p10=p10,
            p50=p50,
            p90=p90,
            aht_s=np.stack([rows.mean(axis=0) for rows in handle_times]),
            paths=paths,
            effects={},
        )

    def _same_weekdays(
        self, values: NDArray[np.float64], past: TimeGrid, grid: TimeGrid, usable: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """The last `weeks` usable days of each horizon day's weekday: (weeks, grid.size); fewer
        are repeated. A slot unknown on some takes the mean of the others, NaN if on all."""
        days = to_days(values, past)
        usable = usable & np.isfinite(days).any(axis=1)
        weekday = (np.arange(past.days) + past.first_day.weekday()) % 7
        by_weekday = np.full((7, self.weeks, days.shape[1]), np.nan)
        for day in range(7):
            rows = days[np.flatnonzero((weekday == day) & usable)[-self.weeks :]]
            if len(rows):
                filled = np.where(np.isfinite(rows), rows, mean_known(rows))
                by_weekday[day] = filled[np.arange(self.weeks) % len(filled)]
        horizon = (np.arange(grid.days) + grid.first_day.weekday()) % 7
        return to_intervals(by_weekday[horizon].transpose(1, 0, 2), grid)


def seasonal_naive() -> WeekdayMean:
    """The same slot of the last known same weekday."""
    return WeekdayMean(weeks=1)
