"""What we expect to happen: contacts and handle time by queue and interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .forecast_parts import EventEffect, Explanation

QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Forecast:
    """Contacts and handle time on a future grid.

    `mean`, `p10`, `p50`, `p90` and `aht_s` have shape (queues, grid.size); `paths` has shape
    (paths, queues, grid.size) and holds equally likely futures of contacts, whose quantiles the
    p-columns are. `mean` is the expected value, closed hours are zero. `aht_s` is in seconds, NaN
    where the history tells none. `effects` holds what each named event of the calendar contributes
    to `mean`, by (queue, event): shape (grid.size,), for people to see; `events` says how sure
    that is, and `explanation` how the days come about, None where the method cannot tell.
    `borrowed` names the queue from which a new queue's week and day were taken, `shifts` the days
    on which a queue's level jumped and stayed.
    """

    grid: TimeGrid
    queues: tuple[str, ...]
    mean: NDArray[np.float64]
    p10: NDArray[np.float64]
    p50: NDArray[np.float64]
    p90: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    paths: NDArray[np.float64]
    effects: dict[tuple[str, str], NDArray[np.float64]]
    events: tuple[EventEffect, ...] = ()
    explanation: Explanation | None = None
    borrowed: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.grid.size)
        for name in ("mean", "p10", "p50", "p90", "aht_s"):
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, expected {shape}")
        if self.paths.shape[1:] != shape:
            raise ValueError(f"paths has shape {self.paths.shape}, expected (paths, *{shape})")
        for name in ("mean", "p10", "p50", "p90"):
            values = getattr(self, name)
            if not (np.isfinite(values).all() and (values >= 0).all()):
                raise ValueError(f"{name} holds a negative or missing number of contacts")

    def scaled(
        self, factor: NDArray[np.float64], extra: NDArray[np.float64] | float = 0.0
    ) -> Forecast:
        """Every number of contacts times `factor` plus `extra` (shapes broadcast to
        (queues, grid.size)), never below zero."""

        def apply(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.maximum(values * factor + extra, 0.0)

        return replace(
            self,
            mean=apply(self.mean),
            p10=apply(self.p10),
            p50=apply(self.p50),
            p90=apply(self.p90),
            paths=apply(self.paths),
        )

    def daily_mean(self) -> NDArray[np.float64]:
        """Expected contacts a day: shape (queues, days)."""
        return np.add.reduceat(self.mean, self.grid.day_first[:-1], axis=1)


class Forecaster(Protocol):
    """Anything that turns a history into a forecast of the days that follow."""

    @property
    def name(self) -> str: ...

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        """Forecast `grid` from days before it; `open_mask` (queues, grid.size) is None where
        opening hours are to be read off the history."""
        ...
