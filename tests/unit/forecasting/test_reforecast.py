from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import QUANTILES, Forecast
from shiftcast.forecasting.tracking.reforecast import reforecast

from tests.unit.forecasting.made_forecasts import (
    MONDAY,
    a_forecast,
    flat,
    grid_of,
    steady,
    what_came,
)

NOON = 12


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def a_week(level: float = 100.0) -> tuple[Forecast, NDArray[np.float64]]:
    """Five days of 24 equal hours, the third one closed; and the mean, to make actuals of."""
    grid = grid_of(5)
    mean = flat([level], grid)
    mean[0, 48:72] = 0.0
    return a_forecast(mean, grid, correlation=0.5, paths=2000), mean


def with_past(came: NDArray[np.float64], grid: TimeGrid, level: float = 100.0) -> ContactHistory:
    """Twelve weeks before it, of the same hours, whose days are off by 10 % as a whole."""
    draw = np.random.default_rng(11)
    days = 84
    factor = np.exp(0.1 * draw.standard_normal(days) - 0.005)
    before = draw.poisson(level * np.repeat(factor, 24)).astype(np.float64)
    offered = np.concatenate([before[None], came], axis=1)
    known = TimeGrid(grid.first_day - timedelta(days=days), days + grid.days, 60)
    return what_came(offered, known)


def test_the_past_is_what_came_on_every_path() -> None:
    forecast, mean = a_week()
    history = what_came(np.floor(mean * 1.1), forecast.grid, aht_s=240.0)
    new = reforecast(forecast, history, NOON, rng())
    for values in (new.mean, new.p10, new.p50, new.p90):
        np.testing.assert_array_equal(values[0, :NOON], np.floor(mean[0, :NOON] * 1.1))
    assert np.ptp(new.paths[:, 0, :NOON]) == 0
    assert (new.aht_s[0, :NOON] == 240.0).all()
    assert np.isnan(new.aht_s[0, NOON:]).all()


def test_the_rest_follows_what_came_and_closed_stays_closed() -> None:
    """20 % more in the first half of today: as good as that in its second half, half of it
    tomorrow, and an eighth and a sixteenth beyond the closed day."""
    forecast, mean = a_week()
    new = reforecast(forecast, with_past(mean * 1.2, forecast.grid), NOON, rng())
    rise = [
        float(new.mean[0, hours].sum() / mean[0, hours].sum()) - 1.0
        for hours in (slice(12, 24), slice(24, 48), slice(72, 96), slice(96, 120))
    ]
    assert 0.17 < rise[0] < 0.2
    np.testing.assert_allclose(rise[1:], [rise[0] / 2, rise[0] / 8, rise[0] / 16], atol=0.01)
    assert (new.mean[0, 48:72] == 0).all()
    assert (new.paths[:, 0, 48:72] == 0).all()


def test_nothing_known_changes_no_mean() -> None:
    forecast, mean = a_week()
    new = reforecast(forecast, what_came(mean, forecast.grid), 0, rng())
    np.testing.assert_allclose(new.mean, forecast.mean, rtol=1e-9)


def test_nothing_after_now_is_looked_at() -> None:
    forecast, mean = a_week()
    later = mean * 1.1
    later[0, NOON:] = 999.0
    made = [
        reforecast(forecast, what_came(came, forecast.grid), NOON, rng())
        for came in (mean * 1.1, later)
    ]
    np.testing.assert_array_equal(made[0].paths, made[1].paths)


def test_few_contacts_move_little() -> None:
    """One contact an hour: 18 instead of 12 until noon is chance, and the rest moves by under an
    eighth of that."""
    forecast, mean = a_week(1.0)
    new = reforecast(forecast, what_came(mean * 1.5, forecast.grid), NOON, rng())
    assert 0.0 < new.mean[0, 12:24].sum() / 12.0 - 1.0 < 0.5 / 8


def test_ranges_narrow_as_the_day_goes_by() -> None:
    forecast, mean = a_week(1000.0)
    history = with_past(mean, forecast.grid, 1000.0)
    widths = []
    for past in (0, 4, NOON):
        paths = reforecast(forecast, history, past, rng()).paths[:, 0, 12:24].sum(axis=1)
        widths.append(float(np.subtract(*np.quantile(paths, (0.9, 0.1)))))
    # Before anything has come the day is as uncertain as the forecast's own.
    own = forecast.paths[:, 0, 12:24].sum(axis=1)
    assert widths[0] >= 0.9 * float(np.subtract(*np.quantile(own, (0.9, 0.1))))
    assert widths[0] > 2.0 * widths[1]
    assert widths[1] > 1.2 * widths[2]


def test_an_outage_does_not_move_the_rest() -> None:
    """Nothing came for six hours, which is marked as not to be learned from."""
    forecast, mean = a_week()
    came = mean.copy()
    came[0, 6:NOON] = 0.0
    history = what_came(came, forecast.grid)
    learn = history.learn.copy()
    learn[0, 6:NOON] = False
    new = reforecast(forecast, replace(history, learn=learn), NOON, rng())
    assert (new.mean[0, 6:NOON] == 0).all()
    np.testing.assert_allclose(new.mean[0, 12:24], 100.0, rtol=0.01)


def test_a_gap_is_forecast_like_the_rest() -> None:
    forecast, mean = a_week()
    came = mean * 1.2
    came[0, 10:NOON] = np.nan
    new = reforecast(forecast, with_past(came, forecast.grid), NOON, rng())
    np.testing.assert_allclose(new.mean[0, 10:NOON], new.mean[0, 13], rtol=0.01)
    assert np.ptp(new.paths[:, 0, 10]) > 0


def test_a_queue_without_a_history_stays() -> None:
    grid = grid_of(2)
    forecast = a_forecast(flat([50, 70], grid), grid)
    new = reforecast(forecast, what_came(flat([60], grid), grid), NOON, rng())
    np.testing.assert_array_equal(new.mean[1], forecast.mean[1])
    np.testing.assert_array_equal(new.paths[:, 1], forecast.paths[:, 1])


def test_a_forecast_without_paths_gets_some() -> None:
    forecast, mean = a_week()
    new = reforecast(steady(forecast), with_past(mean * 1.2, forecast.grid), NOON, rng())
    assert len(new.paths) >= 200
    assert 0.17 < new.mean[0, 12:24].sum() / mean[0, 12:24].sum() - 1.0 < 0.2
    np.testing.assert_allclose(new.paths[:, 0, 12:24].mean(), new.mean[0, 12:24].mean(), rtol=0.02)


def test_effects_move_with_what_is_to_come() -> None:
    forecast, mean = a_week()
    forecast = replace(forecast, effects={("q0", "sale"): mean[0] * 0.25})
    new = reforecast(forecast, what_came(mean * 1.2, forecast.grid), NOON, rng())
    share = new.effects["q0", "sale"][12:24] / new.mean[0, 12:24]
    np.testing.assert_allclose(share, 0.25)


def test_a_daily_forecast_is_moved_from_day_to_day() -> None:
    grid = grid_of(7, 1440)
    forecast = a_forecast(flat([1000], grid), grid, correlation=0.6)
    came = what_came(flat([1150], grid), grid)
    new = reforecast(forecast, came, 3, rng())
    rise = new.mean[0, 3:] / 1000.0 - 1.0
    assert 0.03 < rise[0] < 0.12
    assert (np.diff(rise) < 0).all()


def test_a_day_whose_clock_repeats_an_hour() -> None:
    """27 October 2024 in Berlin has 25 hours; both hours that begin at two are forecast."""
    grid = TimeGrid(MONDAY.replace(month=10, day=27), 1, 60, "Europe/Berlin")
    assert grid.size == 25
    forecast = a_forecast(flat([40], grid), grid)
    new = reforecast(forecast, what_came(flat([50], grid), grid), 1, rng())
    assert new.mean.shape == (1, 25)
    assert (new.mean[0, 1:] > 40.0).all()


@settings(max_examples=15, deadline=None)
@given(
    level=st.floats(0.05, 5000.0),
    ratio=st.floats(0.0, 5.0),
    past=st.integers(0, 48),
    seed=st.integers(0, 99),
)
def test_whatever_comes_it_is_a_forecast(level: float, ratio: float, past: int, seed: int) -> None:
    """Never negative nor missing, quantiles in order and those of the paths."""
    grid = grid_of(2)
    forecast = a_forecast(flat([level], grid), grid, paths=100)
    came = np.random.default_rng(seed).poisson(level * ratio, (1, 48)).astype(np.float64)
    new = reforecast(forecast, what_came(came, grid), past, rng())
    assert (new.p10 <= new.p50).all()
    assert (new.p50 <= new.p90).all()
    np.testing.assert_allclose(np.quantile(new.paths, QUANTILES, axis=0)[0], new.p10)
    assert new.mean[0, past:].max(initial=0.0) < 20.0 * level * max(ratio, 1.0)


def test_the_ranges_hold_what_they_say() -> None:
    """Days drawn as the history's were: eight in ten rests of the day lie within p10–p90, give or
    take what 60 days leave to chance (a deviation of 5 points)."""
    draw = np.random.default_rng(12)
    grid = grid_of(1)
    forecast = a_forecast(flat([200], grid), grid, day_sd=0.1)
    held = []
    for day in range(60):
        level = np.exp(0.1 * draw.standard_normal() - 0.005)
        came = draw.poisson(200.0 * level, (1, 24)).astype(np.float64)
        history = with_past(came, grid, 200.0)
        new = reforecast(forecast, history, NOON, np.random.default_rng(day))
        low, high = np.quantile(new.paths[:, 0, NOON:].sum(axis=1), (0.1, 0.9))
        held.append(low <= came[0, NOON:].sum() <= high)
    assert 0.65 <= np.mean(held) <= 0.95
