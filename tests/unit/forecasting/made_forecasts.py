"""Forecasts of known numbers for the tests of tracking and reforecasting."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import QUANTILES, Forecast
from shiftcast.forecasting.tracking.actuals import Actuals, actuals_on

MONDAY = date(2024, 3, 4)


def grid_of(days: int, interval_min: int = 60, first: date = MONDAY) -> TimeGrid:
    return TimeGrid(first, days, interval_min)


def flat(rows: ArrayLike, grid: TimeGrid) -> NDArray[np.float64]:
    """One number a queue, in all intervals."""
    return np.repeat(np.asarray(rows, dtype=np.float64)[:, None], grid.size, axis=1)


def a_forecast(
    mean: NDArray[np.float64],
    grid: TimeGrid,
    *,
    day_sd: float = 0.1,
    correlation: float = 0.0,
    paths: int = 400,
    aht_s: float = np.nan,
    effects: dict[tuple[str, str], NDArray[np.float64]] | None = None,
) -> Forecast:
    """Queues q0, q1, … whose days are log-normally off by `day_sd` beyond Poisson chance, each
    remembering the day before."""
    rng = np.random.default_rng(7)
    level = rng.standard_normal((paths, len(mean), grid.days))
    for day in range(1, grid.days):
        kept = correlation * level[..., day - 1]
        level[..., day] = kept + np.sqrt(1 - correlation**2) * level[..., day]
    factor = np.exp(day_sd * level - day_sd**2 / 2)[..., grid.day_of]
    drawn = rng.poisson(mean * factor).astype(np.float64)
    p10, p50, p90 = np.quantile(drawn, QUANTILES, axis=0)
    names = tuple(f"q{row}" for row in range(len(mean)))
    handle = np.full(mean.shape, aht_s)
    return Forecast(grid, names, mean, p10, p50, p90, handle, drawn, effects or {})


def steady(forecast: Forecast) -> Forecast:
    """The same with lines for paths, as a table without paths gives."""
    lines = np.stack([forecast.p10, forecast.p50, forecast.p90])
    return Forecast(
        forecast.grid,
        forecast.queues,
        forecast.mean,
        forecast.p10,
        forecast.p50,
        forecast.p90,
        forecast.aht_s,
        lines,
        forecast.effects,
    )


def what_came(
    offered: NDArray[np.float64], grid: TimeGrid, aht_s: float | NDArray[np.float64] = np.nan
) -> ContactHistory:
    """A history that begins with the forecast, and in which everything counts."""
    names = tuple(f"q{row}" for row in range(len(offered)))
    handle = np.broadcast_to(np.asarray(aht_s, dtype=np.float64), offered.shape).copy()
    return ContactHistory(grid, names, offered, handle, np.ones(offered.shape, dtype=bool))


def beside(forecast: Forecast, offered: NDArray[np.float64], past: int | None = None) -> Actuals:
    """What came beside a forecast; all of it past unless told otherwise."""
    gone = forecast.grid.size if past is None else past
    return actuals_on(forecast, what_came(offered, forecast.grid), gone)
