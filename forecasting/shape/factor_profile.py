"""Profiles from the factors of the day × slot matrix, each factor's score a Gaussian process.

A day's shares are s = p + √p · (z B): p a mean profile, the rows of B an orthonormal basis, z the
day's scores. Chance in the counts gives each score a variance of 1 / day total. Beyond it a score
is a Gaussian process over days: a part that all days share, parts that a weekday keeps for good and
for the better part of a year, parts of a month and of a few days, and one of the day's own. How
strong these are is not estimated: scores are forecast under several strengths, which count by their
marginal likelihood, so that a factor which is all chance leaves the profile alone. Two bases are
forecast and averaged: smooth cosines over the slots, and the singular vectors of the matrix itself.

Factors of the day × slot matrix: Shen & Huang, Interday forecasting and intraday updating of call
center arrivals, Manufacturing & Service Operations Management 10(3), 2008. Gaussian processes and
marginal likelihood: Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006, ch. 2, 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct
from scipy.linalg import cholesky, solve_triangular

from .day_rows import DayRows, day_rows
from .lessons import Lessons, alike, floored, normalised, smoothed
from .member import MemberShape

_FACTORS = 16  # of each basis
_SMOOTHING = (0, 1, 2, 4, 8, 16)  # passes over the mean profile
# Parts of a score's variance: all days, weekday for good, weekday, month, few days.
_MIXTURES = ((0.2, 0.2, 0.2, 0.2, 0.2), (0.5, 0.5, 0.0, 0.0, 0.0))
_WEEKDAY_DAYS, _MONTH_DAYS, _FEW_DAYS = 200.0, 30.0, 3.0  # correlation falls to 1/e in so many
# Variance of the scores and of the day's own part, against the median day's variance by chance.
_SIGNALS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_OWN = (0.0, 1.0, 4.0)
_PRIOR_ROUNDS = 5
_TAUGHT_ANEW = 28  # days after which the checked profiles find mean, basis and strengths anew
# A row twice as far from the mean profile as the median one counts as less.
_ODD = 2.0


@dataclass(frozen=True)
class FactorProfile:
    name: str = "factor_profile"

    def fit(self, lessons: Lessons) -> MemberShape:
        everything = lessons.contacts.sum(axis=0)
        usual = np.tile(everything + 1e-9, (7, 1))
        weekday = lessons.weekday[lessons.checked_days]
        checked = np.ones((len(weekday), len(everything)))
        for group in _groups(lessons.is_open):
            slots = np.flatnonzero(lessons.is_open[group].any(axis=0))
            rows = day_rows(lessons, group, slots)
            coming = _coming(lessons, group, len(rows.time))
            if len(rows.time):
                usual[np.ix_(group, slots)] = _profiles(rows, coming, len(rows.time))
            for first in range(0, len(weekday), _TAUGHT_ANEW):
                taught = int((rows.time < lessons.checked_days.start + first).sum())
                days = np.flatnonzero(np.isin(weekday[first : first + _TAUGHT_ANEW], group)) + first
                if taught:
                    past = _checked(lessons, days, rows.time)
                    checked[np.ix_(days, slots)] = _profiles(rows, past, taught)
        return MemberShape(
            usual=floored(usual, lessons.is_open),
            checked=floored(checked, lessons.is_open[weekday]),
        )


@dataclass(frozen=True)
class _Targets:
    """Days to forecast: `time` and `weekday` (targets,), and the number of rows known before."""

    time: NDArray[np.float64]
    weekday: NDArray[np.int64]
    known: NDArray[np.int64]


@dataclass(frozen=True)
class _Factors:
    """Mean profile (slots,), basis (factors, slots), scores (rows, factors)."""

    mean: NDArray[np.float64]
    basis: NDArray[np.float64]
    scores: NDArray[np.float64]


def _groups(is_open: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Weekday numbers of those that open alike; closed weekdays are in none."""
    left = is_open.any(axis=1)
    together = alike(is_open)
    while left.any():
        group = together[int(left.argmax())] & left
        left = left & ~group
        yield np.flatnonzero(group)


def _coming(lessons: Lessons, weekdays: NDArray[np.int64], rows: int) -> _Targets:
    """The next day of each weekday."""
    ahead = (weekdays - lessons.weekday[-1] - 1) % 7
    return _Targets(lessons.days + ahead.astype(float), weekdays, np.full(len(weekdays), rows))


def _checked(lessons: Lessons, days: NDArray[np.int64], time: NDArray[np.float64]) -> _Targets:
    """Days of the checked weeks (0 is the first of them), forecast at their week's beginning."""
    first = lessons.checked_days.start
    known = np.searchsorted(time, first + days // 7 * 7)
    return _Targets((first + days).astype(float), lessons.weekday[first + days], known)


def _profiles(rows: DayRows, targets: _Targets, taught: int) -> NDArray[np.float64]:
    """Profiles (targets, slots), of which nothing but the first `taught` rows has been used to
    find mean, basis and strengths."""
    factors = _factors(rows, taught)
    evidence, scores = [], []
    for likelihood, forecast in _forecasts(rows, factors, targets, taught):
        evidence.append(likelihood)
        scores.append(forecast)
    # Candidates × factors of either basis.
    of_basis = np.split(np.stack(evidence), [_cosines(factors)], axis=1)
    weight = np.concatenate([_weights(part) for part in of_basis], axis=1)
    score = np.einsum("cf,ctf->tf", weight, np.stack(scores))
    deviation = score @ factors.basis / len(of_basis)
    profiles: NDArray[np.float64] = factors.mean + np.sqrt(factors.mean) * deviation
    return np.maximum(profiles, 0.0)


def _cosines(factors: _Factors) -> int:
    return min(_FACTORS, len(factors.mean))


def _factors(rows: DayRows, taught: int) -> _Factors:
    mean = _mean_profile(rows.contacts[:taught])
    residual = (rows.contacts / rows.total[:, None] - mean) / np.sqrt(mean)
    cosines = dct(np.eye(len(mean)), norm="ortho", axis=0)[:_FACTORS]
    weighted = residual[:taught] * np.sqrt(rows.total[:taught])[:, None]
    singular = np.linalg.svd(weighted, full_matrices=False)[2][:_FACTORS]
    basis = np.concatenate([cosines, singular])
    return _Factors(mean, basis, residual @ basis.T)


def _mean_profile(contacts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the rows, smoothed as far as one half of them then forecasts the other best."""
    little = 1e-3 * contacts.sum(axis=0).mean() + 1e-9
    everywhere = np.ones(contacts.shape[1], dtype=bool)
    halves = [contacts[::2].sum(axis=0) + little, contacts[1::2].sum(axis=0) + little]

    def deviance(passes: int) -> float:
        shapes = [normalised(smoothed(half, everywhere, passes)) for half in halves]
        return -float((halves[0] * np.log(shapes[1]) + halves[1] * np.log(shapes[0])).sum())

    return normalised(smoothed(halves[0] + halves[1], everywhere, min(_SMOOTHING, key=deviance)))


def _forecasts(
    rows: DayRows, factors: _Factors, targets: _Targets, taught: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Under each strength: log marginal likelihood of the taught rows by factor, (factors,), and
    the forecast scores (targets, factors).

    The Cholesky factor of the first rows is the first rows' part of the factor of all, so one
    factorisation serves targets whatever rows they may know.
    """
    chance = 1.0 / rows.total
    usual = float(np.median(chance[:taught] * rows.days[:taught]))
    distance = (rows.total[:, None] * (factors.scores**2)).sum(axis=1)
    noise = chance * np.maximum(1.0, distance / (_ODD * max(float(np.median(distance)), 1e-9)))
    unknown = np.arange(len(rows.time)) >= targets.known[:, None]
    for mixture in _MIXTURES:
        among = _covariance(mixture, rows.time, rows.weekday, rows.days, rows)
        alone = np.ones(len(targets.time))
        ahead = _covariance(mixture, targets.time, targets.weekday, alone, rows)
        for signal, own in product((0.0, *_SIGNALS), _OWN):
            covariance = usual * signal * among + np.diag(noise + usual * own / rows.days)
            lower = cholesky(covariance, lower=True, check_finite=False)
            white = solve_triangular(lower, factors.scores, lower=True, check_finite=False)
            towards = solve_triangular(
                lower, usual * signal * ahead.T, lower=True, check_finite=False
            )
            towards[unknown.T] = 0.0
            log_root = np.log(np.diag(lower)[:taught]).sum()
            yield -0.5 * (white[:taught] ** 2).sum(axis=0) - log_root, towards.T @ white


def _covariance(
    mixture: tuple[float, ...],
    time: NDArray[np.float64],
    weekday: NDArray[np.int64],
    days: NDArray[np.float64],
    rows: DayRows,
) -> NDArray[np.float64]:
    """Covariance of unit scores of other days and the rows: (others, rows)."""
    apart = np.abs(time[:, None] - rows.time)
    same = weekday[:, None] == rows.weekday
    everyone, for_good, weekdays, month, few = mixture
    result: NDArray[np.float64] = same * (for_good + weekdays * np.exp(-apart / _WEEKDAY_DAYS))
    result += everyone
    result += month * np.exp(-apart / _MONTH_DAYS)
    # What lasts a few days is averaged away where weeks are put together.
    result += few * np.exp(-apart / _FEW_DAYS) / np.sqrt(days[:, None] * rows.days)
    return result


def _weights(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight of each strength for each factor, summing to 1 over strengths: (strengths, factors).
    How likely a strength is beforehand is learned from all factors together."""
    likelihood = np.exp(evidence - evidence.max(axis=0))
    prior = np.full((len(evidence), 1), 1.0 / len(evidence))
    for _ in range(_PRIOR_ROUNDS):
        weight = likelihood * prior / (likelihood * prior).sum(axis=0)
        prior = (weight.sum(axis=1, keepdims=True) + 1.0 / len(evidence)) / (weight.shape[1] + 1)
    weight = likelihood * prior
    weights: NDArray[np.float64] = weight / weight.sum(axis=0)
    return weights
