"""What `forecast` and `backtest` work on: a workspace's history, or any tidy file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from holidays import list_supported_countries

from ...data.adjustments import Adjustment
from ...data.calendar import Calendar
from ...data.errors import InputError, Problem
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...data.readers.calendar import read_calendar
from ...data.readers.contacts import read_tidy_history
from ...forecasting.adjust import apply_adjustments
from ...forecasting.forecast import Forecast
from ...forecasting.notes import forecast_warnings
from ...forecasting.tables import read_outside_forecast
from ...scheduling.planning.correction import NO_FACTORS, Factors
from ...scheduling.planning.stages import (
    ForecastStage,
    forecast_stage,
    stage_generators,
)
from .folder import Workspace, default_start, read_history_of, warnings_for
from .forecaster import forecaster_of, forecaster_of_file
from .history import cleaned
from .load import load_forecast, plan_inputs
from .plans import find_plan


@dataclass(frozen=True)
class ForecastJob:
    """A forecast of `queues` that is ready to be made: the model's, then the planner's `adjusted`
    one, by the `adjustments` of the centre if there is one. `factors` are those that the plan it
    is of was corrected by."""

    stages: Callable[[], ForecastStage]
    queues: tuple[str, ...]
    warnings: tuple[Problem, ...]
    adjustments: tuple[Adjustment, ...] = ()
    history: ContactHistory | None = None
    factors: Factors = field(default_factory=dict)

    def told(self, made: ForecastStage) -> tuple[Problem, ...]:
        """The warnings, and what to know of the forecast that was made."""
        if self.history is None:
            return self.warnings
        return (*self.warnings, *forecast_warnings(self.history, made.model))

    def run(self) -> Forecast:
        """The forecast to plan with."""
        return self.stages().adjusted


def of_workspace(place: Workspace, start: date | None, days: int, seed: int | None) -> ForecastJob:
    """The forecast that a plan would use, the planner's adjustments included."""
    known = read_history_of(place, start)
    grid = place.grid(start or default_start(place, known.history), days)
    chosen = place.settings.roster_seed if seed is None else seed
    rng, _ = stage_generators(chosen)
    return ForecastJob(
        lambda: forecast_stage(place.centre, known.history, grid, rng, forecaster_of(place.folder)),
        tuple(queue.name for queue in place.centre.queues),
        (*warnings_for(place, grid), *known.warnings),
        place.centre.adjustments,
        known.history,
    )


def of_workspace_or_file(
    place: Workspace, file: Path | None, start: date | None, days: int, seed: int | None
) -> ForecastJob:
    """Our own forecast, or (with `file`) somebody else's, on all of its own days."""
    if file is None:
        return of_workspace(place, start, days, seed)
    read = read_outside_forecast(file, place.centre.tz, place.centre.interval_min)
    return ForecastJob(lambda: _unadjusted(read), read.queues, place.inputs.warnings)


def of_plan(place: Workspace, name: str) -> ForecastJob:
    """The forecast that a stored plan was made with."""
    stored = find_plan(place.folder, name)
    inputs = plan_inputs(stored)
    made = load_forecast(stored, inputs)
    correction = stored.manifest.correction
    return ForecastJob(
        lambda: made,
        made.model.queues,
        place.inputs.warnings,
        inputs.centre.adjustments,
        factors=NO_FACTORS if correction is None else correction.factors,
    )


def of_file(
    history: Path,
    *,
    calendar: Path | None,
    country: str | None,
    start: date,
    days: int,
    interval_min: int | None,
    seed: int,
    settings: Path | None = None,
) -> ForecastJob:
    """A forecast without a workspace: bare local clock, opening hours read off the history."""
    raw = read_tidy_history(history, interval_min)
    days_known = calendar_of(calendar, country)
    known = cleaned(raw, start, calendar=days_known)
    grid = TimeGrid(start, days, known.history.grid.interval_min, known.history.grid.tz)
    rng, _ = stage_generators(seed)

    def stages() -> ForecastStage:
        forecaster = forecaster_of_file(settings)
        return _unadjusted(forecaster.forecast(known.history, days_known, grid, None, rng))

    return ForecastJob(stages, known.history.queues, known.warnings, history=known.history)


def _unadjusted(made: Forecast) -> ForecastStage:
    """A forecast that no adjustments are known for."""
    adjusted, adjustments = apply_adjustments(made, ())
    return ForecastStage(made, adjusted, adjustments)


def calendar_of(file: Path | None, country: str | None) -> Calendar:
    """The calendar of a file, if there is one, with the public holidays of a country."""
    if country is not None and country not in list_supported_countries():
        raise InputError(Problem("cli.forecast.country", {"country": country}))
    return Calendar(country) if file is None else read_calendar(file, country)
