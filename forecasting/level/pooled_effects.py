"""What promotions do, learned across queues: each queue's estimate is drawn towards the others'.

For every type and phase, the queues' effects (logs of factors) are taken for draws around a common
mean with a common spread, both estimated from all of them; each queue's own evidence is then
weighed against that. A queue that never saw the phase takes the mean, with the spread as its doubt;
where no queue saw it, one that knows nothing takes what the others make of like promotions.

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
    kinds = sorted({kind for level in levels for kind in _promotion_kinds(level)})
    told = {kind: _told(levels, kind) for kind in kinds}
    for kind, evidence in told.items():
        for queue, level in enumerate(result):
            others = [one for one in evidence if one.queue != queue]
            if others and _knows(level, kind):
                result[queue] = _informed(level, kind, *_common(others))
    for kind in (kind for kind, evidence in told.items() if not evidence):
        know = [level for level in result if _knows(level, kind)]
        beliefs = [_belief(level, kind) for level in know if not _ignorant(level, kind)]
        for queue, level in enumerate(result):
            if beliefs and _knows(level, kind) and _ignorant(level, kind):
                result[queue] = _informed(level, kind, *_mixture(beliefs))
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


def _belief(level: LevelForecast, kind: tuple[Feature, ...]) -> tuple[float, float]:
    """Mean and variance of the effect, as the queue's level has it."""
    direction = _direction(level, kind)
    variance = float(direction @ level.coefficient_covariance @ direction)
    return float(direction @ level.coefficients), variance


def _prior(kind: tuple[Feature, ...]) -> float:
    return sum(prior_sd(feature) ** 2 for feature in kind)


def _ignorant(level: LevelForecast, kind: tuple[Feature, ...]) -> bool:
    return _belief(level, kind)[1] > _TELLING * _prior(kind)


def _saw(level: LevelForecast, kind: tuple[Feature, ...]) -> bool:
    """Whether the queue had this very kind, not only some like it: its narrowest feature tells."""
    return not _ignorant(level, kind[-1:])


def _told(levels: Sequence[LevelForecast], kind: tuple[Feature, ...]) -> list[_Evidence]:
    """What each queue that saw this kind says of it."""
    prior, evidence = _prior(kind), []
    for queue, level in enumerate(levels):
        if _knows(level, kind) and _saw(level, kind):
            mean, variance = _belief(level, kind)
            widened = prior / (prior - variance)
            evidence.append(_Evidence(queue, mean * widened, variance * widened))
    return evidence


def _mixture(beliefs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Mean and variance of a queue that may be like any of those with these beliefs."""
    means, variances = np.array(beliefs).T
    return float(means.mean()), float(variances.mean() + means.var() + _LEAST_SPREAD**2)


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
    place of its own around zero. Others that disagree widely still tell the mean; the doubt is
    never more than that of knowing nothing."""
    direction = _direction(level, kind)
    own_prior = _prior(kind)
    variance = min(variance, own_prior)
    # Replacing N(0, own) by N(mean, variance) is one Gaussian observation more of the sum, with
    # this precision, which may be nothing, and with mean / variance as its precision times mean.
    precision = 1.0 / variance - 1.0 / own_prior
    gain = level.coefficient_covariance @ direction
    total = 1.0 + precision * float(direction @ gain)
    missed = mean / variance - precision * float(direction @ level.coefficients)
    return level.with_coefficients(
        level.coefficients + gain * missed / total,
        level.coefficient_covariance - precision * np.outer(gain, gain) / total,
    )
