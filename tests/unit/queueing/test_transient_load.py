"""Contacts in progress where arrivals change. Intervals of half an hour unless said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.queueing.transient_load import ModifiedLoad, modified_load

HALF_HOUR = 1800.0


def end_of(load: ModifiedLoad) -> np.ndarray:
    return load.at([1.0])[0]


def day(contacts: float, start: int = 16, end: int = 40) -> np.ndarray:
    """A day of half-hours with the same contacts in each from `start` to `end`."""
    counts = np.zeros(48)
    counts[start:end] = contacts
    return counts


def test_even_arrivals_all_round_the_clock_are_the_stationary_load() -> None:
    load = modified_load(np.full(48, 60.0), 300.0, HALF_HOUR)
    for part in (load.mean, load.peak, end_of(load)):
        assert part == pytest.approx(np.full(48, 10.0))  # 60 · 300 / 1800


def test_the_load_climbs_after_opening_and_drains_after_closing() -> None:
    # From empty m(t) = 10 (1 − e^(−t/h)); with h = half an hour the first interval ends at 1 − 1/e
    # of it, and its mean is 10/e. After closing what is left falls by 1/e each half-hour.
    load = modified_load(day(10.0), HALF_HOUR, HALF_HOUR)
    full = 10 * (1 - np.exp(-1))
    assert end_of(load)[16] == pytest.approx(full)
    assert load.peak[16] == pytest.approx(full)
    assert load.mean[16] == pytest.approx(10 * np.exp(-1))
    assert end_of(load)[40:43] == pytest.approx(end_of(load)[39] * np.exp([-1, -2, -3]))
    assert load.peak[40] == pytest.approx(end_of(load)[39])


def test_a_closed_gap_is_carried_over() -> None:
    counts = day(10.0)
    counts[28:30] = 0  # noon to one
    load = modified_load(counts, HALF_HOUR, HALF_HOUR)
    kept = end_of(load)[27] * np.exp(-2)
    assert end_of(load)[29] == pytest.approx(kept)
    assert end_of(load)[30] == pytest.approx(10 + (kept - 10) * np.exp(-1))


@pytest.mark.parametrize("aht_s", [225.0, 450.0, 900.0, 1800.0])
def test_a_sinusoid_has_its_known_load(aht_s: float) -> None:
    # λ(t) = (128/h)(1 + sin γt) gives m = 128 [1 + (sin γt − γh cos γt)/(1 + (γh)²)].
    hours = np.arange(49) / 2
    turn, h = 2 * np.pi / 24, aht_s / 3600
    contacts = np.diff(128 / h * (hours - np.cos(turn * hours) / turn))
    load = modified_load(contacts, aht_s, HALF_HOUR)
    at = hours[:-1, None] + np.linspace(0, 0.5, 41)
    lag = turn * h
    exact = 128 * (1 + (np.sin(turn * at) - lag * np.cos(turn * at)) / (1 + lag**2))
    assert end_of(load) == pytest.approx(exact[:, -1], abs=0.25)
    assert load.peak == pytest.approx(exact.max(axis=1), abs=0.25)
    assert load.mean == pytest.approx(np.trapezoid(exact, dx=1 / 40, axis=1), abs=0.06)


def test_varied_handle_times_trail_arrivals_longer() -> None:
    # What is left of a handle time is (1 + c²)/2 of it on average: twice as long at c² = 3, as
    # if handle times were twice as long and contacts half as many.
    twice = modified_load(day(5.0), 1200.0, HALF_HOUR)
    varied = modified_load(day(10.0), 600.0, HALF_HOUR, handle_cv=np.sqrt(3.0))
    assert varied.mean == pytest.approx(twice.mean)
    assert varied.peak == pytest.approx(twice.peak)


def test_a_lone_interval_has_an_even_rate() -> None:
    load = modified_load(day(10.0, 20, 21), HALF_HOUR, HALF_HOUR)
    assert end_of(load)[20] == pytest.approx(10 * (1 - np.exp(-1)))


def test_queues_are_worked_out_together_as_alone() -> None:
    rng = np.random.default_rng(3)
    contacts, aht = rng.uniform(0, 20, (3, 48)), rng.uniform(60, 900, (3, 48))
    together = modified_load(contacts, aht, HALF_HOUR)
    for row in range(3):
        alone = modified_load(contacts[row], aht[row], HALF_HOUR)
        np.testing.assert_allclose(together.mean[row], alone.mean)
        np.testing.assert_allclose(together.peak[row], alone.peak)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(st.just(0.0), st.floats(0.01, 500.0)), min_size=1, max_size=60),
    st.floats(1.0, 7200.0),
    st.sampled_from([300.0, 900.0, 1800.0, 3600.0]),
)
def test_all_work_is_done_and_none_is_invented(
    contacts: list[float], aht_s: float, interval_s: float
) -> None:
    load = modified_load(np.array(contacts), aht_s, interval_s)
    work = np.array(contacts) * aht_s / interval_s
    assert load.mean.sum() == pytest.approx(work.sum(), rel=1e-6, abs=1e-9)
    assert (load.mean >= 0).all()
    assert (load.peak >= load.mean - 1e-6 * work.max()).all()
    assert (load.peak >= end_of(load) - 1e-9 * work.max()).all()
