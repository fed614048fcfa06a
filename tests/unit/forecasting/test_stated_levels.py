import numpy as np
import pytest
from shiftcast.forecasting.stated_levels import DAY_CORRELATION, has_real_paths, stated_levels

from tests.unit.forecasting.made_forecasts import a_forecast, flat, grid_of, steady


def test_day_errors_are_read_off_the_paths() -> None:
    """Days of 2,400 contacts, off by 15 % beyond chance and remembering 0.6 of the day before."""
    grid = grid_of(7)
    made = a_forecast(flat([100], grid), grid, day_sd=0.15, correlation=0.6, paths=2000)
    levels = stated_levels(made)
    assert levels is not None
    np.testing.assert_allclose(levels.sd, 0.15, rtol=0.1)
    assert levels.correlation[0] == pytest.approx(0.6, abs=0.05)


def test_chance_is_taken_out() -> None:
    """Days of 24 contacts differ by 20 % through chance alone."""
    grid = grid_of(5)
    levels = stated_levels(a_forecast(flat([1], grid), grid, day_sd=0.0, paths=4000))
    assert levels is not None
    assert np.nanmax(levels.sd) < 0.06


def test_a_closed_day_has_no_deviation() -> None:
    grid = grid_of(3)
    mean = flat([10], grid)
    mean[0, 24:48] = 0.0
    levels = stated_levels(a_forecast(mean, grid))
    assert levels is not None
    assert np.isnan(levels.sd[0]).tolist() == [False, True, False]
    assert levels.correlation[0] == DAY_CORRELATION  # no two open days are neighbours


def test_lines_are_no_paths() -> None:
    grid = grid_of(2)
    made = a_forecast(flat([10], grid), grid)
    assert has_real_paths(made)
    assert not has_real_paths(steady(made))
    assert stated_levels(steady(made)) is None
