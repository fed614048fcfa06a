"""What is left open of each day of a horizon, after the counts that have come in.

Log errors of a day are Gaussian: a level that remembers the day before, and what slots have in
common beyond it. Counts are Poisson around that, so that few contacts move little. Days are gone
through in order, as a Kalman filter does; the slots of today that were seen tell of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .conditioning import Belief, given_counts
from .interval_errors import IntervalErrors

Array = NDArray[np.float64]


@dataclass(frozen=True)
class QueueDays:
    """One queue's horizon: `expected` contacts and those that `came`, NaN where not known (yet),
    both (days, slots). `stated_sd` (days,) is how far off the forecast says its days' logs may be,
    None if it says nothing; `correlation` is that of neighbouring days' errors."""

    expected: Array
    came: Array
    stated_sd: Array | None
    correlation: float


@dataclass(frozen=True)
class DayOutlook:
    """A day after what is known: `factor` (slots,) on the expected contacts, and the log errors
    that remain around it (`belief`). `share` (slots,) weighs them to the day's level, whose stated
    deviation was `level_sd` and of whose variance the share `still_open` remains."""

    factor: Array
    belief: Belief
    share: Array
    level_sd: float
    still_open: float


def day_outlooks(days: QueueDays, errors: IntervalErrors) -> list[DayOutlook | None]:
    """Each day of the horizon in order, after all that came on it and before it; None where
    nothing is expected.

    The error of a day's level, in units of its deviation, is first-order autoregressive. Its
    deviation is the learned one, more on days of which the forecast is less sure than of its
    median day; what the forecast states beyond that fades with what is still open.
    """
    outlooks: list[DayOutlook | None] = []
    usual = Belief(np.zeros(len(errors.own)), errors.shared)
    doubt = _relative_doubt(days.stated_sd, len(days.expected))
    state, still_open = 0.0, 1.0
    for day, expected in enumerate(days.expected):
        state *= days.correlation
        still_open = 1.0 - (1.0 - still_open) * days.correlation**2
        if not expected.any():
            outlooks.append(None)
            continue
        share = expected / expected.sum()
        sd = float(np.sqrt(usual.level(share)[1])) * doubt[day]
        # Before anything is known the factors' expected value is 1.
        drift = -np.diag(usual.with_level(share, 0.0, sd**2).covariance) / 2.0
        before = usual.with_level(share, sd * state, sd**2 * still_open)
        after = given_counts(before, errors.own, expected * np.exp(drift), days.came[day])
        level, variance = after.level(share)
        state, still_open = level / sd, variance / sd**2
        outlooks.append(
            DayOutlook(
                factor=np.exp(drift + after.mean + np.diag(after.covariance) / 2.0),
                belief=after,
                share=share,
                level_sd=sd if days.stated_sd is None else float(days.stated_sd[day]),
                still_open=still_open,
            )
        )
    return outlooks


def drawn_factors(
    outlooks: Sequence[DayOutlook | None],
    errors: IntervalErrors,
    correlation: float,
    today: int,
    paths: int,
    rng: np.random.Generator,
) -> Array:
    """Equally likely factors on each day's expected contacts: shape (paths, days, slots).

    Days after number `today` remember, on each path, the level of the day before.
    """
    slots = len(errors.own)
    drawn = np.zeros((paths, len(outlooks), slots))
    state = np.zeros(paths)
    for day, outlook in enumerate(outlooks):
        fresh = rng.standard_normal(paths)
        if day > today:
            state = correlation * state + np.sqrt(1.0 - correlation**2) * fresh
        elif outlook is not None:
            state = np.sqrt(outlook.still_open) * fresh
        if outlook is not None:
            around = _around_one(outlook, state, errors.own, rng)
            drawn[:, day] = outlook.factor * around
    return drawn


def _relative_doubt(stated_sd: Array | None, days: int) -> Array:
    """How much less certain than the median day each day is said to be: (days,)."""
    if stated_sd is None or np.isnan(stated_sd).all():
        return np.ones(days)
    return stated_sd / np.nanmedian(stated_sd)


def _around_one(outlook: DayOutlook, state: Array, own: Array, rng: np.random.Generator) -> Array:
    """Factors of expected value 1 (paths, slots): a level in each `state` (paths,), what the slots
    share besides it, and what each has alone."""
    belief, share = outlook.belief, outlook.share
    value, vector = np.linalg.eigh(belief.covariance)
    root = vector * np.sqrt(np.maximum(value, 0.0))
    shared = rng.standard_normal((len(state), len(share))) @ root.T
    shared += np.outer(outlook.level_sd * state - shared @ share, belief.pull(share))
    alone = rng.standard_normal(shared.shape) * np.sqrt(own)
    stated = belief.with_level(share, 0.0, outlook.level_sd**2 * outlook.still_open)
    variance = np.diag(stated.covariance) + own
    factors: Array = np.exp(shared + alone - variance / 2.0)
    return factors
