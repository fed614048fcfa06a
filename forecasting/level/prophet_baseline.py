"""Prophet on daily totals: trend, year, weekday, month. The only file that knows Prophet.

Days that are unlike others are either left out of the fit or explained by regressors, and in both
cases taken out of what is returned: the baseline is what an ordinary day would bring. What events
do, and how the level moved lately, is learned afterwards from what the baseline leaves over.

Source: Taylor & Letham, Forecasting at scale, The American Statistician 72(1), 2018.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .settings import LevelSettings, Scale

if TYPE_CHECKING:
    from prophet import Prophet

Vector = NDArray[np.float64]

DAYS_A_YEAR = 365
_WEEKDAY_SD = 2.0
_MONTH_SD = 0.05
_YEAR_SD = 0.1
_EVENT_SD = 0.7
_STEP_SD = 1.5
_LEAST_DAYS_FOR_MONTH = 60
_LEAST_FACTOR = 0.05


@dataclass(frozen=True)
class Baseline:
    """Log contacts of an ordinary day: trend + season + weekday, each (days,); shifts of the level
    are in the trend."""

    trend: Vector
    season: Vector
    weekday: Vector

    @property
    def log(self) -> Vector:
        return self.trend + self.season + self.weekday


def fit_baseline(
    totals: Vector,
    taught: NDArray[np.bool_],
    first_day: date,
    weekday: NDArray[np.float64],
    month: Vector,
    events: NDArray[np.float64],
    shifts: Sequence[int],
    settings: LevelSettings,
) -> Baseline:
    """Fits the days `taught` of `totals` (history days,), all above zero, and expects every day.

    `weekday` (days, 7) weighs the weekdays each day follows, `month` (days,) is its position in
    the month, `events` (days, features) what may explain some days apart from the baseline; their
    days are the history's and those to come. From each day of `shifts` on the level is another.
    """
    from prophet import Prophet  # late: it takes a second, and what was learned before needs none

    days = len(month)
    known = np.flatnonzero(taught)
    span = int(known[-1] - known[0]) + 1
    groups: dict[str, NDArray[np.float64]] = {
        "weekday": weekday[:, weekday[known].any(axis=0)],
        "month": _waves(month, settings.month_waves if span >= _LEAST_DAYS_FOR_MONTH else 0),
        "event": events[:, (events[known] != 0).any(axis=0)],
        "step": np.stack([np.arange(days) >= shift for shift in shifts], axis=1).astype(np.float64)
        if shifts
        else np.zeros((days, 0)),
    }
    target, middle = _target(totals[known], settings.scale)
    model = Prophet(
        growth="linear" if span >= DAYS_A_YEAR else "flat",
        changepoint_prior_scale=settings.flexibility,
        yearly_seasonality=False,
        weekly_seasonality=False,
        daily_seasonality=False,
        seasonality_mode="multiplicative" if settings.scale is Scale.MULTIPLICATIVE else "additive",
        uncertainty_samples=0,
    )
    # Prophet divides by the largest value; priors are stated as shares of the level and follow.
    unit = _prior_unit(target, middle, settings.scale)
    if span >= DAYS_A_YEAR:
        waves = 8 if span >= 2 * DAYS_A_YEAR else 5
        model.add_seasonality("yearly", 365.25, waves, prior_scale=_YEAR_SD * unit)
    frame = pd.DataFrame({"ds": pd.date_range(first_day, periods=days)})
    priors = {"weekday": _WEEKDAY_SD, "month": _MONTH_SD, "event": _EVENT_SD, "step": _STEP_SD}
    for group, columns in groups.items():
        for number, column in enumerate(columns.T):
            frame[f"{group}{number}"] = column
            model.add_regressor(
                f"{group}{number}", prior_scale=priors[group] * unit, standardize=False
            )
    with _quiet():
        # Below 100 days Prophet would take Newton's method, which may go on for a minute.
        model.fit(frame.iloc[known].assign(y=target), algorithm="LBFGS")
        made = model.predict(frame.copy())
    terms = _terms(model, groups)
    terms["year"] = made["yearly"].to_numpy(np.float64) if "yearly" in made else np.zeros(days)
    return _as_logs(made["trend"].to_numpy(np.float64), terms, settings.scale, middle)


def _target(totals: Vector, scale: Scale) -> tuple[Vector, float]:
    """What Prophet is to fit, and the median that a log is taken against."""
    middle = float(np.median(totals))
    return (np.log(totals / middle) if scale is Scale.LOG else totals), middle


def _prior_unit(target: Vector, middle: float, scale: Scale) -> float:
    largest = float(np.abs(target).max()) or 1.0
    if scale is Scale.MULTIPLICATIVE:
        return 1.0
    return (1.0 if scale is Scale.LOG else middle) / largest


def _terms(model: Prophet, groups: Mapping[str, NDArray[np.float64]]) -> dict[str, Vector]:
    """What each group of regressors adds on every day, on the scale of the fit."""
    if not sum(columns.shape[1] for columns in groups.values()):
        return {group: np.zeros(len(columns)) for group, columns in groups.items()}
    from prophet.utilities import regressor_coefficients

    table = regressor_coefficients(model).set_index("regressor")["coef"]
    return {
        group: columns @ np.array([float(table[f"{group}{n}"]) for n in range(columns.shape[1])])
        for group, columns in groups.items()
    }


def _as_logs(trend: Vector, terms: Mapping[str, Vector], scale: Scale, middle: float) -> Baseline:
    season, weekday = terms["year"] + terms["month"], terms["weekday"]
    if scale is Scale.LOG:
        return Baseline(trend + terms["step"] + np.log(middle), season, weekday)
    # Prophet adds all terms up, as contacts or as shares of the trend; here they are shares of the
    # level, of which steps are a part.
    unit = np.ones(len(trend)) if scale is Scale.ADDITIVE else trend
    level = np.maximum(trend + terms["step"] * unit, _LEAST_FACTOR * middle)
    season, weekday = season * unit / level, weekday * unit / level
    seasonal = np.maximum(1.0 + season, _LEAST_FACTOR)
    whole = np.maximum(1.0 + season + weekday, _LEAST_FACTOR)
    return Baseline(np.log(level), np.log(seasonal), np.log(whole / seasonal))


def _waves(month: Vector, count: int) -> NDArray[np.float64]:
    """Waves over the month, however long it is: salaries, bills and statements come by date."""
    angles = 2.0 * np.pi * np.outer(month, np.arange(1, count + 1))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


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
