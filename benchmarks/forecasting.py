"""Forecasts against what planners do by hand, on real series and rolling weekly origins.

    python -m benchmarks.forecasting [--series small_bank large_bank …] [--origins N]

takes the series from the folder that SHIFTCAST_DATA names and prints WAPE and bias of the mean,
coverage of p10–p90 and mean pinball loss, at the interval and the day, and seconds.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from shiftcast.data.calendar import Calendar
from shiftcast.data.cleaning import clean
from shiftcast.data.history import ContactHistory
from shiftcast.data.readers.calendar import read_calendar
from shiftcast.data.readers.contacts import read_tidy_history
from shiftcast.forecasting.backtest import backtest
from shiftcast.forecasting.baseline import WeekdayMean, seasonal_naive
from shiftcast.forecasting.prophet_profile import ProphetProfile

ORIGINS = 10
STORES = 20


@dataclass(frozen=True)
class Series:
    """A history with what its calendar knows, forecast `days` days from every origin."""

    history: ContactHistory
    calendar: Calendar
    days: int
    origins: int


def small_bank(folder: Path) -> Series:
    """Half-hours of 1999; the three days whose data were lost must not teach nor be scored."""
    path = folder / "technion_bank_1999_30min.csv"
    series = _bank(path, "IL")
    rows = pd.read_csv(path, parse_dates=["timestamp"])
    lost = {stamp.date() for stamp in rows.loc[rows["imputed_day"] == 1, "timestamp"]}
    grid = series.history.grid
    learn = series.history.learn & ~np.isin(grid.day_of, [grid.day_number(day) for day in lost])
    return replace(series, history=replace(series.history, learn=learn))


def large_bank(folder: Path) -> Series:
    return _bank(folder / "na_bank_2003_30min.csv", "US")


def ambulances(folder: Path) -> Series:
    history, _ = clean(read_tidy_history(folder / "swast_ambulance_daily.csv"))
    return Series(history, Calendar("GB"), days=28, origins=6)


def stores(folder: Path) -> Series:
    """Daily sales of the first stores, 28 days, promotions and holidays known ahead."""
    rows = pd.read_csv(folder / "rossmann_80stores_daily.csv")
    rows = rows[rows["series"].isin(sorted(rows["series"].unique())[:STORES])]
    rows = rows.rename(columns={"series": "queue"})
    sales = rows.rename(columns={"date": "timestamp", "y": "offered"})
    known_ahead = rows[["date", "queue", "promo", "holiday", "school_holiday", "open"]]
    with TemporaryDirectory() as aside:
        history, days = Path(aside, "history.csv"), Path(aside, "calendar.csv")
        sales[["timestamp", "queue", "offered"]].to_csv(history, index=False)
        known_ahead.to_csv(days, index=False)
        calendar = read_calendar(days)
        cleaned, _ = clean(read_tidy_history(history), calendar)
    return Series(cleaned, calendar, days=28, origins=6)


def _bank(path: Path, country: str) -> Series:
    calendar = Calendar(country)
    history, _ = clean(read_tidy_history(path), calendar)
    return Series(history, calendar, days=7, origins=ORIGINS)


SERIES: dict[str, Callable[[Path], Series]] = {
    "small_bank": small_bank,
    "large_bank": large_bank,
    "stores": stores,
    "ambulances": ambulances,
}


def measure(series: Series, origins: int | None) -> pd.DataFrame:
    """One row a method and grain, over all queues."""
    report = backtest(
        series.history,
        series.calendar,
        (ProphetProfile(), seasonal_naive(), WeekdayMean(4), WeekdayMean(8)),
        days=series.days,
        every=series.days,
        count=origins or series.origins,
    )
    scores = report.scores
    whole = "all" if len(series.history.queues) > 1 else series.history.queues[0]
    scores = scores[scores["queue"] == whole].drop(columns=["queue", "counted"])
    return scores.merge(report.seconds, on="method").round(4)


def main() -> None:
    """Measure the series asked for and print one table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", nargs="+", choices=sorted(SERIES), default=list(SERIES))
    parser.add_argument("--origins", type=int, help="forecasts a series (its own number)")
    arguments = parser.parse_args()
    folder = os.environ.get("SHIFTCAST_DATA")
    if not folder or not Path(folder).is_dir():
        parser.error("SHIFTCAST_DATA must name the folder of the data sets")
    for name in arguments.series:
        table = measure(SERIES[name](Path(folder)), arguments.origins)
        print(f"\n{name}\n{table.to_string(index=False)}", flush=True)


if __name__ == "__main__":
    main()
