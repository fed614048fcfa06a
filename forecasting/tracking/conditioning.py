"""What counts tell of a day's log errors: a Gaussian belief, and what is left of it after them.

Counts are Poisson around expected × exp(error). The posterior is its Laplace approximation
(Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006, 3.4), found by iteratively
reweighted least squares; counts far off all others lose weight (Huber 1964), so that an hour of
silence does not drag the day along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

_FAR = 3.0  # standard deviations from which a count loses weight
_LONGEST_STEP = 0.7
_ROUNDS = 50
_NEAR = 1e-6


@dataclass(frozen=True)
class Belief:
    """Log errors of a day's slots: `mean` (slots,), `covariance` (slots, slots)."""

    mean: Vector
    covariance: NDArray[np.float64]

    def level(self, share: Vector) -> tuple[float, float]:
        """Mean and variance of the day's error, its slots weighted by `share` (slots,)."""
        return float(share @ self.mean), float(share @ self.covariance @ share)

    def pull(self, share: Vector) -> Vector:
        """By how much each slot moves if the day's error moves by one: (slots,)."""
        along = self.covariance @ share
        pull: Vector = along / max(float(share @ along), 1e-12)
        return pull

    def with_level(self, share: Vector, mean: float, variance: float) -> Belief:
        """The belief once the day's error is known to have another mean and variance; what is
        left of the slots after the day's error stays."""
        old_mean, old_variance = self.level(share)
        pull = self.pull(share)
        return Belief(
            self.mean + pull * (mean - old_mean),
            self.covariance + np.outer(pull, pull) * (variance - old_variance),
        )


def given_counts(belief: Belief, own: Vector, expected: Vector, counts: Vector) -> Belief:
    """The belief after `counts` (slots,) have come, NaN where unknown.

    `expected` (slots,) are the contacts at an error of 0, `own` (slots,) the variance of what each
    slot has alone beyond chance. Slots without expected contacts tell nothing.
    """
    seen = np.flatnonzero(np.isfinite(counts) & (expected > 0))
    if not len(seen):
        return belief
    prior, among = belief.mean[seen], belief.covariance[np.ix_(seen, seen)]
    count, rate, alone = counts[seen], expected[seen], own[seen]
    error = prior
    for _ in range(_ROUNDS):
        now = rate * np.exp(error)
        off = count / now - 1.0
        noise = 1.0 / now + alone
        distance = np.abs(off) / np.sqrt(noise)
        noise = noise * np.maximum(distance / _FAR, 1.0)
        solved = np.linalg.solve(among + np.diag(noise), error + off - prior)
        step = np.clip(prior + among @ solved - error, -_LONGEST_STEP, _LONGEST_STEP)
        error = error + step
        if np.abs(step).max() < _NEAR:
            break
    across = belief.covariance[:, seen]
    gain = np.linalg.solve(among + np.diag(noise), across.T).T
    return Belief(belief.mean + across @ solved, belief.covariance - gain @ across.T)
