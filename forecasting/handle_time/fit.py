"""Handle time by queue, day and interval: a level that wanders, a pattern over the week, events.

Mean handle time of a cell is level × pattern (weekday, clock) × what the day's promotions and
holidays do. All three are fitted on the log scale by iterated weighted least squares (the means
of skewed times are not shaded towards their medians), each cell weighted with its contacts: the
level as a random walk (`handle_level`), the pattern as a Gaussian process on the week
(`week_pattern`), events with shrinkage across queues and years (`handle_effects`).

Source: McCullagh & Nelder, Generalized Linear Models (2nd ed. 1989), chapter 8 (gamma, log link).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from ...data.calendar import Promotion
from ..climb import climb
from ..day_marks import DayMarks
from ..day_matrix import divided
from ..events import Feature
from ..week_pattern import bins_of, learn_week
from .effects import (
    USUAL_DEVIATIONS,
    Effect,
    RunEvidence,
    effect_of,
    event_runs,
    learn_deviations,
    pooled_effects,
    promotion_feature,
    run_covariance,
)
from .level import WanderingLevel

Array = NDArray[np.float64]

_ROUNDS = 2
_STEPS = 3
_PATTERN_DAYS = 182.0  # half-life of a day in the pattern
_PATTERN_SD = 0.04  # usual deviation of each part of the pattern
_LEAST_VARIANCE = 0.05  # relative variance of single handle times
# Standard deviation of the level's step from day to day and of a single day around it: usual
# values (a factor e^1.5 either way is usual too) and what is tried.
_USUAL_SD = (0.008, 0.02)
_SD_SPREAD = 1.5
_STEP_CHOICES = (3e-4, 1e-3, 2e-3, 4e-3, 8e-3, 0.016, 0.032, 0.064)
_NOISE_CHOICES = (1e-3, 5e-3, 0.01, 0.02, 0.04, 0.08, 0.16)
# A handle time further from its day's surroundings than eight deviations of the mean of so many
# contacts, and than a factor of two, is no handle time.
_WILD_DEVIATIONS = 8.0
_LEAST_WILD = 2.0
_SURROUNDING_DAYS = 15
_EIGHTY_PERCENT = 1.2816


@dataclass(frozen=True)
class HandleTimeFit:
    """What a queue's history tells of its handle times.

    `level_s` is the handle time in seconds to expect from now on (NaN where nothing is known),
    `pattern` (7, slots) the factor of each weekday and clock slot, `effects` the log factors of
    events. `evidence`, `level_log` and `level_runs` (runs,) are what pooling needs: what the days
    say of single runs, the log of the level had these no effect, and how far the log factor of
    each run lowers it.
    """

    level_s: float
    pattern: Array
    effects: Mapping[Feature, Effect]
    evidence: RunEvidence
    level_log: float
    level_runs: Array

    def expect(self, marks: DayMarks, first: int, days: int) -> Array:
        """Seconds on `days` days of `marks` from day number `first` on: (days, slots); the level
        is that at the end of history."""
        log = _stated(marks)
        for feature, on in event_runs(marks):
            log[on] += effect_of(feature, self.effects).mean
        taken = slice(first, first + days)
        week = marks.weekday_weights()[taken] @ np.log(self.pattern)
        seconds: Array = self.level_s * np.exp(week + log[taken, None])
        return seconds

    def event_factor(self, promotion: Promotion) -> tuple[float, float, float]:
        """Factor on handle time of a promotion to come and the range that holds 80 % (factor, low,
        high): the one stated, else the one learned of its type and phase, else of its phase."""
        if promotion.handle_effect is not None:
            return (promotion.handle_effect,) * 3
        effect = effect_of(promotion_feature(promotion), self.effects)
        reach = _EIGHTY_PERCENT * effect.sd
        middle, low, high = np.exp([effect.mean, effect.mean - reach, effect.mean + reach])
        return float(middle), float(low), float(high)


class _Cells(NamedTuple):
    """Contacts with a known handle time and their seconds in all: (days, bins) each."""

    contacts: Array
    seconds: Array


def fit_handle_time(aht_s: Array, contacts: Array, marks: DayMarks) -> HandleTimeFit:
    """Fits one queue. `aht_s` and `contacts` are (known days, slots), NaN where unknown or not to
    be learned from; `marks` begins with the same day. Event effects are as this queue alone tells
    them: `pool_handle_effects` lets queues teach each other."""
    known, slots = aht_s.shape
    cells = _cells(aht_s, contacts, marks.outage[:known])
    if cells.contacts.sum() <= 0:
        nothing = RunEvidence((), np.zeros((0, 0)), np.zeros(0))
        effects = pooled_effects([nothing], USUAL_DEVIATIONS)[0].effects
        return HandleTimeFit(np.nan, np.ones((7, slots)), effects, nothing, np.nan, np.zeros(0))
    bins = cells.contacts.shape[1]
    weekday = marks.weekday_weights()[:known]
    features, runs = _run_columns(marks, cells.contacts.sum(axis=1) > 0)
    base = float(cells.seconds.sum() / cells.contacts.sum())
    pattern, day_log, variance = np.zeros((7, bins)), np.zeros(known), 1.0
    for _ in range(_ROUNDS):
        usual = base * np.exp(weekday @ pattern + _stated(marks)[:known, None])
        level = _follow(cells, usual, day_log, variance, features, runs)
        day_log = level.day_log
        left_over = divided(cells.seconds, cells.contacts * usual * np.exp(day_log)[:, None], 1.0)
        left_over -= 1.0
        seen = int((cells.contacts > 0).sum())
        variance = max(float((cells.contacts * left_over**2).sum()) / seen, _LEAST_VARIANCE)
        pattern = _pattern(pattern, left_over, cells.contacts, weekday, variance)
    fit = HandleTimeFit(
        level_s=np.nan,
        pattern=np.repeat(np.exp(pattern), slots // bins, axis=1),
        effects={},
        evidence=level.evidence,
        level_log=float(np.log(base)) + level.last,
        level_runs=level.last_runs,
    )
    return _with_effects([fit], USUAL_DEVIATIONS)[0]


def pool_handle_effects(fits: Sequence[HandleTimeFit]) -> tuple[HandleTimeFit, ...]:
    """The fits, with event effects learned from all of them together."""
    return _with_effects(fits, learn_deviations([fit.evidence for fit in fits]))


def _with_effects(
    fits: Sequence[HandleTimeFit], deviations: Sequence[float]
) -> tuple[HandleTimeFit, ...]:
    if not fits:
        return ()
    pooled = pooled_effects([fit.evidence for fit in fits], deviations)
    return tuple(
        replace(
            fit,
            effects=queue.effects,
            level_s=float(np.exp(fit.level_log - fit.level_runs @ queue.runs)),
        )
        for fit, queue in zip(fits, pooled, strict=True)
    )


def _stated(marks: DayMarks) -> Array:
    """Log factor on handle time that the planner states: shape (days,)."""
    log = np.zeros(marks.days)
    for promotion in marks.promotions:
        if promotion.handle_effect is not None:
            log[marks.span(promotion)] += np.log(promotion.handle_effect)
    return log


def _run_columns(marks: DayMarks, seen: NDArray[np.bool_]) -> tuple[tuple[Feature, ...], Array]:
    """The runs that history tells of: their features, and 1 on their days (known days, runs)."""
    known = len(seen)
    runs = [(f, days[days < known]) for f, days in event_runs(marks)]
    runs = [(feature, days) for feature, days in runs if seen[days].any()]
    columns = np.zeros((known, len(runs)))
    for number, (_, days) in enumerate(runs):
        columns[days, number] = 1.0
    return tuple(feature for feature, _ in runs), columns


def _cells(aht_s: Array, contacts: Array, outage: NDArray[np.bool_]) -> _Cells:
    usable = np.isfinite(aht_s) & (aht_s > 0) & (np.nan_to_num(contacts) > 0) & ~outage[:, None]
    weight = np.where(usable, contacts, 0.0)
    seconds = weight * _clipped(np.where(usable, aht_s, 0.0), weight)
    days, slots = weight.shape
    bins = (days, bins_of(slots), -1)
    return _Cells(weight.reshape(bins).sum(axis=2), seconds.reshape(bins).sum(axis=2))


def _clipped(aht_s: Array, weight: Array) -> Array:
    """Handle times brought within reach of the median of their surroundings: a running median of
    the days' medians, weighted with contacts. Zero where `weight` is."""
    order = np.argsort(np.where(weight > 0, aht_s, np.inf), axis=1)
    reached = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    known = np.flatnonzero(reached[:, -1] > 0)
    half = (reached >= reached[:, -1:] / 2.0).argmax(axis=1)
    middle = np.take_along_axis(aht_s, np.take_along_axis(order, half[:, None], axis=1), axis=1)
    around = np.ones((len(aht_s), 1))
    around[known, 0] = median_filter(middle[known, 0], _SURROUNDING_DAYS, mode="nearest")
    deviations = _WILD_DEVIATIONS / np.sqrt(np.maximum(weight, 1.0))
    limit = np.maximum(1.0 + deviations, _LEAST_WILD)
    return np.where(weight > 0, np.clip(aht_s, around / limit, around * limit), 0.0)


@dataclass(frozen=True)
class _Level:
    """The level and events of the days of history: `day_log` (known days,) both together, `last`
    and `last_runs` as `HandleTimeFit` holds them (before the base is added)."""

    day_log: Array
    last: float
    last_runs: Array
    evidence: RunEvidence


def _follow(
    cells: _Cells,
    usual: Array,
    day_log: Array,
    variance: float,
    features: tuple[Feature, ...],
    runs: Array,
) -> _Level:
    """Follows the level through history, beginning from `day_log` (known days,); `usual` (days,
    bins) is what each cell takes at level 1, `variance` that of a single handle time."""
    contacts = cells.contacts.sum(axis=1)
    ratio = divided(cells.seconds.sum(axis=1), (cells.contacts * usual).sum(axis=1), 1.0)
    prior = run_covariance(features, USUAL_DEVIATIONS)

    def response() -> Array:
        return np.where(contacts > 0, day_log + ratio * np.exp(-day_log) - 1.0, 0.0)

    def walk(sd: Sequence[float]) -> WanderingLevel:
        noise = variance / np.maximum(contacts, 1.0) + sd[1] ** 2
        return WanderingLevel(np.where(contacts > 0, 1.0 / noise, 0.0), sd[0])

    def likelihood(sd: Sequence[float]) -> float:
        level, plain = walk(sd), seen - effect
        value = -0.5 * (float(plain @ level.whitened(plain)) + level.log_determinant())
        away = np.log(np.asarray(sd) / _USUAL_SD) / _SD_SPREAD
        return value - 0.5 * float(away @ away)

    sd: tuple[float, ...] = _USUAL_SD
    effect = np.zeros(len(runs))
    for step in range(_STEPS):
        seen = response()
        if step == 1:
            sd = climb(likelihood, sd, (_STEP_CHOICES, _NOISE_CHOICES))
        level = walk(sd)
        evidence = _evidence(level, seen, features, runs)
        effect = runs @ _run_factors(evidence, prior)
        day_log = level.expected(seen - effect) + effect
    return _Level(day_log, float(level.expected(seen)[-1]), level.expected(runs)[-1], evidence)


def _evidence(
    level: WanderingLevel, seen: Array, features: tuple[Feature, ...], runs: Array
) -> RunEvidence:
    whitened = level.whitened(runs)
    return RunEvidence(features, runs.T @ whitened, whitened.T @ seen)


def _run_factors(evidence: RunEvidence, prior: Array) -> Array:
    factors: Array = prior @ np.linalg.solve(
        np.eye(len(prior)) + evidence.information @ prior, evidence.score
    )
    return factors


def _pattern(
    pattern: Array, left_over: Array, contacts: Array, weekday: Array, variance: float
) -> Array:
    """The pattern (7, bins) that what is `left_over` of it (known days, bins) makes likely."""
    age = len(weekday) - 1 - np.arange(len(weekday))
    weight = contacts * (0.5 ** (age / _PATTERN_DAYS))[:, None]
    by_cell = weekday.T @ weight
    seen = pattern + divided(weekday.T @ (weight * left_over), by_cell)
    return learn_week(seen, by_cell, variance, _PATTERN_SD)
