import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.forecasting.day_outlook import QueueDays, day_outlooks, drawn_factors
from shiftcast.forecasting.interval_errors import IntervalErrors

SLOTS = 4
DAY_ONLY = IntervalErrors(
    np.full((SLOTS, SLOTS), 0.01) + 1e-9 * np.eye(SLOTS), np.full(SLOTS, 1e-9)
)


def days_of(
    came: NDArray[np.float64],
    correlation: float = 0.5,
    stated_sd: NDArray[np.float64] | None = None,
) -> QueueDays:
    """Days of four slots of 25,000 expected contacts: chance is next to nothing."""
    return QueueDays(np.full((len(came), SLOTS), 25_000.0), came, stated_sd, correlation)


def unknown(days: int) -> NDArray[np.float64]:
    return np.full((days, SLOTS), np.nan)


def test_nothing_known_leaves_the_forecast_as_it_is() -> None:
    for outlook in day_outlooks(days_of(unknown(3)), DAY_ONLY):
        assert outlook is not None
        np.testing.assert_allclose(outlook.factor, 1.0)
        assert outlook.still_open == pytest.approx(1.0)


def test_the_rest_of_today_follows_its_first_slots() -> None:
    came = unknown(1)
    came[0, :2] = 25_000.0 * 1.1
    (today,) = day_outlooks(days_of(came), DAY_ONLY)
    assert today is not None
    np.testing.assert_allclose(today.factor, 1.1, rtol=1e-3)
    assert today.still_open < 0.01


def test_later_days_remember_by_the_correlation() -> None:
    """Log 1.1 today; half of it tomorrow, a quarter the day after, and as much less certain."""
    came = unknown(3)
    came[0] = 25_000.0 * 1.1
    outlooks = day_outlooks(days_of(came, 0.5), DAY_ONLY)
    levels = [day.belief.level(day.share)[0] for day in outlooks if day is not None]
    # Before anything is known the median lies half a variance, 0.005, below the mean.
    seen = np.log(1.1) + 0.005
    assert levels == pytest.approx([seen, seen / 2, seen / 4], rel=0.01)
    still_open = [day.still_open for day in outlooks if day is not None]
    assert still_open == pytest.approx([0.0, 0.75, 1 - 1 / 16], abs=0.01)


def test_a_closed_day_is_passed_over_and_remembered_across() -> None:
    came = unknown(3)
    came[0] = 25_000.0 * 1.1
    days = days_of(came, 0.5)
    expected = days.expected.copy()
    expected[1] = 0.0
    outlooks = day_outlooks(QueueDays(expected, came, None, 0.5), DAY_ONLY)
    assert outlooks[1] is None
    assert outlooks[2] is not None
    assert outlooks[2].belief.level(outlooks[2].share)[0] == pytest.approx(0.025, rel=0.05)


def test_a_day_the_forecast_is_unsure_of_moves_more() -> None:
    """Two slots of 10 contacts, 12 each: the evidence is weak, so the prior decides how far."""
    came = unknown(2)
    came[:, :2] = 12.0
    moved = []
    for doubt in (0.1, 0.3):
        stated = np.array([doubt, 0.1])
        days = QueueDays(np.full((2, SLOTS), 10.0), came, stated, 0.0)
        first = day_outlooks(days, DAY_ONLY)[0]
        assert first is not None
        moved.append(first.factor[3] - 1.0)
    # The median of 0.3 and 0.1 is 0.2: the doubtful day errs by 1.5 × 0.1, the other by 1.0 × 0.1.
    assert moved[1] > 1.5 * moved[0] > 0.0


def test_drawn_factors_have_the_outlook_for_a_mean_and_the_stated_spread() -> None:
    came = unknown(2)
    came[0, :2] = 25_000.0 * 1.1
    days = days_of(came, 0.5, stated_sd=np.array([0.2, 0.2]))
    outlooks = day_outlooks(days, DAY_ONLY)
    drawn = drawn_factors(outlooks, DAY_ONLY, 0.5, 0, 4000, np.random.default_rng(1))
    assert drawn.shape == (4000, 2, SLOTS)
    for day, outlook in enumerate(outlooks):
        assert outlook is not None
        np.testing.assert_allclose(drawn[:, day].mean(axis=0), outlook.factor, rtol=0.02)
    # Today is settled; of tomorrow's stated variance three quarters are open.
    assert np.log(drawn[:, 0, 3]).std() < 0.02
    assert np.log(drawn[:, 1, 3]).std() == pytest.approx(0.2 * np.sqrt(0.75), rel=0.05)


def test_paths_remember_today_as_the_days_do() -> None:
    outlooks = day_outlooks(days_of(unknown(3), 0.8), DAY_ONLY)
    drawn = np.log(drawn_factors(outlooks, DAY_ONLY, 0.8, 0, 4000, np.random.default_rng(1)))
    level = drawn.mean(axis=2)
    assert np.corrcoef(level[:, 0], level[:, 1])[0, 1] == pytest.approx(0.8, abs=0.03)
    assert np.corrcoef(level[:, 0], level[:, 2])[0, 1] == pytest.approx(0.64, abs=0.04)
