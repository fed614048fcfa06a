import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.tracking.stated_levels import (
    StatedLevels,
    has_real_paths,
    remembered,
    stated_levels,
)

from tests.unit.forecasting.made_forecasts import a_forecast, flat, grid_of, steady


def levels_of(forecast: Forecast) -> StatedLevels:
    levels = stated_levels(forecast)
    assert levels is not None
    return levels


def sd_of(forecast: Forecast) -> NDArray[np.float64]:
    covariance = levels_of(forecast).covariance[0]
    return np.asarray(np.sqrt(np.diag(covariance)), dtype=np.float64)


def test_day_errors_are_read_off_the_paths() -> None:
    """Days of 2,400 contacts, off by 15 % beyond chance and remembering 0.6 of the day before."""
    grid = grid_of(5)
    made = a_forecast(flat([100], grid), grid, day_sd=0.15, correlation=0.6, paths=4000)
    np.testing.assert_allclose(sd_of(made), 0.15, rtol=0.06)
    covariance = levels_of(made).covariance[0] / 0.15**2
    np.testing.assert_allclose(covariance, remembered(5, 0.6), atol=0.1)


def test_chance_is_taken_out() -> None:
    """Days of 24 contacts differ by 20 % through chance alone."""
    grid = grid_of(5)
    assert sd_of(a_forecast(flat([1], grid), grid, day_sd=0.0, paths=4000)).max() < 0.06


def test_what_so_few_paths_show_by_chance_is_no_correlation() -> None:
    """A hundred paths of independent days correlate by 0.1 through chance; none above 0.25 is
    left."""
    grid = grid_of(14)
    covariance = levels_of(a_forecast(flat([500], grid), grid, paths=100)).covariance[0]
    apart = covariance[~np.eye(14, dtype=bool)] / 0.01
    assert np.abs(apart).mean() < 0.05
    assert np.abs(apart).max() < 0.35


def test_a_closed_day_has_no_error() -> None:
    grid = grid_of(3)
    mean = flat([10], grid)
    mean[0, 24:48] = 0.0
    assert (sd_of(a_forecast(mean, grid)) > 0).tolist() == [True, False, True]


def test_queues_that_err_together_are_told() -> None:
    """Two queues with the same paths but for chance, and two with paths of their own."""
    grid = grid_of(3)
    apart = a_forecast(flat([400, 400], grid), grid, paths=1000)
    together = a_forecast(flat([400], grid), grid, paths=1000)
    paths = np.repeat(together.paths, 2, axis=1)
    same = Forecast(
        grid, apart.queues, apart.mean, apart.p10, apart.p50, apart.p90, apart.aht_s, paths, {}
    )
    assert levels_of(apart).between_queues < 0.1
    assert levels_of(same).between_queues > 0.9
    assert levels_of(together).between_queues == 0.0


def test_lines_are_no_paths() -> None:
    grid = grid_of(2)
    made = a_forecast(flat([10], grid), grid)
    assert has_real_paths(made)
    assert not has_real_paths(steady(made))
    assert stated_levels(steady(made)) is None


def test_days_remember_less_the_further_they_are() -> None:
    assert remembered(3, 0.5)[0] == pytest.approx([1.0, 0.5, 0.25])
