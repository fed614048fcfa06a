import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.forecasting.tracking.day_outlook import (
    Outlook,
    QueueDays,
    day_outlook,
    drawn_factors,
)
from shiftcast.forecasting.tracking.interval_errors import IntervalErrors
from shiftcast.forecasting.tracking.stated_levels import remembered

SLOTS = 4
DAY_ONLY = IntervalErrors(
    np.full((SLOTS, SLOTS), 0.01) + 1e-9 * np.eye(SLOTS), np.full(SLOTS, 1e-9)
)


def days_of(came: NDArray[np.float64], stated: NDArray[np.float64] | None = None) -> QueueDays:
    """Days of four slots of 25,000 expected contacts: chance is next to nothing."""
    return QueueDays(np.full((len(came), SLOTS), 25_000.0), came, stated)


def unknown(days: int) -> NDArray[np.float64]:
    return np.full((days, SLOTS), np.nan)


def levels_of(outlook: Outlook) -> list[float]:
    """What each open day's level is expected to be."""
    return [
        belief.level(share)[0]
        for belief, share in zip(outlook.beliefs, outlook.share, strict=True)
        if belief is not None
    ]


def noise(paths: int, days: int) -> NDArray[np.float64]:
    return np.random.default_rng(2).standard_normal((paths, days))


def test_nothing_known_leaves_the_forecast_as_it_is() -> None:
    outlook = day_outlook(days_of(unknown(3)), DAY_ONLY)
    np.testing.assert_allclose(outlook.factor, 1.0)
    np.testing.assert_allclose(outlook.levels, 0.01 * remembered(3), rtol=1e-6)


def test_the_rest_of_today_follows_its_first_slots() -> None:
    came = unknown(1)
    came[0, :2] = 25_000.0 * 1.1
    outlook = day_outlook(days_of(came), DAY_ONLY)
    np.testing.assert_allclose(outlook.factor, 1.1, rtol=1e-3)
    assert outlook.levels[0, 0] < 0.01 * 0.01


def test_later_days_remember() -> None:
    """Log 1.1 today; half of it tomorrow, a quarter the day after, and as much less certain:
    of the variance 1 − ¼ and 1 − 1⁄16 are open."""
    came = unknown(3)
    came[0] = 25_000.0 * 1.1
    outlook = day_outlook(days_of(came), DAY_ONLY)
    # Before anything is known the median lies half a variance, 0.005, below the mean.
    seen = np.log(1.1) + 0.005
    assert levels_of(outlook) == pytest.approx([seen, seen / 2, seen / 4], rel=0.01)
    np.testing.assert_allclose(
        np.diag(outlook.levels), [0.0, 0.0075, 0.01 * 15 / 16], rtol=0.01, atol=1e-4
    )


def test_days_tell_of_each_other_as_the_forecast_says() -> None:
    """The third day goes with the first, the second with neither."""
    alike = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.0], [0.8, 0.0, 1.0]])
    came = unknown(3)
    came[0] = 25_000.0 * 1.1
    today, tomorrow, after = levels_of(day_outlook(days_of(came, 0.01 * alike), DAY_ONLY))
    assert (tomorrow, after) == (pytest.approx(0.0, abs=1e-6), pytest.approx(0.8 * today, rel=0.01))


def test_a_closed_day_is_passed_over() -> None:
    came = unknown(3)
    came[0] = 25_000.0 * 1.1
    expected = np.full((3, SLOTS), 25_000.0)
    expected[1] = 0.0
    outlook = day_outlook(QueueDays(expected, came, None), DAY_ONLY)
    assert outlook.beliefs[1] is None
    assert (outlook.factor[1] == 0).all()
    assert levels_of(outlook)[1] == pytest.approx((np.log(1.1) + 0.005) / 4, rel=0.01)


def test_a_day_the_forecast_is_unsure_of_moves_more() -> None:
    """Two slots of 10 contacts, 12 each: weak evidence, which a promotion's wide range lets count
    for more. A range narrower than days of the past does not count for less."""
    came = unknown(1)
    came[0, :2] = 12.0
    moved = [
        day_outlook(QueueDays(np.full((1, SLOTS), 10.0), came, stated), DAY_ONLY).factor[0, 3] - 1
        for stated in (np.array([[0.09]]), np.array([[0.0025]]), None)
    ]
    assert moved[0] > 2.0 * moved[2] > 0.0
    assert moved[1] == pytest.approx(moved[2])


def test_the_range_is_the_stated_one() -> None:
    """The forecast states 5 % where days of the past were off by 10 %."""
    outlook = day_outlook(days_of(unknown(1), np.array([[0.0025]])), DAY_ONLY)
    drawn = drawn_factors(outlook, DAY_ONLY.own, noise(4000, 1), np.random.default_rng(1))
    assert np.log(drawn[:, 0]).std(axis=0) == pytest.approx([0.05] * SLOTS, rel=0.04)
    np.testing.assert_allclose(drawn[:, 0].mean(axis=0), 1.0, rtol=0.005)


def test_drawn_factors_have_the_outlook_for_a_mean() -> None:
    came = unknown(2)
    came[0, :2] = 25_000.0 * 1.1
    outlook = day_outlook(days_of(came, np.full((2, 2), 0.02) + 0.02 * np.eye(2)), DAY_ONLY)
    rng = np.random.default_rng(1)
    drawn = drawn_factors(outlook, DAY_ONLY.own, noise(4000, 2), rng)
    assert drawn.shape == (4000, 2, SLOTS)
    np.testing.assert_allclose(drawn.mean(axis=0), outlook.factor, rtol=0.02)
    # Today is settled; of tomorrow's variance 0.04 today tells 0.02² ÷ 0.04.
    assert np.log(drawn[:, 0, 3]).std() < 0.02
    assert np.log(drawn[:, 1, 3]).std() == pytest.approx(np.sqrt(0.03), rel=0.05)


def test_paths_remember_as_the_days_do() -> None:
    stated = 0.01 * remembered(3, 0.8)
    outlook = day_outlook(days_of(unknown(3), stated), DAY_ONLY)
    rng = np.random.default_rng(1)
    level = np.log(drawn_factors(outlook, DAY_ONLY.own, noise(4000, 3), rng)).mean(axis=2)
    np.testing.assert_allclose(np.corrcoef(level.T), remembered(3, 0.8), atol=0.04)
