import numpy as np
import pytest

from benchmarks.shen_huang import (
    PENALTIES,
    Factors,
    Past,
    best_penalty,
    factors_of,
    own_forecast,
    updated,
)

SHAPE = np.array([20.0, 80.0, 120.0, 60.0])


def past(days: int = 56, noise: float = 0.0) -> Past:
    """One shape, whose days are twice as large on Mondays; each day off as a whole by `noise`."""
    rng = np.random.default_rng(4)
    weekday = np.arange(days) % 7
    level = np.where(weekday == 0, 2.0, 1.0) * np.exp(noise * rng.standard_normal(days))
    return Past(level[:, None] * SHAPE, weekday)


def test_days_that_repeat_are_forecast_as_they_were() -> None:
    """The 57th day is a Monday."""
    known = past()
    np.testing.assert_allclose(own_forecast(known, factors_of(known)), 2.0 * SHAPE, rtol=0.02)


def test_without_a_penalty_the_rest_follows_and_with_a_great_one_it_stays() -> None:
    """Days have one shape, and this one comes 30 % above its forecast."""
    root = np.sqrt(SHAPE)
    factors = Factors((root / np.linalg.norm(root))[None], np.ones((1, 1)))
    seen = 1.3 * SHAPE[:2]
    np.testing.assert_allclose(updated(factors, SHAPE, seen, 1e-3), 1.3 * SHAPE, rtol=0.02)
    np.testing.assert_allclose(updated(factors, SHAPE, seen, 1e9), SHAPE, rtol=1e-6)


def test_a_closed_slot_stays_empty() -> None:
    forecast = np.array([20.0, 80.0, 120.0, 0.0])
    assert updated(factors_of(past(noise=0.2)), forecast, 1.3 * SHAPE[:2], 1.0)[3] == 0.0


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(("together", "alone", "great"), [(0.3, 0.02, False), (0.0, 0.3, True)])
def test_the_penalty_is_great_where_a_morning_tells_nothing(
    own: bool, together: float, alone: float, great: bool
) -> None:
    """Twelve slots that are off together, or each by itself."""
    rng = np.random.default_rng(4)
    errors = together * rng.standard_normal((84, 1)) + alone * rng.standard_normal((84, 12))
    known = Past(np.exp(errors) * np.tile(SHAPE, 3), np.arange(84) % 7)
    assert (best_penalty(known, 4, own) >= PENALTIES[3]) == great
