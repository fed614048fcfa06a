import numpy as np
import pytest
from shiftcast.forecasting.shape.lessons import dispersion, floored, lessons, smoothed

from tests.unit.forecasting.made_histories import DAY

DAYS = 28
WEEKDAY = np.arange(DAYS) % 7
OPEN = np.tile(DAY > 0, (7, 1))
SHAPE = DAY / DAY.sum()


def steady(level: float) -> np.ndarray:
    return np.tile(level * SHAPE, (DAYS, 1))


def test_a_gap_is_filled_with_what_the_known_slots_bring_with_them():
    contacts = steady(100.0)
    contacts[20] *= 2.0
    contacts[20, 13:] = np.nan  # 27 of 46 parts are known: 58.7 %
    taught = lessons(contacts, WEEKDAY, OPEN)
    assert taught.learned[20]
    assert taught.contacts[20] == pytest.approx(200.0 * SHAPE, rel=0.03)
    assert np.isnan(taught.actual[20, 13:18]).all()
    assert taught.actual[20, 8:13] == pytest.approx(200.0 * SHAPE[8:13])


def test_a_day_of_which_less_than_half_is_known_teaches_nothing():
    contacts = steady(100.0)
    contacts[20, 11:] = np.nan  # 17 of 46 parts
    taught = lessons(contacts, WEEKDAY, OPEN)
    assert not taught.learned[20]
    assert taught.contacts[20].sum() == 0.0
    assert np.isnan(taught.actual[20]).all()


def test_hours_without_the_dozens_of_contacts_expected_are_a_gap():
    contacts = steady(100.0)
    contacts[20, 15:] = 0.0  # 16 to 18 o'clock: 10 of 46 parts; of 78 contacts, 22 were to come
    taught = lessons(contacts, WEEKDAY, OPEN)
    assert np.isnan(taught.actual[20, 15:18]).all()
    assert taught.contacts[20] == pytest.approx(contacts[19], rel=0.03)


def test_a_quiet_hour_of_a_small_queue_is_no_gap():
    contacts = steady(20.0)
    contacts[20, 15:] = 0.0  # of 16 contacts, 4 were to come: it happens once in 80 days
    taught = lessons(contacts, WEEKDAY, OPEN)
    assert taught.actual[20, 15:18] == pytest.approx([0.0, 0.0, 0.0])


def test_contacts_outside_opening_hours_are_left_out():
    contacts = steady(100.0)
    contacts[:, 3] = 7.0
    taught = lessons(contacts, WEEKDAY, OPEN)
    assert taught.contacts[:, 3].sum() == 0.0
    assert np.isnan(taught.actual[:, 3]).all()


def test_half_of_a_short_history_is_checked_and_eight_weeks_of_a_long_one():
    def checked(days: int) -> int:
        return lessons(np.ones((days, 24)), np.arange(days) % 7, OPEN).checked_weeks

    assert [checked(days) for days in (7, 14, 35, 700)] == [0, 1, 2, 8]


def test_smoothing_leaks_nothing_into_closed_slots_and_joins_the_days_ends():
    peak = np.array([0.0, 0.0, 4.0, 0.0])
    assert smoothed(peak, np.array([True, True, True, False]), 1)[3] == 0.0
    around_midnight = np.array([4.0, 0.0, 0.0, 0.0])
    assert smoothed(around_midnight, np.ones(4, dtype=bool), 1).tolist() == [2.0, 1.0, 0.0, 1.0]


def test_every_open_slot_keeps_a_thousandth_spread_evenly():
    profile = floored(np.array([1.0, 0.0, 5.0]), np.array([True, True, False]))
    assert profile == pytest.approx([0.9995, 0.0005, 0.0])


def test_dispersion_is_one_for_poisson_counts_and_grows_with_clusters():
    rng = np.random.default_rng(1)
    profiles = np.tile(np.full(20, 0.05), (200, 1))
    poisson = rng.poisson(20.0, (200, 20)).astype(float)
    assert dispersion(profiles, poisson) == pytest.approx(1.0, abs=0.1)
    # Three contacts at a time: three times the variance.
    assert dispersion(profiles, 3.0 * poisson) == pytest.approx(2.9, abs=0.3)
