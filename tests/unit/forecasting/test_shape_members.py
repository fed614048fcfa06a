import numpy as np
import pytest
from shiftcast.forecasting.shape.day_rows import day_rows
from shiftcast.forecasting.shape.factor_profile import FactorProfile
from shiftcast.forecasting.shape.faded_profile import FadedProfile
from shiftcast.forecasting.shape.lessons import Lessons, lessons, normalised
from shiftcast.forecasting.shape.member import ShapeMember

from tests.unit.forecasting.made_histories import DAY

OPEN = np.tile(DAY > 0, (7, 1))
SHAPE = DAY / DAY.sum()
LATE = normalised(np.roll(DAY, 2) * (DAY > 0))

both = pytest.mark.parametrize("member", [FadedProfile(), FactorProfile()], ids=lambda m: m.name)


def drawn(level: float, shape: np.ndarray, days: int) -> np.ndarray:
    return np.random.default_rng(1).poisson(level * shape, (days, len(shape))).astype(float)


def taught(contacts: np.ndarray, is_open: np.ndarray = OPEN) -> Lessons:
    return lessons(contacts, np.arange(len(contacts)) % 7, is_open)


def distance(profiles: np.ndarray, truth: np.ndarray) -> float:
    return float(np.abs(profiles - truth).sum())


@both
def test_a_steady_shape_is_found_again(member: ShapeMember):
    shape = member.fit(taught(drawn(2000.0, SHAPE, 140)))
    # 20 weekdays × 2000 contacts: the busiest slot's share (.17) is known within .002 or so.
    assert shape.usual == pytest.approx(np.tile(SHAPE, (7, 1)), abs=0.006)
    assert shape.checked == pytest.approx(np.tile(SHAPE, (56, 1)), abs=0.01)
    assert (shape.usual[:, DAY == 0] == 0).all()


@both
def test_a_small_queue_pools_its_weekdays(member: ShapeMember):
    few = drawn(20.0, SHAPE, 140)
    alone = normalised(few.reshape(20, 7, 24).sum(axis=0))
    assert distance(member.fit(taught(few)).usual, SHAPE) < 0.6 * distance(alone, SHAPE)


@both
def test_a_weekday_that_differs_keeps_its_own_shape(member: ShapeMember):
    contacts = drawn(2000.0, SHAPE, 140)
    contacts[4::7] = drawn(2000.0, LATE, 20)
    usual = member.fit(taught(contacts)).usual
    assert usual[4] == pytest.approx(LATE, abs=0.015)
    assert usual[3] == pytest.approx(SHAPE, abs=0.01)


@both
def test_a_new_shape_is_followed(member: ShapeMember):
    contacts = np.concatenate([drawn(2000.0, SHAPE, 70), drawn(2000.0, LATE, 70)])
    usual = member.fit(taught(contacts)).usual
    # Ten weeks old, the new shape has the larger part.
    assert distance(usual, LATE) < 0.35 * distance(usual, SHAPE)


@both
def test_the_checked_profiles_of_a_week_know_nothing_of_it(member: ShapeMember):
    contacts = drawn(500.0, SHAPE, 140)
    other = contacts.copy()
    other[-7:] = drawn(500.0, LATE, 7)
    before, after = (member.fit(taught(c)) for c in (contacts, other))
    # Of the last week, which has changed, only settings learned on all weeks may tell a little.
    assert after.checked == pytest.approx(before.checked, abs=0.01)
    assert distance(after.usual, before.usual) > 0.05


@both
def test_weekdays_that_open_at_other_hours_are_kept_apart(member: ShapeMember):
    is_open = OPEN.copy()
    is_open[4, 14:] = False  # Friday to 14:00
    is_open[5] = False
    is_open[5, 20:] = True  # Saturday from 20:00
    is_open[6] = False
    contacts = drawn(300.0, SHAPE, 140)
    contacts[4::7, 14:] = 0.0
    contacts[5::7] = drawn(40.0, is_open[5] / 4.0, 20)
    contacts[6::7] = 0.0
    usual = member.fit(taught(contacts, is_open)).usual
    assert usual[4] == pytest.approx(normalised(SHAPE * is_open[4]), abs=0.03)
    assert usual[5] == pytest.approx(is_open[5] / 4.0, abs=0.06)
    assert usual[6].sum() == 0.0


@both
def test_a_weekday_never_seen_follows_the_others(member: ShapeMember):
    contacts = drawn(500.0, SHAPE, 70)
    contacts[6::7] = np.nan
    assert member.fit(taught(contacts)).usual[6] == pytest.approx(SHAPE, abs=0.02)


def test_one_odd_day_hardly_moves_the_factors():
    contacts = drawn(5000.0, SHAPE, 140)
    odd = contacts.copy()
    odd[-3] = odd[-3, ::-1]
    usual = FactorProfile().fit(taught(contacts)).usual
    moved = distance(FactorProfile().fit(taught(odd)).usual, usual)
    # Plain means of the last four weeks would take over a quarter of it on its own weekday.
    assert moved < 0.05 * distance(odd[-3] / odd[-3].sum(), SHAPE)


def test_a_long_history_is_put_together_in_few_rows():
    days = 3 * 364
    contacts = np.ones((days, 24)) * np.arange(1, days + 1)[:, None]
    rows = day_rows(taught(contacts), np.arange(7), np.arange(8, 18))
    # 182 days alone, the 27 weeks before them in blocks of four (7 of a weekday), two years less
    # a week in blocks of thirteen (8 of a weekday).
    assert len(rows.time) == 182 + 7 * 7 + 7 * 8
    assert rows.days.sum() == days
    assert rows.total.sum() == pytest.approx(10 * days * (days + 1) / 2)
    assert (np.diff(rows.time) >= 0).all()
    # A row's mean day is of its own weekday's days: whole weeks apart.
    oldest = rows.time[0]
    assert rows.weekday[0] == 0
    assert oldest == pytest.approx(7.0 * (rows.days[0] - 1) / 2)
