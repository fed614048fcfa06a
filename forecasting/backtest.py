"""Rolling origins: how good each method would have been on the weeks that are known by now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .accuracy import bias, coverage, pinball, wape
from .forecast import QUANTILES, Forecast, Forecaster

ALL_QUEUES = "all"
LEAST_MEAN = 10.0  # an 80 % range of fewer contacts cannot hold 80 % of whole numbers
SCORE_COLUMNS = (
    "method",
    "queue",
    "grain",
    "contacts",
    "wape",
    "bias",
    "pinball",
    "coverage",
    "counted",
)
OpenMask = Callable[[TimeGrid], NDArray[np.bool_]]


@dataclass(frozen=True)
class BacktestReport:
    """`scores` has one row a method, queue (and "all") and grain ("interval" or "day"), columns
    `SCORE_COLUMNS`: contacts that came, WAPE and bias of the mean, mean pinball loss over
    p10, p50 and p90, share of actuals within p10–p90 and how many were counted (those with a
    mean of 10 or more). `seconds` has method, seconds (of all origins). `origins` are the first
    days of the horizons of `days` days.
    """

    scores: pd.DataFrame
    seconds: pd.DataFrame
    origins: tuple[int, ...]
    days: int


@dataclass(frozen=True)
class _Comparison:
    """Actuals against forecast, each (queues, steps) over all origins."""

    actual: NDArray[np.float64]
    mean: NDArray[np.float64]
    quantiles: NDArray[np.float64]  # (3, queues, steps)


def rolling_origins(known_days: int, days: int, every: int, count: int, least: int) -> list[int]:
    """Day numbers on which forecasts begin, oldest first: the last horizon of `days` days ends
    with the history, the others begin `every` days earlier each, none before day `least`."""
    last = known_days - days
    return list(range(last, least - 1, -every)[:count])[::-1]


def backtest(
    history: ContactHistory,
    calendar: Calendar,
    forecasters: Sequence[Forecaster],
    *,
    days: int = 7,
    every: int = 7,
    count: int = 8,
    least: int = 28,
    seed: int = 1,
    open_mask: OpenMask | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> BacktestReport:
    """Every method from every origin, each seeing only the days before it.

    `open_mask` gives opening hours (queues, grid.size) of a grid, None reads them off the
    history; `progress` is called with a method's name and the share done. What must not teach
    (`learn` False) is not scored either. ValueError if the history is too short for one origin.
    """
    origins = rolling_origins(history.grid.days, days, every, count, least)
    if not origins:
        raise ValueError(f"{history.grid.days} days are too few to forecast {days} after {least}")
    actual = np.where(history.learn, history.offered, np.nan)
    scores: list[dict[str, object]] = []
    seconds = []
    for done, method in enumerate(forecasters):
        begun = perf_counter()
        interval, day = [], []
        for number, origin in enumerate(origins):
            grid = _horizon(history.grid, origin, days)
            forecast = method.forecast(
                history.before(origin),
                calendar,
                grid,
                None if open_mask is None else open_mask(grid),
                np.random.default_rng([seed, origin]),
            )
            first = history.grid.day_first[origin]
            compared = actual[:, first : first + grid.size]
            interval.append(_by_interval(compared, forecast))
            day.append(_by_day(compared, forecast))
            if progress is not None:
                share = (number + 1) / len(origins)
                progress(method.name, (done + share) / len(forecasters))
        seconds.append((method.name, perf_counter() - begun))
        for grain, parts in (("interval", interval), ("day", day)):
            scores += _scores(method.name, grain, history.queues, _joined(parts))
    return BacktestReport(
        scores=pd.DataFrame(scores, columns=list(SCORE_COLUMNS)),
        seconds=pd.DataFrame(seconds, columns=["method", "seconds"]),
        origins=tuple(origins),
        days=days,
    )


def _horizon(known: TimeGrid, origin: int, days: int) -> TimeGrid:
    return TimeGrid(known.dates[origin], days, known.interval_min, known.tz)


def _by_interval(actual: NDArray[np.float64], forecast: Forecast) -> _Comparison:
    quantiles = np.stack([forecast.p10, forecast.p50, forecast.p90])
    return _Comparison(actual, forecast.mean, quantiles)


def _by_day(actual: NDArray[np.float64], forecast: Forecast) -> _Comparison:
    """Day totals; a day with an unknown interval is unknown, unless the forecast is zero there."""
    first = forecast.grid.day_first[:-1]
    gap = np.isnan(actual) & (forecast.mean > 0)
    total = np.add.reduceat(np.nan_to_num(actual), first, axis=1)
    total[np.add.reduceat(gap, first, axis=1) > 0] = np.nan
    paths = np.add.reduceat(forecast.paths, first, axis=2)
    return _Comparison(total, forecast.daily_mean(), np.quantile(paths, QUANTILES, axis=0))


def _joined(parts: Sequence[_Comparison]) -> _Comparison:
    return _Comparison(
        np.concatenate([part.actual for part in parts], axis=-1),
        np.concatenate([part.mean for part in parts], axis=-1),
        np.concatenate([part.quantiles for part in parts], axis=-1),
    )


def _scores(
    method: str, grain: str, queues: Sequence[str], compared: _Comparison
) -> list[dict[str, object]]:
    chosen: list[tuple[str, slice]] = [(name, slice(i, i + 1)) for i, name in enumerate(queues)]
    if len(queues) > 1:
        chosen.append((ALL_QUEUES, slice(None)))
    rows: list[dict[str, object]] = []
    for name, rows_of in chosen:
        actual, mean = compared.actual[rows_of], compared.mean[rows_of]
        low, middle, high = compared.quantiles[:, rows_of]
        counted = mean >= LEAST_MEAN
        losses = [
            pinball(actual, q, level)
            for q, level in zip((low, middle, high), QUANTILES, strict=True)
        ]
        rows.append(
            {
                "method": method,
                "queue": name,
                "grain": grain,
                "contacts": float(np.nansum(actual)),
                "wape": wape(actual, mean),
                "bias": bias(actual, mean),
                "pinball": float(np.mean(losses)),
                "coverage": coverage(actual, low, high, counted),
                "counted": int((counted & np.isfinite(actual)).sum()),
            }
        )
    return rows
