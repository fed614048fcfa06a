"""Levels of queues with too little history for one of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..cold_start import borrowed_level
from ..day_marks import DayMarks
from ..events import stated_effects
from ..short_history import short_daily_level
from .level_forecast import LevelForecast

Array = NDArray[np.float64]

_DAY_SD = 0.25
_NOBODY = 1e-9


def short_level(totals: Array, marks: DayMarks, days: int) -> LevelForecast:
    """The `days` days after `totals` from the means of its few known days, effects stated by the
    planner on top; zeros where nothing is known."""
    known = len(totals)
    if not (np.nan_to_num(totals) > 0).any():
        return _plain(np.zeros(days), _DAY_SD * np.ones(days), {})
    short = short_daily_level(totals, marks)
    stated = {label: log[known : known + days] for label, log in short.effects.items()}
    expected = short.mean[known : known + days] / np.exp(
        np.sum([*stated.values(), np.zeros(days)], axis=0)
    )
    return _plain(expected, _DAY_SD * np.ones(days), stated)


def borrowed(totals: Array, marks: DayMarks, days: int, donor: LevelForecast) -> LevelForecast:
    """The `days` days after `totals` as the donor's days go, on the queue's own level; the
    promotions that only the donor has are left out. Some total must be above zero."""
    known = len(totals)
    before = np.zeros(marks.days)
    level = before.copy()
    level[:known], level[known : known + days] = donor.fitted, donor.mean
    acting: dict[str, Array] = {}
    for label, log in donor.effects.items():
        acting[label] = before.copy()
        acting[label][known : known + days] = log
    expected, log_sd = borrowed_level(totals, level, marks, acting)
    ahead = slice(known, known + days)
    stated = {label: log[ahead] for label, log in stated_effects(marks).items()}
    named = {promotion.name for promotion in marks.promotions}
    felt = {
        label: stated.get(label, log[ahead])
        for label, log in {**acting, **stated_effects(marks)}.items()
        if label in named or label in stated
    }
    alone = expected[ahead] / np.exp(np.sum([*felt.values(), np.zeros(days)], axis=0))
    return _plain(alone, log_sd[ahead], felt)


def _plain(expected: Array, log_sd: Array, stated: dict[str, Array]) -> LevelForecast:
    """A level without parts; days' errors go together half."""
    days = len(expected)
    together = 0.5 * (1.0 + np.eye(days))
    return LevelForecast(
        level=np.log(np.maximum(expected, _NOBODY)),
        season=np.zeros(days),
        weekday=np.zeros(days),
        terms=(),
        stated=stated,
        offset=_NOBODY,
        features=(),
        coefficients=np.zeros(0),
        coefficient_covariance=np.zeros((0, 0)),
        design=np.zeros((days, 0)),
        covariance=np.outer(log_sd, log_sd) * together,
        run_variance=0.0,
        fitted=np.zeros(0),
    )
