"""The real series that forecasts are measured on, read as a planner's files would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from shiftcast.data.calendar import Calendar
from shiftcast.data.cleaning import clean
from shiftcast.data.history import ContactHistory
from shiftcast.data.readers.calendar import read_calendar
from shiftcast.data.readers.contacts import read_tidy_history

WEEKLY_ORIGINS = 10
MONTHLY_ORIGINS = 6


@dataclass(frozen=True)
class Series:
    """A history with what its calendar knows, forecast `days` days from each of `origins` days
    that lie `days` days apart, the last horizon ending with the history."""

    history: ContactHistory
    calendar: Calendar
    days: int
    origins: int

    @property
    def is_daily(self) -> bool:
        return self.history.grid.intervals_a_day == 1


def small_bank(folder: Path) -> Series:
    """Half-hours of 1999; the three days whose data were lost must not teach nor be scored."""
    path = folder / "technion_bank_1999_30min.csv"
    series = _bank(path, "IL")
    rows = pd.read_csv(path, parse_dates=["timestamp"])
    lost = {stamp.date() for stamp in rows.loc[rows["imputed_day"] == 1, "timestamp"]}
    grid = series.history.grid
    learn = series.history.learn & ~np.isin(grid.day_of, [grid.day_number(day) for day in lost])
    return replace(series, history=replace(series.history, learn=learn))


def large_bank(folder: Path, minutes: int = 30) -> Series:
    return _bank(folder / f"na_bank_2003_{minutes}min.csv", "US")


def ambulances(folder: Path) -> Series:
    history, _ = clean(read_tidy_history(folder / "swast_ambulance_daily.csv"))
    return Series(history, Calendar("GB"), days=28, origins=MONTHLY_ORIGINS)


def stores(folder: Path, first: int | None = None) -> Series:
    """Daily sales of the `first` stores (None: all), promotions and holidays known ahead."""
    rows = pd.read_csv(folder / "rossmann_80stores_daily.csv")
    rows = rows[rows["series"].isin(sorted(rows["series"].unique())[:first])]
    rows = rows.rename(columns={"series": "queue"})
    sales = rows.rename(columns={"date": "timestamp", "y": "offered"})
    known_ahead = rows[["date", "queue", "promo", "holiday", "school_holiday", "open"]]
    with TemporaryDirectory() as aside:
        history, days = Path(aside, "history.csv"), Path(aside, "calendar.csv")
        sales[["timestamp", "queue", "offered"]].to_csv(history, index=False)
        known_ahead.to_csv(days, index=False)
        calendar = read_calendar(days)
        cleaned, _ = clean(read_tidy_history(history), calendar)
    return Series(cleaned, calendar, days=28, origins=MONTHLY_ORIGINS)


def _bank(path: Path, country: str) -> Series:
    calendar = Calendar(country)
    history, _ = clean(read_tidy_history(path), calendar)
    return Series(history, calendar, days=7, origins=WEEKLY_ORIGINS)


SERIES: dict[str, Callable[[Path], Series]] = {
    "small_bank": small_bank,
    "large_bank": large_bank,
    "stores": stores,
    "stores_20": partial(stores, first=20),
    "ambulances": ambulances,
    "large_bank_5min": partial(large_bank, minutes=5),
}
USUAL = ("small_bank", "large_bank", "stores", "ambulances")
QUICK = ("small_bank", "large_bank", "stores_20", "ambulances")
