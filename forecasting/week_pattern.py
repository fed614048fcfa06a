"""A pattern over weekday and clock, learned from unequal evidence: a Gaussian process on the week.

The log of a cell (weekday, clock bin) is a sum of three parts: one over the clock that all
weekdays share, one for the weekday, and one over the clock for each weekday; neighbouring bins are
alike, the first and the last of a day as well. How large each part is, is learned: little evidence
keeps a flat week, much of it its own. An Ornstein-Uhlenbeck kernel is no worse than smoother ones
on the measured queues, and lets a pattern jump where shifts or opening hours change.

Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), chapters 2 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from .climb import climb

Array = NDArray[np.float64]

MOST_BINS = 48
_COARSE_BINS = 12  # enough to learn deviations from
_ALIKE_HOURS = 3.0
_LEVEL_SD = 0.3
_TRIED = tuple(2.0**power for power in range(-3, 4))
_LEAST_CONTACTS = 0.5
_TINY = 1e-9


def bins_of(slots: int) -> int:
    """Clock bins that a pattern has where a day has `slots` slots: half-hours at the finest."""
    if slots <= MOST_BINS:
        return slots
    return MOST_BINS if slots % MOST_BINS == 0 else MOST_BINS // 2


def learn_week(log_ratio: Array, contacts: Array, variance: float, usual_sd: float) -> Array:
    """Log factor of each cell: shape (7, bins).

    `log_ratio` (7, bins) is what was seen of each cell, from so many `contacts` (same shape; old
    ones may count less), each of relative variance `variance`; a part of the pattern usually has
    the standard deviation `usual_sd`.
    """
    bins = log_ratio.shape[1]
    sd = _likeliest(*_coarse(log_ratio, contacts), variance, usual_sd)
    taught, noise = _taught(contacts, variance)
    covariance = _summed(_parts(bins), sd)
    known = covariance[np.ix_(taught, taught)]
    known[np.diag_indices_from(known)] += noise
    weights = cho_solve(cho_factor(known, lower=True), log_ratio.ravel()[taught])
    pattern: Array = (covariance[:, taught] @ weights).reshape(7, bins)
    return pattern


def _likeliest(
    log_ratio: Array, contacts: Array, variance: float, usual_sd: float
) -> tuple[float, ...]:
    """Standard deviation of each part: the likeliest, each held to what is usual."""
    taught, noise = _taught(contacts, variance)
    seen = log_ratio.ravel()[taught]
    parts = [part[np.ix_(taught, taught)] for part in _parts(log_ratio.shape[1])]

    def likelihood(sd: Sequence[float]) -> float:
        known = _summed(parts, sd)
        known[np.diag_indices_from(known)] += noise
        factor = cho_factor(known, lower=True, check_finite=False)
        fit = float(seen @ cho_solve(factor, seen, check_finite=False))
        away = np.log(np.asarray(sd) / usual_sd)
        return -0.5 * fit - float(np.log(np.diag(factor[0])).sum()) - 0.5 * float(away @ away)

    choices = tuple(usual_sd * factor for factor in _TRIED)
    return climb(likelihood, (usual_sd,) * len(parts), (choices,) * len(parts))


def _coarse(log_ratio: Array, contacts: Array) -> tuple[Array, Array]:
    """Cells of two hours, where bins are finer."""
    bins = log_ratio.shape[1]
    if bins % _COARSE_BINS:
        return log_ratio, contacts
    wide = (7, _COARSE_BINS, bins // _COARSE_BINS)
    total = contacts.reshape(wide).sum(axis=2)
    seen = (contacts * log_ratio).reshape(wide).sum(axis=2)
    return seen / np.maximum(total, _TINY), total


def _taught(contacts: Array, variance: float) -> tuple[NDArray[np.int64], Array]:
    """Cells that can teach (indexes into 7 × bins), and the variance of what each tells."""
    flat = contacts.ravel()
    taught = np.flatnonzero(flat >= _LEAST_CONTACTS)
    return taught, variance / flat[taught]


def _parts(bins: int) -> list[Array]:
    """Covariance of each part between cells, at variance 1: each (7 × bins, 7 × bins)."""
    hours = np.arange(bins) * 24.0 / bins
    apart = np.abs(hours[:, None] - hours[None, :])
    clock = np.exp(-np.minimum(apart, 24.0 - apart) / _ALIKE_HOURS)
    weekday = np.repeat(np.arange(7), bins)
    same = (weekday[:, None] == weekday[None, :]).astype(np.float64)
    everyday = np.tile(clock, (7, 7))
    return [everyday, same, everyday * same]


def _summed(parts: Sequence[Array], sd: Sequence[float]) -> Array:
    total = np.full_like(parts[0], _LEVEL_SD**2)
    for part, deviation in zip(parts, sd, strict=True):
        total += deviation**2 * part
    return total
