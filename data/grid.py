"""Time cut into intervals: the one place that knows what a local clock does to a plan.

A `TimeGrid` covers whole local days in one time zone. Its intervals are half-open, labelled by
their start, equally long in *elapsed* time, and counted from 0 at the first local midnight, so a
day with a clock change simply has fewer or more of them. Everything downstream counts in interval
indexes or in elapsed minutes since that first midnight (`minute`), and comes back here for clocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

INTERVAL_MINUTES = (5, 10, 15, 20, 30, 60, 1440)
MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class TimeGrid:
    """`days` local days from `first_day`, cut into intervals of `interval_min` minutes.

    `tz` is an IANA name. Histories that carry a bare local clock use "UTC", where local clock and
    elapsed time agree. A daily grid (1440) has one interval a calendar day, however long it is.
    """

    first_day: date
    days: int
    interval_min: int
    tz: str = "UTC"

    def __post_init__(self) -> None:
        if self.interval_min not in INTERVAL_MINUTES:
            raise ValueError(
                f"interval_min is {self.interval_min}, expected one of {INTERVAL_MINUTES}"
            )
        if self.days < 1:
            raise ValueError(f"days is {self.days}, expected at least 1")
        ZoneInfo(self.tz)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=d) for d in range(self.days))

    @cached_property
    def day_minute(self) -> NDArray[np.int64]:
        """Elapsed minute at which each day begins, and the grid's end: shape (days + 1,)."""
        if self.interval_min == MINUTES_A_DAY:
            return np.arange(self.days + 1, dtype=np.int64) * MINUTES_A_DAY
        midnights = [self.first_day + timedelta(days=d) for d in range(self.days + 1)]
        return np.array([self._elapsed(self._utc(day, 0)) for day in midnights], dtype=np.int64)

    @cached_property
    def day_first(self) -> NDArray[np.int64]:
        """Index of each day's first interval, and the number of intervals: shape (days + 1,)."""
        return self.day_minute // self.interval_min

    @property
    def size(self) -> int:
        """Number of intervals."""
        return int(self.day_first[-1])

    @cached_property
    def day_of(self) -> NDArray[np.int64]:
        """Day number (0-based) of each interval: shape (size,)."""
        return np.repeat(np.arange(self.days), np.diff(self.day_first))

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Time-zone-aware start of each interval: shape (size,)."""
        if self.interval_min == MINUTES_A_DAY:
            return pd.date_range(self.first_day, periods=self.days, freq="D", tz=self.tz)
        first = pd.Timestamp(self._utc(self.first_day, 0))
        step = pd.Timedelta(minutes=self.interval_min)
        return pd.date_range(first, periods=self.size, freq=step).tz_convert(self.tz)

    @cached_property
    def minute_of_day(self) -> NDArray[np.int64]:
        """Local clock minute (0–1439) at which each interval starts: shape (size,)."""
        return np.asarray(self.starts.hour * 60 + self.starts.minute, dtype=np.int64)

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """Monday = 0 … Sunday = 6 of each interval: shape (size,)."""
        return (self.day_of + self.first_day.weekday()) % 7

    @property
    def intervals_a_day(self) -> int:
        """Intervals in a day without a clock change."""
        return MINUTES_A_DAY // self.interval_min

    def minute(self, day: int, clock_minute: int) -> int | None:
        """Elapsed minute of a local clock time on day number `day` (which may lie outside).

        `clock_minute` counts from that day's midnight and may exceed 1440 (the next morning).
        None where the clock skips that time; the first of the two where it repeats.
        """
        date_ = self.first_day + timedelta(days=day + clock_minute // MINUTES_A_DAY)
        utc = self._utc(date_, clock_minute % MINUTES_A_DAY)
        local = utc.astimezone(self.zone)
        if local.hour * 60 + local.minute != clock_minute % MINUTES_A_DAY:
            return None
        return self._elapsed(utc)

    def minute_of_midnight(self, day: int) -> int:
        """Elapsed minute at which day number `day` (which may lie outside) begins."""
        return self._elapsed(self._utc(self.first_day + timedelta(days=day), 0))

    def moment(self, minute: int) -> datetime:
        """Time-zone-aware local time of an elapsed minute (which may lie outside the grid)."""
        return (self._origin + timedelta(minutes=minute)).astimezone(self.zone)

    def minute_of(self, moment: datetime) -> int:
        """Elapsed minute of a time-zone-aware moment."""
        return self._elapsed(moment.astimezone(UTC))

    def weeks(self, first_weekday: int) -> tuple[NDArray[np.int64], tuple[date, ...]]:
        """(number of the week of each interval, shape (size,); the first day of each on the grid),
        weeks beginning on `first_weekday` (Monday = 0)."""
        number = np.array([(day.toordinal() - 1 - first_weekday) // 7 for day in self.dates])
        first = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
        return (number - number[0])[self.day_of], tuple(self.dates[day] for day in first)

    def day_number(self, day: date) -> int:
        """0 for the first day; negative or beyond `days` outside the grid."""
        return (day - self.first_day).days

    @cached_property
    def _origin(self) -> datetime:
        return self._utc(self.first_day, 0)

    def _elapsed(self, utc: datetime) -> int:
        return int((utc - self._origin).total_seconds() // 60)

    def _utc(self, day: date, clock_minute: int) -> datetime:
        clock = time(clock_minute // 60, clock_minute % 60)
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)
