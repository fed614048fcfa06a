"""What promotions do, learned across queues: each queue's estimate is drawn towards the others'.

For every type and phase, the queues' effects (logs of factors) are taken for draws around a common
mean with a common spread, both estimated from all of them; each queue's own evidence is then
weighed against that. A queue that never saw the phase takes the mean, with the spread as its doubt.

Source: DerSimonian & Laird, Meta-analysis in clinical trials, Controlled Clinical Trials 7, 1986.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..events import Feature, prior_sd
from .level_forecast import LevelForecast

_TELLING = 0.98  # of the prior's variance left: above it, a queue knows nothing of its own
_LEAST_SPREAD = 0.05
_USUAL_SPREAD = 0.35  # between queues, where few of them tell


@dataclass(frozen=True)
class _Evidence:
    """What a queue alone says of one effect: `estimate` with `variance`, its prior taken out."""

    queue: int
    estimate: float
    variance: float


def pooled_levels(levels: Sequence[LevelForecast]) -> tuple[LevelForecast, ...]:
    """The levels of all queues, with their promotions' effects pooled."""
    result = list(levels)
    for kind in sorted({kind for level in levels for kind in _promotion_kinds(level)}):
        evidence = [
            _evidence(queue, level, kind)
            for queue, level in enumerate(result)
            if _knows(level, kind)
        ]
        told = [one for one in evidence if np.isfinite(one.variance)]
        if len(evidence) < 2 or not told:
            continue
        for one in evidence:
            others = [other for other in told if other.queue != one.queue]
            if others:
                mean, variance = _common(others)
                result[one.queue] = _informed(result[one.queue], kind, mean, variance)
    return tuple(result)


def _promotion_kinds(level: LevelForecast) -> set[tuple[Feature, ...]]:
    """The sets of features that the promotions to come act through, phase days aside."""
    return {
        tuple(feature for feature in term.features if feature[0] != "phase_day")
        for term in level.terms
        if term.features[0][0] == "promotion"
    }


def _knows(level: LevelForecast, kind: tuple[Feature, ...]) -> bool:
    return set(kind) <= set(level.features)


def _direction(level: LevelForecast, kind: tuple[Feature, ...]) -> NDArray[np.float64]:
    """1 at each of the kind's features, so that its product with coefficients is their sum."""
    return np.array([float(feature in kind) for feature in level.features])


def _evidence(queue: int, level: LevelForecast, kind: tuple[Feature, ...]) -> _Evidence:
    direction = _direction(level, kind)
    prior = sum(prior_sd(feature) ** 2 for feature in kind)
    variance = float(direction @ level.coefficient_covariance @ direction)
    if variance > _TELLING * prior:
        return _Evidence(queue, 0.0, np.inf)
    widened = prior / (prior - variance)
    return _Evidence(queue, float(direction @ level.coefficients) * widened, variance * widened)


def _common(evidence: Sequence[_Evidence]) -> tuple[float, float]:
    """Mean of the effect over other queues, and the variance of one more queue's around it."""
    estimates = np.array([one.estimate for one in evidence])
    precision = 1.0 / np.array([one.variance for one in evidence])
    mean = float((precision * estimates).sum() / precision.sum())
    spread = _LEAST_SPREAD**2
    if len(evidence) > 1:
        scatter = float((precision * (estimates - mean) ** 2).sum())
        size = precision.sum() - (precision**2).sum() / precision.sum()
        spread = max(spread, (scatter - len(evidence) + 1) / float(size))
    weight = 1.0 / (1.0 / precision + spread)
    mean = float((weight * estimates).sum() / weight.sum())
    # With few queues the spread itself is hardly known: a prior's worth of doubt is added.
    doubt = (_USUAL_SPREAD**2 - spread) / (len(evidence) + 1.0)
    return mean, spread + max(doubt, 0.0) + 1.0 / float(weight.sum())


def _informed(
    level: LevelForecast, kind: tuple[Feature, ...], mean: float, variance: float
) -> LevelForecast:
    """The level once the sum of these features' coefficients has the prior (mean, variance) in
    place of its own around zero: one Gaussian observation more."""
    direction = _direction(level, kind)
    own_prior = sum(prior_sd(feature) ** 2 for feature in kind)
    # Replacing N(0, own) by N(mean, variance) is observing the sum with this precision and mean.
    precision = 1.0 / variance - 1.0 / own_prior
    if precision <= 0:
        return level
    observed, noise = mean / variance / precision, 1.0 / precision
    gain = level.coefficient_covariance @ direction
    total = float(direction @ gain) + noise
    missed = observed - float(direction @ level.coefficients)
    return level.with_coefficients(
        level.coefficients + gain * missed / total,
        level.coefficient_covariance - np.outer(gain, gain) / total,
    )
