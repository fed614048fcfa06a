"""The line between formula and simulation."""

import numpy as np
import pytest
from scipy.stats import norm
from shiftcast.scheduling.risk.correction import Correction


def test_a_known_line_is_found() -> None:
    rng = np.random.default_rng(1)
    formula = 0.04 * rng.standard_normal((4000, 2))
    played = -0.02 + 0.8 * formula + 0.01 * rng.standard_normal((4000, 2))
    found = Correction.fitted(formula, played)
    assert found.offset == pytest.approx(np.full(2, -0.02), abs=1e-3)
    assert found.slope == pytest.approx(np.full(2, 0.8), abs=0.02)
    assert found.deviation == pytest.approx(np.full(2, 0.01), rel=0.05)


def test_weeks_far_from_the_goal_hardly_count() -> None:
    # Near the goal both agree; a collapse (a week half a level short) follows another line.
    near = np.linspace(-0.02, 0.02, 50)[:, None]
    far = np.full((10, 1), -0.5)
    found = Correction.fitted(np.concatenate([near, far]), np.concatenate([near, far - 0.2]))
    assert abs(found.offset[0]) < 0.02


def test_the_chance_is_that_of_the_corrected_weeks() -> None:
    correction = Correction(np.array([0.01]), np.array([1.0]), np.array([0.02]))
    weeks = np.array([[0.0], [-0.03]])
    expected = (norm.cdf(0.5) + norm.cdf(-1.0)) / 2
    assert correction.chance(weeks)[0] == pytest.approx(expected)


def test_weeks_that_are_all_alike_have_no_slope_to_find() -> None:
    found = Correction.fitted(np.zeros((10, 1)), np.full((10, 1), 0.03))
    assert found.slope[0] == 1.0
    assert found.offset[0] == pytest.approx(0.03)
