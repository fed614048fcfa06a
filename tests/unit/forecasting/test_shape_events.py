from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.day_marks import DayMarks
from shiftcast.forecasting.shape.drawn_ratios import drawn_ratios
from shiftcast.forecasting.shape.event_counts import (
    EventCounts,
    EventSeen,
    event_shape_counts,
    strength,
)
from shiftcast.forecasting.shape.event_days import event_sizes, usual_days, usual_totals
from shiftcast.forecasting.shape.event_shapes import EventRatios, bend, pooled_event_ratios

from tests.unit.forecasting.made_histories import DAY, MONDAY, marks_of

SHAPE = DAY / DAY.sum()
EVENING = np.where(np.arange(24) >= 15, 3.0, 1.0)  # a rush in the last three open hours
MORNING = np.where(np.arange(24) < 10, 2.0, 1.0)
KNOWN = 140


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def sale(day: int, days: int = 1, kind: str = "sale", phase: str = "peak", size: float = 1.0):
    return Promotion(on(day), on(day + days - 1), kind, "", size, phase=phase)


def holiday(day: int, name: str = "feast") -> SpecialDay:
    return SpecialDay(on(day), on(day), DayKind.HOLIDAY, name)


def marks(*entries: Promotion | SpecialDay, days: int = KNOWN + 28) -> DayMarks:
    promotions = tuple(e for e in entries if isinstance(e, Promotion))
    special = tuple(e for e in entries if isinstance(e, SpecialDay))
    return marks_of(Calendar(None, special, promotions), days)


def history(bends: dict[int, np.ndarray], level: float = 1000.0, more: float = 1.0) -> np.ndarray:
    """Days of SHAPE, those named bent and `more` times as large."""
    shares = np.tile(level * SHAPE, (KNOWN, 1))
    for day, ratio in bends.items():
        bent = SHAPE * ratio
        shares[day] = more * level * bent / bent.sum()
    return np.random.default_rng(1).poisson(shares).astype(float)


def usual(days: int = KNOWN + 28) -> np.ndarray:
    return np.tile(SHAPE, (days, 1))


def bent_share(ratio: np.ndarray) -> np.ndarray:
    return SHAPE * ratio / (SHAPE * ratio).sum()


def test_events_are_told_by_kind_group_and_name():
    calendar = marks(
        sale(3, 2, size=2.0), sale(4, size=1.5), holiday(10), holiday(11), holiday(20, "fair"),
        SpecialDay(on(30), on(30), DayKind.SPECIAL, "strike"),
    )  # fmt: skip
    sizes = event_sizes(calendar)
    named = {key: dict(enumerate(row)) for key, row in sizes.items()}
    assert {k: {d: s for d, s in row.items() if s} for k, row in named.items()} == {
        ("promotion", "peak", "sale"): {3: 2.0, 4: 2.0},
        ("holiday", "", "feast"): {10: 1.0, 11: 1.0},
        ("eve", "", "feast"): {9: 1.0},
        ("holiday", "", "fair"): {20: 1.0},
        ("eve", "", "fair"): {19: 1.0},
        ("special", "strike", ""): {30: 1.0},
    }


def test_the_usual_is_learned_without_promotions_unless_they_are_the_usual():
    assert np.flatnonzero(~usual_days(marks(sale(3, 2), holiday(10)), KNOWN)).tolist() == [3, 4, 10]
    every_week = tuple(sale(7 * week) for week in range(20))
    assert usual_days(marks(*every_week), KNOWN).all()


def test_the_usual_total_is_that_of_the_same_weekdays_around():
    totals = np.tile([70.0, 50.0, 50.0, 50.0, 50.0, 20.0, 0.0], 20)
    totals[70:] *= 2.0
    found = usual_totals(totals, np.arange(KNOWN) % 7, np.ones(KNOWN, dtype=bool))
    assert found[7] == 70.0
    # Five Mondays before, itself and five after: (5 × 70 + 6 × 140) / 11.
    assert found[70] == pytest.approx(1190.0 / 11.0)


def test_ratios_are_drawn_towards_what_was_known_as_far_as_chance_leaves_them_open():
    expected = np.full(20, 5.0)
    step = np.where(np.arange(20) >= 14, 2.0, 1.0)
    step *= 20.0 / step.sum()
    came = np.random.default_rng(1).poisson(5.0 * step).astype(float)
    # Five contacts a slot may be 45 % off by chance: they hardly move what was known before.
    few = drawn_ratios(expected, came, 1.0)
    assert few / few.mean() == pytest.approx(np.ones(20), abs=0.06)
    few = drawn_ratios(expected, came, step)
    assert few / few.mean() == pytest.approx(step, abs=0.06)
    many = drawn_ratios(500.0 * expected, 2500.0 * step, 1.0)
    assert many == pytest.approx(step, abs=0.03)


def test_what_came_as_expected_bends_nothing():
    expected = np.linspace(1.0, 40.0, 20)
    assert drawn_ratios(expected, expected, 1.0) == pytest.approx(np.ones(20))
    noise = np.random.default_rng(3).poisson(expected).astype(float)
    ratios = drawn_ratios(expected, noise, 1.0)
    assert ratios / ratios.mean() == pytest.approx(np.ones(20), abs=0.03)


def test_slots_in_which_nothing_is_expected_keep_what_was_known():
    before = np.array([1.5, 1.0, 1.0, 0.7])
    expected = np.array([0.0, 300.0, 300.0, 0.0])
    ratios = drawn_ratios(expected, np.array([9.0, 400.0, 200.0, 0.0]), before)
    assert ratios[[0, 3]].tolist() == [1.5, 0.7]
    assert drawn_ratios(expected, np.zeros(4), before).tolist() == before.tolist()


def test_a_larger_promotion_bends_more_but_never_beyond_its_extra_contacts():
    # Uplift 1: at size 1 half of the day is extra, at size 2 two thirds, at size ∞ all of it.
    found = strength(np.array([0.0, 1.0, 2.0, 1e9]), 1.0)
    assert found == pytest.approx([0.0, 1.0, 4.0 / 3.0, 2.0])


def test_a_promotion_bends_its_next_day_as_it_bent_the_last():
    days = [25, 60, 95]
    calendar = marks(*(sale(day) for day in days), sale(150))
    contacts = history(dict.fromkeys(days, EVENING))
    (ratios,) = pooled_event_ratios([event_shape_counts(contacts, usual(), calendar)])
    shape = bend(usual(), calendar, ratios)
    assert shape[150] == pytest.approx(bent_share(EVENING), abs=0.012)
    assert (shape[149] == SHAPE).all()


def test_the_same_from_a_day_twice_as_large():
    days = [25, 60, 95]
    calendar = marks(*(sale(day, size=2.0) for day in days), sale(150, size=2.0), sale(152))
    # At size 2 contacts are trebled: the uplift is 1, drawn twice towards one half by two days'
    # worth: (3 × 1 + 2 × 0.5) / 5 = 0.8, then (3 × 1 + 2 × 0.8) / 5 = 0.92.
    contacts = history(dict.fromkeys(days, EVENING), more=3.0)
    (ratios,) = pooled_event_ratios([event_shape_counts(contacts, usual(), calendar)])
    assert ratios.uplift["promotion", "peak", "sale"] == pytest.approx(0.92, abs=0.02)
    shape = bend(usual(), calendar, ratios)
    assert shape[150] == pytest.approx(bent_share(EVENING), abs=0.01)
    smaller = (shape[152] - SHAPE)[15:18].sum() / (shape[150] - SHAPE)[15:18].sum()
    # Extra contacts: 0.92 / 1.92 of the day at size 1, 1.84 / 2.84 at size 2.
    assert smaller == pytest.approx(0.74, abs=0.03)


def test_a_type_never_seen_takes_the_phases_shape_and_a_phase_never_seen_none():
    days = [25, 60, 95]
    calendar = marks(
        *(sale(day) for day in days),
        sale(150, kind="other"),
        sale(152, kind="other", phase="warm-up"),
    )
    contacts = history(dict.fromkeys(days, EVENING))
    (ratios,) = pooled_event_ratios([event_shape_counts(contacts, usual(), calendar)])
    shape = bend(usual(), calendar, ratios)
    assert shape[150] == pytest.approx(bent_share(EVENING), abs=0.015)
    assert (shape[152] == SHAPE).all()


def test_a_queue_that_saw_nothing_learns_from_the_others():
    days = [25, 60, 95]
    calendar = marks(*(sale(day) for day in days), sale(150))
    told = event_shape_counts(history(dict.fromkeys(days, EVENING)), usual(), calendar)
    new = event_shape_counts(np.full((KNOWN, 24), np.nan), usual(), calendar)
    assert new.seen == {}
    _, ratios = pooled_event_ratios([told, new])
    assert bend(usual(), calendar, ratios)[150] == pytest.approx(bent_share(EVENING), abs=0.015)


def test_a_queue_with_few_contacts_leans_on_the_others():
    days = [25, 60, 95]
    calendar = marks(*(sale(day) for day in days), sale(150))
    bends = dict.fromkeys(days, EVENING)
    large = event_shape_counts(history(bends), usual(), calendar)
    small = event_shape_counts(history(bends, 15.0), usual(), calendar)

    def off(ratios: EventRatios) -> float:
        return float(np.abs(bend(usual(), calendar, ratios)[150] - bent_share(EVENING)).sum())

    (alone,) = pooled_event_ratios([small])
    _, together = pooled_event_ratios([large, small])
    assert off(together) < 0.5 * off(alone)


def test_events_on_one_day_multiply_and_are_told_apart():
    both, evening, morning = [25, 60, 95, 120], [32, 67], [39, 74]
    calendar = marks(
        *(sale(day) for day in both + evening),
        *(sale(day, phase="shipping") for day in both + morning),
        sale(150), sale(150, phase="shipping"), sale(152, phase="shipping"),
    )  # fmt: skip
    bends = dict.fromkeys(both, EVENING * MORNING)
    bends |= dict.fromkeys(evening, EVENING) | dict.fromkeys(morning, MORNING)
    (ratios,) = pooled_event_ratios([event_shape_counts(history(bends), usual(), calendar)])
    shape = bend(usual(), calendar, ratios)
    assert shape[150] == pytest.approx(bent_share(EVENING * MORNING), abs=0.02)
    assert shape[152] == pytest.approx(bent_share(MORNING), abs=0.025)
    assert shape.sum(axis=1) == pytest.approx(np.ones(len(shape)))


def test_two_events_that_always_come_together_do_not_bend_twice():
    days = [25, 60, 95]
    entries = [sale(day, phase=phase) for day in [*days, 150] for phase in ("peak", "shipping")]
    contacts = history(dict.fromkeys(days, EVENING))
    (ratios,) = pooled_event_ratios([event_shape_counts(contacts, usual(), marks(*entries))])
    shape = bend(usual(), marks(*entries), ratios)
    assert shape[150] == pytest.approx(bent_share(EVENING), abs=0.02)


def test_a_holiday_in_the_week_takes_after_the_weekend():
    weekend = SHAPE * MORNING / (SHAPE * MORNING).sum()
    profiles = usual()
    profiles[np.arange(len(profiles)) % 7 >= 5] = weekend
    contacts = np.random.default_rng(1).poisson(1000.0 * profiles[:KNOWN]).astype(float)
    days = [23, 51, 86, 114]  # Wednesdays and a Thursday …
    for day in days:
        contacts[day] = np.random.default_rng(day).poisson(1000.0 * weekend)
    calendar = marks(*(holiday(day) for day in days), holiday(149, "new feast"))
    counts = event_shape_counts(contacts, profiles, calendar)
    assert counts.like_rest > 0.8
    (ratios,) = pooled_event_ratios([counts])
    assert bend(profiles, calendar, ratios)[149] == pytest.approx(weekend, abs=0.01)


def test_a_holiday_never_seen_is_half_like_the_weekend():
    profiles = usual(14)
    profiles[5:7] = profiles[12:14] = bent_share(MORNING)
    shape = bend(profiles, marks(holiday(9), days=14), EventRatios({}, {}, {}))
    assert shape[9] == pytest.approx((SHAPE + bent_share(MORNING)) / 2)


def test_gaps_outages_and_closed_days_do_not_mislead():
    days = [25, 60, 95]
    lost = SpecialDay(on(95), on(95), DayKind.OUTAGE, "")
    calendar = marks(*(sale(day) for day in days), lost, sale(150))
    contacts = history({25: EVENING, 60: EVENING, 95: MORNING})
    contacts[60, 16:] = np.nan
    counts = event_shape_counts(contacts, usual(), calendar)
    assert counts.seen["promotion", "peak", "sale"].days == 2
    shape = bend(usual(), calendar, pooled_event_ratios([counts])[0])
    assert shape[150] == pytest.approx(bent_share(EVENING), abs=0.02)


def test_closed_slots_stay_closed_and_daily_histories_have_no_shape():
    seen = EventSeen(np.full(24, 10.0), np.full(24, 10.0), 0.0, 1)
    key = ("promotion", "peak", "sale")
    (ratios,) = pooled_event_ratios([EventCounts({key: seen})])
    calendar = marks(sale(3))
    assert (bend(usual(), calendar, ratios)[3, DAY == 0] == 0.0).all()
    assert event_shape_counts(np.ones((KNOWN, 1)), np.ones((KNOWN, 1)), calendar).seen == {}


def test_a_usual_that_was_another_then_is_not_taken_for_the_event():
    then = SHAPE * MORNING / (SHAPE * MORNING).sum()
    contacts = np.random.default_rng(1).poisson(3000.0 * np.tile(then, (KNOWN, 1))).astype(float)
    calendar = marks(sale(25), sale(60), sale(150))
    # Today's usual is SHAPE; on the promotions' days the shape was that of the days around them.
    (ratios,) = pooled_event_ratios([event_shape_counts(contacts, usual(), calendar)])
    assert bend(usual(), calendar, ratios)[150] == pytest.approx(SHAPE, abs=0.005)
