"""Forecasts against what planners do by hand, on real series and rolling weekly origins.

    python -m benchmarks.forecasting [--series small_bank large_bank stores ambulances] [--origins N]

takes the series from the folder that SHIFTCAST_DATA names and prints WAPE and bias of the mean,
coverage of p10–p90 and mean pinball loss, at the interval and the day, and seconds.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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
    learn = series.history.learn & ~np.isin(
        grid.day_of, [grid.day_number(day) for day in lost]
    )
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
    with _as_files(sales[["timestamp", "queue", "offered"]], known_ahead) as (history, days):
        calendar = read_calendar(days)
        cleaned, _ = clean(read_tidy_history(history), calendar)
    return Series(cleaned, calendar, days=28, origins=6)
