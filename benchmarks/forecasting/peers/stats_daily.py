"""ETS and MSTL on daily totals, spread over the day by the profile of 8 same weekdays.

They run in an environment of their own. A series holds the weekdays on which a queue opens; a day
that is unknown or no ordinary one takes the mean of its last same weekdays, since neither method
knows of gaps or holidays.

Source: Hyndman, Koehler, Ord & Snyder, Forecasting with exponential smoothing, Springer 2008;
Bandara, Hyndman & Bergmeir, MSTL, International Journal of Operational Research 52(1), 2025.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast

from ..environment import PYTHON
from .panel import Flags, Panel, Values

PATHS = 200
WORKER = Path(__file__).parent / "stats_worker.py"
_FILL_WEEKS = 4
_INNER = 1.2816  # 80 % of a normal variable lie within ± so many deviations
_LEAST_WEEKS = 4
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


@dataclass(frozen=True)
class StatsDaily:
    """A `Forecaster`; `name` is "ets" or "mstl". Ranges are the method's own, day by day."""

    name: str

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        shape = (len(panel.queues), grid.days)
        mean, deviation = np.zeros(shape), np.zeros(shape)
        days = [open_weekdays(panel, row) for row in range(len(panel.queues))]
        found = self._run(panel, days)
        for row in range(len(panel.queues)):
            mine = found[found["queue"] == str(row)].sort_values("step")
            coming = days[row][days[row] >= panel.first] - panel.first
            mean[row, coming[: len(mine)]] = mine["mean"]
            deviation[row, coming[: len(mine)]] = (mine["high"] - mine["low"]) / (2 * _INNER)
        paths = mean + deviation * rng.standard_normal((PATHS, *shape))
        return panel.from_totals(mean, paths, rng)

    def _run(self, panel: Panel, days: list[NDArray[np.int64]]) -> pd.DataFrame:
        """What the worker expects: columns queue (its row), step, mean, low, high."""
        parts = []
        for row, of_queue in enumerate(days):
            past = of_queue[of_queue < panel.known]
            values = filled(panel, row, past)
            season = len(np.unique(panel.weekday[of_queue]))
            ahead = int((of_queue >= panel.first).sum())
            if ahead and len(values) >= _LEAST_WEEKS * season:
                parts.append(
                    pd.DataFrame({"queue": row, "season": season, "ahead": ahead, "y": values})
                )
        with TemporaryDirectory() as aside:
            source, target = Path(aside, "series.csv"), Path(aside, "forecast.csv")
            pd.concat(parts).to_csv(source, index=False)
            words = [str(PYTHON), str(WORKER), self.name, str(source), str(target)]
            done = subprocess.run(
                words,
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, **_ONE_THREAD},
            )
            if done.returncode:
                raise RuntimeError(f"{WORKER.name} {self.name} failed:\n{done.stderr}")
            return pd.read_csv(target, dtype={"queue": str})


def open_weekdays(panel: Panel, row: int) -> NDArray[np.int64]:
    """Numbers of the days, known and coming, whose weekday usually brings contacts, from the first
    of which a total is known."""
    lessons = panel.lessons(row)
    if not len(lessons):
        return lessons
    opens = np.isin(panel.weekday, np.unique(panel.weekday[lessons]))
    opens[: lessons[0]] = False
    return np.flatnonzero(opens)


def filled(panel: Panel, row: int, days: NDArray[np.int64]) -> Values:
    """Totals of `days`, those that teach nothing replaced by the mean of the last 4 same weekdays
    (as filled), or of all days where none came before."""
    usual = np.isin(days, panel.lessons(row))
    values = np.where(usual, panel.totals[row, days], np.nan)
    middle = float(np.nanmean(values)) if usual.any() else 0.0
    for number in np.flatnonzero(~usual):
        same = panel.weekday[days[:number]] == panel.weekday[days[number]]
        before = values[:number][same][-_FILL_WEEKS:]
        values[number] = before.mean() if len(before) else middle
    return values
