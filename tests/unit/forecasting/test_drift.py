from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.tracking.actuals import Actuals, actuals_on
from shiftcast.forecasting.tracking.drift import FALSE_ALARMS, DriftCheck, DriftKind, drift_checks

from tests.unit.forecasting.made_forecasts import (
    MONDAY,
    a_forecast,
    beside,
    flat,
    grid_of,
    steady,
    what_came,
)

PAST_DAYS = 84
DAYS = 7


def past_and(came: NDArray[np.float64], aht_s: NDArray[np.float64] | None = None) -> ContactHistory:
    """Twelve weeks of 100 contacts an hour before what came; a handle time around 300 s whose
    days are off by 2 %, and that of the days that came."""
    draw = np.random.default_rng(21)
    days = came.shape[1] // 24
    grid = TimeGrid(MONDAY - timedelta(days=PAST_DAYS), PAST_DAYS + days, 60)
    before = draw.poisson(100.0, (1, PAST_DAYS * 24)).astype(np.float64)
    took = 300.0 * np.exp(0.02 * draw.standard_normal(PAST_DAYS + days))
    if aht_s is not None:
        took[PAST_DAYS:] = aht_s
    return what_came(np.concatenate([before, came], axis=1), grid, np.repeat(took, 24)[None])


def checked(forecast: Forecast, history: ContactHistory) -> dict[DriftKind, DriftCheck]:
    actuals = actuals_on(forecast, history, forecast.grid.size)
    found = drift_checks(forecast, actuals, history, np.random.default_rng(1))
    return {check.kind: check for check in found}


def a_week() -> Forecast:
    grid = grid_of(DAYS)
    return a_forecast(flat([100], grid), grid, day_sd=0.05, correlation=0.3, aht_s=300.0)


def drawn(seed: int = 3) -> NDArray[np.float64]:
    draw = np.random.default_rng(seed)
    return draw.poisson(100.0, (1, DAYS * 24)).astype(np.float64)


def test_what_comes_as_forecast_raises_nothing() -> None:
    found = checked(a_week(), past_and(drawn()))
    assert set(found) == set(DriftKind)
    assert not any(check.raised for check in found.values())


def test_a_level_that_drifts_is_told_with_its_first_day_and_size() -> None:
    """From Wednesday on 25 % more, five deviations a day."""
    came = drawn()
    came[0, 48:] *= 1.25
    level = checked(a_week(), past_and(came))[DriftKind.LEVEL]
    assert level.raised
    assert level.since == MONDAY + timedelta(days=2)
    assert abs(level.size - 0.25) < 0.03


def test_fewer_contacts_are_a_drift_too() -> None:
    level = checked(a_week(), past_and(drawn() * 0.8))[DriftKind.LEVEL]
    assert level.raised
    assert abs(level.size + 0.2) < 0.03


def test_a_forecast_that_states_wide_ranges_is_slow_to_alarm() -> None:
    grid = grid_of(DAYS)
    unsure = a_forecast(flat([100], grid), grid, day_sd=0.4, correlation=0.3)
    came = drawn()
    came[0, 48:] *= 1.25
    assert not checked(unsure, past_and(came))[DriftKind.LEVEL].raised


def test_a_bent_shape_is_told_with_its_hours() -> None:
    """A third of the contacts from ten to noon come from four to six instead."""
    came = drawn().reshape(DAYS, 24)
    moved = np.floor(came[:, 10:12] / 3)
    came[:, 10:12] -= moved
    came[:, 16:18] += moved
    found = checked(a_week(), past_and(came.reshape(1, -1)))
    shape = found[DriftKind.SHAPE]
    assert shape.raised
    assert (shape.from_minute, shape.to_minute, shape.size > 0) in (
        (600, 720, False),
        (960, 1080, True),
    )
    assert abs(abs(shape.size) - 1 / 3) < 0.05
    assert not found[DriftKind.LEVEL].raised


def test_a_longer_handle_time_is_told() -> None:
    """8 % longer from Thursday on, where days differ by 2 %."""
    took = np.array([300, 301, 299, 324, 324, 324, 324.0])
    handle = checked(a_week(), past_and(drawn(), took))[DriftKind.HANDLE_TIME]
    assert handle.raised
    assert handle.since == date(2024, 3, 7)
    assert abs(handle.size - 0.08) < 0.01


def test_what_is_not_known_is_not_checked() -> None:
    """No handle times, no whole day: nothing. No history: the level and the shape alone."""
    forecast = a_week()
    came = drawn()
    part = beside(forecast, came, past=12)
    history = what_came(came, forecast.grid)
    assert drift_checks(forecast, part, history, np.random.default_rng(1)) == ()
    assert set(checked(forecast, history)) == {DriftKind.LEVEL, DriftKind.SHAPE}


def test_a_daily_forecast_has_no_shape() -> None:
    grid = grid_of(14, 1440)
    forecast = a_forecast(flat([1000], grid), grid)
    assert set(checked(forecast, what_came(flat([1000], grid), grid))) == {DriftKind.LEVEL}


def test_a_forecast_without_paths_is_checked_by_its_quantiles() -> None:
    forecast = steady(a_week())
    assert not checked(forecast, past_and(drawn()))[DriftKind.LEVEL].raised
    assert checked(forecast, past_and(drawn() * 2.5))[DriftKind.LEVEL].raised


def test_false_alarms_are_as_rare_as_is_said() -> None:
    """What comes is drawn as the paths are: of 60 forecasts one in twenty raises an alarm at most,
    and 9 would be more than three deviations above that."""
    grid = grid_of(DAYS)
    forecast = a_forecast(flat([100], grid), grid, day_sd=0.05, correlation=0.3)
    history = past_and(drawn())
    alarms = 0
    for path in forecast.paths[:60]:
        nothing = np.full(path.shape, np.nan)
        actuals = Actuals(path, nothing, np.ones(path.shape, dtype=bool), grid.size)
        found = drift_checks(forecast, actuals, history, np.random.default_rng(1))
        alarms += any(check.raised for check in found)
    assert FALSE_ALARMS == 0.05
    assert alarms < 9
