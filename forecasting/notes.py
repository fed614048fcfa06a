"""What a planner should know about a forecast before trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from ..data.errors import Problem, Severity
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .forecast import Forecast
from .short_history import LEAST_DAYS_FOR_MODEL

_RECENT = timedelta(days=182)


def history_warnings(
    history: ContactHistory, grid: TimeGrid, donors: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """A warning for each queue with too little history before `grid` to learn more from than
    weekdays, or with none; empty if all have enough. `donors` names the queue from which a queue
    borrows what it has not learned yet."""
    known = min(history.grid.day_number(grid.first_day), history.grid.days)
    taught = np.where(history.learn, history.offered, np.nan)[:, : history.grid.day_first[known]]
    starts = history.grid.day_first[:known]
    days = np.add.reduceat(np.isfinite(taught), starts, axis=1) > 0
    donors = donors or {}
    warnings = []
    for row, queue in enumerate(history.queues):
        count = int(days[row].sum())
        if not (np.nan_to_num(taught[row]) > 0).any():
            warnings.append(_warning("forecast.no_history", queue=queue))
        elif count < LEAST_DAYS_FOR_MODEL and queue in donors:
            warnings.append(borrowed_warning(queue, count, donors[queue]))
        elif count < LEAST_DAYS_FOR_MODEL:
            warnings.append(
                _warning(
                    "forecast.short_history",
                    queue=queue,
                    days=count,
                    needed=LEAST_DAYS_FOR_MODEL,
                )
            )
    return tuple(warnings)


def forecast_warnings(history: ContactHistory, forecast: Forecast) -> tuple[Problem, ...]:
    """What to know of a forecast made from `history`: too little of it, what was borrowed, and
    where a queue's level jumped within the last half year."""
    since = forecast.grid.first_day - _RECENT
    jumped = [
        _warning("forecast.level_shift", queue=queue, day=day)
        for queue, days in forecast.shifts.items()
        for day in days
        if day >= since
    ]
    return (*history_warnings(history, forecast.grid, forecast.borrowed), *jumped)


def borrowed_warning(queue: str, days: int, donor: str) -> Problem:
    """Says that a queue with `days` days of history borrows from another queue."""
    return _warning(
        "forecast.borrowed", queue=queue, days=days, donor=donor, needed=LEAST_DAYS_FOR_MODEL
    )


def _warning(code: str, **params: object) -> Problem:
    return Problem(code, params, severity=Severity.WARNING)
