"""Named events as terms of a model of daily totals: who acts on which day, and how strongly.

A term gives one event's weight on some days in one *feature*, whose coefficient (the log of a
factor on contacts) is learned. Features are nested, so that events teach each other: every holiday
has the feature ``holiday``, one of its own name, and one of its name and day in the row; the
narrower the feature, the tighter it is held to nothing (`PRIOR_SD`). A holiday seen once thus
moves part of the way, and one never seen takes what holidays do in general.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks

Feature = tuple[str, ...]

# Prior standard deviation of a feature's log factor, by its kind and how narrow it is.
PRIOR_SD: dict[tuple[str, int], float] = {
    ("holiday", 1): 1.0,
    ("holiday", 2): 0.5,
    ("holiday", 3): 0.25,
    ("eve", 1): 0.3,
    ("eve", 2): 0.2,
    ("after", 1): 0.3,
    ("after", 2): 0.2,
    ("special", 2): 0.7,
    ("school", 1): 0.2,
    ("promotion", 1): 0.4,
    ("promotion", 2): 0.3,
    ("promotion", 3): 0.3,
    ("phase", 2): 0.3,
    ("phase_day", 3): 0.15,
}
_LONG_PHASE_DAYS = 3  # from so many days on, the days of a phase differ in a way that repeats
_LAST_PHASE_DAY = 14
_LEAST_FACTOR = 0.05
_NOBODY = 1e-6


@dataclass(frozen=True)
class EventTerm:
    """`label` acts on the days `days` (indexes) with strength `size` through each of `features`."""

    label: str
    features: tuple[Feature, ...]
    days: NDArray[np.int64]
    size: float = 1.0


def event_terms(marks: DayMarks) -> tuple[EventTerm, ...]:
    """What acts on each day, except events whose effect the planner states."""
    return (*_holiday_terms(marks), *_named_day_terms(marks), *_promotion_terms(marks))


def stated_effects(marks: DayMarks) -> dict[str, NDArray[np.float64]]:
    """Log factor that the planner states for each promotion with an `effect`: shape (days,).

    An effect of 0 (nobody calls) counts as one contact in a million.
    """
    found: dict[str, NDArray[np.float64]] = {}
    for promotion in marks.promotions:
        if promotion.effect is not None:
            log = found.setdefault(promotion.name, np.zeros(marks.days))
            log[marks.span(promotion)] += np.log(max(promotion.effect, _NOBODY))
    return found


def sized_log_effect(beta: float, size: float) -> float:
    """Log factor of an event `size` times the usual one, whose own log factor is `beta`: the
    uplift exp(beta) − 1 grows with size."""
    return float(np.log(max(1.0 + size * np.expm1(beta), _LEAST_FACTOR)))


def design(
    terms: tuple[EventTerm, ...], days: int, betas: Mapping[Feature, float]
) -> dict[Feature, NDArray[np.float64]]:
    """Value of each feature on each day: shape (days,). `betas` are coefficients known so far;
    sizes other than 1 are linearised around them (an uplift of a half where none is known)."""
    values: dict[Feature, NDArray[np.float64]] = {}
    for term in terms:
        beta = sum(betas.get(feature, 0.0) for feature in term.features) or float(np.log(1.5))
        weight = sized_log_effect(beta, term.size) / beta
        for feature in term.features:
            values.setdefault(feature, np.zeros(days))[term.days] += weight
    return values


def learned_effects(
    terms: tuple[EventTerm, ...], days: int, betas: Mapping[Feature, float]
) -> dict[str, NDArray[np.float64]]:
    """Log factor of each label on each day: shape (days,)."""
    found: dict[str, NDArray[np.float64]] = {}
    for term in terms:
        beta = sum(betas.get(feature, 0.0) for feature in term.features)
        found.setdefault(term.label, np.zeros(days))[term.days] += sized_log_effect(beta, term.size)
    return found


def prior_sd(feature: Feature) -> float:
    return PRIOR_SD[feature[0], len(feature)]


def _holiday_terms(marks: DayMarks) -> list[EventTerm]:
    terms = []
    for day, mark in enumerate(marks.holiday):
        if mark is None:
            continue
        features: tuple[Feature, ...] = (
            ("holiday",),
            ("holiday", mark.key),
            ("holiday", mark.key, str(mark.number)),
        )
        terms.append(EventTerm(mark.label, features, np.array([day])))
        for kind, beside in (("eve", day - 1), ("after", day + 1)):
            if 0 <= beside < marks.days and marks.holiday[beside] is None:
                nearby: tuple[Feature, ...] = ((kind,), (kind, mark.key))
                terms.append(EventTerm(mark.label, nearby, np.array([beside])))
    return terms


def _named_day_terms(marks: DayMarks) -> list[EventTerm]:
    kinds: tuple[tuple[tuple[str, ...], Callable[[str], tuple[Feature, ...]]], ...] = (
        (marks.special, lambda name: (("special", name),)),
        (marks.school, lambda _: (("school",),)),
    )
    terms = []
    for names, features in kinds:
        for name in sorted(set(names) - {""}):
            days = np.flatnonzero([other == name for other in names])
            terms.append(EventTerm(name, features(name), days))
    return terms


def _promotion_terms(marks: DayMarks) -> list[EventTerm]:
    """A promotion shares its effect with every other, with those of its phase, of its type, and of
    both; in a long phase, each day also with the same day of that phase."""
    terms = []
    for promotion in marks.promotions:
        if promotion.effect is not None:
            continue
        type_, phase = promotion.type, promotion.phase
        features: tuple[Feature, ...] = (("promotion",), ("promotion", type_))
        if phase:
            features += (("phase", phase), ("promotion", type_, phase))
        length = (promotion.last - promotion.first).days + 1
        for day in np.arange(marks.days)[marks.span(promotion)]:
            own = features
            if phase and length >= _LONG_PHASE_DAYS:
                number = (marks.first - promotion.first).days + int(day) + 1
                own += (("phase_day", phase, str(min(number, _LAST_PHASE_DAY))),)
            terms.append(EventTerm(promotion.name, own, np.array([day]), promotion.size))
    return terms


def event_runs(marks: DayMarks) -> NDArray[np.float64]:
    """The single runs of events, one column each, 1 on its days: shape (days, runs). No two runs
    of one event are quite alike, and a run that is still to come will differ too."""
    runs = []
    for promotion in marks.promotions:
        if promotion.effect is None:
            runs.append(np.arange(marks.days)[marks.span(promotion)])
    holidays = [mark.key if mark is not None else "" for mark in marks.holiday]
    begins = [
        day for day, key in enumerate(holidays) if key and (day == 0 or holidays[day - 1] != key)
    ]
    for begin in begins:
        end = begin
        while end < marks.days and holidays[end] == holidays[begin]:
            end += 1
        runs.append(np.arange(begin, end))
    kept = [days for days in runs if len(days)]
    columns = np.zeros((marks.days, len(kept)))
    for number, days in enumerate(kept):
        columns[days, number] = 1.0
    return columns
