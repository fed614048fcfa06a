"""What a backtest works on, and the methods it holds against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...data.calendar import Calendar
from ...data.errors import InputError, Problem
from ...data.readers.contacts import read_tidy_history
from ...forecasting.backtest import BacktestReport, OpenMask, backtest
from ...forecasting.baseline import WeekdayMean, seasonal_naive
from ...scheduling.planning.stages import arrival_mask, only_queues
from .folder import open_workspace, read_history_of
from .forecaster import ForecastSettings, tune_settings, tuned_forecaster
from .forecasting import calendar_of
from .history import History, cleaned
from .names import FORECAST_SETTINGS_FILE

LEAST_DAYS = 28  # of history before the first forecast


@dataclass(frozen=True)
class BacktestSource:
    """A history, its calendar and opening hours."""

    known: History
    calendar: Calendar
    open_mask: OpenMask | None
    warnings: tuple[Problem, ...]
    settings_file: Path | None

    def tune(self, *, days: int, progress: Callable[[str, float], None]) -> ForecastSettings:
        """Chooses settings for each queue and writes them to the settings file, which must be
        named. InputError if the file that is there cannot be read."""
        if self.settings_file is None:
            raise InputError(Problem("forecast_settings.no_file"))
        history = self.known.history
        return tune_settings(history, self.calendar, days, self.settings_file, progress)

    def run(
        self, *, days: int, count: int, seed: int, progress: Callable[[str, float], None]
    ) -> BacktestReport:
        """Our forecast beside last week again and the mean of eight weeks. InputError if the
        history is too short."""
        history = self.known.history
        if history.grid.days < LEAST_DAYS + days:
            params = {"days": history.grid.days, "needed": LEAST_DAYS + days}
            raise InputError(Problem("cli.backtest.too_short", params))
        return backtest(
            history,
            self.calendar,
            (tuned_forecaster(self.settings_file), WeekdayMean(), seasonal_naive()),
            days=days,
            every=days,
            count=count,
            least=LEAST_DAYS,
            seed=seed,
            open_mask=self.open_mask,
            progress=progress,
        )


def source_of_workspace(folder: Path) -> BacktestSource:
    """The centre's queues with their opening hours."""
    place = open_workspace(folder)
    centre = place.centre
    known = read_history_of(place)
    queues = [queue.name for queue in centre.queues]
    kept = History(only_queues(known.history, queues), known.report, known.warnings)
    warnings = (*place.inputs.warnings, *known.warnings)
    return BacktestSource(
        kept,
        centre.calendar,
        lambda grid: arrival_mask(centre, grid),
        warnings,
        folder / FORECAST_SETTINGS_FILE,
    )


def source_of_file(
    history: Path,
    calendar: Path | None,
    country: str | None,
    interval_min: int | None,
    settings: Path | None,
) -> BacktestSource:
    """A tidy history outside any workspace; opening hours are read off it. `settings` are the
    forecast's, read and (when tuning) written there."""
    raw = read_tidy_history(history, interval_min)
    days = calendar_of(calendar, country)
    known = cleaned(raw, calendar=days)
    return BacktestSource(known, days, None, known.warnings, settings)
