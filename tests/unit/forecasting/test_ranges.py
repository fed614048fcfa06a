import numpy as np
import pytest
from shiftcast.forecasting.ranges import (
    Spread,
    day_noise,
    sample_counts,
    sample_rates,
    shared_part,
    slot_deviation,
    stretches,
)
from shiftcast.forecasting.shape.fit import ProfileCheck

RNG = np.random.default_rng
UNKNOWN = np.nan


def test_ranges_that_held_are_left_alone():
    assert stretches(RNG(1).normal(size=(3, 400))) == pytest.approx(np.ones(3), abs=0.12)


def test_ranges_are_stretched_by_what_was_missed():
    found = stretches(2.0 * RNG(1).normal(size=(1, 4000)))
    # All of the centre's days count against ten of the statement's own, at most forty strong:
    # (40 × 2² + 10) / 50 = 3.4; a queue's own 1,333 hardly heed it.
    assert found == pytest.approx([2.0], rel=0.05)
    assert stretches(0.5 * RNG(1).normal(size=(1, 4000))) == pytest.approx([0.5], rel=0.06)


def test_few_days_hardly_move_the_statement():
    """Six days a third of what was stated count for two, against ten and eight."""
    missed = np.full((1, 6), 3 * 1.2816)
    everyone = np.sqrt((2 * 9 + 10) / 12)
    expected = np.sqrt((2 * 9 + 8 * everyone**2) / 10)
    assert stretches(missed) == pytest.approx([expected])
    assert stretches(np.full((2, 6), UNKNOWN)) == pytest.approx([1.0, 1.0])


def test_a_queue_without_past_takes_the_centres_stretch():
    missed = np.concatenate([2.0 * RNG(1).normal(size=(4, 200)), np.full((1, 200), UNKNOWN)])
    found = stretches(missed)
    assert 1.5 < found[-1] < 2.0
    assert found[:4] == pytest.approx(np.full(4, 2.0), rel=0.15)


def test_stretches_keep_within_limits():
    assert stretches(np.full((1, 1000), 100.0)) == pytest.approx([3.0])
    assert stretches(np.zeros((1, 1000))) == pytest.approx([0.4])


def test_a_few_wild_days_do_not_widen_every_range():
    missed = RNG(1).normal(size=(1, 100))
    calm = stretches(missed)
    missed[0, ::20] = 50.0
    assert stretches(missed)[0] < 1.25 * calm[0]


def test_what_queues_share_is_the_correlation_of_their_errors():
    rng = RNG(2)
    common, own = rng.normal(size=(1, 300)), rng.normal(size=(4, 300))
    assert shared_part(np.sqrt(0.5) * common + np.sqrt(0.5) * own) == pytest.approx(0.5, abs=0.1)
    assert shared_part(own) < 0.1
    assert shared_part(common - 0.1 * own) == 0.9  # the most that is believed
    assert shared_part(own[:1]) == 0.0
    # Thirteen days in common tell nothing.
    apart = np.full((2, 26), UNKNOWN)
    apart[:, :13] = common[:, :13]
    assert shared_part(apart) == 0.0


def test_noise_is_shared_as_far_as_asked():
    noise = day_noise(RNG(3), paths=4000, queues=2, days=3, shared=0.6)
    assert noise.shape == (2, 4000, 3)
    assert noise.std(axis=1) == pytest.approx(np.ones((2, 3)), abs=0.04)
    together = np.corrcoef(noise[:, :, 0])[0, 1]
    assert together == pytest.approx(0.6, abs=0.04)
    assert abs(np.corrcoef(noise[0, :, 0], noise[1, :, 1])[0, 1]) < 0.05


def rates(mean: np.ndarray, spread: Spread, paths: int) -> np.ndarray:
    return sample_rates(mean, spread, day_noise(RNG(4), paths, 1, len(mean), 0.0)[0], RNG(5))


def test_paths_have_the_covariance_that_is_stated():
    covariance = np.array([[0.04, 0.02, 0.0], [0.02, 0.09, -0.01], [0.0, -0.01, 0.01]])
    mean = np.tile([[10.0, 30.0, 60.0]], (3, 1))
    found = rates(mean, Spread(covariance, 0.3), 20_000)
    totals = found.sum(axis=2)
    assert totals.mean(axis=0) == pytest.approx(np.full(3, 100.0), rel=0.01)
    assert np.cov(np.log(totals).T) == pytest.approx(covariance, abs=0.002)


def test_what_one_slot_has_more_the_others_have_less():
    mean = np.tile([[10.0, 30.0, 60.0]], (2, 1))
    found = rates(mean, Spread(np.zeros((2, 2)), 0.3), 2000)
    assert found.sum(axis=2) == pytest.approx(np.full((2000, 2), 100.0))
    assert found.mean(axis=0) == pytest.approx(mean, rel=0.03)
    assert 0.1 < np.log(found[:, 0, 0]).std() < 0.35


def test_days_that_err_as_one_do_so_on_every_path():
    found = rates(np.full((3, 1), 50.0), Spread(np.full((3, 3), 0.04), 0.0), 50)
    assert found == pytest.approx(np.repeat(found[:, :1], 3, axis=1))


def test_boundless_doubt_is_bounded():
    """A deviation of 5 (a factor of 150) counts as one of 1, and keeps the mean."""
    found = rates(np.full((1, 1), 100.0), Spread(np.array([[25.0]]), 0.0), 40_000)
    assert np.log(found).std() == pytest.approx(1.0, abs=0.02)
    assert found.mean() == pytest.approx(100.0, rel=0.03)


def test_closed_slots_stay_closed_on_every_path():
    mean = np.array([[0.0, 5.0], [0.0, 0.0]])
    found = rates(mean, Spread(0.09 * np.eye(2), 0.3), 50)
    assert (found[:, mean == 0.0] == 0.0).all()
    assert np.isfinite(found).all()


def test_counts_are_whole_and_of_huge_rates_the_rate():
    counts = sample_counts(np.array([0.0, 3.5, 1e15]), RNG(6))
    assert counts[0] == 0.0
    assert counts[1] == round(counts[1])
    assert counts[2] == 1e15


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
