"""Estimates from replications."""

import numpy as np
import pytest
from scipy.stats import t as student
from shiftcast.scheduling.simulation.replications import (
    estimate_chance,
    estimate_mean,
    estimate_ratio,
    estimate_reached,
)


def test_a_mean_has_the_textbook_interval() -> None:
    values = np.array([3.0, 5.0, 4.0, 8.0])
    found = estimate_mean(values)
    error = values.std(ddof=1) / 2
    reach = student.ppf(0.975, 3) * error
    assert float(found.value) == 5
    assert float(found.error) == pytest.approx(error)
    assert (float(found.low), float(found.high)) == pytest.approx((5 - reach, 5 + reach))


def test_a_ratio_weighs_by_its_denominator() -> None:
    found = estimate_ratio(np.array([8.0, 0.0]), np.array([10.0, 30.0]))
    assert float(found.value) == 8 / 40
    # Residuals 8 − .2·10 = 6 and 0 − .2·30 = −6: √(2 · 72) / 40.
    assert float(found.error) == pytest.approx(np.sqrt(2 * 72) / 40)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    below = rng.poisson(50, (30, 2000)).astype(float)
    above = rng.binomial(below.astype(int), 0.8).astype(float)
    found = estimate_ratio(above, below)
    covered = ((found.low <= 0.8) & (found.high >= 0.8)).mean()
    assert covered == pytest.approx(0.95, abs=0.03)


def test_nothing_to_divide_by_is_no_number() -> None:
    found = estimate_ratio(np.zeros((3, 2)), np.array([[0.0, 1.0]] * 3))
    assert np.isnan([found.value[0], found.error[0], found.low[0]]).all()
    assert found.value[1] == 0


def test_one_replication_has_a_value_and_no_error() -> None:
    found = estimate_ratio(np.array([3.0]), np.array([4.0]))
    assert float(found.value) == 0.75
    assert np.isnan(found.error)


def test_a_chance_stays_within_0_and_1() -> None:
    always = estimate_chance(np.ones(100, dtype=bool))
    assert float(always.value) == 1
    # Wilson: z² / (n + z²) = 3.84 / 103.84 short of 1.
    assert float(always.low) == pytest.approx(1 - 3.8415 / 103.8415, abs=1e-4)
    assert float(always.high) == pytest.approx(1)


def test_four_of_five_replications_reach_the_second_worst() -> None:
    above = np.array([70.0, 80.0, 90.0, 60.0, 85.0])
    for at_least, reached in ((True, 0.7), (False, 0.85)):
        found = estimate_reached(above, np.full(5, 100.0), 0.8, at_least=at_least)
        assert float(found.value) == reached
        assert found.low <= found.value <= found.high


def test_what_is_reached_in_a_share_is_met_with_that_chance() -> None:
    """A limit just below what is reached is met in the share of replications asked for, one just
    above in less."""
    above = np.random.default_rng(3).normal(80.0, 3.0, 200)
    below = np.full(200, 100.0)
    reached = float(estimate_reached(above, below, 0.9, at_least=True).value)
    assert (above / below >= reached).mean() == pytest.approx(0.9)
    assert (above / below >= reached + 1e-9).mean() < 0.9


def test_the_interval_of_a_share_holds_the_truth() -> None:
    values = np.random.default_rng(7).random((100, 2000))
    found = estimate_reached(values, np.ones_like(values), 0.8, at_least=True)
    covered = ((found.low <= 0.2) & (found.high >= 0.2)).mean()
    assert covered == pytest.approx(0.95, abs=0.03)


def test_where_nothing_counts_nothing_is_reached() -> None:
    found = estimate_reached(np.zeros((3, 1)), np.zeros((3, 1)), 0.8, at_least=True)
    assert np.isnan([found.value, found.low, found.high]).all()
