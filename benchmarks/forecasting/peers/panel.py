"""What every peer sees: days × clock slots before an origin, and the calendar beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.day_marks import CalendarIndex, DayMarks
from shiftcast.forecasting.day_matrix import divided, to_days, to_intervals
from shiftcast.forecasting.forecast import QUANTILES, Forecast
from shiftcast.forecasting.opening import infer_open, nearly_empty, shut_holidays

PROFILE_WEEKS = 8
_POISSON_LIMIT = 1e12

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """`contacts` (queues, known days, slots), NaN where unknown or not to be learned from; the
    horizon is `grid`, whose first day has number `first`. `marks` of each queue begin with the
    first known day and cover the horizon and a day more. `open_mask` (queues, horizon, slots) is
    None where opening hours are read off the history."""

    grid: TimeGrid
    queues: tuple[str, ...]
    contacts: Values
    marks: tuple[DayMarks, ...]
    first: int
    open_mask: Flags | None = None

    @classmethod
    def of(
        cls,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
    ) -> Panel:
        """The panel of a forecaster's arguments; days on or after the horizon are not looked at."""
        first = history.grid.day_number(grid.first_day)
        past = history.before(min(first, history.grid.days))
        index = CalendarIndex(calendar, past.grid.first_day, first + grid.days + 1)
        offered = np.where(past.learn, past.offered, np.nan)
        mask = None
        if open_mask is not None:
            mask = np.stack([to_days(row.astype(np.float64), grid) > 0 for row in open_mask])
        return cls(
            grid,
            past.queues,
            np.stack([to_days(row, past.grid) for row in offered]),
            tuple(index.marks(queue) for queue in past.queues),
            first,
            mask,
        )

    @property
    def known(self) -> int:
        """Days of the history."""
        return int(self.contacts.shape[1])

    @property
    def days(self) -> int:
        """Days up to the end of the horizon, from the first known one."""
        return self.first + self.grid.days

    @property
    def slots(self) -> int:
        return int(self.contacts.shape[2])

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Monday = 0 … Sunday = 6: shape (days,)."""
        return self.marks[0].weekday[: self.days]

    @cached_property
    def is_open(self) -> Flags:
        """Open slots of known and coming days: shape (queues, days, slots). Days that the calendar
        closes are shut, so are holidays on which the queue has not opened so far, and past days
        with practically no contacts."""
        return np.stack([self._is_open(row) for row in range(len(self.queues))])

    def _is_open(self, row: int) -> Flags:
        contacts, marks = self.contacts[row], self.marks[row]
        hours = infer_open(contacts, marks)[self.weekday]
        if self.open_mask is not None:
            hours[self.first :] = self.open_mask[row]
        usable = np.isfinite(contacts).any(axis=1) & hours[: self.known].any(axis=1)
        usable &= ~marks.closed[: self.known]
        total = np.where(usable, np.nansum(contacts, axis=1), np.nan)
        empty = nearly_empty(total)
        shut = shut_holidays(empty, usable, marks)
        closed = marks.closed[: self.days].copy()
        closed |= [mark is not None and mark.key in shut for mark in marks.holiday[: self.days]]
        closed[: self.known] |= empty
        hours[closed] = False
        return hours

    @cached_property
    def ordinary(self) -> Flags:
        """Known open days that are no holidays, special days or outages: (queues, known)."""
        flags = np.stack([marks.ordinary()[: self.known] for marks in self.marks])
        ordinary: Flags = flags & self.is_open[:, : self.known].any(axis=2)
        return ordinary

    @cached_property
    def totals(self) -> Values:
        """Contacts of each known day in open hours, NaN on days that are closed or have a gap:
        shape (queues, known)."""
        hours = self.is_open[:, : self.known]
        gap = (np.isnan(self.contacts) & hours).any(axis=2)
        total = np.where(hours, np.nan_to_num(self.contacts), 0.0).sum(axis=2)
        return np.where(gap | ~hours.any(axis=2), np.nan, total)

    def lessons(self, row: int) -> NDArray[np.int64]:
        """Numbers of a queue's ordinary days whose total is known."""
        return np.flatnonzero(self.ordinary[row] & np.isfinite(self.totals[row]))

    def promotion(self, row: int) -> Values:
        """Size of the promotion of each day, 0 without one: shape (days,)."""
        sizes = np.zeros(self.days + 1)
        for promotion in self.marks[row].promotions:
            sizes[self.marks[row].span(promotion)] = promotion.size
        return sizes[: self.days]

    def profile(self, weeks: int = PROFILE_WEEKS) -> Values:
        """Mean share of each slot in the days of the horizon, from the last `weeks` ordinary same
        weekdays (of all, where there is none); sums to 1 over a day's open slots: shape
        (queues, horizon, slots)."""
        hours = self.is_open[:, self.first :]
        made = np.zeros(hours.shape)
        for row in range(len(self.queues)):
            lessons = self.lessons(row)
            for day, weekday in enumerate(self.weekday[self.first :]):
                same = lessons[self.weekday[lessons] == weekday]
                days = np.nan_to_num(self.contacts[row, (same if len(same) else lessons)[-weeks:]])
                made[row, day] = divided(days, days.sum(axis=1, keepdims=True)).sum(axis=0)
        made *= hours
        return divided(made, made.sum(axis=2, keepdims=True))

    def from_totals(self, totals: Values, paths: Values, rng: np.random.Generator) -> Forecast:
        """Day totals (queues, horizon), and paths of them with an axis before these, spread over
        the day by `profile`; counts of a path are Poisson given its total."""
        shape = self.profile()
        rates = np.clip(paths, 0.0, _POISSON_LIMIT)[..., None] * shape
        return self.forecast(totals[..., None] * shape, rng.poisson(rates).astype(np.float64))

    def forecast(self, mean: Values, paths: Values | None = None) -> Forecast:
        """From means (queues, horizon, slots), and sample paths with an axis before these if the
        method has any (its ranges are empty otherwise); never negative, zero when closed."""
        values = self._clipped(mean)
        drawn = values[None] if paths is None else self._clipped(paths)
        p10, p50, p90 = np.quantile(drawn, QUANTILES, axis=0)
        unknown = np.full(values.shape, np.nan)
        return Forecast(self.grid, self.queues, values, p10, p50, p90, unknown, drawn, {})

    def _clipped(self, values: Values) -> Values:
        is_open = self.is_open[:, self.first :]
        return to_intervals(np.where(is_open, np.maximum(values, 0.0), 0.0), self.grid)
