import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.forecasting.tracking.interval_errors import days_before, learned_errors

from tests.unit.forecasting.made_forecasts import a_forecast, flat, grid_of, what_came

SLOTS = 12


def drawn_days(
    days: int, rate: float, day_sd: float = 0.0, hour_sd: float = 0.0, own_sd: float = 0.0
) -> NDArray[np.float64]:
    """Counts of hours that share a day's error, an error of four hours, and have one alone."""
    rng = np.random.default_rng(3)
    fading = np.exp(-np.abs(np.subtract.outer(np.arange(SLOTS), np.arange(SLOTS))) / 4.0)
    root = np.linalg.cholesky(fading)
    errors = (
        day_sd * rng.standard_normal((days, 1))
        + hour_sd * rng.standard_normal((days, SLOTS)) @ root.T
    )
    errors = errors + own_sd * rng.standard_normal((days, SLOTS))
    return rng.poisson(rate * np.exp(errors)).astype(np.float64)


def test_a_shared_day_error_is_found_in_every_pair() -> None:
    errors = learned_errors(drawn_days(364, 5000.0, day_sd=0.1), 60)
    off_diagonal = errors.shared[~np.eye(SLOTS, dtype=bool)]
    assert off_diagonal.min() > 0.005
    assert off_diagonal.mean() == pytest.approx(0.01, rel=0.3)
    assert errors.own.max() < 0.002


def test_errors_that_fade_are_found_to_fade() -> None:
    errors = learned_errors(drawn_days(364, 5000.0, hour_sd=0.1), 60)
    near, far = errors.shared[5, 6], errors.shared[0, 11]
    assert near == pytest.approx(0.01 * np.exp(-1 / 4), rel=0.35)
    assert far < near / 2


def test_what_a_slot_has_alone_is_told_from_what_is_shared() -> None:
    errors = learned_errors(drawn_days(364, 5000.0, own_sd=0.1), 60)
    assert errors.own.mean() == pytest.approx(0.01, rel=0.4)
    assert abs(errors.shared[~np.eye(SLOTS, dtype=bool)].mean()) < 0.002


def test_chance_is_no_error() -> None:
    """Counts of mean 9 differ by a third of it, none of which is beyond chance."""
    errors = learned_errors(drawn_days(364, 9.0), 60)
    assert np.sqrt(errors.shared.mean()) < 0.06


def test_few_days_have_the_errors_of_centres_in_general() -> None:
    """Variances 0.004 all day, 0.010 that fades over 4 hours, 0.005 alone."""
    errors = learned_errors(np.zeros((0, SLOTS)), 60)
    assert errors.own[0] == pytest.approx(0.005, rel=0.01)
    assert errors.shared[0, 0] == pytest.approx(0.014, rel=0.01)
    assert errors.shared[0, 4] == pytest.approx(0.004 + 0.010 * np.exp(-1), rel=0.01)


def test_one_wild_day_does_not_widen_the_rest() -> None:
    usual = drawn_days(182, 5000.0, day_sd=0.05)
    wild = usual.copy()
    wild[100] *= 1.8
    before, after = (learned_errors(days, 60).shared.mean() for days in (usual, wild))
    assert after < 1.5 * before


def test_a_daily_history_has_one_variance() -> None:
    errors = learned_errors(drawn_days(182, 5000.0, day_sd=0.1)[:, :1], 1440)
    assert errors.shared.shape == (1, 1)
    assert errors.shared[0, 0] == pytest.approx(0.01, rel=0.4)


def test_the_covariance_is_one() -> None:
    errors = learned_errors(drawn_days(60, 30.0, 0.1, 0.2, 0.1), 60)
    np.testing.assert_allclose(errors.shared, errors.shared.T)
    assert np.linalg.eigvalsh(errors.shared).min() > 0


def test_nothing_of_today_or_later_teaches() -> None:
    grid = grid_of(4)
    forecast = a_forecast(flat([3], grid), grid)
    history = what_came(np.arange(96.0)[None], grid)
    taught = days_before(history, "q0", forecast, 2)
    np.testing.assert_array_equal(taught.ravel(), np.arange(48.0))
    assert days_before(history, "q0", forecast, 0).shape == (0, 24)
    assert days_before(history, "q7", forecast, 2).shape == (0, 24)
