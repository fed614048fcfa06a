"""The latest week that was known, to hold the forecast against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.history import ContactHistory


def week_before(history: ContactHistory, grid: TimeGrid, queue: str) -> NDArray[np.float64] | None:
    """Contacts at the same clock time on the latest same weekday before the grid.

    Shape (grid.size,), NaN unknown; None if the history lacks the queue, has another interval or
    has no day before the grid.
    """
    days = min(history.grid.day_number(grid.first_day), history.grid.days)
    if history.grid.interval_min != grid.interval_min or queue not in history.queues or days < 1:
        return None
    past = history.before(days)
    offered = past.offered[past.queue_index(queue)]
    first = past.grid.day_first[max(days - 7, 0)]
    known = {
        (int(day), int(clock)): value
        for day, clock, value in zip(
            past.grid.day_of[first:], past.grid.minute_of_day[first:], offered[first:], strict=True
        )
    }
    numbers = history.grid.day_number(grid.first_day) + np.arange(grid.days)
    same_weekday = numbers - 7 * -(-(numbers - days + 1) // 7)
    values = [
        known.get((int(same_weekday[day]), int(clock)), np.nan)
        for day, clock in zip(grid.day_of, grid.minute_of_day, strict=True)
    ]
    return np.array(values, dtype=np.float64)
