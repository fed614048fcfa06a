"""What happened: contact records, and contacts offered by queue and interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .grid import TimeGrid

RECORD_COLUMNS = (
    "entered",  # time-zone-aware moment the contact reached the queue
    "queue",
    "wait_s",  # seconds in queue, until answered or abandoned; NaN unknown
    "handle_s",  # seconds of talk, hold and after-contact work; NaN if not answered
    "answered",  # True answered, False abandoned
    "agent",  # pseudonym or id; empty if unknown
)


@dataclass(frozen=True)
class ContactRecords:
    """One row a contact, columns `RECORD_COLUMNS`, in order of entry."""

    frame: pd.DataFrame

    def __post_init__(self) -> None:
        missing = [name for name in RECORD_COLUMNS if name not in self.frame.columns]
        if missing:
            raise ValueError(f"contact records lack {', '.join(missing)}")


@dataclass(frozen=True)
class ContactHistory:
    """Contacts offered and mean handle time, queue × interval.

    `offered` and `aht_s` have shape (queues, grid.size). NaN in `offered` is *unknown* (a gap), 0
    is a true zero; NaN in `aht_s` is unknown. `learn`, in the same shape, is False where the data
    must not teach a forecast (outage, outlier).
    """

    grid: TimeGrid
    queues: tuple[str, ...]
    offered: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    learn: NDArray[np.bool_]

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.grid.size)
        for name in ("offered", "aht_s", "learn"):
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, expected {shape}")
        if np.nanmin(self.offered, initial=0.0) < 0:
            raise ValueError("offered holds a negative number of contacts")
        if len(set(self.queues)) != len(self.queues):
            raise ValueError("queues must differ from each other")

    def queue_index(self, queue: str) -> int:
        return self.queues.index(queue)

    def before(self, day_number: int) -> ContactHistory:
        """The first `day_number` days only: what was known on the morning of that day."""
        if not 0 < day_number <= self.grid.days:
            raise ValueError(f"day {day_number} is outside 1 … {self.grid.days}")
        grid = TimeGrid(self.grid.first_day, day_number, self.grid.interval_min, self.grid.tz)
        n = grid.size
        return ContactHistory(
            grid, self.queues, self.offered[:, :n], self.aht_s[:, :n], self.learn[:, :n]
        )

    def daily(self) -> NDArray[np.float64]:
        """Contacts a day, shape (queues, days); NaN where no interval of the day is known."""
        known = ~np.isnan(self.offered)
        first = self.grid.day_first[:-1]
        total = np.add.reduceat(np.where(known, self.offered, 0.0), first, axis=1)
        seen = np.add.reduceat(known.astype(np.int64), first, axis=1)
        return np.where(seen > 0, total, np.nan)

    def frame(self) -> pd.DataFrame:
        """Long form: `timestamp` (tz-aware), `queue`, `offered`, `aht_s`; unknown rows left out."""
        n = self.grid.size
        frame = pd.DataFrame(
            {
                "timestamp": np.tile(np.asarray(self.grid.starts), len(self.queues)),
                "queue": np.repeat(self.queues, n),
                "offered": self.offered.ravel(),
                "aht_s": self.aht_s.ravel(),
            }
        )
        return frame[frame["offered"].notna()].reset_index(drop=True)
