import numpy as np
import pytest
from shiftcast.forecasting.tracking.cumulative_sums import alarm_limit, running_sums
from shiftcast.forecasting.tracking.stated_levels import remembered


def test_sums_forgive_half_a_deviation_a_day_and_stay_above_zero() -> None:
    """Up: 1 − ½, + 2 − ½, nothing new, − 3 − ½ → 0. Down: only the last day, 3 − ½."""
    up, down = running_sums(np.array([1.0, 2.0, np.nan, -3.0]))
    np.testing.assert_allclose(up, [0.5, 2.0, 2.0, 0.0])
    np.testing.assert_allclose(down, [0.0, 0.0, 0.0, 2.5])


def test_one_day_goes_by_the_normal_distribution() -> None:
    """|error| − ½ exceeds 1.96 − ½ in one of twenty."""
    limit = alarm_limit(remembered(1), 0.05, np.random.default_rng(1))
    assert limit == pytest.approx(1.46, abs=0.05)


def test_the_limit_is_exceeded_as_often_as_is_said() -> None:
    limit = alarm_limit(remembered(7, 0.6), 0.05, np.random.default_rng(1))
    draw = np.random.default_rng(2)
    errors = draw.standard_normal((4000, 7))
    for day in range(1, 7):
        errors[:, day] = 0.6 * errors[:, day - 1] + 0.8 * errors[:, day]
    assert np.mean(running_sums(errors).max(axis=(0, 2)) > limit) == pytest.approx(0.05, abs=0.015)


def test_days_that_remember_and_more_days_need_a_higher_limit() -> None:
    limits = [
        alarm_limit(remembered(days, correlation), 0.01, np.random.default_rng(1))
        for days, correlation in ((7, 0.0), (7, 0.7), (28, 0.7))
    ]
    assert limits == sorted(limits)
    assert limits[1] > 1.2 * limits[0]
