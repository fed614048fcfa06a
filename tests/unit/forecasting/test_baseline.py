from datetime import date

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.forecasting.baseline import WeekdayMean, seasonal_naive
from shiftcast.forecasting.forecast import Forecast

from tests.unit.forecasting.made_histories import after, daily

# Four weeks of Mondays 10, 20, 30, 40 (other days alike in each week).
VALUES = np.repeat([10.0, 20.0, 30.0, 40.0], 7)


def run(
    method: WeekdayMean, values: np.ndarray = VALUES, calendar: Calendar | None = None
) -> Forecast:
    history = daily(values)
    grid = after(history)
    return method.forecast(history, calendar or Calendar(), grid, None, np.random.default_rng(1))


def test_seasonal_naive_is_last_week_again():
    found = run(seasonal_naive())
    assert found.mean.tolist() == [[40.0] * 7]
    assert found.p10.tolist() == found.p90.tolist() == [[40.0] * 7]


def test_the_weekday_mean_is_over_its_weeks():
    assert run(WeekdayMean(2)).mean == pytest.approx(np.full((1, 7), 35.0))
    assert run(WeekdayMean(8)).mean == pytest.approx(np.full((1, 7), 25.0))


def test_quantiles_are_those_of_the_weeks():
    # Of 10, 20, 30, 40 the median is 25, the 10 % point 10 + 0.3 × 10.
    found = run(WeekdayMean(4))
    assert found.p50[0, 0] == 25.0
    assert found.p10[0, 0] == pytest.approx(13.0)


def test_unknown_days_and_holidays_are_passed_over():
    values = VALUES.copy()
    values[21] = np.nan
    feast = SpecialDay(date(2024, 1, 16), date(2024, 1, 16), DayKind.HOLIDAY, "feast")
    found = run(WeekdayMean(2), values, Calendar(special_days=(feast,)))
    assert found.mean[0, 0] == 25.0  # Mondays 20 and 30
    assert found.mean[0, 1] == 30.0  # Tuesdays 20 and 40: the 16th was the third week's


def test_closed_days_are_zero():
    closed = SpecialDay(date(2024, 1, 30), date(2024, 1, 30), DayKind.CLOSED, "closed")
    found = run(WeekdayMean(2), calendar=Calendar(special_days=(closed,)))
    assert found.mean[0, :3].tolist() == [35.0, 0.0, 35.0]


def test_a_weekday_never_seen_is_zero():
    # Monday to Wednesday are known; the horizon begins on Thursday.
    assert run(WeekdayMean(8), VALUES[:3]).mean.tolist() == [[0.0] * 4 + [10.0] * 3]
