import numpy as np
import pytest
from shiftcast.forecasting.tracking.conditioning import Belief, given_counts

UNKNOWN = np.nan


def level_only(slots: int, sd: float) -> Belief:
    """All slots err as one."""
    return Belief(np.zeros(slots), np.full((slots, slots), sd**2))


def test_many_contacts_are_followed() -> None:
    """20 % more in the seen slot, whose chance is 1 %: the others rise by nearly as much."""
    after = given_counts(
        level_only(3, 0.2),
        np.zeros(3),
        np.full(3, 10_000.0),
        np.array([12_000.0, UNKNOWN, UNKNOWN]),
    )
    np.testing.assert_allclose(np.exp(after.mean), 1.2, rtol=0.005)
    np.testing.assert_allclose(np.sqrt(np.diag(after.covariance)), 0.01, rtol=0.15)


def test_few_contacts_move_little() -> None:
    """2 came where 1 was expected: chance has a deviation of 1, errors one of 0.1. Of log 2 a
    linear update would take 0.01 ÷ 1.01 of (2 ÷ 1 − 1)."""
    after = given_counts(level_only(2, 0.1), np.zeros(2), np.ones(2), np.array([2.0, UNKNOWN]))
    assert after.mean[1] == pytest.approx(0.01, rel=0.05)
    assert after.covariance[1, 1] == pytest.approx(0.01, rel=0.03)


def test_the_posterior_is_the_mode() -> None:
    """Where the gradient is zero: count − rate × e^g = g ÷ variance, slot by slot."""
    belief = Belief(np.zeros(2), np.diag([0.09, 0.04]))
    after = given_counts(belief, np.zeros(2), np.array([20.0, 30.0]), np.array([26.0, 24.0]))
    gradient = np.array([26.0, 24.0]) - np.array([20.0, 30.0]) * np.exp(after.mean)
    np.testing.assert_allclose(gradient, after.mean / np.array([0.09, 0.04]), rtol=1e-4)


def test_nothing_known_changes_nothing() -> None:
    belief = level_only(2, 0.3)
    assert given_counts(belief, np.zeros(2), np.ones(2), np.full(2, UNKNOWN)) is belief
    assert given_counts(belief, np.zeros(2), np.zeros(2), np.array([4.0, 0.0])) is belief


def test_what_a_slot_has_alone_says_nothing_of_the_others() -> None:
    seen = np.array([130.0, UNKNOWN])
    quiet = given_counts(level_only(2, 0.2), np.full(2, 1e-6), np.full(2, 100.0), seen)
    noisy = given_counts(level_only(2, 0.2), np.full(2, 0.2), np.full(2, 100.0), seen)
    assert 0.0 < noisy.mean[1] < quiet.mean[1] / 3


def test_an_hour_of_silence_does_not_drag_the_day_along() -> None:
    """Seven slots as expected and one with nothing: the others stay within 3 %."""
    counts = np.full(9, 500.0)
    counts[3], counts[8] = 0.0, UNKNOWN
    after = given_counts(level_only(9, 0.1), np.full(9, 0.002), np.full(9, 500.0), counts)
    assert abs(after.mean[8]) < 0.03


def test_a_surge_that_all_slots_share_is_no_outlier() -> None:
    """Twice the contacts in eight slots, ten deviations away: chance cannot do that."""
    counts = np.full(9, 1000.0)
    counts[8] = UNKNOWN
    after = given_counts(level_only(9, 0.07), np.full(9, 0.0005), np.full(9, 500.0), counts)
    assert np.exp(after.mean[8]) == pytest.approx(2.0, rel=0.1)


def test_a_level_is_exchanged_and_the_rest_stays() -> None:
    """Two slots with a shared variance 0.04 and 0.01 of their own; weighed alike the level has
    0.04 + 0.005, and the difference of the slots keeps its 0.02."""
    belief = Belief(np.zeros(2), np.array([[0.05, 0.04], [0.04, 0.05]]))
    share = np.array([0.5, 0.5])
    assert belief.level(share) == pytest.approx((0.0, 0.045))
    other = belief.with_level(share, 0.1, 0.002)
    assert other.level(share) == pytest.approx((0.1, 0.002))
    apart = np.array([1.0, -1.0])
    assert apart @ other.covariance @ apart == pytest.approx(0.02)
