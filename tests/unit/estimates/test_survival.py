"""Ranges and survival curves against published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shiftcast.scheduling.estimates.estimate import (
    exposure_estimate,
    mean_estimate,
    share_estimate,
)
from shiftcast.scheduling.estimates.survival import survival_curve


def test_published_curve() -> None:
    """Remission of 21 patients on 6-MP (Freireich et al., 1963), the textbook example: Kaplan–Meier
    shares and Greenwood errors as printed by Kalbfleisch and Prentice."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    times = np.array(weeks + censored, dtype=float)
    event = np.array([True] * len(weeks) + [False] * len(censored))
    curve = survival_curve(times, event)
    assert curve.time_s.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=6e-4)
    assert curve.error == pytest.approx(
        [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=6e-5
    )


def test_share_between_and_outside_the_events() -> None:
    curve = survival_curve(np.array([10.0, 20.0, 20.0, 30.0]), np.array([True, True, False, False]))
    assert curve.at(5.0).value == 1.0
    assert curve.at(19.0).value == pytest.approx(3 / 4)
    later = curve.at(100.0)
    assert later.value == pytest.approx(3 / 4 * 2 / 3)
    assert later.low < later.value < later.high <= 1.0


@given(st.lists(st.floats(0.1, 100.0), min_size=1, max_size=30), st.floats(1.0, 120.0))
def test_without_censoring_it_is_the_plain_mean(times: list[float], limit: float) -> None:
    values = np.array(times)
    curve = survival_curve(values, np.ones(len(values), dtype=bool))
    below = np.where(values <= limit, values, 0.0)
    assert curve.mean_within(limit) == pytest.approx(below.mean(), abs=1e-9)


def test_no_observation_gives_an_empty_curve() -> None:
    curve = survival_curve(np.array([]), np.array([], dtype=bool))
    assert len(curve.share) == 0
    assert np.isnan(curve.at(10.0).value)


def test_range_of_an_exponential_mean() -> None:
    """Tables of chi-squared: 36.781 (97.5 %, 22 degrees) and 9.591 (2.5 %, 20 degrees)."""
    found = exposure_estimate(10, 1000.0)
    assert found.value == 100.0
    assert found.low == pytest.approx(2000 / 36.781, rel=1e-4)
    assert found.high == pytest.approx(2000 / 9.591, rel=1e-4)


def test_no_event_bounds_the_mean_from_below_only() -> None:
    """One-sided: 2 × exposure ÷ 7.378 (97.5 %, 2 degrees)."""
    found = exposure_estimate(0, 500.0)
    assert (found.value, found.high) == (np.inf, np.inf)
    assert found.low == pytest.approx(1000 / 7.378, rel=1e-3)


def test_wilson_range_of_a_share() -> None:
    """10 of 100: 5.52 % to 17.44 %, as in Newcombe, Statistics in Medicine 17, 1998."""
    found = share_estimate(10, 100)
    assert (found.low, found.high) == (
        pytest.approx(0.0552, abs=1e-4),
        pytest.approx(0.1744, abs=1e-4),
    )
    assert share_estimate(0, 20).low == 0.0


def test_range_of_a_mean() -> None:
    """Standard deviation 1 of five values: 1.96 ÷ √5 on each side."""
    values = np.array([2.0, 2.0, 3.0, 4.0, 4.0])
    found = mean_estimate(values)
    assert found.value == 3.0
    assert found.high - 3.0 == pytest.approx(1.96 / 5**0.5, abs=1e-4)
    assert np.isnan(mean_estimate(np.array([])).value)
