"""Noise on prices that fades, so that a descent leaves poor optima (Charon & Hudry 1993, Oper. Res.
Letters 14).

Two cycles: one that keeps the pattern of work days that the first sweeps have found, and one that
begins where even these are open. Which of them ends better depends on the centre; the second, which
fades with the square of the time left, settles days first, then starts, then breaks.
"""

from __future__ import annotations

from typing import NamedTuple


class Cycle(NamedTuple):
    """`noise` at its start, as a share of the price of a missing agent, fades with a power of the
    time left `until` a part of the search is over."""

    until: float
    noise: float
    power: float


CYCLES = (Cycle(0.35, 1.0, 1.0), Cycle(1.0, 2.0, 2.0))
LEAST = 0.005
"""Noise that makes equal choices take turns, and no more."""


def noise_at(part: float) -> float:
    """Noise when this part of the search is over, 0–1."""
    begun = 0.0
    for cycle in CYCLES:
        if part < cycle.until:
            left = (cycle.until - part) / (cycle.until - begun)
            return cycle.noise * left**cycle.power + LEAST
        begun = cycle.until
    return LEAST
