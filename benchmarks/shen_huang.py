"""Intraday updating by penalised least squares (Shen & Huang, Interday forecasting and intraday
updating of call center arrivals, Manufacturing & Service Operations Management 10(3), 2008, 4.2).

Days are rows of √(counts + 1/4). Their first factors span the shapes that a day may have; a day is
its scores on them. The scores of today are forecast from the days before, and once some slots are
seen, pulled to what fits these, the more so the smaller the penalty. The penalty is the one that
served best on the last days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FACTORS = 4
HELD_OUT_DAYS = 20
LEAST_DAYS = 20
PENALTIES = tuple(10.0**power for power in range(-1, 8))


@dataclass(frozen=True)
class Past:
    """Complete days before today, oldest first: `counts` (days, slots), `weekday` (days,)."""

    counts: Array
    weekday: NDArray[np.int64]

    def before(self, day: int) -> Past:
        return Past(self.counts[:day], self.weekday[:day])

    def weekday_mean(self, weekday: int) -> Array:
        """Mean of the last eight days of a weekday, of all days if it has none: (slots,)."""
        same = self.counts[self.weekday == weekday]
        return (same if len(same) else self.counts)[-8:].mean(axis=0)


@dataclass(frozen=True)
class Factors:
    """Shapes (FACTORS, slots) that days are made of, and how much of each (days, FACTORS)."""

    shapes: Array
    scores: Array


def factors_of(past: Past) -> Factors:
    """The first factors of the days before today."""
    left, size, right = np.linalg.svd(_root(past.counts), full_matrices=False)
    return Factors(right[:FACTORS], left[:, :FACTORS] * size[:FACTORS])


def own_forecast(past: Past, factors: Factors) -> Array:
    """Contacts of the next day by their own time-series forecast of the scores: (slots,)."""
    return _counts(_next_scores(factors.scores, past.weekday) @ factors.shapes)


def updated(factors: Factors, forecast: Array, counts: Array, penalty: float) -> Array:
    """A forecast (slots,) of today after its first slots' `counts` have come; slots in which no
    contacts are expected stay empty."""
    seen = slice(0, len(counts))
    early = factors.shapes[:, seen]
    off = _root(counts) - _root(forecast[seen])
    moved = np.linalg.solve(early @ early.T + penalty * np.eye(len(early)), early @ off)
    return np.where(forecast > 0, _counts(_root(forecast) + moved @ factors.shapes), 0.0)


def best_penalty(past: Past, seen: int, own: bool) -> float:
    """The penalty with which the last days, seen up to slot `seen`, were updated best; they start
    from their `own` forecasts or from the mean of the last eight same weekdays."""
    errors = np.zeros(len(PENALTIES))
    for day in range(max(len(past.counts) - HELD_OUT_DAYS, LEAST_DAYS), len(past.counts)):
        before, actual = past.before(day), past.counts[day]
        factors = factors_of(before)
        mean = before.weekday_mean(int(past.weekday[day]))
        forecast = own_forecast(before, factors) if own else mean
        for number, penalty in enumerate(PENALTIES):
            made = updated(factors, forecast, actual[:seen], penalty)
            errors[number] += np.abs(made - actual)[seen:].sum()
    return PENALTIES[int(np.argmin(errors))]


def _root(counts: Array) -> Array:
    root: Array = np.sqrt(counts + 0.25)
    return root


def _counts(root: Array) -> Array:
    counts: Array = np.maximum(np.maximum(root, 0.0) ** 2 - 0.25, 0.0)
    return counts


def _next_scores(scores: Array, weekday: NDArray[np.int64]) -> Array:
    """Each score from the one before by a slope, and an intercept for the weekday before."""
    dummies = np.eye(7)
    found = []
    for score in scores.T:
        design = np.column_stack([score[:-1], dummies[weekday[:-1]]])
        fit, *_ = np.linalg.lstsq(design, score[1:], rcond=None)
        found.append(fit @ np.concatenate([[score[-1]], dummies[weekday[-1]]]))
    return np.array(found)
