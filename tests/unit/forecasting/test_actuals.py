from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.forecasting.tracking.actuals import actuals_on, past_intervals

from tests.unit.forecasting.made_forecasts import MONDAY, a_forecast, flat, grid_of, what_came


@pytest.mark.parametrize(
    ("hour", "minute", "past"), [(0, 0, 0), (0, 59, 0), (1, 0, 1), (13, 30, 13)]
)
def test_an_interval_is_past_when_it_has_ended(hour: int, minute: int, past: int) -> None:
    now = datetime(2024, 3, 4, hour, minute, tzinfo=UTC)
    assert past_intervals(grid_of(2), now) == past


def test_before_and_after_the_days_nothing_and_all_is_past() -> None:
    grid = grid_of(2)
    assert past_intervals(grid, datetime(2024, 3, 1, tzinfo=UTC)) == 0
    assert past_intervals(grid, datetime(2024, 3, 9, tzinfo=UTC)) == 48


def test_a_day_of_a_daily_grid_ends_at_its_local_midnight() -> None:
    grid = TimeGrid(MONDAY, 3, 1440, "Asia/Shanghai")
    zone = ZoneInfo("Asia/Shanghai")
    assert past_intervals(grid, datetime(2024, 3, 5, 23, 59, tzinfo=zone)) == 1
    assert past_intervals(grid, datetime(2024, 3, 5, 16, 0, tzinfo=UTC)) == 2


def test_a_history_that_begins_earlier_is_put_on_the_forecast() -> None:
    """The history's second day is the forecast's first: 24 … 47 come, of which 30 are past."""
    forecast = a_forecast(
        flat([5], grid_of(2, first=date(2024, 3, 5))), grid_of(2, first=date(2024, 3, 5))
    )
    history = what_came(np.arange(48.0)[None], grid_of(2))
    actuals = actuals_on(forecast, history, 30)
    np.testing.assert_array_equal(actuals.offered[0, :24], np.arange(24.0, 48.0))
    assert np.isnan(actuals.offered[0, 24:]).all()


def test_what_must_not_teach_is_known_but_not_scored() -> None:
    grid = grid_of(1)
    history = what_came(flat([3], grid), grid)
    learn = history.learn.copy()
    learn[0, 5] = False
    actuals = actuals_on(a_forecast(flat([3], grid), grid), replace(history, learn=learn), 10)
    assert actuals.offered[0, 5] == 3.0
    assert np.flatnonzero(np.isfinite(actuals.scored[0])).tolist() == [0, 1, 2, 3, 4, 6, 7, 8, 9]


def test_a_queue_without_a_history_is_unknown() -> None:
    grid = grid_of(1)
    forecast = a_forecast(flat([3, 4], grid), grid)
    actuals = actuals_on(forecast, what_came(flat([3], grid), grid), 24)
    assert np.isfinite(actuals.offered[0]).all()
    assert np.isnan(actuals.offered[1]).all()


def test_grids_that_do_not_fit_are_told() -> None:
    forecast = a_forecast(flat([3], grid_of(1)), grid_of(1))
    with pytest.raises(ValueError, match="intervals of 60 minutes in UTC, the history of 30"):
        actuals_on(forecast, what_came(flat([3], grid_of(1, 30)), grid_of(1, 30)), 1)
    with pytest.raises(ValueError, match="past is 25"):
        actuals_on(forecast, what_came(flat([3], grid_of(1)), grid_of(1)), 25)
