"""One queue's forecast: daily level × intraday profile, handle time, sample paths, effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .daily_level import fit_daily_level
from .day_marks import DayMarks
from .day_matrix import day_totals
from .events import Feature
from .handle_time import handle_time_pattern
from .level import DailyLevel
from .opening import infer_open, nearly_empty, shut_holidays
from .profile import ProfileCheck, day_type_ratio, normalised, weekday_profiles
from .short_history import LEAST_DAYS_FOR_MODEL, short_daily_level
from .uncertainty import (
    Spread,
    day_correlation,
    day_deviation,
    log_ratio,
    sample_rates,
    slot_deviation,
    tracked_errors,
)

HELD_OUT_DAYS = 28
_SPREAD_DAYS = 182
# Deviation of unseen days over that of fitted ones, as measured on banks, shops and ambulances.
_SEEN_BEFORE = 1.05
_HELD_OUT_WEIGHT = 1.0 / 3.0


@dataclass(frozen=True)
class QueueTask:
    """What one queue's forecast needs; picklable, so that it can be made in another process.

    `contacts` and `aht_s` are (history days, slots), NaN where unknown or not to be learned from.
    `marks` begins with the first day of history and covers the horizon, which is the `days` days
    from day number `first`, and at least one day more. `is_open` (days, slots) is None where
    opening hours are to be read off the history.
    """

    contacts: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    marks: DayMarks
    first: int
    days: int
    is_open: NDArray[np.bool_] | None
    rng: np.random.Generator
    paths: int


@dataclass(frozen=True)
class QueueForecast:
    """`mean` and `aht_s` are (days, slots), `rates` (paths, days, slots); `effects` what each
    event adds to `mean`, (days, slots)."""

    mean: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    rates: NDArray[np.float64]
    effects: dict[str, NDArray[np.float64]]


def forecast_queue(task: QueueTask) -> QueueForecast:
    """The forecast of one queue, whatever its history tells: nothing known gives zeros."""
    contacts, marks = task.contacts, task.marks
    horizon = slice(task.first, task.first + task.days)
    known = len(contacts)
    usual_open = infer_open(contacts, marks)
    taught = np.where((marks.ordinary() & ~marks.closed)[:known, None], contacts, np.nan)
    profiles, check = weekday_profiles(taught, marks.weekday[:known], usual_open)
    usual = marks.weekday_weights() @ profiles
    totals = day_totals(contacts, usual[:known])
    totals[(usual[:known].sum(axis=1) <= 0) | marks.closed[:known]] = np.nan
    empty = nearly_empty(totals)
    shut = shut_holidays(empty, np.isfinite(totals), marks)
    totals[empty] = np.nan

    level = _level(totals, marks)
    shape = _bent(usual, contacts, marks, horizon)
    mean = level.mean[horizon, None] * shape * _open_days(task, usual_open, shut)
    spread = _spread(totals, marks, level, horizon, check)
    pattern = handle_time_pattern(task.aht_s, contacts, marks.weekday[:known])
    return QueueForecast(
        mean=mean,
        aht_s=(marks.weekday_weights() @ pattern)[horizon],
        rates=sample_rates(mean, spread, task.rng, task.paths),
        effects=_contributions(mean, level, horizon),
    )


def _level(
    totals: NDArray[np.float64], marks: DayMarks, betas: Mapping[Feature, float] | None = None
) -> DailyLevel:
    if not (np.nan_to_num(totals) > 0).any():
        nothing = np.zeros(marks.days)
        return DailyLevel(nothing, np.full(marks.days, np.nan), nothing)
    if int(np.isfinite(totals).sum()) < LEAST_DAYS_FOR_MODEL:
        return short_daily_level(totals, marks)
    return fit_daily_level(totals, marks, betas)


def _open_days(task: QueueTask, usual_open: NDArray[np.bool_], shut: set[str]) -> NDArray[np.bool_]:
    """Open intervals of the horizon, shape (days, slots): by the planner's hours, else by those
    that history shows; closed on the calendar's closed days and on holidays without contacts."""
    horizon = slice(task.first, task.first + task.days)
    holidays = task.marks.holiday[horizon]
    days_open = np.array([mark is None or mark.key not in shut for mark in holidays])
    days_open &= ~task.marks.closed[horizon]
    hours: NDArray[np.bool_] = (task.marks.weekday_weights() @ usual_open)[horizon] > 0
    if task.is_open is not None:
        hours = task.is_open
    open_now: NDArray[np.bool_] = hours & days_open[:, None]
    return open_now


def _bent(
    usual: NDArray[np.float64], contacts: NDArray[np.float64], marks: DayMarks, horizon: slice
) -> NDArray[np.float64]:
    """Profile of each day of the horizon, bent by the types of day it is: (days, slots)."""
    shape = usual[horizon].copy()
    if shape.shape[1] == 1:
        return shape
    known = len(contacts)
    for days in _day_types(marks):
        if days[:known].any() and days[horizon].any():
            ratio = day_type_ratio(contacts[days[:known]], usual[:known][days[:known]])
            shape[days[horizon]] *= ratio
    return normalised(shape)


def _day_types(marks: DayMarks) -> list[NDArray[np.bool_]]:
    """Holidays, their eves, and each type of promotion: the days of each, (marks.days,)."""
    holiday = np.array([mark is not None for mark in marks.holiday])
    eve = np.append(holiday[1:], False) & ~holiday
    types = {p.type: np.zeros(marks.days, dtype=bool) for p in marks.promotions}
    for promotion in marks.promotions:
        types[promotion.type][marks.span(promotion)] = True
    return [holiday, eve, *(types[name] for name in sorted(types))]


def _spread(
    totals: NDArray[np.float64],
    marks: DayMarks,
    level: DailyLevel,
    horizon: slice,
    check: ProfileCheck,
) -> Spread:
    """What past forecasts of this queue were off by: the last weeks, forecast from the days before
    them, and, as these are few, what the model leaves of the last half year, widened because it
    has seen those days."""
    known = len(totals)
    ahead = (horizon.start + horizon.stop - 1) // 2 - known + 1
    errors = tracked_errors(level.residual[:known], ahead)
    errors[: max(known - _SPREAD_DAYS, 0)] = np.nan
    variance = (_SEEN_BEFORE * day_deviation(errors, level.mean[:known])) ** 2
    cut = known - HELD_OUT_DAYS
    if cut > 0 and int(np.isfinite(totals[:cut]).sum()) >= LEAST_DAYS_FOR_MODEL:
        earlier = _level(totals[:cut], marks.before(known), level.betas)
        unseen = log_ratio(totals, earlier.mean)
        unseen[:cut] = earlier.residual[:cut]
        errors[cut:] = tracked_errors(unseen, ahead)[cut:]
        variance *= 1.0 - _HELD_OUT_WEIGHT
        variance += _HELD_OUT_WEIGHT * day_deviation(errors[cut:], earlier.mean[cut:]) ** 2
    return Spread(
        day_sd=np.sqrt(variance + level.event_sd[horizon] ** 2),
        day_correlation=day_correlation(errors),
        slot_sd=slot_deviation(check),
    )


def _contributions(
    mean: NDArray[np.float64], level: DailyLevel, horizon: slice
) -> dict[str, NDArray[np.float64]]:
    """What each event adds to `mean`, so that all of a day's add up to mean − mean without them:
    L(mean, without) × log factor, L being the logarithmic mean (Ang, Energy Policy 32, 2004)."""
    logs = {label: log[horizon] for label, log in level.effects.items()}
    total = sum(logs.values(), np.zeros(len(mean)))
    # mean × (1 − e^−t) / t, which is mean itself where t = 0
    safe = np.where(np.abs(total) > 1e-9, total, 1.0)
    factor = np.where(np.abs(total) > 1e-9, -np.expm1(-total) / safe, 1.0)
    return {
        label: mean * (factor * log)[:, None] for label, log in sorted(logs.items()) if log.any()
    }
