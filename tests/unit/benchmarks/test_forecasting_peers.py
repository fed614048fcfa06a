"""The small parts of the peers that need nothing but numpy and Prophet."""

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar
from shiftcast.forecasting.baseline import WeekdayMean
from shiftcast.forecasting.forecast import Forecast

from benchmarks.forecasting.peers.mean_of import MeanOf
from benchmarks.forecasting.peers.panel import Panel
from benchmarks.forecasting.peers.prophet_daily import log_around_median, task, yearly_season
from benchmarks.forecasting.peers.stats_daily import filled, open_weekdays
from benchmarks.forecasting.peers.svd import SvdFactors, carry_over, weekday_means
from tests.unit.forecasting.made_histories import after, daily, hourly_rhythm, weekly_rhythm

NAN = np.nan


def forecast(method: object, values: np.ndarray, minutes: int = 60) -> Forecast:
    history = daily(values, interval_min=minutes)
    return method.forecast(history, Calendar(), after(history), None, np.random.default_rng(1))


def panel_of(values: np.ndarray) -> Panel:
    history = daily(values)
    return Panel.of(history, Calendar(), after(history), None)


def test_weekday_means_fade_and_look_back_only():
    scores = np.array([[8.0], [100.0], [2.0]])
    lessons = np.array([0, 1, 7])
    weekday = np.arange(15) % 7
    found = weekday_means(scores, lessons, weekday, half_life=7.0)[:, 0]
    assert found[7] == 8.0
    assert found[14] == pytest.approx((2.0 + 0.5 * 8.0) / 1.5)
    assert found[8] == 100.0
    assert found[0] == pytest.approx(110 / 3)  # nothing before: the mean of all


def test_a_deviation_carries_over_by_least_squares():
    deviation = 0.5 ** np.arange(12.0)[:, None]
    kept, fresh = carry_over(deviation)
    assert kept == pytest.approx([0.5])
    assert fresh[1:] == pytest.approx(np.zeros((11, 1)))


def test_what_alternates_or_is_short_carries_nothing_over():
    assert carry_over((-1.0) ** np.arange(12.0)[:, None])[0].tolist() == [0.0]
    assert carry_over(np.ones((5, 1)))[0].tolist() == [0.0]


def test_svd_repeats_a_steady_rhythm():
    values = hourly_rhythm(70, 1000.0)
    made = forecast(SvdFactors(), values)
    assert made.mean[0] == pytest.approx(values[-168:], rel=1e-6, abs=1e-6)
    assert (made.mean[0, 6 * 24 :] == 0).all()


def test_svd_ranges_hold_four_fifths_of_a_noisy_rhythm():
    rng = np.random.default_rng(2)
    rate = hourly_rhythm(140, 3000.0)
    values = rng.poisson(rate).astype(float)
    made = forecast(SvdFactors(), values[: 133 * 24])
    coming = values[133 * 24 :]
    busy = made.mean[0] >= 10
    inside = (coming >= made.p10[0]) & (coming <= made.p90[0])
    assert busy.sum() == 60  # ten hours of six days
    assert 0.65 <= inside[busy].mean() <= 0.95  # .8 ± 3 deviations of √(.8 × .2 / 60)


def test_logs_are_taken_around_the_median():
    found = log_around_median(np.array([10.0, 0.0, NAN, 40.0, 20.0]))
    assert found == pytest.approx([-np.log(2), NAN, NAN, np.log(2), 0.0], nan_ok=True)
    assert np.isnan(log_around_median(np.array([0.0, NAN]))).all()


def test_a_yearly_season_needs_a_year_of_the_queue_itself():
    days = np.full(2000, NAN)
    days[1700:2000] = 1.0  # a young queue beside older ones
    assert yearly_season(days) == "auto"
    days[1635] = 1.0
    assert yearly_season(days) is True
    assert yearly_season(np.full(2000, NAN)) == "auto"


def test_prophet_is_asked_for_the_horizon_and_told_no_more_than_is_known():
    panel = panel_of(weekly_rhythm(56, 100.0))
    asked = task(panel, 0, panel.totals[0])
    assert asked.ahead == 7
    assert len(asked.ds) == 63
    assert np.isnan(asked.y[56:]).all()
    assert asked.regressors == {}
    assert asked.holidays is None


def test_ets_sees_the_weekdays_that_open():
    panel = panel_of(weekly_rhythm(56, 1000.0))
    days = open_weekdays(panel, 0)
    assert len(days) == 54  # nine weeks of six days, the last of them to be forecast
    assert 6 not in days % 7


def test_unknown_days_take_the_mean_of_the_last_same_weekdays():
    values = np.repeat(np.arange(1.0, 9.0), 7) * 100
    values[[35, 42]] = NAN  # Mondays of the sixth and seventh week
    panel = panel_of(values)
    days = open_weekdays(panel, 0)
    found = filled(panel, 0, days[days < 56])
    assert found[35] == pytest.approx(350.0)  # of 200, 300, 400, 500
    assert found[42] == pytest.approx((300 + 400 + 500 + 350) / 4)
    assert found[36] == 600.0


def test_the_plain_mean_is_of_the_means():
    values = np.repeat([10.0, 20.0, 30.0, 40.0], 7)
    made = forecast(MeanOf((WeekdayMean(1), WeekdayMean(2), WeekdayMean(4))), values, 1440)
    assert made.mean[0] == pytest.approx(np.full(7, (40 + 35 + 25) / 3))
