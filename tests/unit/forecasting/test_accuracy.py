import numpy as np
import pytest
from shiftcast.forecasting.accuracy import bias, coverage, pinball, wape

ACTUAL = np.array([10.0, 0.0, np.nan, 30.0])
MEAN = np.array([12.0, 1.0, 99.0, 25.0])


def test_wape_sums_absolute_errors_of_what_is_known():
    # |12-10| + |1-0| + |25-30| = 8 of 40 contacts; the unknown one does not count.
    assert wape(ACTUAL, MEAN) == pytest.approx(8 / 40)


def test_bias_is_positive_where_too_much_was_forecast():
    # 2 + 1 - 5 = -2 of 40.
    assert bias(ACTUAL, MEAN) == pytest.approx(-2 / 40)
    assert bias(ACTUAL, MEAN + 1.0) == pytest.approx(1 / 40)


def test_coverage_counts_both_ends_and_only_what_is_chosen():
    low, high = np.array([10.0, 1.0, 0.0, 0.0]), np.array([11.0, 2.0, 9.0, 29.0])
    # Within: 10 (the low end itself). Without: 0 (below 1) and 30 (above 29).
    assert coverage(ACTUAL, low, high, np.ones(4, dtype=bool)) == pytest.approx(1 / 3)
    assert coverage(ACTUAL, low, high, ACTUAL == 10.0) == 1.0


def test_pinball_weighs_misses_by_the_side_they_are_on():
    # p90 of 20: an actual 10 above costs 0.9 a contact, one 10 below 0.1.
    assert pinball(np.array([30.0]), np.array([20.0]), 0.9) == pytest.approx(9.0)
    assert pinball(np.array([10.0]), np.array([20.0]), 0.9) == pytest.approx(1.0)


def test_nothing_to_compare_has_no_accuracy():
    nothing = np.array([np.nan])
    assert np.isnan(wape(nothing, np.array([1.0])))
    assert np.isnan(wape(np.array([0.0]), np.array([1.0])))
    assert np.isnan(coverage(nothing, nothing, nothing, np.array([True])))
