"""Histories of known rhythm for the forecasting tests."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.day_marks import CalendarIndex, DayMarks

MONDAY = date(2024, 1, 1)
# Share of the week's mean on Monday … Sunday; closed on Sunday.
WEEK = np.array([1.4, 1.2, 1.1, 1.1, 1.1, 0.6, 0.0])
# Open 08:00–18:00, busiest at ten.
DAY = np.array([0.0] * 8 + [3, 6, 8, 6, 4, 4, 5, 5, 3, 2] + [0.0] * 6)


def daily(values: ArrayLike, first: date = MONDAY, interval_min: int = 1440) -> ContactHistory:
    """One queue from its contacts by interval (a day by default)."""
    return queues([np.asarray(values, dtype=np.float64)], first, interval_min)


def queues(
    rows: list[NDArray[np.float64]], first: date = MONDAY, interval_min: int = 60, tz: str = "UTC"
) -> ContactHistory:
    """Queues q0, q1, … on whole days, without handle times."""
    offered = np.stack(rows)
    grid = TimeGrid(first, offered.shape[1] * interval_min // 1440, interval_min, tz)
    names = tuple(f"q{number}" for number in range(len(rows)))
    unknown = np.full(offered.shape, np.nan)
    return ContactHistory(grid, names, offered, unknown, np.ones(offered.shape, dtype=bool))


def weekly_rhythm(days: int, level: float, first: date = MONDAY) -> NDArray[np.float64]:
    """Expected contacts of each day: `level` × WEEK."""
    weekday = (np.arange(days) + first.weekday()) % 7
    return level * WEEK[weekday]


def hourly_rhythm(days: int, level: float, first: date = MONDAY) -> NDArray[np.float64]:
    """Expected contacts of each hour: `level` × WEEK spread by DAY."""
    return np.outer(weekly_rhythm(days, level, first), DAY / DAY.sum()).ravel()


def after(history: ContactHistory, days: int = 7) -> TimeGrid:
    """The days that follow a history."""
    known = history.grid
    first = known.last_day + timedelta(days=1)
    return TimeGrid(first, days, known.interval_min, known.tz)


def marks_of(calendar: Calendar, days: int, first: date = MONDAY, queue: str = "q0") -> DayMarks:
    return CalendarIndex(calendar, first, days).marks(queue)
