from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.forecasting.shape.fit import MEMBERS, fit_shape
from shiftcast.forecasting.shape.lessons import Lessons, floored, normalised
from shiftcast.forecasting.shape.member import MemberShape

from tests.unit.forecasting.made_histories import DAY

WEEKDAY = np.arange(140) % 7
OPEN = np.tile(DAY > 0, (7, 1))
SHAPE = DAY / DAY.sum()


def drawn(level: float, days: int = 140) -> np.ndarray:
    return np.random.default_rng(1).poisson(level * SHAPE, (days, 24)).astype(float)


@dataclass(frozen=True)
class Always:
    """A member that always says the same."""

    name: str
    shape: tuple[float, ...]

    def fit(self, lessons: Lessons) -> MemberShape:
        rows = floored(np.tile(self.shape, (7, 1)), lessons.is_open)
        return MemberShape(rows, rows[lessons.weekday[lessons.checked_days]])


RIGHT = Always("right", tuple(SHAPE))
EVEN = Always("even", tuple((DAY > 0) / 10.0))


def test_the_members_are_blended():
    fit = fit_shape(drawn(2000.0), WEEKDAY, OPEN)
    assert list(fit.weights) == [member.name for member in MEMBERS]
    assert sum(fit.weights.values()) == pytest.approx(1.0)
    assert fit.usual.sum(axis=1) == pytest.approx(np.ones(7))
    assert fit.usual == pytest.approx(np.tile(SHAPE, (7, 1)), abs=0.006)


def test_a_member_that_is_wrong_loses_its_weight():
    fit = fit_shape(drawn(2000.0), WEEKDAY, OPEN, (RIGHT, EVEN))
    assert fit.weights["right"] > 0.9
    assert fit.usual[0] == pytest.approx(SHAPE, abs=0.01)


def test_where_little_is_known_weights_stay_equal():
    fit = fit_shape(drawn(3.0, 21), WEEKDAY[:21], OPEN, (RIGHT, EVEN))
    assert fit.weights["right"] == pytest.approx(0.5, abs=0.15)
    nothing_checked = fit_shape(drawn(2000.0, 7), WEEKDAY[:7], OPEN, (RIGHT, EVEN))
    assert nothing_checked.weights == {"right": 0.5, "even": 0.5}


def test_members_that_agree_have_equal_weights():
    twins = (RIGHT, Always("twin", RIGHT.shape), Always("triplet", RIGHT.shape))
    weights = fit_shape(drawn(2000.0), WEEKDAY, OPEN, twins).weights
    assert list(weights.values()) == pytest.approx([1 / 3] * 3)


def test_one_member_alone_has_all_the_weight():
    assert fit_shape(drawn(50.0), WEEKDAY, OPEN, (EVEN,)).weights == {"even": 1.0}


def test_the_check_has_eight_weeks_scaled_to_what_is_known():
    contacts = drawn(500.0)
    contacts[-1, 14:] = np.nan
    check = fit_shape(contacts, WEEKDAY, OPEN).check
    assert check.expected.shape == check.actual.shape == (56, 24)
    known = np.isfinite(check.actual)
    assert not known[-1, 14:].any()
    expected = np.where(known, check.expected, 0.0).sum(axis=1)
    assert expected == pytest.approx(np.nansum(check.actual, axis=1))


def test_days_that_do_not_teach_are_not_checked():
    contacts = drawn(500.0)
    contacts[-3] = np.nan
    check = fit_shape(contacts, WEEKDAY, OPEN).check
    assert np.isnan(check.actual[-3]).all()
    assert check.expected[-3].sum() == 0.0


def test_without_history_contacts_spread_evenly_over_open_slots():
    fit = fit_shape(np.full((3, 24), np.nan), np.arange(3), OPEN)
    assert fit.usual[5] == pytest.approx(OPEN[5] / OPEN[5].sum())
    assert fit.weights == {}
    assert fit.check.expected.shape == (0, 24)


def test_a_daily_history_has_one_slot():
    totals = np.arange(1.0, 141.0)[:, None]
    is_open = np.ones((7, 1), dtype=bool)
    is_open[6] = False
    fit = fit_shape(totals, WEEKDAY, is_open)
    assert fit.usual[:, 0].tolist() == [1.0] * 6 + [0.0]
    assert fit.check.expected[0, 0] == pytest.approx(totals[-56, 0])


def test_later_opening_hours_do_not_make_the_new_hours_quiet():
    contacts = drawn(500.0, 280)
    contacts[:140, :10] = 0.0  # opened at ten until half way
    is_open = OPEN
    usual = fit_shape(contacts, np.arange(280) % 7, is_open).usual
    assert usual.mean(axis=0) == pytest.approx(SHAPE, abs=0.006)


@settings(max_examples=25, deadline=None)
@given(
    days=st.integers(1, 40),
    slots=st.sampled_from([1, 2, 24, 48]),
    level=st.sampled_from([0.0, 0.02, 1.0, 300.0]),
    seed=st.integers(0, 1000),
)
def test_any_history_gives_profiles_within_opening_hours(
    days: int, slots: int, level: float, seed: int
):
    rng = np.random.default_rng(seed)
    contacts = rng.poisson(level, (days, slots)).astype(float)
    contacts[rng.random((days, slots)) < 0.1] = np.nan
    contacts[rng.random(days) < 0.2] = np.nan
    is_open = rng.random((7, slots)) < 0.7
    weekday = (np.arange(days) + seed) % 7
    fit = fit_shape(contacts, weekday, is_open)
    assert (fit.usual >= 0).all()
    assert (fit.usual[~is_open] == 0).all()
    assert fit.usual.sum(axis=1) == pytest.approx(is_open.any(axis=1).astype(float))
    assert np.isfinite(fit.check.expected).all()
    assert normalised(fit.usual) == pytest.approx(fit.usual)
