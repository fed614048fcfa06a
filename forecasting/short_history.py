"""Daily level where history is too short for a model and no other queue can lend one: weekday
means, shrunk to the recent mean, and what promotions did if days with and without are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks
from .events import stated_effects

LEAST_DAYS_FOR_MODEL = 28
# Days that the wider mean counts for, and that no effect of a promotion counts for: the last 7, 14
# and 21 days of shops, ambulances and the sample centre favour 1 to 2, and 1 to 3.
_WEEKDAY_PRIOR_DAYS = 1.0
_PROMOTION_PRIOR_DAYS = 3.0
_PASSES = 3

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ShortLevel:
    """Expected contacts of each day of the marks, in history and beyond, `mean` (days,), and the
    log factor of each event in it by label, `effects` (days,)."""

    mean: Array
    effects: dict[str, Array]


def short_daily_level(totals: Array, marks: DayMarks) -> ShortLevel:
    """Expects every day of `marks` from totals (history days,), NaN where a day must not teach.

    Each weekday's mean counts its own days and one day of the mean over all. Effects stated by the
    planner multiply it, and so does what promotions of that type and phase did; holidays are left
    out and expected to be days like others.
    """
    known = len(totals)
    stated = stated_effects(marks)
    given = sum(stated.values(), np.zeros(marks.days))
    taught = _taught(totals, marks, given[:known])
    weights = marks.weekday_weights()
    acting = {group: on for group, on in _groups(marks).items() if _both(on[:known][taught])}
    learned = dict.fromkeys(acting, 0.0)
    base, effect = np.zeros(marks.days), np.zeros(marks.days)
    for _ in range(_PASSES if acting else 1):
        base = weights @ _weekday_means(
            weights[:known][taught], totals[taught] / np.exp(effect[:known][taught])
        )
        for group, on in acting.items():
            days = taught & on[:known]
            others = effect - learned[group] * on
            expected = float((base * np.exp(others))[:known][days].sum())
            learned[group] = _shrunk_effect(totals[days], expected, int((taught & ~days).sum()))
            effect = others + learned[group] * on
    mean = base * np.exp(effect + given)
    effects = dict(stated)
    for promotion in marks.promotions:
        group = (promotion.type, promotion.phase)
        if promotion.effect is None and group in learned:
            log = effects.setdefault(promotion.name, np.zeros(marks.days))
            log[marks.span(promotion)] += learned[group]
    return ShortLevel(mean, effects)


def _taught(totals: Array, marks: DayMarks, given: Array) -> NDArray[np.bool_]:
    """Days to learn from: the ordinary ones without a stated effect, or else what there is."""
    known = len(totals)
    finite = np.isfinite(totals)
    plain = finite & ~marks.closed[:known] & ~marks.outage[:known] & (given == 0)
    ordinary = plain & (marks.ordinary() | marks.workday)[:known]
    return next((days for days in (ordinary, plain) if days.any()), finite)


def _weekday_means(days: Array, totals: Array) -> Array:
    """Mean of each weekday from `totals` (n,) of days with weekday weights `days` (n, 7)."""
    overall = float(totals.mean()) if len(totals) else 0.0
    above = days.T @ totals + _WEEKDAY_PRIOR_DAYS * overall
    means: Array = above / (days.sum(axis=0) + _WEEKDAY_PRIOR_DAYS)
    return means


def _groups(marks: DayMarks) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Days of the promotions of each type and phase whose effect is not stated: each (days,)."""
    groups: dict[tuple[str, str], NDArray[np.bool_]] = {}
    for promotion in marks.promotions:
        if promotion.effect is None:
            on = groups.setdefault((promotion.type, promotion.phase), np.zeros(marks.days, bool))
            on[marks.span(promotion)] = True
    return groups


def _both(on: NDArray[np.bool_]) -> bool:
    return bool(on.any() and not on.all())


def _shrunk_effect(totals: Array, expected: float, others: int) -> float:
    """Log of total over `expected`, shrunk by how few days there are with or without."""
    total = float(totals.sum())
    if total <= 0 or expected <= 0:
        return 0.0
    days = min(len(totals), others)
    return float(np.log(total / expected)) * days / (days + _PROMOTION_PRIOR_DAYS)
