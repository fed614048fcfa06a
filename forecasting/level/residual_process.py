"""What a queue's model of days leaves over, as a Gaussian process: levels that wander, weekdays
that drift, the day in the month, and the effects of events.

The log of actual over baseline is taken for a sum of independent parts: a slow, a medium and a
brief level, a drift of each weekday, a wave over the month, one effect for each event feature
(a coefficient with a prior), one for each single run of an event, and noise. How strong each part
is, is learned by maximum posterior likelihood; given that, all parts follow in closed form, with
their joint uncertainty. So a promotion is measured against the days around it, and what recent
weeks say fades as it should.

Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), chapters 2 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

# Days over which each part forgets, and the width of the wave over the month (share of a month).
SLOW_DAYS = 60.0
MEDIUM_DAYS = 14.0
BRIEF_DAYS = 2.0
WEEKDAY_DAYS = 60.0
MONTH_WIDTH = 0.5
_FORGOTTEN = (SLOW_DAYS, MEDIUM_DAYS, BRIEF_DAYS)
PARTS = ("slow", "medium", "brief", "weekday", "month", "run", "noise")
# Prior median of each part's share of the variance left over; a factor e either way is usual.
_PRIOR_SHARE = np.array([0.1, 0.2, 0.15, 0.1, 0.3, 0.1, 0.6])
_PRIOR_SPREAD = 1.0
_LEAST_DEVIATION = 0.02
_ITERATIONS = 15
_FEW_ITERATIONS = 4
_LEARNED_FROM_DAYS = 365
_REMEMBERED_DAYS = 800


@dataclass(frozen=True)
class DayTraits:
    """What makes two days alike: their `number` (days,), `weekday` weights (days, 7), `month`
    position in 0–1 (days,), event features (days, features), and event runs (days, runs)."""

    number: NDArray[np.int64]
    weekday: Matrix
    month: Vector
    events: Matrix
    runs: Matrix

    def at(self, days: NDArray[np.int64]) -> DayTraits:
        return DayTraits(
            self.number[days],
            self.weekday[days],
            self.month[days],
            self.events[days],
            self.runs[days],
        )


@dataclass(frozen=True)
class ResidualProcess:
    """Variance of each of `PARTS`, in log units squared: shape (7,)."""

    variances: Vector

    @property
    def run_variance(self) -> float:
        return float(self.variances[PARTS.index("run")])

    def given(
        self,
        left_over: Vector,
        chance: Vector,
        taught: DayTraits,
        asked: DayTraits,
        ahead: int,
        prior: Vector,
    ) -> Posterior:
        """What `left_over` of the days `taught` (both (n,), `chance` the variance of each day's
        log by chance alone) says about the days `asked`, and with which doubt about the last
        `ahead` of them; `prior` (features,) are the event coefficients' prior deviations, around
        zero."""
        left_over, chance = left_over[-_REMEMBERED_DAYS:], chance[-_REMEMBERED_DAYS:]
        taught = taught.at(np.arange(len(taught.number))[-_REMEMBERED_DAYS:])
        known = self._covariance(taught)
        known += (taught.events * prior**2) @ taught.events.T
        known[np.diag_indices_from(known)] += self.variances[-1] + chance
        root = cholesky(known, lower=True, overwrite_a=True, check_finite=False)
        weights = cho_solve((root, True), left_over, check_finite=False)

        towards = [
            variance * part
            for variance, part in zip(self.variances, _covariances(asked, taught), strict=False)
        ]
        slow, medium, brief, weekday, month, run = (part @ weights for part in towards)
        coefficients = (prior**2)[:, None] * taught.events.T
        doubted = np.arange(len(asked.number))[len(asked.number) - ahead :]
        across = np.sum([part[doubted] for part in towards], axis=0)
        # One triangular solve tells what is known of the process and of the coefficients.
        known_of = solve_triangular(
            root, np.concatenate([across, coefficients]).T, lower=True, check_finite=False
        )
        of_process, of_events = known_of[:, :ahead], known_of[:, ahead:]
        return Posterior(
            level=slow + medium + brief + run,
            weekday=weekday,
            month=month,
            covariance=self._covariance(asked.at(doubted)) - of_process.T @ of_process,
            coefficients=coefficients @ weights,
            coefficient_covariance=np.diag(prior**2) - of_events.T @ of_events,
            cross=-of_process.T @ of_events,
            noise=float(self.variances[-1]),
        )

    def _covariance(self, days: DayTraits) -> Matrix:
        """Of the process between any two days: (days, days)."""
        slow, medium, brief, weekday, month, run = self.variances[:-1]
        apart = _days_apart(days, days)
        reach = np.arange(int(apart.max(initial=0)) + 1)
        wandering = sum(
            variance * np.exp(-reach / forget)
            for variance, forget in zip((slow, medium, brief), _FORGOTTEN, strict=True)
        )
        covariance: Matrix = np.take(wandering, apart)
        covariance += (days.weekday @ (weekday * days.weekday.T)) * _fading(apart, WEEKDAY_DAYS)
        covariance += month * _months_alike(days, days)
        covariance += days.runs @ (run * days.runs.T)
        return covariance


@dataclass(frozen=True)
class Posterior:
    """The days asked for, given those taught, all on the log scale.

    `level`, `weekday`, `month` (days,) are the expected parts, `covariance` (ahead, ahead) that of
    their sum on the last days asked for; `coefficients` (features,) with `coefficient_covariance`;
    `cross` (ahead, features) the covariance of the two; `noise` the variance of a single day
    besides.
    """

    level: Vector
    weekday: Vector
    month: Vector
    covariance: Matrix
    coefficients: Vector
    coefficient_covariance: Matrix
    cross: Matrix
    noise: float

    @property
    def process(self) -> Vector:
        return self.level + self.weekday + self.month

    def day_covariance(self, events: Matrix) -> Matrix:
        """Of the last days' logs, single days' noise included; `events` (ahead, features)."""
        mixed = self.cross @ events.T
        covariance = self.covariance + mixed + mixed.T
        covariance += events @ self.coefficient_covariance @ events.T
        covariance[np.diag_indices_from(covariance)] += self.noise
        return covariance


def learn_process(
    left_over: Vector,
    chance: Vector,
    taught: DayTraits,
    prior: Vector,
    earlier: ResidualProcess | None = None,
) -> ResidualProcess:
    """The variances likeliest for the last year of `left_over` (arguments as in
    `ResidualProcess.given`), each held to a usual share of what is left over. `earlier` is the
    process as it was some weeks ago, from which the new one is found in a few steps."""
    recent = np.arange(len(left_over))[-_LEARNED_FROM_DAYS:]
    taught, left_over, chance = taught.at(recent), left_over[recent], chance[recent]
    plain = np.flatnonzero(~taught.events.any(axis=1))
    usual = left_over[plain] if 4 * len(plain) >= len(left_over) else left_over
    middle = float(np.median(usual))
    deviation = 1.4826 * float(np.median(np.abs(usual - middle))) + _LEAST_DEVIATION
    start = np.log(_PRIOR_SHARE * deviation**2)
    between = _covariances(taught, taught)
    events = (taught.events * prior**2) @ taught.events.T
    identity = np.eye(len(recent))

    def loss(logs: Vector) -> tuple[float, Vector]:
        variances = np.exp(logs)
        known = _summed(variances, between) + events
        known[np.diag_indices_from(known)] += variances[-1] + chance
        factor = cho_factor(known, lower=True)
        weights = cho_solve(factor, left_over)
        inverse = cho_solve(factor, identity)
        slope = inverse - np.outer(weights, weights)
        gradient = [
            0.5 * v * float((slope * part).sum())
            for v, part in zip(variances, between, strict=False)
        ]
        gradient.append(0.5 * variances[-1] * float(np.trace(slope)))
        away = (logs - start) / _PRIOR_SPREAD
        value = 0.5 * float(left_over @ weights) + float(np.log(np.diag(factor[0])).sum())
        return value + 0.5 * float(away @ away), np.array(gradient) + away / _PRIOR_SPREAD

    begin, steps = start, _ITERATIONS
    if earlier is not None:
        begin, steps = np.log(earlier.variances), _FEW_ITERATIONS
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return ResidualProcess(np.exp(found.x))


def _covariances(a: DayTraits, b: DayTraits) -> list[Matrix]:
    """Covariance of each part but noise, at variance 1: each (days of a, days of b)."""
    apart = _days_apart(a, b)
    return [
        *(_fading(apart, forget) for forget in _FORGOTTEN),
        (a.weekday @ b.weekday.T) * _fading(apart, WEEKDAY_DAYS),
        _months_alike(a, b),
        a.runs @ b.runs.T,
    ]


def _days_apart(a: DayTraits, b: DayTraits) -> NDArray[np.int64]:
    apart: NDArray[np.int64] = np.abs(a.number[:, None] - b.number[None, :])
    return apart


def _fading(apart: NDArray[np.int64], forget: float) -> Matrix:
    """exp(−days apart / forget); looked up, as days apart are few whole numbers."""
    table = np.exp(-np.arange(int(apart.max(initial=0)) + 1) / forget)
    return np.take(table, apart)


def _months_alike(a: DayTraits, b: DayTraits) -> Matrix:
    """exp(−2 sin²(π Δ) / width²) of positions in the month: 2 sin²(π Δ) = 1 − cos(2π Δ); looked
    up, as there are few positions."""
    positions, place = np.unique(np.concatenate([a.month, b.month]), return_inverse=True)
    alike = np.cos(2.0 * np.pi * (positions[:, None] - positions[None, :]))
    table = np.exp((alike - 1.0) / MONTH_WIDTH**2)
    mine, other = place[: len(a.month)], place[len(a.month) :]
    result: Matrix = table[mine[:, None], other[None, :]]
    return result


def _summed(variances: Vector, parts: list[Matrix]) -> Matrix:
    total: Matrix = np.zeros_like(parts[0])
    for variance, part in zip(variances, parts, strict=False):
        total += variance * part
    return total
