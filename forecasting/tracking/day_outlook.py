"""What is left open of each day of a horizon, after the counts that have come in.

Log errors of a day are Gaussian: a level, by which days tell of each other, and what slots have in
common beyond it. Counts are Poisson around that, so that few contacts move little. Days are gone
through in order: what is seen of one moves the levels of all that follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_matrix import divided
from .conditioning import Belief, given_counts
from .interval_errors import IntervalErrors
from .stated_levels import remembered

Array = NDArray[np.float64]


@dataclass(frozen=True)
class QueueDays:
    """One queue's horizon: `expected` contacts and those that `came`, NaN where not known (yet),
    both (days, slots). `stated` (days, days) is the covariance of the days' log levels as the
    forecast states it, None if it states none."""

    expected: Array
    came: Array
    stated: Array | None


@dataclass(frozen=True)
class Outlook:
    """A queue's days after what is known: `factor` (days, slots) on the expected contacts, and the
    log errors that remain around it.

    `beliefs` holds those of each day's slots (None where nothing is expected), `levels`
    (days, days) the covariance of what is open of the days' levels, to which `share` (days, slots)
    weighs the slots. `scale` (days,) brings deviations of levels to what the forecast states.
    """

    factor: Array
    beliefs: tuple[Belief | None, ...]
    share: Array
    levels: Array
    scale: Array


def day_outlook(days: QueueDays, errors: IntervalErrors) -> Outlook:
    """The days after all that came.

    What came moves a level as far as days of the past were off, and further where the forecast is
    less sure, such as at a promotion. The range around it is the stated one, narrowed as much.
    """
    usual = Belief(np.zeros(len(errors.own)), errors.shared)
    share = divided(days.expected, days.expected.sum(axis=1, keepdims=True))
    prior, scale = _prior_levels(days.stated, np.einsum("di,ij,dj->d", share, errors.shared, share))
    mean, levels = np.zeros(len(share)), prior.copy()
    factor = np.zeros_like(days.expected)
    beliefs: list[Belief | None] = []
    for day, expected in enumerate(days.expected):
        if not expected.any():
            beliefs.append(None)
            continue
        # Before anything is known the factors' expected value is 1.
        unknown = usual.with_level(share[day], 0.0, prior[day, day])
        drift = -np.diag(unknown.covariance) / 2.0
        before = usual.with_level(share[day], mean[day], levels[day, day])
        after = given_counts(before, errors.own, expected * np.exp(drift), days.came[day])
        level, variance = after.level(share[day])
        pull = levels[:, day] / levels[day, day]
        mean = mean + pull * (level - mean[day])
        levels = levels + np.outer(pull, pull) * (variance - levels[day, day])
        factor[day] = np.exp(drift + after.mean + np.diag(after.covariance) / 2.0)
        beliefs.append(after)
    return Outlook(factor, tuple(beliefs), share, levels, scale)


def drawn_factors(outlook: Outlook, own: Array, noise: Array, rng: np.random.Generator) -> Array:
    """Equally likely factors on the expected contacts: shape (paths, days, slots).

    `noise` (paths, days) is standard normal, from which the days' levels are made; `own` (slots,)
    the variance of what each slot has alone.
    """
    levels = (noise @ _root(outlook.levels).T) * outlook.scale
    drawn = np.zeros((len(noise), *outlook.factor.shape))
    for day, belief in enumerate(outlook.beliefs):
        if belief is None:
            continue
        share = outlook.share[day]
        shared = rng.standard_normal((len(noise), len(own))) @ _root(belief.covariance).T
        shared += np.outer(levels[:, day] - shared @ share, belief.pull(share))
        alone = rng.standard_normal(shared.shape) * np.sqrt(own)
        level = outlook.levels[day, day] * outlook.scale[day] ** 2
        variance = np.diag(belief.with_level(share, 0.0, level).covariance) + own
        drawn[:, day] = outlook.factor[day] * np.exp(shared + alone - variance / 2.0)
    return drawn


def _prior_levels(stated: Array | None, usual: Array) -> tuple[Array, Array]:
    """Covariance of the days' levels before anything is known (days, days): the stated one, with
    variances that are the `usual` ones (days,) at least; and the factors (days,) that bring its
    deviations back to the stated ones."""
    if stated is None:
        sd = np.sqrt(usual)
        return remembered(len(usual)) * np.outer(sd, sd), np.ones(len(usual))
    said = np.diag(stated)
    raised = np.sqrt(divided(np.maximum(said, usual), said, 1.0))
    return stated * np.outer(raised, raised), 1.0 / raised


def _root(covariance: Array) -> Array:
    """R with R R' = covariance, which may be singular."""
    value, vector = np.linalg.eigh(covariance)
    root: Array = vector * np.sqrt(np.maximum(value, 0.0))
    return root
