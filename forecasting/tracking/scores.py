"""A stored forecast held against what came: by queue, day, time of day and event.

Scores are those of `accuracy`, over the intervals that are past, known and fit to be scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.adjustments import Adjustment
from ...data.grid import TimeGrid
from ..accuracy import bias, coverage, wape
from ..adjust import apply_adjustments
from ..backtest import ALL_QUEUES, LEAST_MEAN
from ..forecast import Forecast
from .actuals import Actuals
from .stated_levels import has_real_paths

SCORE_COLUMNS = ("contacts", "expected", "wape", "bias", "coverage", "counted")
QUEUE_COLUMNS = (*("queue", *SCORE_COLUMNS, "days", "day_wape", "handle_s", "expected_handle_s"),)
DAY_COLUMNS = (
    *("queue", "date", "whole", "contacts", "expected", "p10", "p90", "wape", "bias", "left_out"),
)
CLOCK_COLUMNS = ("queue", "minute", *SCORE_COLUMNS)
EVENT_COLUMNS = ("queue", "event", *SCORE_COLUMNS, "effect", "effect_seen")
ADJUSTMENT_COLUMNS = ("reason", "queue", "contacts", "model", "adjusted", "saved")

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Tracking:
    """Frames, each with `contacts` that came, `expected` ones, `wape` and `bias` of intervals, the
    share of intervals within p10–p90 (`coverage`) and how many were `counted` for that (those with
    10 expected contacts or more). Several queues together are "all".

    `queues`: also whole `days` and the WAPE of their totals (`day_wape`), and the mean handle time
    that came and that was expected of the same contacts. `days`: whether all of
    the day is compared (`whole`), the range of what is compared (NaN where the forecast has no
    paths), and the intervals `left_out` of the scores. `clock`: by local `minute` of the day at
    which intervals start. `events`: what was expected to come because of an event (`effect`), and
    what came beyond the forecast without it (`effect_seen`).
    """

    queues: pd.DataFrame
    days: pd.DataFrame
    clock: pd.DataFrame
    events: pd.DataFrame


def track(forecast: Forecast, actuals: Actuals) -> Tracking:
    """The scores of the intervals that are past; frames without rows where nothing is."""
    return Tracking(
        queues=pd.DataFrame(_queue_rows(forecast, actuals), columns=list(QUEUE_COLUMNS)),
        days=pd.DataFrame(_day_rows(forecast, actuals), columns=list(DAY_COLUMNS)),
        clock=pd.DataFrame(_clock_rows(forecast, actuals), columns=list(CLOCK_COLUMNS)),
        events=pd.DataFrame(_event_rows(forecast, actuals), columns=list(EVENT_COLUMNS)),
    )


def adjustments_worth(
    model: Forecast, adjusted: Forecast, adjustments: Sequence[Adjustment], actuals: Actuals
) -> pd.DataFrame:
    """What each adjustment was worth where it applied: `contacts` that came, those that the
    `model` and the `adjusted` forecast expected, and by how many contacts the adjusted one was
    nearer (`saved`; negative: further off), day totals against day totals. Columns
    `ADJUSTMENT_COLUMNS`, one row an adjustment and queue of which something is past."""
    scored = actuals.scored
    rows = []
    for adjustment in adjustments:
        alone, _ = apply_adjustments(model, [adjustment])
        touched = (alone.mean != model.mean) & np.isfinite(scored)
        for row in np.flatnonzero(touched.any(axis=1)):
            sums = [
                _by_day(np.where(touched[row], values[row], 0.0), model.grid)
                for values in (np.nan_to_num(scored), model.mean, adjusted.mean)
            ]
            came, before, after = sums
            saved = np.abs(before - came).sum() - np.abs(after - came).sum()
            rows.append(
                (adjustment.reason, model.queues[row], *(float(v.sum()) for v in sums), saved)
            )
    return pd.DataFrame(rows, columns=list(ADJUSTMENT_COLUMNS))


def whole_days(forecast: Forecast, actuals: Actuals) -> NDArray[np.bool_]:
    """Days whose expected contacts can all be compared: shape (queues, days)."""
    unknown = np.isnan(actuals.scored) & (forecast.mean > 0)
    later = np.arange(forecast.grid.size) >= actuals.past
    first = forecast.grid.day_first[:-1]
    missing = np.add.reduceat(unknown | later, first, axis=1)
    whole: NDArray[np.bool_] = (missing == 0) & (forecast.daily_mean() > 0)
    return whole


def _scores(
    forecast: Forecast, actual: Values, rows: slice, mask: NDArray[np.bool_]
) -> list[float]:
    """`SCORE_COLUMNS` over the known intervals of some queues that `mask` (…, grid.size) marks."""
    came = np.where(mask, actual, np.nan)[rows]
    mean, low, high = forecast.mean[rows], forecast.p10[rows], forecast.p90[rows]
    known = np.isfinite(came)
    counted = mean >= LEAST_MEAN
    return [
        float(came[known].sum()),
        float(mean[known].sum()),
        wape(came, mean),
        bias(came, mean),
        coverage(came, low, high, counted),
        int((known & counted).sum()),
    ]


def _handle_times(forecast: Forecast, actuals: Actuals, rows: slice) -> tuple[float, float]:
    """Mean handle time that came, and that was expected, of the same contacts; NaN if unknown."""
    took, expected, contacts = (
        values[rows] for values in (actuals.aht_s, forecast.aht_s, actuals.scored)
    )
    known = np.isfinite(took) & np.isfinite(expected) & (np.nan_to_num(contacts) > 0)
    if not known.any():
        return float("nan"), float("nan")
    weight = contacts[known]
    return float(np.average(took[known], weights=weight)), float(
        np.average(expected[known], weights=weight)
    )


def _named(queues: Sequence[str]) -> list[tuple[str, slice]]:
    """Every queue, and all together where there are several."""
    named = [(queue, slice(row, row + 1)) for row, queue in enumerate(queues)]
    return [*named, (ALL_QUEUES, slice(None))] if len(queues) > 1 else named


def _by_day(values: Values, grid: TimeGrid) -> Values:
    sums: Values = np.add.reduceat(values, grid.day_first[:-1], axis=-1)
    return sums


def _queue_rows(forecast: Forecast, actuals: Actuals) -> Iterator[tuple[object, ...]]:
    everything = np.ones(forecast.grid.size, dtype=bool)
    whole = whole_days(forecast, actuals)
    total = np.where(whole, _by_day(np.nan_to_num(actuals.scored), forecast.grid), np.nan)
    expected = forecast.daily_mean()
    for name, rows in _named(forecast.queues):
        if np.isfinite(actuals.scored[rows]).any():
            scores = _scores(forecast, actuals.scored, rows, everything)
            days = int(whole[rows].any(axis=0).sum())
            handle = _handle_times(forecast, actuals, rows)
            yield (name, *scores, days, wape(total[rows], expected[rows]), *handle)


def _day_rows(forecast: Forecast, actuals: Actuals) -> Iterator[tuple[object, ...]]:
    grid, scored = forecast.grid, actuals.scored
    whole = whole_days(forecast, actuals)
    known = np.isfinite(scored)
    paths = _by_day(np.where(known, forecast.paths, 0.0), grid)
    low, high = np.quantile(paths, (0.1, 0.9), axis=0)
    if not has_real_paths(forecast):
        low, high = np.full_like(low, np.nan), np.full_like(high, np.nan)
    gone = np.arange(grid.size) < actuals.past
    left_out = _by_day((gone & ~known & (forecast.mean > 0)).astype(np.float64), grid)
    for day in range(grid.days):
        inside = grid.day_of == day
        for row, queue in enumerate(forecast.queues):
            compared = known[row] & inside
            if not (compared.any() or left_out[row, day]):
                continue
            came, expected, off, tilt, *_ = _scores(forecast, scored, slice(row, row + 1), inside)
            spread = (float(low[row, day]), float(high[row, day]))
            numbers = (bool(whole[row, day]), came, expected, *spread, off, tilt)
            yield (queue, grid.dates[day], *numbers, int(left_out[row, day]))


def _clock_rows(forecast: Forecast, actuals: Actuals) -> Iterator[tuple[object, ...]]:
    clock = forecast.grid.minute_of_day
    for name, rows in _named(forecast.queues):
        known = np.isfinite(actuals.scored[rows]).any(axis=0)
        # Hours in which nothing was expected and nothing came say nothing.
        busy = (np.nan_to_num(actuals.scored[rows]) + forecast.mean[rows]).sum(axis=0) > 0
        for minute in np.unique(clock[known & busy]).tolist():
            scores = _scores(forecast, actuals.scored, rows, clock == minute)
            yield (name, minute, *scores)


def _event_rows(forecast: Forecast, actuals: Actuals) -> Iterator[tuple[object, ...]]:
    for (queue, event), added in forecast.effects.items():
        row = forecast.queues.index(queue)
        touched = (added != 0) & np.isfinite(actuals.scored[row])
        if touched.any():
            scores = _scores(forecast, actuals.scored, slice(row, row + 1), touched)
            effect = float(added[touched].sum())
            seen = float((actuals.scored[row] - forecast.mean[row] + added)[touched].sum())
            yield (queue, event, *scores, effect, seen)
