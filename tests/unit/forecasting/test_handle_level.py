import numpy as np
import pytest
from shiftcast.forecasting.handle_time.level import WanderingLevel

PRECISION = np.array([4.0, 0.0, 25.0, 1.0, 0.0, 9.0])
SEEN = np.array([0.3, 0.0, -0.1, 0.4, 0.0, 0.2])
STEP = 0.2
KNOWN = np.flatnonzero(PRECISION)
# A walk that starts with variance 1: what two days share is all there was by the earlier one.
WALK = 1.0 + STEP**2 * np.minimum.outer(np.arange(6), np.arange(6))
BETWEEN = WALK[np.ix_(KNOWN, KNOWN)] + np.diag(1.0 / PRECISION[KNOWN])


def test_the_level_is_the_conditional_expectation():
    found = WanderingLevel(PRECISION, STEP).expected(SEEN)
    assert found == pytest.approx(WALK[:, KNOWN] @ np.linalg.solve(BETWEEN, SEEN[KNOWN]))
    # After the last day seen a walk goes nowhere.
    ahead = WanderingLevel(np.append(PRECISION, [0.0, 0.0]), STEP)
    assert ahead.expected(np.append(SEEN, [0.0, 0.0]))[5:] == pytest.approx(np.full(3, found[5]))


def test_several_columns_are_solved_at_once():
    level = WanderingLevel(PRECISION, STEP)
    both = level.expected(np.column_stack([SEEN, 2.0 * SEEN]))
    assert both == pytest.approx(np.column_stack([level.expected(SEEN), 2 * level.expected(SEEN)]))


def test_whitening_is_the_inverse_covariance():
    found = WanderingLevel(PRECISION, STEP).whitened(SEEN)
    assert found[KNOWN] == pytest.approx(np.linalg.solve(BETWEEN, SEEN[KNOWN]))
    assert found[[1, 4]] == pytest.approx([0.0, 0.0])


def test_the_determinant_is_that_of_what_is_seen():
    found = WanderingLevel(PRECISION, STEP).log_determinant()
    assert found == pytest.approx(np.linalg.slogdet(BETWEEN)[1])
