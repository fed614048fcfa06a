"""Hard rules on several people at once, eased for most of a search.

One agent's move can seldom cross a roster where too few are there, or too many on a break, although
better ones lie behind. So at first each person outside has a price, which grows (strategic
oscillation: Glover 1977, Decision Sciences 8(1)); in the end no roster that breaks the rule counts.
"""

from __future__ import annotations

import numpy as np

from .compile import HARD, Compiled
from .cover import Cover, FloatArray, IntArray

UNTIL = 0.7  # of the search
FIRST, LAST = 2.0, 20.0  # price of a person outside for a slot, in those of a missing agent


def ease_at(part: float) -> float:
    """The price when this part of the search is over, 0–1; inf: the rules are hard."""
    return FIRST * (LAST / FIRST) ** (part / UNTIL) if part < UNTIL else np.inf


def eased(compiled: Compiled, times: float) -> FloatArray:
    """(bands,) points of a unit outside in a slot, where a person outside a hard band costs so many
    times what a missing agent does."""
    hard = np.array([price for _, price in compiled.bands], dtype=float)
    if times == np.inf:
        return hard
    missing = compiled.problem.weights.under * compiled.problem.slot_min / 60
    people = [max(np.abs(b.coefficients).max() * np.abs(b.counted).max(), 1)
              for b, _ in compiled.bands]  # fmt: skip
    return np.where(hard >= HARD, times * missing / np.array(people), hard)


def outside(cover: Cover) -> IntArray:
    """(bands,) units by which slots lie outside."""
    bands = cover.bands.astype(np.int64)
    below, above = cover.least - bands, bands - cover.most
    found: IntArray = (np.maximum(below, 0) + np.maximum(above, 0)).sum(axis=1)
    return found
