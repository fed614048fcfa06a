"""A workspace's capacity in the weeks to come: forecast, agents needed, hours on the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...data.centre import Centre
from ...data.errors import Problem
from ...data.readers.scenario import read_scenario
from ...scheduling.planning.capacity import Capacity, capacity_of
from ...scheduling.planning.stages import (
    Progress,
    forecast_stage,
    staffing_stage,
    stage_generators,
)
from ...scheduling.planning.whatif import scaled_forecast
from .folder import default_start, input_file, open_workspace, read_history_of, warnings_for
from .forecaster import forecaster_of

WEEK = 7


@dataclass(frozen=True)
class CapacityWish:
    """What a planner asks for: weeks from `start` (None: the first that is not known), under a
    scenario perhaps; `fit` and `lead_weeks` as in `capacity_of`."""

    weeks: int
    start: date | None
    scenario: Path | None
    fit: float
    lead_weeks: int
    seed: int | None = None


@dataclass(frozen=True)
class MadeCapacity:
    centre: Centre
    scenario: str | None
    capacity: Capacity
    warnings: tuple[Problem, ...]


def make_capacity(folder: Path, wish: CapacityWish, progress: Progress) -> MadeCapacity:
    """Forecasts and staffs the weeks and counts the hours on the books. Raises InputError."""
    progress.stage("read")
    place = open_workspace(folder)
    known = read_history_of(place, wish.start)
    start = wish.start or default_start(place, known.history)
    grid = place.grid(start, wish.weeks * WEEK)
    centre, scenario = place.centre, None
    if wish.scenario is not None:
        scenario = read_scenario(input_file(folder, wish.scenario), centre)
        centre = scenario.apply_to(centre, grid.first_day, grid.last_day)
    progress.stage("forecast")
    rng, _ = stage_generators(place.settings.roster_seed if wish.seed is None else wish.seed)
    forecast = forecast_stage(centre, known.history, grid, rng, forecaster_of(folder))
    if scenario is not None:
        forecast = scaled_forecast(forecast, scenario, centre)
    progress.stage("staff")
    _, demands = staffing_stage(centre, forecast.adjusted)
    capacity = capacity_of(centre, demands, grid, fit=wish.fit, lead_weeks=wish.lead_weeks)
    name = None if scenario is None else scenario.name
    return MadeCapacity(centre, name, capacity, (*warnings_for(place, grid), *known.warnings))
