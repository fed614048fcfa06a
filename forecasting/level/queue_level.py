"""The level of one queue: contacts of a whole day, from Prophet's baseline, the process of what
that leaves over, and the events of the calendar.

What is learned (`LearnedLevel`) is kept apart from what is expected (`expect`), so that another
origin or another calendar of the days to come asks for no new fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..events import EventTerm, Feature, learned_effects, prior_sd
from .lessons import OFF_KINDS, Lessons, LevelDays
from .level_forecast import LevelForecast
from .prophet_baseline import Baseline, fit_baseline
from .residual_process import DayTraits, ResidualProcess, learn_process
from .settings import USUAL, LevelSettings
from .shifts import level_shifts

Vector = NDArray[np.float64]

_MOST_LEFT_OUT = 0.4  # share of days with events up to which the baseline is fitted without them
_LONG_RUN_DAYS = 182


@dataclass(frozen=True)
class LearnedLevel:
    """What the days before some origin taught: the baseline of every day of the marks, the process
    of what it leaves over, and the days on which the level shifted. `betas` are the coefficients
    around which events of unusual size are linearised."""

    baseline: Baseline
    process: ResidualProcess
    corrected: bool
    shifts: tuple[int, ...] = ()
    betas: Mapping[Feature, float] = field(default_factory=dict)

    def expect(self, totals: Vector, marks: DayMarks, days: int) -> LevelForecast:
        """The `days` days that follow `totals` (known days,), NaN where a day must not teach, with
        the events of `marks`. The days known may be more than those learned from."""
        return self.expect_on(LevelDays.of(marks), totals, days)

    def expect_on(self, calendar: LevelDays, totals: Vector, days: int) -> LevelForecast:
        """As `expect`, on a calendar read once for many origins."""
        known, ahead = len(totals), slice(len(totals), len(totals) + days)
        lessons = Lessons.of(totals, calendar)
        traits, features = calendar.traits(self.betas)
        seen = _recent(lessons.plain)
        asked = np.concatenate([seen, np.arange(known, known + days)])
        taught = np.flatnonzero(lessons.taught)
        posterior = self.process.given(
            lessons.left_over(self.baseline.log)[taught],
            lessons.chance[taught],
            traits.at(taught),
            traits.at(asked),
            days,
            _priors(features),
        )
        betas = dict(zip(features, posterior.coefficients.tolist(), strict=True))
        learned = learned_effects(calendar.terms, calendar.marks.days, betas)
        effect = np.sum([calendar.stated_log, *learned.values()], axis=0)
        process = posterior.process if self.corrected else np.zeros(len(asked))
        fitted = np.exp(self.baseline.log + effect)
        fitted[asked] *= np.exp(process)
        bias = lessons.long_run(seen, fitted[seen])
        parts = {
            "level": self.baseline.trend[ahead] + np.log(bias),
            "season": self.baseline.season[ahead],
            "weekday": self.baseline.weekday[ahead],
        }
        if self.corrected:
            parts["level"] = parts["level"] + posterior.level[-days:]
            parts["season"] = parts["season"] + posterior.month[-days:]
            parts["weekday"] = parts["weekday"] + posterior.weekday[-days:]
        events = traits.events[ahead]
        return LevelForecast(
            terms=_within(calendar.terms, known, days),
            stated={
                label: log[ahead] for label, log in calendar.stated.items() if log[ahead].any()
            },
            offset=lessons.offset,
            features=features,
            coefficients=posterior.coefficients,
            coefficient_covariance=posterior.coefficient_covariance,
            design=events,
            covariance=posterior.day_covariance(events),
            run_variance=self.process.run_variance,
            fitted=np.maximum(fitted[:known] * bias - lessons.offset, 0.0),
            **parts,
        )


def learn_level(
    totals: Vector,
    marks: DayMarks,
    settings: LevelSettings = USUAL,
    earlier: LearnedLevel | None = None,
) -> LearnedLevel:
    """Learns from totals (known days,), NaN where a day must not teach; some must be above 0.
    `earlier` is what the same queue taught some weeks before, which makes it quicker."""
    calendar = LevelDays.of(marks)
    lessons = Lessons.of(totals, calendar)
    traits, features = calendar.traits({})
    logs = np.log(np.where(lessons.quiet, lessons.unstated, 1.0))
    shifts = level_shifts(logs, lessons.quiet, marks.weekday[: len(totals)])
    baseline = _baseline(lessons, marks, traits, features, shifts, settings)
    taught = np.flatnonzero(lessons.taught)
    left_over, chance = lessons.left_over(baseline.log)[taught], lessons.chance[taught]
    before = None if earlier is None else earlier.process
    process = learn_process(left_over, chance, traits.at(taught), _priors(features), before)
    betas: dict[Feature, float] = {}
    if calendar.promoted(len(totals)):
        nothing = traits.at(np.arange(0))
        known = process.given(left_over, chance, traits.at(taught), nothing, 0, _priors(features))
        betas = dict(zip(features, known.coefficients.tolist(), strict=True))
    return LearnedLevel(baseline, process, settings.corrected, tuple(shifts), betas)


def _baseline(
    lessons: Lessons,
    marks: DayMarks,
    traits: DayTraits,
    features: tuple[Feature, ...],
    shifts: list[int],
    settings: LevelSettings,
) -> Baseline:
    """Fitted on the days without events where there are enough of them; else events that come
    often are explained, or all that there are."""
    taught = lessons.taught.sum()
    fitted, explained = lessons.quiet, np.zeros(len(features), dtype=bool)
    if fitted.sum() < (1.0 - _MOST_LEFT_OUT) * taught:
        fitted = lessons.plain
        acted = (traits.events[: len(lessons.taught)][lessons.taught] != 0).sum(axis=0)
        told = tuple(feature for feature, n in zip(features, acted, strict=True) if n)
        narrow = np.array([f in told and _is_narrowest(f, told) for f in features])
        often = np.array([feature[0] not in OFF_KINDS for feature in features])
        explained = narrow & often
        if fitted.sum() < (1.0 - _MOST_LEFT_OUT) * taught:
            fitted, explained = lessons.taught, narrow
    return fit_baseline(
        lessons.unstated,
        fitted,
        marks.first,
        traits.weekday,
        traits.month,
        traits.events[:, np.flatnonzero(explained)],
        shifts,
        settings,
    )


def _is_narrowest(feature: Feature, features: tuple[Feature, ...]) -> bool:
    """Whether no other feature says the same more closely: every column costs time."""
    if feature[0].startswith("phase"):
        return False
    return not any(
        len(other) > len(feature) and other[: len(feature)] == feature for other in features
    )


def _priors(features: tuple[Feature, ...]) -> Vector:
    return np.array([prior_sd(feature) for feature in features])


def _recent(plain: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The plain days of the last half year."""
    days = np.flatnonzero(plain)
    return days[days >= len(plain) - _LONG_RUN_DAYS]


def _within(terms: tuple[EventTerm, ...], first: int, days: int) -> tuple[EventTerm, ...]:
    """The terms of the `days` days from day `first` on, which becomes day 0."""
    kept = []
    for term in terms:
        inside = term.days[(term.days >= first) & (term.days < first + days)] - first
        if len(inside):
            kept.append(replace(term, days=inside))
    return tuple(kept)
