"""Small histories for the tests of cleaning, one value an hour."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.readers.history_input import HistoryInput

MONDAY = date(2026, 6, 1)


def week_shape(days: int, level: float = 20.0) -> NDArray[np.float64]:
    """`level` contacts in each hour from 08:00 to 20:00, zeros before and after: (days, 24)."""
    table = np.zeros((days, 24))
    table[:, 8:20] = level
    return table


def rows_of(table: NDArray[np.float64], queue: str = "q", first: date = MONDAY) -> pd.DataFrame:
    """Raw rows of a table (days, intervals a day); NaN is a row that the export leaves out."""
    days, slots = table.shape
    minutes = 1440 // slots
    stamps = pd.date_range(first, periods=days * slots, freq=f"{minutes}min", tz="UTC")
    frame = pd.DataFrame(
        {
            "timestamp": stamps,
            "queue": queue,
            "source": queue,
            "offered": table.ravel(),
            "aht_s": 100.0,
            "minutes": minutes,
            "row": np.arange(table.size) + 2,
        }
    )
    return frame[frame["offered"].notna()].reset_index(drop=True)


def raw_input(
    rows: pd.DataFrame, interval_min: int = 60, tz: str = "UTC", queues: tuple[str, ...] = ("q",)
) -> HistoryInput:
    return HistoryInput(rows, None, interval_min, tz, queues)
