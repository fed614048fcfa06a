from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.cold_start import borrowed_level, borrowed_profile, nearest_queue

from tests.unit.forecasting.made_histories import DAY, MONDAY, marks_of

WEEKDAYS = np.array([1.3, 1.1, 1.0, 1.0, 1.0, 0.8, 0.8])
FLAT = np.ones(7)
KNOWN = 42


def totals_of(weekdays: np.ndarray, level: float, days: int = KNOWN) -> np.ndarray:
    return level * weekdays[np.arange(days) % 7]


def only_last(totals: np.ndarray, days: int) -> np.ndarray:
    return np.where(np.arange(len(totals)) < len(totals) - days, np.nan, totals)


def daily(*totals: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    return np.stack(totals), [row[:, None] for row in totals]


# The nearest queue


def test_the_queue_that_moves_alike_is_nearest_whatever_its_size():
    new = only_last(totals_of(WEEKDAYS, 100.0), 14)
    totals, contacts = daily(totals_of(FLAT, 100.0), totals_of(WEEKDAYS, 150.0), new)
    assert nearest_queue(totals, contacts, 2, [0, 1]) == 1
    assert nearest_queue(totals, contacts, 2, [0]) == 0


def test_of_queues_that_move_alike_the_one_of_like_size_is_nearest():
    new = only_last(totals_of(WEEKDAYS, 100.0), 14)
    totals, contacts = daily(totals_of(WEEKDAYS, 900.0), totals_of(WEEKDAYS, 120.0), new)
    assert nearest_queue(totals, contacts, 2, [0, 1, 2]) == 1


def test_of_queues_that_move_alike_the_one_with_the_same_day_is_nearest():
    early, late = DAY / DAY.sum(), DAY[::-1] / DAY.sum()
    day = totals_of(WEEKDAYS, 400.0)
    totals = np.stack([day, day, only_last(day, 7)])
    contacts = [
        np.outer(row, shape) for row, shape in zip(totals, (late, early, early), strict=True)
    ]
    assert nearest_queue(totals, contacts, 2, [0, 1]) == 1


def test_without_days_in_common_nothing_is_near():
    new = only_last(totals_of(WEEKDAYS, 100.0), 7)
    gone = totals_of(WEEKDAYS, 100.0)
    gone[-7:] = np.nan
    totals, contacts = daily(gone, new)
    assert nearest_queue(totals, contacts, 1, [0, 1]) is None
    assert nearest_queue(totals, contacts, 1, []) is None


def test_a_queue_of_which_nothing_is_known_is_near_to_none():
    totals, contacts = daily(totals_of(WEEKDAYS, 100.0), np.full(KNOWN, np.nan))
    assert nearest_queue(totals, contacts, 1, [0]) is None


# The level

HORIZON = 28
SEASON = 1.0 + 0.005 * np.arange(KNOWN + HORIZON)  # the donor rises by a third
DONOR = totals_of(WEEKDAYS, 1000.0, KNOWN + HORIZON) * SEASON


def plain(calendar: Calendar | None = None):
    return marks_of(calendar or Calendar(), KNOWN + HORIZON)


def test_a_queue_of_half_the_size_takes_half_of_the_donors_future():
    own = only_last(DONOR[:KNOWN] / 2, 14)
    expected, log_sd = borrowed_level(own, DONOR, plain())
    assert expected == pytest.approx(DONOR / 2, rel=0.001)
    assert (log_sd > 0).all()


def mondays_doubled(days: int) -> float:
    own = DONOR[:KNOWN] / 2
    own[::7] *= 2.0
    expected, _ = borrowed_level(only_last(own, days), DONOR, plain())
    coming = expected[KNOWN : KNOWN + 7] / DONOR[KNOWN : KNOWN + 7]
    return float(coming[0] / coming[1:].mean())


def test_a_weekday_of_its_own_is_believed_the_more_the_longer_it_is_known():
    one, three = mondays_doubled(7), mondays_doubled(21)
    assert 1.0 < one < three < 2.0
    assert three > 1.7


def usual_sd(days: int) -> float:
    """Mean deviation that is stated for a queue whose days differ from the donor's by 8 %."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(10):
        own = DONOR[:KNOWN] / 2 * np.exp(rng.normal(0.0, 0.08, KNOWN))
        found.append(borrowed_level(only_last(own, days), DONOR, plain())[1].mean())
    return float(np.mean(found))


def test_the_range_is_wider_with_fewer_days():
    two, week, three_weeks = usual_sd(2), usual_sd(7), usual_sd(21)
    assert two > week > three_weeks
    # Single days deviate by 8 %, in the tails by more: √(4 / 2) × 8 %, and a little for the level.
    assert 0.08 < three_weeks < 0.18


def test_one_wild_day_hardly_moves_the_level():
    own = only_last(DONOR[:KNOWN] / 2, 14)
    own[-3] *= 4.0
    expected, _ = borrowed_level(own, DONOR, plain())
    assert expected[KNOWN:].sum() == pytest.approx(DONOR[KNOWN:].sum() / 2, rel=0.08)


def sale(name: str, first: int, **stated: float) -> Promotion:
    day = MONDAY + timedelta(days=first)
    return Promotion(day, day + timedelta(days=1), "sale", name, **stated)


def with_sales() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The donor with two sales to come, each with a factor of 2."""
    effects = {"first": np.zeros(KNOWN + HORIZON), "second": np.zeros(KNOWN + HORIZON)}
    effects["first"][45:47] = effects["second"][60:62] = np.log(2.0)
    return DONOR * np.exp(effects["first"] + effects["second"]), effects


def test_events_are_borrowed_unless_the_planner_states_them_or_they_are_the_donors_own():
    level, effects = with_sales()
    own = only_last(DONOR[:KNOWN] / 2, 14)
    both = Calendar(promotions=(sale("first", 45), sale("second", 60)))
    stated = Calendar(promotions=(sale("first", 45, effect=3.0),))
    borrowed, wide = borrowed_level(own, level, plain(both), effects)
    assert borrowed == pytest.approx(level / 2, rel=0.001)
    assert wide[45] > wide[48]
    changed, _ = borrowed_level(own, level, plain(stated), effects)
    assert changed[45:47] == pytest.approx(DONOR[45:47] / 2 * 3.0, rel=0.001)
    assert changed[60:62] == pytest.approx(DONOR[60:62] / 2, rel=0.001)


def test_stated_days_of_the_past_do_not_teach_the_level():
    past = Calendar(promotions=(sale("then", KNOWN - 2, effect=2.0),))
    own = only_last(DONOR[:KNOWN] / 2, 14)
    own[-2:] *= 2.0
    expected, _ = borrowed_level(own, DONOR, plain(past))
    assert expected[KNOWN:] == pytest.approx(DONOR[KNOWN:] / 2, rel=0.001)


def test_days_on_which_the_donor_is_closed_take_the_queues_own_mean():
    level = DONOR.copy()
    level[6::7] = 0.0
    own = only_last(np.full(KNOWN, 70.0), 21)
    expected, log_sd = borrowed_level(own, level, plain())
    assert expected[KNOWN + 6] == pytest.approx(70.0, rel=0.01)
    assert log_sd[KNOWN + 6] >= 0.25


def test_closed_days_and_outages_do_not_teach():
    down, shut = (MONDAY + timedelta(days=KNOWN - back) for back in (2, 3))
    calendar = Calendar(
        None,
        (
            SpecialDay(down, down, DayKind.OUTAGE, "down"),
            SpecialDay(shut, shut, DayKind.CLOSED, "shut"),
        ),
    )
    own = only_last(DONOR[:KNOWN] / 2, 7)
    own[[-2, -3]] = 0.0
    expected, _ = borrowed_level(own, DONOR, plain(calendar))
    assert expected[KNOWN:] == pytest.approx(DONOR[KNOWN:] / 2, rel=0.001)


def test_a_queue_without_contacts_has_no_level_to_borrow_for():
    with pytest.raises(ValueError, match="no day of the queue has contacts"):
        borrowed_level(np.zeros(KNOWN), DONOR, plain())


# The shape

HOURS = np.tile(DAY > 0, (7, 1))
USUAL = np.tile(DAY / DAY.sum(), (7, 1))
OTHER = np.tile(np.where(DAY > 0, np.arange(24.0), 0.0), (7, 1))
OTHER /= OTHER.sum(axis=1, keepdims=True)


def test_without_contacts_the_shape_is_the_donors():
    found = borrowed_profile(np.full((7, 24), np.nan), USUAL, np.arange(7), HOURS)
    assert found == pytest.approx(USUAL, abs=0.02)


def test_the_shape_goes_over_to_the_queues_own():
    def apart(contacts: float) -> float:
        found = borrowed_profile(contacts * OTHER, USUAL, np.arange(7), HOURS)
        return float(np.abs(found - OTHER).sum(axis=1).mean())

    assert apart(5.0) > 2.0 * apart(100.0) > 2.0 * apart(5000.0)
    assert apart(5000.0) < 0.02


def test_hours_of_the_queue_that_the_donor_closes_are_learned():
    donor = np.where(np.arange(24) < 14, USUAL, 0.0)
    found = borrowed_profile(2000.0 * USUAL, donor, np.arange(7), HOURS)
    assert found == pytest.approx(USUAL, abs=0.02)


def test_a_weekday_that_the_donor_closes_takes_its_other_days():
    donor = USUAL.copy()
    donor[6] = 0.0
    found = borrowed_profile(np.full((1, 24), np.nan), donor, np.array([0]), HOURS)
    assert found[6] == pytest.approx(USUAL[6], abs=0.02)


def test_a_daily_queue_has_the_whole_day_in_one_slot():
    found = borrowed_profile(np.full((9, 1), 5.0), np.ones((7, 1)), np.arange(9) % 7,
                             np.array([[True]] * 6 + [[False]]))  # fmt: skip
    assert found[:, 0] == pytest.approx([1.0] * 6 + [0.0])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 20), st.sampled_from([12, 48, 96]))
def test_shares_of_open_weekdays_add_up(seed: int, days: int, slots: int):
    rng = np.random.default_rng(seed)
    is_open = rng.random((7, slots)) < 0.7
    contacts = rng.poisson(3.0, (days, slots)).astype(np.float64)
    contacts[rng.random((days, slots)) < 0.1] = np.nan
    donor = rng.random((7, slots)) * (rng.random((7, slots)) < 0.8)
    found = borrowed_profile(contacts, donor, rng.integers(0, 7, days), is_open)
    assert (found >= 0).all()
    assert (found[~is_open] == 0).all()
    assert found.sum(axis=1) == pytest.approx(is_open.any(axis=1).astype(float))
