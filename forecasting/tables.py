"""Forecasts as tables, written and read: by interval, by day, and path by path."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..data.grid import TimeGrid
from .forecast import QUANTILES, Forecast
from .forecast_rows import QUANTILE_COLUMNS, ForecastRows, read_forecast_rows

INTERVAL_COLUMNS = ("interval_start", "queue", "mean", *QUANTILE_COLUMNS, "aht_s")
DAY_COLUMNS = ("date", "queue", "mean", *QUANTILE_COLUMNS)
PATH_COLUMNS = ("path", "interval_start", "queue", "contacts")
_DECIMALS = 4
_LOCAL = "%Y-%m-%dT%H:%M:%S"
_STEADY_PATHS = 21  # quantiles 0, 5 %, … 100 %: the 10, 50 and 90 % points are among them


def forecast_frame(forecast: Forecast) -> pd.DataFrame:
    """`INTERVAL_COLUMNS`, by queue and time; intervals without contacts are left out.

    `interval_start` is the local clock without offset; where the clock repeats an hour both hours
    are there, the first one first. `aht_s` is left out if the history tells none.
    """
    queue, place = np.nonzero(_written(forecast))
    columns: dict[str, object] = {
        "interval_start": _local(forecast.grid)[place],
        "queue": np.array(forecast.queues, dtype=object)[queue],
    }
    for name in ("mean", *QUANTILE_COLUMNS):
        columns[name] = getattr(forecast, name)[queue, place].round(_DECIMALS)
    if np.isfinite(forecast.aht_s).any():
        columns["aht_s"] = forecast.aht_s[queue, place].round(1)
    return pd.DataFrame(columns)


def daily_frame(forecast: Forecast) -> pd.DataFrame:
    """`DAY_COLUMNS`: every day of every queue, quantiles of the day's total."""
    mean = forecast.daily_mean()
    paths = np.add.reduceat(forecast.paths, forecast.grid.day_first[:-1], axis=2)
    quantiles = np.quantile(paths, QUANTILES, axis=0)
    days = [day.isoformat() for day in forecast.grid.dates]
    columns: dict[str, object] = {
        "date": np.tile(np.array(days, dtype=object), len(forecast.queues)),
        "queue": np.repeat(np.array(forecast.queues, dtype=object), len(days)),
        "mean": mean.ravel().round(_DECIMALS),
    }
    for name, values in zip(QUANTILE_COLUMNS, quantiles, strict=True):
        columns[name] = values.ravel().round(_DECIMALS)
    return pd.DataFrame(columns)


def paths_frame(forecast: Forecast) -> pd.DataFrame:
    """`PATH_COLUMNS`: contacts on each path (0, 1, …), in the rows of `forecast_frame`."""
    queue, place = np.nonzero(_written(forecast))
    paths = len(forecast.paths)
    starts = pd.Categorical.from_codes(
        np.tile(_codes(forecast.grid)[place], paths), categories=pd.Index(_distinct(forecast.grid))
    )
    queues = pd.Categorical.from_codes(
        np.tile(queue, paths), categories=pd.Index(list(forecast.queues))
    )
    return pd.DataFrame(
        {
            "path": np.repeat(np.arange(paths, dtype=np.int32), len(queue)),
            "interval_start": starts,
            "queue": queues,
            "contacts": forecast.paths[:, queue, place].ravel(),
        }
    )


def write_forecast(path: Path, forecast: Forecast) -> None:
    """`forecast_frame` as CSV, whole or not at all."""
    _write_csv(path, forecast_frame(forecast))


def write_daily(path: Path, forecast: Forecast) -> None:
    """`daily_frame` as CSV, whole or not at all."""
    _write_csv(path, daily_frame(forecast))


def write_paths(path: Path, forecast: Forecast) -> None:
    """`paths_frame` as Parquet, whole or not at all."""
    frame = paths_frame(forecast)
    _write_whole(path, lambda aside: frame.to_parquet(aside, index=False))


def read_forecast(
    path: Path, grid: TimeGrid, queues: Sequence[str], paths: Path | None = None
) -> Forecast:
    """A forecast table on a grid: rows outside it and other queues are passed over, an interval
    without a row is zero.

    `paths` is what `write_paths` wrote of the same forecast; without it the paths are steady (each
    keeps to one quantile, or to the mean where the table has no quantiles). Raises InputError.
    """
    made = _on_grid(read_forecast_rows(path, grid.tz, grid.interval_min), grid, tuple(queues))
    if paths is None:
        return made
    drawn = _read_paths(paths, made)
    p10, p50, p90 = np.quantile(drawn, QUANTILES, axis=0)
    return replace(made, paths=drawn, p10=p10, p50=p50, p90=p90)


def read_outside_forecast(path: Path, tz: str, interval_min: int) -> Forecast:
    """Somebody else's forecast, on all of its own days and queues; raises InputError."""
    rows = read_forecast_rows(path, tz, interval_min)
    days = pd.DatetimeIndex(rows.frame["when"]).tz_localize(None).normalize()
    first, last = days.min().date(), days.max().date()
    grid = TimeGrid(first, (last - first).days + 1, interval_min, tz)
    return _on_grid(rows, grid, tuple(dict.fromkeys(rows.frame["queue"])))


def _on_grid(rows: ForecastRows, grid: TimeGrid, queues: tuple[str, ...]) -> Forecast:
    mean = rows.on_grid("mean", grid, queues, 0.0)
    p10, p50, p90 = mean, mean, mean
    if rows.has_quantiles:
        p10, p50, p90 = (rows.on_grid(name, grid, queues, 0.0) for name in QUANTILE_COLUMNS)
    return Forecast(
        grid=grid,
        queues=queues,
        mean=mean,
        p10=p10,
        p50=p50,
        p90=p90,
        aht_s=rows.on_grid("aht_s", grid, queues, np.nan),
        paths=_steady_paths(p10, p50, p90),
        effects={},
    )


def _steady_paths(
    p10: NDArray[np.float64], p50: NDArray[np.float64], p90: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Paths of which each keeps to one quantile, so that the three given are theirs again; beyond
    them the lines are prolonged, not below zero."""
    levels = np.linspace(0.0, 1.0, _STEADY_PATHS)[:, None, None]
    below = p50 + (levels - 0.5) / 0.4 * (p50 - p10)
    above = p50 + (levels - 0.5) / 0.4 * (p90 - p50)
    return np.maximum(np.where(levels <= 0.5, below, above), 0.0)


def _written(forecast: Forecast) -> NDArray[np.bool_]:
    """Which intervals are written; of a repeated hour both, so that readers can tell them."""
    codes = _codes(forecast.grid)
    repeated = np.bincount(codes)[codes] > 1
    return (forecast.mean > 0) | (forecast.p90 > 0) | repeated


def _local(grid: TimeGrid) -> NDArray[np.object_]:
    return np.array(grid.starts.strftime(_LOCAL), dtype=object)


def _distinct(grid: TimeGrid) -> list[str]:
    """Every local start once, in order."""
    return list(dict.fromkeys(_local(grid).tolist()))


def _codes(grid: TimeGrid) -> NDArray[np.int64]:
    """Number of each interval's local start among the distinct ones."""
    codes, _ = pd.factorize(_local(grid))
    return codes.astype(np.int64)


def _read_paths(path: Path, forecast: Forecast) -> NDArray[np.float64]:
    frame = pd.read_parquet(path)
    one = frame[frame["path"] == 0]
    queue = pd.Index(forecast.queues).get_indexer(pd.Index(one["queue"].astype(str)))
    start = pd.Index(_distinct(forecast.grid)).get_indexer(
        pd.Index(one["interval_start"].astype(str))
    )
    again = one.groupby(["queue", "interval_start"], observed=True).cumcount().to_numpy()
    # The n-th row of a repeated local start is its n-th interval.
    places = pd.DataFrame({"code": _codes(forecast.grid)})
    places["again"] = places.groupby("code").cumcount()
    lookup = pd.MultiIndex.from_frame(places)
    place = lookup.get_indexer(pd.MultiIndex.from_arrays([start, again]))
    kept = (queue >= 0) & (place >= 0)
    count = len(frame) // max(len(one), 1)
    drawn = np.zeros((max(count, 1), *forecast.mean.shape))
    values = frame["contacts"].to_numpy(dtype=np.float64).reshape(count, len(one))
    drawn[:count, queue[kept], place[kept]] = values[:, kept]
    return drawn


def _write_csv(path: Path, frame: pd.DataFrame) -> None:
    # Excel needs the byte order mark for names that are not plain letters, and nothing else does.
    plain = all(str(name).isascii() for name in frame["queue"].unique())
    encoding = "utf-8" if plain else "utf-8-sig"
    _write_whole(path, lambda aside: frame.to_csv(aside, index=False, encoding=encoding))


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Writes beside, then renames; makes the folder if needed, leaves nothing half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
