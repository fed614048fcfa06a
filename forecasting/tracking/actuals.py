"""What came, put beside a forecast: only intervals that are fully past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ...data.cleaning_grid import interval_index
from ...data.grid import MINUTES_A_DAY, TimeGrid
from ...data.history import ContactHistory
from ..forecast import Forecast


@dataclass(frozen=True)
class Actuals:
    """On a forecast's grid and queues, shape (queues, grid.size): contacts that came and their
    handle time, NaN where unknown or not yet past; `counts` is False where what came must not be
    held against a forecast (outage, outlier). `past` intervals have gone by."""

    offered: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    counts: NDArray[np.bool_]
    past: int

    @property
    def scored(self) -> NDArray[np.float64]:
        """Contacts that may be held against the forecast, NaN elsewhere."""
        return np.where(self.counts, self.offered, np.nan)


def past_intervals(grid: TimeGrid, now: datetime) -> int:
    """How many of the grid's intervals have ended by `now` (time-zone aware)."""
    if grid.interval_min == MINUTES_A_DAY:
        ended = grid.day_number(now.astimezone(grid.zone).date())
    else:
        ended = grid.minute_of(now) // grid.interval_min
    return min(max(ended, 0), grid.size)


def actuals_on(forecast: Forecast, history: ContactHistory, past: int) -> Actuals:
    """The first `past` intervals of a forecast as a history tells them; a queue or an interval
    that it lacks is unknown. ValueError if the two have different intervals or time zones."""
    grid, known = forecast.grid, history.grid
    if (grid.interval_min, grid.tz) != (known.interval_min, known.tz):
        raise ValueError(
            f"the forecast has intervals of {grid.interval_min} minutes in {grid.tz},"
            f" the history of {known.interval_min} in {known.tz}"
        )
    if not 0 <= past <= grid.size:
        raise ValueError(f"past is {past}, expected 0 … {grid.size}")
    place = interval_index(known, grid.starts)
    row = np.array([_row(history, queue) for queue in forecast.queues], dtype=np.int64)
    there = (row >= 0)[:, None] & (place >= 0) & (place < known.size)
    there &= np.arange(grid.size) < past
    at = (np.maximum(row, 0)[:, None], np.clip(place, 0, known.size - 1))
    return Actuals(
        offered=np.where(there, history.offered[at], np.nan),
        aht_s=np.where(there, history.aht_s[at], np.nan),
        counts=there & history.learn[at],
        past=past,
    )


def _row(history: ContactHistory, queue: str) -> int:
    return history.queues.index(queue) if queue in history.queues else -1
