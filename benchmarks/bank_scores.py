"""What is measured on a bank's plan: forecast error, and rest and runs across the weeks' edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class ForecastError:
    """WAPE = Σ|forecast − actual| ÷ Σ actual, and bias = Σ(forecast − actual) ÷ Σ actual, over the
    intervals in which the queue is open; `wape_day` the same of day totals. `unserved` is the share
    of the week's contacts that came while the queue was closed."""

    wape: float
    wape_day: float
    bias: float
    unserved: float
    actual: float


def forecast_error(plan: Path, volumes: pd.DataFrame, first: date, days: int = 7) -> ForecastError:
    """Of a plan folder's model forecast (before the planner's adjustments) against what came.

    `volumes` has the columns timestamp (local clock) and offered. An interval that the forecast
    leaves out was forecast to be zero: there the queue is closed.
    """
    model = plan / "model" / "forecast.csv"
    said = pd.read_csv(model if model.exists() else plan / "forecast.csv")
    clock = pd.to_datetime(said["interval_start"].str.slice(0, 19))
    expected = pd.Series(said["mean"].to_numpy(dtype=float), index=clock)
    begin = pd.Timestamp(first)
    week = volumes[
        (volumes["timestamp"] >= begin) & (volumes["timestamp"] < begin + timedelta(days=days))
    ]
    came = week.groupby("timestamp")["offered"].sum()
    served = came[came.index.isin(expected[expected > 0].index)]
    both = pd.DataFrame({"expected": expected[expected > 0], "came": served}).fillna(0.0)
    total = float(both["came"].sum())
    by_day = both.groupby(pd.DatetimeIndex(both.index).normalize()).sum()
    return ForecastError(
        wape=_distance(both) / total,
        wape_day=_distance(by_day) / total,
        bias=float(both["expected"].sum()) / total - 1,
        unserved=1 - total / float(came.sum()),
        actual=total,
    )


def _distance(both: pd.DataFrame) -> float:
    return float(np.abs(both["expected"] - both["came"]).sum())


@dataclass(frozen=True)
class Edge:
    """Across the edge of two published weeks: the shortest rest of any agent, and the longest run
    of days of work that holds a day of either week."""

    shortest_rest_h: float
    longest_run_days: int
    agents_in_both: int


def across_the_edge(before: Path, after: Path) -> Edge:
    """From two roster.csv files, without any code of the product."""
    earlier, later = _roster(before), _roster(after)
    both = sorted(set(earlier["employee_id"]) & set(later["employee_id"]))
    last = earlier.groupby("employee_id")["end"].max()
    first = later.groupby("employee_id")["start"].min()
    rests = [(first[agent] - last[agent]) / pd.Timedelta(hours=1) for agent in both]
    everything = pd.concat([earlier, later]).groupby("employee_id")["date"]
    runs = [_longest_run({date.fromisoformat(day) for day in days}) for _, days in everything]
    return Edge(min(rests, default=float("inf")), max(runs, default=0), len(both))


def _roster(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, encoding="utf-8-sig", dtype=str)
    for column in ("start", "end"):
        rows[column] = pd.to_datetime(rows[column], utc=True)
    return rows


def _longest_run(days: set[date]) -> int:
    longest = 0
    for day in days:
        if day - timedelta(days=1) not in days:
            length = 1
            while day + timedelta(days=length) in days:
                length += 1
            longest = max(longest, length)
    return longest
