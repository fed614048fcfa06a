from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.daily_level import fit_daily_level

from tests.unit.forecasting.made_histories import MONDAY, marks_of

# Seven open weekdays; Saturday and Sunday lower.
WEEK = np.array([1.3, 1.2, 1.1, 1.1, 1.1, 0.7, 0.5])


def totals_of(days: int, level: float = 1000.0) -> np.ndarray:
    noise = np.random.default_rng(7).normal(0.0, 0.03, days)
    return level * WEEK[np.arange(days) % 7] * np.exp(noise)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_the_week_is_found_again():
    level = fit_daily_level(totals_of(140), marks_of(Calendar(), 154))
    assert level.mean[140:147] == pytest.approx(1000 * WEEK, rel=0.04)
    assert np.nanstd(level.residual) < 0.05


def test_a_make_up_saturday_is_a_weekday():
    worked = SpecialDay(day(145), day(145), DayKind.WORKDAY, "make-up")
    level = fit_daily_level(totals_of(140), marks_of(Calendar(special_days=(worked,)), 154))
    # The mean (on the log scale) of Monday to Friday, not Saturday's 700.
    assert level.mean[145] == pytest.approx(1000 * np.exp(np.log(WEEK[:5]).mean()), rel=0.04)


def test_the_level_is_the_mean_and_not_the_median():
    rng = np.random.default_rng(3)
    totals = 1000 * np.exp(rng.normal(0.0, 0.5, 280))
    level = fit_daily_level(totals, marks_of(Calendar(), 308))
    # The log scale's own answer would be 1000; the mean is 1000 e^(0.125) = 1133.
    assert level.mean[280:].mean() == pytest.approx(totals[-182:].mean(), rel=0.1)


def test_a_recent_rise_is_followed():
    totals = totals_of(168)
    totals[140:] *= 1.3
    level = fit_daily_level(totals, marks_of(Calendar(), 175))
    assert level.mean[168:].sum() > 1.15 * 1000 * WEEK.sum()


def test_yearly_seasons_are_learned_from_a_year_on():
    days = 400
    season = 1.0 + 0.3 * np.cos(2 * np.pi * np.arange(days + 56) / 365.25)
    level = fit_daily_level(totals_of(days) * season[:days], marks_of(Calendar(), days + 56))
    expected = 1000 * WEEK[np.arange(days, days + 56) % 7] * season[days:]
    assert level.mean[days:].sum() == pytest.approx(expected.sum(), rel=0.06)


def test_a_promotions_uplift_is_learned_and_scaled_by_size():
    promotions = tuple(
        Promotion(day(at), day(at), "sale", f"sale {at}") for at in (20, 48, 75, 103)
    )
    large = Promotion(day(143), day(143), "sale", "big sale", size=2.0)
    totals = totals_of(140)
    for at in (20, 48, 75, 103):
        totals[at] *= 1.5
    marks = marks_of(Calendar(promotions=(*promotions, large)), 154)
    level = fit_daily_level(totals, marks)
    # An uplift of one half, twice as large, doubles.
    assert np.exp(level.effects["big sale"][143]) == pytest.approx(2.0, rel=0.08)
    assert level.mean[143] == pytest.approx(2 * 1000 * WEEK[3], rel=0.1)


def test_a_stated_effect_replaces_what_was_learned():
    seen = Promotion(day(50), day(50), "sale", "then")
    stated = Promotion(day(143), day(143), "sale", "soon", effect=3.0)
    totals = totals_of(140)
    totals[50] *= 1.5
    plain = fit_daily_level(totals, marks_of(Calendar(promotions=(seen,)), 154))
    level = fit_daily_level(totals, marks_of(Calendar(promotions=(seen, stated)), 154))
    assert level.mean[143] == pytest.approx(3.0 * plain.mean[143], rel=0.01)


def test_a_holiday_seen_once_moves_most_of_the_way():
    days = (
        SpecialDay(day(60), day(60), DayKind.HOLIDAY, "feast"),
        SpecialDay(day(144), day(144), DayKind.HOLIDAY, "feast"),
    )
    totals = totals_of(140)
    totals[60] *= 0.3
    level = fit_daily_level(totals, marks_of(Calendar(special_days=days), 154))
    effect = np.exp(level.effects["feast"][144])
    assert 0.28 < effect < 0.45
    # A second holiday, never seen, takes what holidays do in general, and is less certain.
    other = (days[0], SpecialDay(day(144), day(144), DayKind.HOLIDAY, "other"))
    unseen = fit_daily_level(totals, marks_of(Calendar(special_days=other), 154))
    assert 0.28 < np.exp(unseen.effects["other"][144]) < 0.75
    assert unseen.event_sd[144] > level.event_sd[144] > 0
    assert unseen.event_sd[142] == 0


def test_a_holiday_long_past_does_not_disturb_plain_weeks():
    holiday = SpecialDay(day(120), day(125), DayKind.HOLIDAY, "feast")
    totals = totals_of(140)
    totals[120:126] *= 0.1
    with_holiday = fit_daily_level(totals, marks_of(Calendar(special_days=(holiday,)), 147))
    without = fit_daily_level(totals, marks_of(Calendar(), 147))
    assert with_holiday.mean[140:] == pytest.approx(1000 * WEEK, rel=0.04)
    assert without.mean[140:].sum() < 0.96 * 1000 * WEEK.sum()


def test_closed_and_outage_days_do_not_teach():
    calendar = Calendar(
        special_days=(
            SpecialDay(day(130), day(131), DayKind.CLOSED, "closed"),
            SpecialDay(day(135), day(135), DayKind.OUTAGE, "cut off"),
        )
    )
    totals = totals_of(140)
    totals[[130, 131, 135]] = 1.0
    level = fit_daily_level(totals, marks_of(calendar, 147))
    assert level.mean[140:] == pytest.approx(1000 * WEEK, rel=0.04)
    assert np.isnan(level.residual[[130, 131, 135]]).all()


def test_one_wild_day_does_not_lift_the_level():
    totals = totals_of(140)
    totals[70] = 1e6
    level = fit_daily_level(totals, marks_of(Calendar(), 147))
    assert level.mean[140:].sum() == pytest.approx(1000 * WEEK.sum(), rel=0.1)


def test_days_without_contacts_are_no_obstacle():
    totals = np.random.default_rng(5).poisson(1.5, 140).astype(float)
    level = fit_daily_level(totals, marks_of(Calendar(), 168))
    assert level.mean[140:].mean() == pytest.approx(1.5, rel=0.3)
    assert (level.mean >= 0).all()


def test_the_marks_are_not_changed(recwarn: pytest.WarningsRecorder):
    marks = marks_of(Calendar("US"), 154)
    before = marks.closed.copy()
    totals = totals_of(140)
    copy = totals.copy()
    fit_daily_level(totals, marks)
    assert np.array_equal(totals, copy)
    assert np.array_equal(marks.closed, before)
    assert not recwarn.list
