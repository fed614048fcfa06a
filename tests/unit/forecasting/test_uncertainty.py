import numpy as np
import pytest
from shiftcast.forecasting.profile import ProfileCheck
from shiftcast.forecasting.uncertainty import (
    Spread,
    day_correlation,
    day_deviation,
    log_ratio,
    sample_counts,
    sample_rates,
    slot_deviation,
    tracked_errors,
)

RNG = np.random.default_rng


def test_the_day_deviation_is_what_poisson_chance_leaves():
    errors = RNG(1).normal(0.0, 0.10, 4000)
    assert day_deviation(errors, np.full(4000, 1e9)) == pytest.approx(0.10, rel=0.25)
    # Of 100 expected contacts chance alone makes log errors of 0.1: nothing is left.
    assert day_deviation(errors, np.full(4000, 90.0)) < 0.06


def test_a_few_wild_days_do_not_widen_every_range():
    errors = RNG(1).normal(0.0, 0.05, 100)
    calm = day_deviation(errors, np.full(100, 1e9))
    errors[::20] = 2.0
    assert day_deviation(errors, np.full(100, 1e9)) < 1.5 * calm


def test_without_past_errors_a_fifth_is_assumed():
    assert day_deviation(np.full(9, np.nan), np.ones(9)) == 0.2
    # Three exact days among five of the assumption: sqrt(0.04 × 5 / 8).
    assert day_deviation(np.zeros(3), np.full(3, 1e9)) == pytest.approx(np.sqrt(0.025))


def test_errors_are_tracked_by_the_level_known_before():
    residual = np.concatenate([np.zeros(30), np.full(60, 0.3)])
    errors = tracked_errors(residual, ahead=7)
    assert errors[30:37] == pytest.approx(np.full(7, 0.3))  # the shift is not known yet
    assert errors[-1] < 0.1
    assert np.isnan(tracked_errors(np.array([np.nan, 1.0]), 1)[0])


def test_log_ratio_is_unknown_where_either_is_nothing():
    found = log_ratio(np.array([2.0, 0.0, np.nan]), np.array([1.0, 1.0, 1.0]))
    assert found[0] == pytest.approx(np.log(2.0))
    assert np.isnan(found[1:]).all()


def test_correlation_of_neighbouring_days():
    noise = RNG(2).normal(size=500)
    wandering = np.array([noise[max(0, i - 9) : i + 1].sum() for i in range(500)])
    assert day_correlation(noise) < 0.15
    assert 0.7 < day_correlation(wandering) <= 0.9
    assert day_correlation(noise[:5]) == 0.3  # too few days to tell


def test_the_slot_deviation_makes_eighty_percent_ranges_hold():
    rng = RNG(3)
    expected = np.full((56, 24), 200.0)
    actual = rng.poisson(expected * np.exp(rng.normal(0.0, 0.2, expected.shape))).astype(float)
    assert slot_deviation(ProfileCheck(expected, actual)) == pytest.approx(0.2, abs=0.02)
    exact = rng.poisson(expected).astype(float)
    assert slot_deviation(ProfileCheck(expected, exact)) < 0.03


def test_too_few_slots_to_check_assume_a_tenth():
    empty = np.empty((0, 24))
    assert slot_deviation(ProfileCheck(empty, empty)) == 0.1


def test_rates_keep_the_mean_and_the_days_deviation():
    mean = np.tile([[10.0, 30.0, 60.0]], (2, 1))
    spread = Spread(np.array([0.2, 0.2]), 0.8, 0.3)
    rates = sample_rates(mean, spread, RNG(4), paths=8000)
    totals = rates.sum(axis=2)
    assert totals.mean(axis=0) == pytest.approx([100.0, 100.0], rel=0.02)
    assert np.log(totals).std(axis=0) == pytest.approx([0.2, 0.2], rel=0.05)
    # What one slot has more the others have less; days go together as far as asked.
    assert np.corrcoef(np.log(totals).T)[0, 1] == pytest.approx(0.8, abs=0.03)
    assert np.log(rates[:, 0, 0] / totals[:, 0]).std() > 0.1


def test_closed_slots_stay_closed_on_every_path():
    mean = np.array([[0.0, 5.0], [0.0, 0.0]])
    rates = sample_rates(mean, Spread(np.full(2, 0.3), 0.5, 0.3), RNG(5), paths=50)
    assert (rates[:, mean == 0.0] == 0.0).all()


def test_counts_are_whole_and_of_huge_rates_the_rate():
    counts = sample_counts(np.array([0.0, 3.5, 1e15]), RNG(6))
    assert counts[0] == 0.0
    assert counts[1] == round(counts[1])
    assert counts[2] == 1e15
