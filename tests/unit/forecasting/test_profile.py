import numpy as np
import pytest
from shiftcast.forecasting.profile import day_type_ratio, normalised, weekday_profiles

from tests.unit.forecasting.made_histories import DAY

WEEKDAY = np.arange(140) % 7
OPEN = np.tile(DAY > 0, (7, 1))
SHAPE = DAY / DAY.sum()


def drawn(level: float, shape: np.ndarray, days: int = 140) -> np.ndarray:
    return np.random.default_rng(1).poisson(level * shape, (days, len(shape))).astype(float)


def test_a_steady_shape_is_found_again():
    profiles, _ = weekday_profiles(drawn(2000.0, SHAPE), WEEKDAY, OPEN)
    assert profiles.sum(axis=1) == pytest.approx(np.ones(7))
    # 20 weekdays × 2000 contacts: the busiest slot's share (.17) is known within .002 or so.
    assert profiles == pytest.approx(np.tile(SHAPE, (7, 1)), abs=0.006)
    assert (profiles[:, DAY == 0] == 0).all()


def test_a_small_queue_pools_its_weekdays():
    few = drawn(20.0, SHAPE)
    profiles, _ = weekday_profiles(few, WEEKDAY, OPEN)
    alone = normalised(np.stack([few[day == WEEKDAY].sum(axis=0) for day in range(7)]))
    assert np.abs(profiles - SHAPE).sum() < 0.6 * np.abs(alone - SHAPE).sum()


def test_weekdays_that_differ_keep_their_own_shape():
    late = np.roll(DAY, 2) * (DAY > 0)
    contacts = drawn(2000.0, SHAPE)
    contacts[WEEKDAY == 4] = drawn(2000.0, late / late.sum(), 20)
    profiles, _ = weekday_profiles(contacts, WEEKDAY, OPEN)
    assert profiles[4] == pytest.approx(late / late.sum(), abs=0.01)
    assert profiles[3] == pytest.approx(SHAPE, abs=0.01)


def test_a_new_shape_is_followed():
    late = np.roll(DAY, 2) * (DAY > 0)
    contacts = drawn(2000.0, SHAPE)
    contacts[70:] = drawn(2000.0, late / late.sum(), 70)
    profiles, _ = weekday_profiles(contacts, WEEKDAY, OPEN)
    # Ten weeks old, the new shape has the larger part.
    distance_to_new = np.abs(profiles - late / late.sum()).sum()
    assert distance_to_new < 0.35 * np.abs(profiles - SHAPE).sum()


def test_without_history_contacts_spread_evenly_over_open_slots():
    profiles, check = weekday_profiles(np.full((3, 24), np.nan), np.arange(3), OPEN)
    assert profiles[5] == pytest.approx(OPEN[5] / OPEN[5].sum())
    assert check.expected.shape == (0, 24)


def test_a_closed_weekday_has_no_profile():
    is_open = OPEN.copy()
    is_open[6] = False
    contacts = drawn(500.0, SHAPE)
    contacts[WEEKDAY == 6] = 0.0
    profiles, _ = weekday_profiles(contacts, WEEKDAY, is_open)
    assert profiles[6].sum() == 0.0


def test_the_check_forecasts_each_week_from_those_before_it():
    contacts = drawn(500.0, SHAPE)
    _, check = weekday_profiles(contacts, WEEKDAY, OPEN)
    assert check.actual.shape == (56, 24)
    assert check.expected.sum(axis=1) == pytest.approx(check.actual.sum(axis=1))
    # Another last week changes what it is compared with, but not what was expected of the others.
    other = contacts.copy()
    other[-7:] = np.roll(contacts[-7:], 3, axis=1)
    _, changed = weekday_profiles(other, WEEKDAY, OPEN)
    share = normalised(check.expected[:49])
    assert normalised(changed.expected[:49]) == pytest.approx(share, abs=0.01)


def test_a_day_type_bends_the_profile_as_far_as_it_is_known():
    usual = np.array([[0.5, 0.5]])
    # One day of 100 contacts, 80 of them early; the prior weighs 300 spread evenly:
    # (80 + 150) / (50 + 150) and (20 + 150) / (50 + 150).
    ratio = day_type_ratio(np.array([[80.0, 20.0]]), usual)
    assert ratio == pytest.approx([1.15, 0.85])


def test_a_large_day_counts_as_five_hundred_contacts():
    usual = np.array([[0.5, 0.5]])
    ratio = day_type_ratio(np.array([[80_000.0, 20_000.0]]), usual)
    assert ratio == pytest.approx([(400 + 150) / (250 + 150), (100 + 150) / (250 + 150)])


def test_an_unknown_day_type_bends_nothing():
    assert day_type_ratio(np.full((1, 3), np.nan), np.ones((1, 3)) / 3).tolist() == [1, 1, 1]
