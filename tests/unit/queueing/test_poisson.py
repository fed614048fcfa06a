"""Poisson weights against exact rational arithmetic."""

from fractions import Fraction
from math import exp, factorial, log

import numpy as np
import pytest
from shiftcast.scheduling.queueing.poisson import log_odds_below, log_poisson


def exact_odds(agents: int, load: Fraction) -> Fraction:
    """Sum over j < agents of (load^j / j!) ÷ (load^agents / agents!), term by term."""
    term, total = Fraction(1), Fraction(0)
    for j in range(agents, 0, -1):
        term *= j / load
        total += term
    return total


@pytest.mark.parametrize(
    ("count", "mean"), [(0, 0.5), (3, 0.01), (15, 20.0), (16, 15.5), (40, 1.0)]
)
def test_log_poisson_is_the_textbook_weight(count: int, mean: float) -> None:
    # Both sides of 16, where Stirling's series takes over.
    expected = -mean + count * log(mean) - log(factorial(count))
    assert log_poisson(count, mean) == pytest.approx(expected, rel=1e-13)


def test_log_poisson_stays_exact_where_the_textbook_formula_cancels() -> None:
    # The weight at the mean follows Stirling: 1/sqrt(2πm) · (1 − 1/(12m) + …).
    mean = 50_000.0
    assert exp(log_poisson(mean, mean)) * np.sqrt(2 * np.pi * mean) == pytest.approx(
        1 - 1 / (12 * mean) + 1 / (288 * mean**2), rel=1e-13
    )


@pytest.mark.parametrize(
    ("agents", "load"),
    [(1, Fraction(1, 100)), (14, Fraction(10)), (95, Fraction(100)), (12, Fraction(5000))],
)
def test_odds_below_equal_the_exact_sum(agents: int, load: Fraction) -> None:
    # The last case has a probability below 1e-280 and goes through the series.
    exact = float(exact_odds(agents, load))
    assert np.exp(log_odds_below(agents, float(load))) == pytest.approx(exact, rel=1e-13)


def test_odds_below_no_agents_are_nil() -> None:
    assert log_odds_below(0, 3.0) == -np.inf


def test_arrays_broadcast() -> None:
    odds = log_odds_below(np.arange(1, 5)[:, None], np.array([0.5, 2.0, 9.0]))
    assert odds.shape == (4, 3)
    assert (np.diff(odds, axis=0) > 0).all()  # more agents, better odds
