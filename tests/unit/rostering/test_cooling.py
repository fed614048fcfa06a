"""Noise on prices: large where a cycle begins, next to nothing where it ends."""

from __future__ import annotations

import pytest
from shiftcast.scheduling.rostering.engine.cooling import CYCLES, LEAST, noise_at


def test_every_cycle_begins_with_its_noise_and_ends_with_next_to_none() -> None:
    begun = 0.0
    for cycle in CYCLES:
        assert noise_at(begun) == pytest.approx(cycle.noise + LEAST)
        assert noise_at(cycle.until - 1e-9) == pytest.approx(LEAST, abs=1e-6)
        begun = cycle.until
    assert noise_at(1.0) == LEAST


def test_noise_fades_within_a_cycle() -> None:
    """Half of the second cycle's time is left: half by the power 2 leaves a quarter."""
    first, second = CYCLES
    middle = (first.until + second.until) / 2
    assert noise_at(middle) == pytest.approx(second.noise / 4 + LEAST)
