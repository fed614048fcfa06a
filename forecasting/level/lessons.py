"""What a queue's past days can teach its level: which days count, and what makes them alike."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..events import EventTerm, Feature, design, event_runs, event_terms, stated_effects
from .residual_process import DayTraits

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]

OFF_KINDS = ("holiday", "eve", "after", "special")
_NEVER = -5.0  # a stated log factor below this leaves nothing to learn from
_WILD = 3.0
_NEIGHBOURS = 10  # quiet days on either side that tell whether a day is wild


@dataclass(frozen=True)
class LevelDays:
    """The days of some marks as a level sees them: event `terms`, the effects `stated` by label
    (days,), `weekday` weights (days, 7), `month` position (days,), event `runs` (days, runs), days
    that are `off` or beside such a day, and days with any event, `eventful`."""

    marks: DayMarks
    terms: tuple[EventTerm, ...]
    stated: Mapping[str, Vector]
    weekday: NDArray[np.float64]
    month: Vector
    runs: NDArray[np.float64]
    off: Flags
    eventful: Flags

    @classmethod
    def of(cls, marks: DayMarks) -> LevelDays:
        terms = event_terms(marks)
        off, eventful = np.zeros((2, marks.days), dtype=bool)
        for term in terms:
            eventful[term.days] = True
            if term.features[0][0] in OFF_KINDS:
                off[term.days] = True
        weekday, runs = marks.weekday_weights(), event_runs(marks)
        month = _month_position(marks)
        return cls(marks, terms, stated_effects(marks), weekday, month, runs, off, eventful)

    def promoted(self, known: int) -> bool:
        """Whether a promotion with an effect to learn acts on one of the first `known` days."""
        return any(
            term.features[0][0] == "promotion" and (term.days < known).any() for term in self.terms
        )

    @property
    def stated_log(self) -> Vector:
        logs: Vector = np.sum([*self.stated.values(), np.zeros(self.marks.days)], axis=0)
        return logs

    def traits(self, betas: Mapping[Feature, float]) -> tuple[DayTraits, tuple[Feature, ...]]:
        """Every day's traits, and the features that its event columns stand for; sizes other than
        1 are linearised around `betas`."""
        columns = design(self.terms, self.marks.days, betas)
        events = np.zeros((self.marks.days, 0))
        if columns:
            events = np.stack(list(columns.values()), axis=1)
        number = np.arange(self.marks.days)
        traits = DayTraits(number, self.weekday, self.month, events, self.runs)
        return traits, tuple(columns)


@dataclass(frozen=True)
class Lessons:
    """Totals (known days,) with the days `taught` at all, those of them that are `plain` (no day
    off, and beside none), and those without any event, `quiet`. `stated` is the planner's own log
    factor, `offset` what is added to every total so that none is zero, `chance` the variance of a
    day's log by chance."""

    totals: Vector
    taught: Flags
    plain: Flags
    quiet: Flags
    stated: Vector
    offset: float
    chance: Vector

    @classmethod
    def of(cls, totals: Vector, days: LevelDays) -> Lessons:
        known = len(totals)
        stated = days.stated_log[:known]
        taught = np.isfinite(totals) & ~days.marks.closed[:known] & ~days.marks.outage[:known]
        taught &= stated > _NEVER
        offset = 0.5 if (totals[taught] <= 0).any() else 0.0
        usual = np.maximum(np.where(taught, totals, 1.0), 1.0)
        plain, quiet = taught & ~days.off[:known], taught & ~days.eventful[:known]
        return cls(totals, taught, plain, quiet, stated, offset, 1.0 / usual)

    @property
    def unstated(self) -> Vector:
        """Totals without the planner's stated effects, never zero: (known days,)."""
        return (self.totals + self.offset) * np.exp(-self.stated)

    def left_over(self, expected_log: Vector) -> Vector:
        """Log of actual over expected (known days,), wild days brought in; zero if not taught."""
        logs = np.log(np.where(self.taught, self.unstated, 1.0))
        found = np.where(self.taught, logs - expected_log[: len(logs)], 0.0)
        found[self.quiet] = _tamed(found[self.quiet])
        return found

    def long_run(self, days: NDArray[np.int64], expected: Vector) -> float:
        """Total actual over total `expected` of some past days, which mends the log scale's bias;
        no day counts as more than three times, or less than a third of, what was expected."""
        if not len(days) or expected.sum() <= 0:
            return 1.0
        actual = np.clip(self.totals[days] + self.offset, expected / _WILD, expected * _WILD)
        return float(actual.sum() / expected.sum())


def _month_position(marks: DayMarks) -> Vector:
    dates = [marks.first + timedelta(days=day) for day in range(marks.days)]
    return np.array([(d.day - 1) / calendar.monthrange(d.year, d.month)[1] for d in dates])


def _tamed(values: Vector) -> Vector:
    """Values no further from the median of their neighbours than three usual deviations."""
    if len(values) < 2 * _NEIGHBOURS + 1:
        nearby = np.full(len(values), np.median(values)) if len(values) else values
    else:
        windows = np.lib.stride_tricks.sliding_window_view(values, 2 * _NEIGHBOURS + 1)
        inner = np.median(windows, axis=1)
        nearby = np.concatenate(
            [np.full(_NEIGHBOURS, inner[0]), inner, np.full(_NEIGHBOURS, inner[-1])]
        )
    away = values - nearby
    usual = 1.4826 * float(np.median(np.abs(away))) if len(away) else 0.0
    bound = _WILD * max(usual, 0.02)
    return nearby + np.clip(away, -bound, bound)
