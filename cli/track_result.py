"""From a stored forecast and what came to what `track` says of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..data.cleaning_report import CleaningReport
from ..data.errors import InputError, Problem
from ..forecasting.backtest import ALL_QUEUES
from ..forecasting.forecast import Forecast
from ..forecasting.tracking.drift import DriftCheck, drift_checks
from ..forecasting.tracking.reforecast import reforecast
from ..forecasting.tracking.scores import Tracking, adjustments_worth, track
from .track_lines import (
    AdjustmentScore,
    ClockScore,
    DayScore,
    DriftLine,
    EventScore,
    LeftOut,
    OutlookLine,
    QueueScore,
)
from .track_view import TrackResult
from .workspace.tracking import TrackSource


def forecast_anew(source: TrackSource, seed: int) -> Forecast:
    """The forecast with its rest as what came moves it. InputError if nothing is left of it."""
    stored, actuals = source.stored, source.actuals
    if not stored.forecast.mean[:, actuals.past :].any():
        params = {"name": stored.name, "last": stored.forecast.grid.last_day}
        raise InputError(Problem("track.nothing_to_come", params))
    rng = np.random.default_rng([seed, actuals.past])
    return reforecast(stored.forecast, source.history, actuals.past, rng)


def track_result(
    source: TrackSource,
    seed: int,
    language: str,
    anew: Forecast | None = None,
    files: tuple[str, ...] = (),
) -> TrackResult:
    """Everything that is found; `anew` is what `forecast_anew` made, if it was asked for."""
    stored, actuals = source.stored, source.actuals
    forecast, model = stored.forecast, stored.model
    found = track(forecast, actuals)
    checks = drift_checks(forecast, actuals, source.history, np.random.default_rng(seed))
    worth: tuple[AdjustmentScore, ...] = ()
    if model is not None:
        frame = adjustments_worth(model, forecast, stored.adjustments, actuals)
        worth = tuple(AdjustmentScore(*row) for row in frame.itertuples(index=False))
    return TrackResult(
        forecast=stored.name,
        first_day=forecast.grid.first_day,
        last_day=forecast.grid.last_day,
        now=source.now,
        queues=_queues(found, None if model is None else track(model, actuals)),
        days=tuple(DayScore(*row) for row in found.days.itertuples(index=False)),
        clock=tuple(
            ClockScore(row[0], _clock(row[1]), *row[2:])
            for row in found.clock.itertuples(index=False)
        ),
        events=tuple(EventScore(*row) for row in found.events.itertuples(index=False)),
        adjustments=worth,
        drift=tuple(_drift(check) for check in checks),
        left_out=_left_out(source, language),
        reforecast=() if anew is None else tuple(_outlook(forecast, anew, actuals.past)),
        files=files,
    )


def _queues(found: Tracking, model: Tracking | None) -> tuple[QueueScore, ...]:
    frame = found.queues.assign(model_wape=None, model_day_wape=None)
    if model is not None:
        frame = frame.assign(
            model_wape=model.queues["wape"], model_day_wape=model.queues["day_wape"]
        )
    return tuple(QueueScore(*row) for row in frame.itertuples(index=False))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _drift(check: DriftCheck) -> DriftLine:
    ends = (check.from_minute, check.to_minute)
    from_time, to_time = (None if minute is None else _clock(minute) for minute in ends)
    return DriftLine(
        kind=check.kind.value,
        queue=check.queue,
        raised=check.raised,
        since=check.since,
        size=check.size,
        from_time=from_time,
        to_time=to_time,
        statistic=check.statistic,
        limit=check.limit,
    )


def _left_out(source: TrackSource, language: str) -> tuple[LeftOut, ...]:
    frame = CleaningReport(source.left_out).frame(language)
    shown = frame[["queue", "first", "last", "finding"]]
    return tuple(LeftOut(*row) for row in shown.itertuples(index=False))


def _outlook(stored: Forecast, anew: Forecast, past: int) -> Iterator[OutlookLine]:
    """What is still to come, day by day and queue by queue."""
    grid = stored.grid
    first = grid.day_first[:-1]
    later = np.arange(grid.size) >= past

    def by_day(values: NDArray[np.float64]) -> NDArray[np.float64]:
        sums: NDArray[np.float64] = np.add.reduceat(np.where(later, values, 0.0), first, axis=-1)
        return sums

    before, mean, paths = by_day(stored.mean), by_day(anew.mean), by_day(anew.paths)
    names = list(stored.queues)
    if len(names) > 1:
        names.append(ALL_QUEUES)
        before, mean, paths = (
            np.concatenate([values, values.sum(axis=-2, keepdims=True)], axis=-2)
            for values in (before, mean, paths)
        )
    low, high = np.quantile(paths, (0.1, 0.9), axis=0)
    for day in range(int(grid.day_of[past]), grid.days):
        for row, queue in enumerate(names):
            if before[row, day] > 0:
                yield OutlookLine(
                    queue,
                    grid.dates[day],
                    bool(grid.day_first[day] >= past),
                    *(float(values[row, day]) for values in (before, mean, low, high)),
                )
