"""Daily level where history is too short for a model: weekday means, shrunk to the recent mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks
from .events import stated_effects
from .level import DailyLevel

LEAST_DAYS_FOR_MODEL = 28
_WEEKDAY_PRIOR_DAYS = 1.0


def short_daily_level(totals: NDArray[np.float64], marks: DayMarks) -> DailyLevel:
    """Expects every day of `marks` from totals (history days,), NaN where a day must not teach.

    Each weekday's mean counts its own days and one day of the mean over all; effects stated by
    the planner multiply it, learned ones need more history.
    """
    known = len(totals)
    stated = stated_effects(marks)
    given = sum(stated.values(), np.zeros(marks.days))
    plain = np.isfinite(totals) & ~marks.closed[:known] & ~marks.outage[:known]
    plain &= given[:known] == 0
    if not plain.any():
        plain = np.isfinite(totals)
    weights = marks.weekday_weights()
    days, taught = weights[:known][plain], totals[plain]
    overall = float(taught.mean()) if len(taught) else 0.0
    above = days.T @ taught + _WEEKDAY_PRIOR_DAYS * overall
    by_weekday = above / (days.sum(axis=0) + _WEEKDAY_PRIOR_DAYS)
    mean = (weights @ by_weekday) * np.exp(given)
    residual = np.full(marks.days, np.nan)
    usable = plain & (totals > 0) & (mean[:known] > 0)
    residual[:known][usable] = np.log(totals[usable] / mean[:known][usable])
    return DailyLevel(mean, residual, np.zeros(marks.days), stated)
