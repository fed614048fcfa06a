"""Prophet on daily totals: trend, seasons, events. The only file that knows Prophet.

Totals are modelled on a log scale, so that weekday, season and events multiply. Weekdays, the day
in the month and events enter as regressors with a prior each; a make-up workday thus simply takes
the mean of the working weekdays. The log scale forecasts a median and follows slowly; both are
mended by one factor, total actual over total fitted, in which recent days count most.

Source: Taylor & Letham, Forecasting at scale, The American Statistician 72(1), 2018.
"""

from __future__ import annotations

import calendar
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from prophet import Prophet
from prophet.utilities import regressor_coefficients

from .day_marks import DayMarks
from .events import Feature, design, event_terms, learned_effects, prior_sd, stated_effects
from .level import DailyLevel

DAYS_A_YEAR = 365
_MONTH_WAVES = 4
_MONTH_SD = 0.05
_WEEKDAY_SD = 2.0
_YEAR_SD = 0.1
_LEAST_DAYS_FOR_MONTH = 60
_RECENT_DAYS = 14.0  # half-life of a day in the level correction
_CORRECTION_PRIOR_DAYS = 5.0
_CORRECTION_PRIOR_CONTACTS = 100.0
_LONG_RUN_DAYS = 182
_WILD = 3.0
_TINY = 1e-12
_OFF_KINDS = ("holiday", "eve", "after", "special")
_NEVER = -5.0  # a stated log factor below this leaves nothing to learn from


def fit_daily_level(
    totals: NDArray[np.float64], marks: DayMarks, known_betas: Mapping[Feature, float] | None = None
) -> DailyLevel:
    """Fits totals (history days,), NaN where a day must not teach, and expects every day of
    `marks`, which begins with the same day and goes on beyond. Needs a known total above zero.

    Promotions of unusual size are linearised around their effect: around `known_betas`, those of
    another fit of the same queue, or (None) those of a first fit.
    """
    days, known = marks.days, len(totals)
    stated = stated_effects(marks)
    given = sum(stated.values(), np.zeros(days))
    taught = np.isfinite(totals) & ~marks.closed[:known] & ~marks.outage[:known]
    taught &= given[:known] > _NEVER
    offset = 0.5 if (totals[taught] <= 0).any() else 0.0
    reference = float(np.median(totals[taught])) + offset
    log_totals = np.log(np.where(taught, totals + offset, reference) / reference) - given[:known]

    terms = event_terms(marks)
    betas = dict(known_betas or {})
    sized = any(term.size != 1.0 and (term.days < known).any() for term in terms)
    for _ in range(2 if sized and known_betas is None else 1):
        events = design(terms, days, betas)
        fit_on, features = _lessons(events, taught)
        fitted, betas = _fit(log_totals, fit_on, marks, features)
    learned = learned_effects(terms, days, betas)
    in_design = sum((betas[f] * x for f, x in features.items()), np.zeros(days))
    effect = sum(learned.values(), given)
    expected = np.maximum(np.exp(fitted - in_design + effect) * reference - offset, 0.0)

    plain = taught & ~np.any(list(_off_days(events, known).values()), axis=0)
    expected *= _correction(np.where(plain, totals, np.nan), expected[:known])
    ratio = (np.where(plain, totals, 1.0) + offset) / (expected[:known] + offset + _TINY)
    residual = np.full(days, np.nan)
    residual[:known] = np.where(plain, np.log(ratio + _TINY), np.nan)
    noise = float(np.std(residual[:known][plain])) if plain.any() else 0.3
    return DailyLevel(
        mean=expected,
        residual=residual,
        event_sd=_event_sd(events, taught, days, noise),
        effects=_joined(learned, stated),
        betas=betas,
    )


def _off_days(
    events: Mapping[Feature, NDArray[np.float64]], known: int
) -> dict[str, NDArray[np.bool_]]:
    """History days that are holidays, beside one, or special, by kind: each (known,)."""
    found = {kind: np.zeros(known, dtype=bool) for kind in _OFF_KINDS}
    for feature, x in events.items():
        if feature[0] in found:
            found[feature[0]] |= x[:known] != 0
    return found


def _lessons(
    events: Mapping[Feature, NDArray[np.float64]], taught: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], dict[Feature, NDArray[np.float64]]]:
    """The days to fit, and the event features that they can teach.

    Every column costs time. Where no day to come is a holiday (or beside one, or special), those
    of the past are left out rather than explained; of one holiday's days, those that do not come
    have no feature of their own.
    """
    known = len(taught)
    coming = {feature[0] for feature, x in events.items() if x[known:].any()}
    idle = {kind: days for kind, days in _off_days(events, known).items() if kind not in coming}
    fit_on = taught & ~np.any([*idle.values(), np.zeros(known, dtype=bool)], axis=0)
    if 2 * fit_on.sum() < taught.sum():
        fit_on, idle = taught, {}
    features = {
        feature: x
        for feature, x in events.items()
        if x[:known][fit_on].any()
        and feature[0] not in idle
        and (len(feature) < 3 or x[known:].any())
    }
    return fit_on, features


def _fit(
    log_totals: NDArray[np.float64],
    taught: NDArray[np.bool_],
    marks: DayMarks,
    events: dict[Feature, NDArray[np.float64]],
) -> tuple[NDArray[np.float64], dict[Feature, float]]:
    """Prophet's fitted and expected log totals of every day, and the coefficient of each event;
    of `log_totals` (history days,) the days `taught` are fitted."""
    dates = pd.date_range(marks.first, periods=marks.days)
    first, last = np.flatnonzero(taught)[[0, -1]]
    span = int(last - first) + 1
    # Prophet divides by the largest value; priors are stated in log units and follow.
    scale = float(np.abs(log_totals[taught]).max()) or 1.0
    columns: list[tuple[Feature, NDArray[np.float64], float]] = [
        *_weekday_columns(marks, taught),
        *(_month_columns(marks) if span >= _LEAST_DAYS_FOR_MONTH else ()),
        *((feature, x, prior_sd(feature)) for feature, x in events.items()),
    ]
    model = Prophet(
        growth="linear" if span >= DAYS_A_YEAR else "flat",
        yearly_seasonality=False,
        weekly_seasonality=False,
        daily_seasonality=False,
        uncertainty_samples=0,
    )
    if span >= DAYS_A_YEAR:
        waves = 8 if span >= 2 * DAYS_A_YEAR else 5
        model.add_seasonality("yearly", 365.25, waves, prior_scale=_YEAR_SD / scale)
    frame = pd.DataFrame({"ds": dates})
    for number, (_, x, sd) in enumerate(columns):
        frame[f"x{number}"] = x
        model.add_regressor(f"x{number}", prior_scale=sd / scale, standardize=False)
    training = frame[: len(taught)][taught].assign(y=log_totals[taught])
    with _quiet():
        model.fit(training)
        fitted = model.predict(frame.copy())["yhat"].to_numpy(dtype=np.float64)
    table = regressor_coefficients(model).set_index("regressor")["coef"]
    betas = {
        feature: float(table[f"x{number}"])
        for number, (feature, _, _) in enumerate(columns)
        if feature in events
    }
    return fitted, betas


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the optimiser's chatter and what pandas says about Prophet's own code."""
    loggers = [logging.getLogger(name) for name in ("cmdstanpy", "prophet", "prophet.models")]
    before = [logger.disabled for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _weekday_columns(
    marks: DayMarks, taught: NDArray[np.bool_]
) -> list[tuple[Feature, NDArray[np.float64], float]]:
    weights = marks.weekday_weights()
    seen = weights[: len(taught)][taught].any(axis=0)
    return [(("weekday", str(day)), weights[:, day], _WEEKDAY_SD) for day in np.flatnonzero(seen)]


def _month_columns(marks: DayMarks) -> list[tuple[Feature, NDArray[np.float64], float]]:
    """Waves over the month, however long it is: salaries, bills and statements come by date."""
    dates = [marks.first + timedelta(days=day) for day in range(marks.days)]
    position = np.array(
        [(day.day - 1) / calendar.monthrange(day.year, day.month)[1] for day in dates]
    )
    columns: list[tuple[Feature, NDArray[np.float64], float]] = []
    for wave in range(1, _MONTH_WAVES + 1):
        angle = 2.0 * np.pi * wave * position
        columns.append((("month", f"sin{wave}"), np.sin(angle), _MONTH_SD))
        columns.append((("month", f"cos{wave}"), np.cos(angle), _MONTH_SD))
    return columns


def _correction(totals: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Total actual over total expected: over half a year, which mends the log scale's bias, times
    the recent days' own ratio against it, shrunk by how few they are. No day counts as more than
    three times, or less than a third of, what was expected."""
    totals = np.clip(totals, expected / _WILD, expected * _WILD)
    age = len(totals) - 1 - np.arange(len(totals))
    usable = np.isfinite(totals) & (expected > 0)
    if not usable.any():
        return 1.0
    long_run = _ratio(totals, expected, (usable & (age < _LONG_RUN_DAYS)).astype(np.float64))
    recent = np.where(usable, 0.5 ** (age / _RECENT_DAYS), 0.0)
    # Levels wander by some 10 %: so many contacts tell as much about them as was known before.
    chance_days = _CORRECTION_PRIOR_CONTACTS / float(expected[usable].mean())
    shrunk = recent.sum() / (recent.sum() + _CORRECTION_PRIOR_DAYS + chance_days)
    now = _ratio(totals, expected, recent)
    if long_run <= 0 or now <= 0:
        return 1.0
    return float(long_run * (now / long_run) ** shrunk)


def _ratio(
    totals: NDArray[np.float64], expected: NDArray[np.float64], weight: NDArray[np.float64]
) -> float:
    below = float((weight * expected).sum())
    above = float(np.where(weight > 0, totals * weight, 0.0).sum())
    return above / below if below > 0 else 1.0


def _event_sd(
    events: Mapping[Feature, NDArray[np.float64]],
    taught: NDArray[np.bool_],
    days: int,
    noise: float,
) -> NDArray[np.float64]:
    """How little is known of each day's events: each coefficient's posterior deviation, were it
    estimated alone against daily noise."""
    variance = np.zeros(days)
    for feature, x in events.items():
        prior = prior_sd(feature) ** 2
        seen = float((x[: len(taught)][taught] ** 2).sum())
        variance += x**2 * prior / (1.0 + seen * prior / max(noise, 0.02) ** 2)
    return np.sqrt(variance)


def _joined(
    learned: Mapping[str, NDArray[np.float64]], stated: Mapping[str, NDArray[np.float64]]
) -> dict[str, NDArray[np.float64]]:
    labels = sorted(set(learned) | set(stated))
    return {name: learned.get(name, 0.0) + stated.get(name, np.array(0.0)) for name in labels}
