"""What every peer of the forecast benchmark sees."""

from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay

from benchmarks.forecasting.peers.panel import Panel
from tests.unit.forecasting.made_histories import MONDAY, after, daily, hourly_rhythm

RNG = np.random.default_rng(1)


def panel_of(values: np.ndarray, calendar: Calendar | None = None, minutes: int = 60) -> Panel:
    history = daily(values, interval_min=minutes)
    return Panel.of(history, calendar or Calendar(), after(history), None)


def special(day: int, kind: DayKind, last: int | None = None) -> SpecialDay:
    first = MONDAY + timedelta(days=day)
    return SpecialDay(first, MONDAY + timedelta(days=last or day), kind, kind.value)


def test_open_hours_are_those_of_history():
    panel = panel_of(hourly_rhythm(56, 1000.0))
    hours = panel.is_open[0, 56:]
    assert hours.shape == (7, 24)
    assert hours[0].nonzero()[0].tolist() == list(range(8, 18))
    assert not hours[6].any()  # Sunday


def test_closed_days_of_the_calendar_are_shut_and_no_lessons():
    closed = Calendar(special_days=(special(7, DayKind.CLOSED), special(57, DayKind.CLOSED)))
    panel = panel_of(hourly_rhythm(56, 1000.0), closed)
    assert not panel.is_open[0, [7, 57]].any()
    assert 7 not in panel.lessons(0)
    assert np.isnan(panel.totals[0, 7])


def test_holidays_are_known_but_teach_nothing():
    panel = panel_of(
        hourly_rhythm(56, 1000.0), Calendar(special_days=(special(8, DayKind.HOLIDAY),))
    )
    assert panel.totals[0, 8] == pytest.approx(1200.0)  # the Tuesday share 1.2 of 1000
    assert 8 not in panel.lessons(0)
    assert 9 in panel.lessons(0)


def test_a_day_with_a_gap_in_open_hours_has_no_total():
    values = hourly_rhythm(56, 1000.0)
    values[9 * 24 + 10] = np.nan
    values[8 * 24 + 3] = np.nan  # closed at three in the morning
    panel = panel_of(values)
    assert np.isnan(panel.totals[0, 9])
    assert panel.totals[0, 8] == pytest.approx(1200.0)


def test_the_profile_is_of_the_last_same_weekdays():
    # Mondays were spread evenly over 08–10 until the last eight, which came at 08 only.
    values = np.zeros((12 * 7, 24))
    values[:, 8:10] = 50.0
    values[4 * 7 :: 7, 8:10] = [100.0, 0.0]
    panel = panel_of(values.ravel())
    assert panel.profile()[0, 0, 8:10].tolist() == [1.0, 0.0]
    assert panel.profile()[0, 1, 8:10] == pytest.approx([0.5, 0.5])
    assert panel.profile(weeks=12)[0, 0, 8:10] == pytest.approx([10 / 12, 2 / 12])


def test_promotions_are_known_ahead_by_size():
    sale = Promotion(MONDAY + timedelta(days=54), date(2024, 2, 27), "sale", "sale", size=2.0)
    panel = panel_of(hourly_rhythm(56, 1000.0), Calendar(promotions=(sale,)))
    assert panel.promotion(0)[53:59].tolist() == [0.0, 2.0, 2.0, 2.0, 2.0, 0.0]


def test_a_forecast_is_never_negative_and_zero_when_closed():
    panel = panel_of(hourly_rhythm(56, 1000.0))
    mean = np.full((1, 7, 24), 5.0)
    mean[0, 0, 8] = -1.0
    made = panel.forecast(mean)
    assert made.mean[0, :24].tolist() == [0.0] * 9 + [5.0] * 9 + [0.0] * 6
    assert (made.p10 == made.mean).all()
    assert made.paths.shape == (1, 1, 168)


def test_day_totals_are_spread_and_keep_their_sum():
    panel = panel_of(hourly_rhythm(56, 1000.0))
    totals = np.array([[700.0, 0.0, 10.0, 10.0, 10.0, 10.0, 99.0]])
    made = panel.from_totals(totals, np.stack([totals] * 400), RNG)
    # Closed on Sunday, whatever a method expects.
    assert made.daily_mean()[0] == pytest.approx([700.0, 0.0, 10.0, 10.0, 10.0, 10.0, 0.0])
    # The total of a day is Poisson: deviation √700 ≈ 26, of 400 such a mean within 5.
    assert made.paths[:, 0, :24].sum(axis=1).mean() == pytest.approx(700.0, abs=5.0)
    assert made.paths[:, 0, :24].sum(axis=1).std() == pytest.approx(26.5, abs=4.0)


def test_a_mask_goes_before_the_hours_of_history():
    history = daily(hourly_rhythm(56, 1000.0), interval_min=60)
    mask = np.zeros((1, 168), dtype=bool)
    mask[0, 6 * 24 + 12] = True
    panel = Panel.of(history, Calendar(), after(history), mask)
    assert np.argwhere(panel.is_open[0, 56:]).tolist() == [[6, 12]]
    assert panel.is_open[0, 0, 8]
