"""Rates behind counted paths."""

import numpy as np
import pytest
from risk_cases import GRID
from shiftcast.scheduling.risk.path_rates import path_rates


def test_pure_chance_is_taken_out() -> None:
    # Every path has the same rate: what differs is Poisson noise alone.
    counts = np.random.default_rng(1).poisson(50.0, (400, GRID.size)).astype(float)
    rates = path_rates(counts, GRID)
    assert np.std(rates) < 0.25 * np.std(counts)
    assert rates.mean() == pytest.approx(counts.mean(), rel=1e-3)


def test_what_a_whole_day_says_is_kept() -> None:
    rng = np.random.default_rng(2)
    level = np.exp(0.2 * rng.standard_normal((400, 1)))
    counts = rng.poisson(np.broadcast_to(50.0 * level, (400, GRID.size))).astype(float)
    rates = path_rates(counts, GRID)
    truth = 50.0 * np.broadcast_to(level, rates.shape)
    assert np.abs(rates - truth).mean() < 0.5 * np.abs(counts - truth).mean()


def test_an_interval_that_differs_by_itself_keeps_its_difference() -> None:
    rng = np.random.default_rng(3)
    own = 200.0 * np.exp(0.3 * rng.standard_normal((400, GRID.size)))
    rates = path_rates(rng.poisson(own).astype(float), GRID)
    assert np.corrcoef(rates.ravel(), own.ravel())[0, 1] > 0.95


def test_no_contacts_are_no_contacts() -> None:
    assert path_rates(np.zeros((5, GRID.size)), GRID).tolist() == [[0.0] * GRID.size] * 5
