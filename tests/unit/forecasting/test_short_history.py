from datetime import date

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, Promotion
from shiftcast.forecasting.short_history import short_daily_level

from tests.unit.forecasting.made_histories import marks_of


def test_a_weekday_counts_its_own_days_and_one_of_the_mean():
    # Two weeks: Mondays 140, other days 70; the mean is 80.
    totals = np.tile([140.0] + [70.0] * 6, 2)
    mean = short_daily_level(totals, marks_of(Calendar(), 21)).mean
    assert mean[14] == pytest.approx((2 * 140 + 80) / 3)
    assert mean[15] == pytest.approx((2 * 70 + 80) / 3)


def test_a_weekday_never_seen_takes_the_mean():
    mean = short_daily_level(np.array([10.0, 20.0]), marks_of(Calendar(), 9)).mean
    assert mean[6] == pytest.approx(15.0)


def test_a_stated_effect_multiplies_and_its_days_do_not_teach():
    promotions = (
        Promotion(date(2024, 1, 2), date(2024, 1, 2), "sale", "then", effect=3.0),
        Promotion(date(2024, 1, 9), date(2024, 1, 9), "sale", "soon", effect=2.0),
    )
    totals = np.array([100.0, 300.0, 100.0, 100.0, 100.0, 100.0, 100.0])
    level = short_daily_level(totals, marks_of(Calendar(promotions=promotions), 14))
    assert level.mean[7:] == pytest.approx([100.0, 200.0] + [100.0] * 5)
    assert np.exp(level.effects["soon"][8]) == pytest.approx(2.0)


def test_unknown_days_teach_nothing():
    totals = np.array([np.nan, 50.0, np.nan])
    assert short_daily_level(totals, marks_of(Calendar(), 5)).mean == pytest.approx(np.full(5, 50))
