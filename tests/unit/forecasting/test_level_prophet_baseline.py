from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from shiftcast.forecasting.level.prophet_baseline import Baseline, fit_baseline
from shiftcast.forecasting.level.settings import USUAL, Scale

from tests.unit.forecasting.made_histories import MONDAY
from tests.unit.forecasting.made_levels import OPEN_WEEK, rhythm, totals_of

AHEAD = 28


def fitted(
    totals: np.ndarray,
    scale: Scale = Scale.LOG,
    *,
    taught: np.ndarray | None = None,
    events: np.ndarray | None = None,
    shifts: tuple[int, ...] = (),
    month_waves: int = 2,
) -> Baseline:
    days = len(totals) + AHEAD
    return fit_baseline(
        totals,
        np.ones(len(totals), dtype=bool) if taught is None else taught,
        MONDAY,
        np.eye(7)[np.arange(days) % 7],
        (np.arange(days) % 30) / 30.0,
        np.zeros((days, 0)) if events is None else events,
        shifts,
        replace(USUAL, scale=scale, month_waves=month_waves),
    )


@pytest.mark.parametrize("scale", list(Scale))
def test_the_week_is_found_on_every_scale(scale: Scale):
    baseline = fitted(totals_of(140), scale)
    expected = np.exp(baseline.log)
    assert expected[140:147] == pytest.approx(1000 * OPEN_WEEK, rel=0.03)
    # On every scale the parts are logs whose sum is the whole.
    assert np.ptp(baseline.trend[:140]) < 0.02  # under a year: no trend
    weekday = baseline.weekday[140:147] - baseline.weekday[140:147].mean()
    assert weekday == pytest.approx(np.log(OPEN_WEEK) - np.log(OPEN_WEEK).mean(), abs=0.04)


@pytest.mark.parametrize("grows_along", [True, False])
def test_scales_differ_in_what_growth_does_to_the_week(grows_along: bool):
    """The level doubles within 400 days; the swing of ±300 within the week does so too, or not."""
    days = np.arange(400 + AHEAD)
    level = 1000.0 * (1.0 + days / 400.0)
    sign = np.where(days % 7 < 4, 0.3, -0.3)
    truth = level * (1.0 + sign) if grows_along else level + 1000.0 * sign
    noisy = truth[:400] + np.random.default_rng(1).normal(0.0, 10.0, 400)
    missed = {
        scale: np.abs(np.exp(fitted(noisy, scale).log) / truth - 1.0)[400:].mean()
        for scale in (Scale.MULTIPLICATIVE, Scale.ADDITIVE)
    }
    right, wrong = Scale.MULTIPLICATIVE, Scale.ADDITIVE
    if not grows_along:
        right, wrong = wrong, right
    assert missed[right] < 0.03
    assert missed[wrong] > 2 * missed[right]


@pytest.mark.parametrize("scale", list(Scale))
def test_from_a_shift_on_the_level_is_another(scale: Scale):
    totals = totals_of(140)
    totals[110:] *= 3.0
    baseline = fitted(totals, scale, shifts=(110,))
    week = np.exp(baseline.log)[140:147].sum()
    assert week == pytest.approx(3 * rhythm(7).sum(), rel=0.05)
    early = np.exp(baseline.log)[70:77].sum()
    assert early == pytest.approx(rhythm(7).sum(), rel=0.05)


@pytest.mark.parametrize("scale", list(Scale))
def test_what_explains_some_days_is_not_part_of_an_ordinary_day(scale: Scale):
    totals, events = totals_of(140), np.zeros((140 + AHEAD, 1))
    for at in (20, 48, 76, 104, 145):
        events[at : at + 3] = 1.0
    totals[events[:140, 0] > 0] *= 1.5
    expected = np.exp(fitted(totals, scale, events=events).log)
    assert expected[140:147].sum() == pytest.approx(rhythm(7).sum(), rel=0.03)


def test_days_that_do_not_teach_are_expected_like_others():
    totals, taught = totals_of(140), np.ones(140, dtype=bool)
    taught[60:67] = False
    totals[60:67] = np.nan
    expected = np.exp(fitted(totals, taught=taught).log)
    assert expected[60:67] == pytest.approx(rhythm(7, start=60), rel=0.04)


def test_a_weekday_never_seen_has_the_level_of_the_others():
    """Sundays are closed: nothing is known of them, and nothing wild is said."""
    taught = np.arange(140) % 7 != 6
    baseline = fitted(totals_of(140), taught=taught)
    assert np.isfinite(baseline.log).all()
    assert 500 < np.exp(baseline.log[146]) < 2000


def test_waves_over_the_month_come_from_two_months_on():
    """10 % more around the turn of the month."""
    wave = np.exp(0.1 * np.cos(2 * np.pi * (np.arange(150 + AHEAD) % 30) / 30.0))
    totals = totals_of(150, noise=0.01) * wave[:150]
    with_waves = fitted(totals)
    ratio = np.exp(with_waves.log[150:]) / rhythm(AHEAD, start=150)
    assert ratio == pytest.approx(wave[150:], rel=0.04)
    assert np.ptp(fitted(totals, month_waves=0).season) == 0.0
    assert np.ptp(fitted(totals[:50]).season) == 0.0


def test_yearly_seasons_and_trends_come_from_a_year_on():
    days = np.arange(400 + AHEAD)
    season = 1.0 + 0.3 * np.cos(2 * np.pi * days / 365.25)
    baseline = fitted(totals_of(400) * season[:400])
    truth = rhythm(AHEAD, start=400) * season[400:]
    assert np.exp(baseline.log[400:]).sum() == pytest.approx(truth.sum(), rel=0.06)
    assert np.ptp(baseline.season[:365]) > 0.4
    assert np.ptp(fitted(totals_of(300) * season[:300]).trend) < 1e-6


def test_trends_do_not_turn_below_nothing():
    """On the count scale a fall to nothing would go on below it: 5 % of the middle stay."""
    falling = np.linspace(1000.0, 10.0, 370)
    baseline = fitted(falling, Scale.ADDITIVE)
    assert np.isfinite(baseline.log).all()
    assert np.exp(baseline.trend).min() >= 0.05 * np.median(falling) * (1 - 1e-9)


def test_warnings_and_chatter_are_kept_away(recwarn: pytest.WarningsRecorder):
    fitted(totals_of(60))
    assert not recwarn.list


def test_few_days_are_fitted_in_no_time():
    """These made Prophet's own choice of method, below 100 days, go on for seconds."""
    begin = perf_counter()
    baseline = fitted(totals_of(142, seed=1)[:86])
    assert perf_counter() - begin < 5.0
    assert np.exp(baseline.log[86:93]) == pytest.approx(rhythm(7, start=86), rel=0.05)
