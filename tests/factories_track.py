"""A forecast of the made-up plan, half of which came a tenth above it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from shiftcast.cli.track_result import track_result
from shiftcast.cli.track_view import TrackResult
from shiftcast.cli.workspace.tracking import StoredForecast, TrackSource
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.tracking.actuals import Actuals, actuals_on

from tests.factories_plan import make_plan


def a_track(days: int = 3) -> tuple[Forecast, Actuals, TrackResult]:
    """Forecast, what came until noon of its day number `days`, and what is found."""
    plan = make_plan(agents=6)
    forecast, grid = plan.forecast, plan.grid
    past = int(grid.day_first[days]) + 48
    before = TimeGrid(grid.first_day - timedelta(days=14), 14 + grid.days, 15, grid.tz)
    offered = np.concatenate([plan.history.offered, (1.1 * forecast.mean).round()], axis=1)
    shape = offered.shape
    history = ContactHistory(
        before, forecast.queues, offered, np.full(shape, 300.0), np.ones(shape, dtype=bool)
    )
    actuals = actuals_on(forecast, history, past)
    now = grid.moment(past * grid.interval_min)
    source = TrackSource(StoredForecast("plan", forecast), now, history, actuals, (), ())
    return forecast, actuals, track_result(source, 1, "en")
