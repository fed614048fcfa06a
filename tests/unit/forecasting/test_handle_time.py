from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.handle_time.fit import fit_handle_time, pool_handle_effects

from tests.unit.forecasting.made_histories import MONDAY, marks_of

PLAIN = marks_of(Calendar(), 400)


def promotion(first: int, days: int, type_: str, phase: str, **stated: float) -> Promotion:
    begin = MONDAY + timedelta(days=first)
    return Promotion(begin, begin + timedelta(days=days - 1), type_, "sale", phase=phase, **stated)


def drawn(rng: np.random.Generator, mean: np.ndarray, contacts: np.ndarray) -> np.ndarray:
    """Mean handle time of so many contacts, each as variable as its mean; NaN without any."""
    shape = np.maximum(contacts, 1)
    return np.where(contacts > 0, mean * rng.gamma(shape, 1.0 / shape), np.nan)


def test_a_steady_handle_time_stays():
    fit = fit_handle_time(np.full((56, 4), 180.0), np.full((56, 4), 9.0), PLAIN)
    assert fit.expect(PLAIN, 56, 7) == pytest.approx(np.full((7, 4), 180.0))


def test_without_handle_times_nothing_is_known():
    fit = fit_handle_time(np.full((56, 4), np.nan), np.ones((56, 4)), PLAIN)
    assert np.isnan(fit.expect(PLAIN, 56, 7)).all()
    assert fit.expect(PLAIN, 56, 7).shape == (7, 4)
    assert fit.event_factor(promotion(60, 2, "sale", "peak"))[0] == pytest.approx(1.0)


def test_a_slot_is_believed_by_its_contacts():
    aht = np.full((56, 2), 200.0)
    aht[:, 1] = 300.0
    busy = fit_handle_time(aht, np.full((56, 2), 500.0), PLAIN).expect(PLAIN, 56, 1)[0]
    quiet = fit_handle_time(aht[:4], np.ones((4, 2)), PLAIN).expect(PLAIN, 4, 1)[0]
    assert busy == pytest.approx([200.0, 300.0], rel=0.02)
    # Four contacts a slot cannot tell the slots apart (a mean of four is off by a half).
    assert quiet == pytest.approx([250.0, 250.0], rel=0.08)


def test_single_contacts_do_not_shade_the_mean():
    # One contact an interval, exponential: its median is 0.69 of its mean. 56 × 20 of them let the
    # mean be known to 3 %.
    contacts = np.ones((56, 20))
    aht = drawn(np.random.default_rng(1), np.array(200.0), contacts)
    found = fit_handle_time(aht, contacts, PLAIN).expect(PLAIN, 56, 7).mean()
    assert found == pytest.approx(np.nanmean(aht), rel=0.02)


def test_the_level_follows_a_shift():
    aht = np.full((112, 2), 200.0)
    aht[84:] = 240.0
    found = fit_handle_time(aht, np.full((112, 2), 50.0), PLAIN).expect(PLAIN, 112, 7)
    assert found == pytest.approx(np.full((7, 2), 240.0), rel=0.03)


def test_a_single_absurd_handle_time_hardly_counts():
    rng = np.random.default_rng(2)
    contacts = rng.poisson(10.0, (56, 24)).astype(np.float64)
    aht = drawn(rng, np.array(200.0), contacts)
    before = fit_handle_time(aht, contacts, PLAIN).expect(PLAIN, 56, 7)
    aht[50, 10] = 1e6
    after = fit_handle_time(aht, contacts, PLAIN).expect(PLAIN, 56, 7)
    # It counts as at most 1 + 8 / √10 = 3.5 times its surroundings, in one of 1,344 cells.
    assert after == pytest.approx(before, rel=0.03)


def test_zeros_outages_and_unknown_contacts_teach_nothing():
    aht, contacts = np.full((56, 2), 200.0), np.full((56, 2), 30.0)
    aht[10], aht[30], aht[40] = 0.0, 900.0, 900.0
    contacts[30] = np.nan
    down = MONDAY + timedelta(days=40)
    marks = marks_of(Calendar(None, (SpecialDay(down, down, DayKind.OUTAGE, "down"),)), 70)
    found = fit_handle_time(aht, contacts, marks).expect(marks, 56, 7)
    assert found == pytest.approx(np.full((7, 2), 200.0))


def test_one_value_a_day_on_some_days_is_enough():
    aht = np.full((60, 1), np.nan)
    aht[::3, 0] = 300.0
    found = fit_handle_time(aht, np.full((60, 1), 80.0), PLAIN).expect(PLAIN, 60, 14)
    assert found == pytest.approx(np.full((14, 1), 300.0))


@settings(max_examples=10, deadline=None)
@given(st.floats(0.01, 100.0), st.integers(0, 1000))
def test_the_unit_does_not_matter(unit: float, seed: int):
    rng = np.random.default_rng(seed)
    contacts = rng.poisson(4.0, (30, 6)).astype(np.float64)
    aht = drawn(rng, np.array(100.0), contacts)
    seconds = fit_handle_time(aht, contacts, PLAIN).expect(PLAIN, 30, 7)
    others = fit_handle_time(aht * unit, contacts, PLAIN).expect(PLAIN, 30, 7)
    assert others == pytest.approx(seconds * unit, rel=1e-6)


# Promotions: two years of peak days at 0.8 of the handle time, and the days before at 1.1.
SALES = tuple(
    p
    for day in (100, 300)
    for p in (promotion(day, 4, "eleven", "preheat"), promotion(day + 4, 3, "eleven", "peak"))
)
KNOWN = 350


def with_sales(
    rng: np.random.Generator, contacts: float, calendar: tuple[Promotion, ...] = SALES
) -> tuple[np.ndarray, np.ndarray]:
    marks = marks_of(Calendar(promotions=calendar), KNOWN)
    factor = np.ones((KNOWN, 1))
    for sale in SALES:
        factor[marks.span(sale)] = 1.1 if sale.phase == "preheat" else 0.8
    count = np.full((KNOWN, 12), contacts)
    return drawn(rng, 200.0 * factor, count), count


def test_a_promotion_teaches_the_next_one_and_not_the_level():
    coming = promotion(KNOWN, 2, "eleven", "peak")
    marks = marks_of(Calendar(promotions=(*SALES, coming)), KNOWN + 8)
    fit = fit_handle_time(*with_sales(np.random.default_rng(3), 50.0), marks)
    found = fit.expect(marks, KNOWN, 8).mean(axis=1)
    assert found[:2] == pytest.approx([160.0, 160.0], rel=0.04)
    assert found[2:] == pytest.approx(np.full(6, 200.0), rel=0.02)
    factor, low, high = fit.event_factor(coming)
    assert low < factor < high
    assert factor == pytest.approx(0.8, abs=0.03)


def test_a_stated_effect_replaces_what_was_learned():
    stated = promotion(KNOWN, 2, "eleven", "peak", handle_effect=1.5)
    marks = marks_of(Calendar(promotions=(*SALES, stated)), KNOWN + 8)
    fit = fit_handle_time(*with_sales(np.random.default_rng(3), 50.0), marks)
    assert fit.expect(marks, KNOWN, 2).mean() == pytest.approx(300.0, rel=0.02)
    assert fit.event_factor(stated) == (1.5, 1.5, 1.5)


def test_a_stated_effect_of_the_past_is_taken_out_of_its_days():
    # The whole last week is a sale: only what is stated tells that its handle times are not new.
    sale = promotion(KNOWN - 7, 7, "eleven", "peak", handle_effect=2.0)
    marks = marks_of(Calendar(promotions=(sale,)), KNOWN + 7)
    aht = np.full((KNOWN, 1), 200.0)
    aht[-7:] = 400.0
    found = fit_handle_time(aht, np.full((KNOWN, 1), 90.0), marks).expect(marks, KNOWN, 7)
    assert found == pytest.approx(np.full((7, 1), 200.0), rel=1e-6)


def test_a_promotion_never_seen_takes_its_phases_effect_with_a_wider_range():
    marks = marks_of(Calendar(promotions=SALES), KNOWN)
    fit = fit_handle_time(*with_sales(np.random.default_rng(3), 50.0), marks)
    seen, low, high = fit.event_factor(promotion(KNOWN, 1, "eleven", "peak"))
    other, other_low, other_high = fit.event_factor(promotion(KNOWN, 1, "june", "peak"))
    unheard, *_ = fit.event_factor(promotion(KNOWN, 1, "june", "returns"))
    assert 0.8 < seen < other < 0.9  # most of the way
    assert other_high - other_low > 1.3 * (high - low)
    assert 0.9 < unheard < 1.1


def test_queues_teach_each_other():
    rng = np.random.default_rng(4)
    marks = marks_of(Calendar(promotions=SALES), KNOWN)
    large = [fit_handle_time(*with_sales(rng, 50.0), marks) for _ in range(3)]
    small = fit_handle_time(*with_sales(rng, 0.0), marks)  # nothing known
    few = fit_handle_time(*with_sales(rng, 1.0), marks)
    peak = promotion(KNOWN, 1, "eleven", "peak")
    *_, pooled_small, pooled_few = pool_handle_effects([*large, small, few])
    assert small.event_factor(peak)[0] == pytest.approx(1.0)
    assert pooled_small.event_factor(peak)[0] == pytest.approx(0.8, abs=0.04)
    assert pooled_few.event_factor(peak)[0] == pytest.approx(0.8, abs=0.04)
    alone, pooled = few.event_factor(peak), pooled_few.event_factor(peak)
    assert pooled[2] - pooled[1] < alone[2] - alone[1]


def test_pooling_nothing_gives_nothing():
    assert pool_handle_effects([]) == ()


def test_holidays_teach_each_other():
    days = (10, 60, 110)
    entries = tuple(
        SpecialDay(d, d, DayKind.HOLIDAY, f"feast {number}")
        for number, d in enumerate(MONDAY + timedelta(days=day) for day in (*days, 141))
    )
    marks = marks_of(Calendar(None, entries), 150)
    aht = np.full((140, 4), 200.0)
    aht[list(days)] = 230.0
    found = fit_handle_time(aht, np.full((140, 4), 60.0), marks).expect(marks, 140, 3)[:, 0]
    # A holiday never seen takes most of the three others' factor of 1.15; the days beside do not.
    assert found[[0, 2]] == pytest.approx([200.0, 200.0], rel=0.01)
    assert 212.0 < found[1] < 232.0


def test_make_up_workdays_follow_the_working_week():
    sunday = MONDAY + timedelta(days=62)
    assert sunday == date(2024, 3, 3)
    marks = marks_of(Calendar(None, (SpecialDay(sunday, sunday, DayKind.WORKDAY, "swap"),)), 70)
    aht = np.where((np.arange(56) % 7 >= 5)[:, None], 300.0, 200.0)
    found = fit_handle_time(aht, np.full((56, 1), 400.0), marks).expect(marks, 56, 7)[:, 0]
    assert found[5] == pytest.approx(300.0, rel=0.02)
    assert found[6] == pytest.approx(200.0, rel=0.02)
