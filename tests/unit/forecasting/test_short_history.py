from datetime import date

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
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


def test_holidays_teach_only_where_nothing_else_does():
    feast = SpecialDay(date(2024, 1, 2), date(2024, 1, 3), DayKind.HOLIDAY, "feast")
    marks = marks_of(Calendar(None, (feast,)), 9)
    totals = np.array([100.0, 10.0, 10.0, 100.0, 100.0])
    assert short_daily_level(totals, marks).mean[5:] == pytest.approx(np.full(4, 100.0))
    totals[[0, 3, 4]] = np.nan
    assert short_daily_level(totals, marks).mean[5:] == pytest.approx(np.full(4, 10.0))


def sales(*days: tuple[int, int], **stated: float) -> Calendar:
    return Calendar(
        promotions=tuple(
            Promotion(date(2024, 1, first), date(2024, 1, last), "sale", f"sale {first}", **stated)
            for first, last in days
        )
    )


def test_a_promotion_seen_is_expected_again_but_less():
    # 100 a day, 200 in the second week's sale of seven days: of log 2, 7 / (7 + 3) is believed.
    # Its days teach their weekdays too, which then lie a little above 100.
    totals = np.repeat([100.0, 200.0, 100.0], 7)
    level = short_daily_level(totals, marks_of(sales((8, 14), (22, 28)), 35))
    factor = level.mean[21:28].mean() / level.mean[28:].mean()
    assert 1.4 < factor < 2.0
    assert factor == pytest.approx(np.exp(level.effects["sale 22"][21]))
    assert 100.0 <= level.mean[28:].mean() < 120.0


def test_a_promotion_that_never_ended_teaches_nothing():
    level = short_daily_level(np.full(7, 100.0), marks_of(sales((1, 7)), 14))
    assert level.mean == pytest.approx(np.full(14, 100.0))
    assert level.effects == {}
