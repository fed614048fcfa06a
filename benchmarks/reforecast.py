"""What a reforecast during the day is worth, on the last weeks of two real banks.

    python -m benchmarks.reforecast [--bank large|small|both] [--weeks N]

takes the call volumes from the folder that SHIFTCAST_DATA names. The forecast is made at the start
of each week, and of each day; at 10:00, 12:00 and 15:00 the rest of the day is forecast anew.
Prints its WAPE as stored, with the ratio of the day so far laid on it, with the penalised update of
Shen & Huang laid on it and on a forecast of their own (`benchmarks.shen_huang`), and by the
product; then how many intervals lie within p10–p90 and how wide the range of the rest is, before
and after; and the WAPE of the next day, as stored and by the product.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.cleaning import clean
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.readers.contacts import read_tidy_history
from shiftcast.forecasting.backtest import LEAST_MEAN
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.tracking.reforecast import reforecast
from shiftcast.scheduling.planning.stages import default_forecaster

from .folders import DATA, named_folder
from .shen_huang import Past, best_penalty, factors_of, own_forecast, updated

WEEKS = 10
HOURS = (10, 12, 15)
PAST_DAYS = 182
METHODS = ("stored", "ratio", "S&H update", "S&H alone", "shiftcast")
_FILES = {
    "large": ("na_bank_2003_30min.csv", "US"),
    "small": ("technion_bank_1999_30min.csv", "IL"),
}

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bank:
    """A history of one queue and the holidays it knows."""

    history: ContactHistory
    calendar: Calendar

    def forecast(self, first: int, days: int) -> Forecast:
        """Made on the morning of day number `first`."""
        grid = self.history.grid
        horizon = TimeGrid(grid.dates[first], days, grid.interval_min, grid.tz)
        rng = np.random.default_rng([1, first])
        known = self.history.before(first)
        return default_forecaster().forecast(known, self.calendar, horizon, None, rng)

    def days(self) -> Array:
        """Contacts (days, slots), NaN where unknown or lost."""
        offered = np.where(self.history.learn, self.history.offered, np.nan)[0]
        return offered.reshape(self.history.grid.days, -1)


def read_bank(name: str, folder: Path) -> Bank:
    """The small bank's days whose records were lost must not teach, nor be scored."""
    file, country = _FILES[name]
    calendar = Calendar(country)
    history, _ = clean(read_tidy_history(folder / file), calendar)
    rows = pd.read_csv(folder / file, parse_dates=["timestamp"])
    if "imputed_day" not in rows:
        return Bank(history, calendar)
    lost = {stamp.date() for stamp in rows.loc[rows["imputed_day"] == 1, "timestamp"]}
    taught = ~np.array([day in lost for day in history.grid.dates])[history.grid.day_of]
    kept = ContactHistory(
        history.grid, history.queues, history.offered, history.aht_s, history.learn & taught
    )
    return Bank(kept, calendar)


@dataclass(frozen=True)
class Stored:
    """A forecast made on the morning of day number `first`, of whose days the first `looked_at`
    are looked at."""

    first: int
    forecast: Forecast
    looked_at: int

    def days(self, forecast: Forecast) -> Array:
        """Mean contacts (days, slots) of this forecast, or of what became of it."""
        return forecast.mean[0].reshape(forecast.grid.days, -1)


def stored_forecasts(bank: Bank, weeks: int, made: str) -> list[Stored]:
    """Of each of the last weeks, or of each day of them with the day after it."""
    known = bank.history.grid.days
    every, length, looked_at = (7, 7, 7) if made == "week" else (1, 2, 1)
    return [
        Stored(first, bank.forecast(first, min(length, known - first)), looked_at)
        for first in range(known - 7 * weeks, known, every)
    ]


@dataclass(frozen=True)
class Look:
    """One day at one hour: `actual` (slots,), `rest` which of its slots are still to come, every
    method's contacts of the day, the day's paths (paths, slots) before and after, and of the next
    day (actual, as stored, by the product), None if that is closed or unknown."""

    actual: Array
    rest: NDArray[np.bool_]
    made: dict[str, Array]
    before: Array
    after: Array
    next_day: tuple[Array, Array, Array] | None


def looks(bank: Bank, stored: Stored, hour: int) -> Iterator[Look]:
    """Every day looked at whose contacts are known."""
    contacts, forecast = bank.days(), stored.forecast
    slots = contacts.shape[1]
    cut = hour * slots // 24
    means = stored.days(forecast)
    for day in range(min(stored.looked_at, forecast.grid.days)):
        today, actual = means[day], contacts[stored.first + day]
        rest = (np.arange(slots) >= cut) & (today > 0)
        if not rest.any() or np.isnan(actual[today > 0]).any():
            continue
        rng = np.random.default_rng([hour, stored.first, day])
        anew = reforecast(forecast, bank.history, day * slots + cut, rng)
        new = stored.days(anew)
        made = {"stored": today, "ratio": today * _ratio(today, actual, cut)}
        made |= _shen_huang(bank, stored.first + day, today, actual[:cut])
        made["shiftcast"] = new[day]
        paths = [
            f.paths[:, 0].reshape(len(f.paths), *means.shape)[:, day] for f in (forecast, anew)
        ]
        following = _next_day(means, new, contacts[stored.first :], day + 1)
        yield Look(actual, rest, made, *paths, following)


def _ratio(today: Array, actual: Array, cut: int) -> float:
    """Contacts so far ÷ contacts expected so far."""
    expected = today[:cut].sum()
    return float(actual[:cut][today[:cut] > 0].sum() / expected) if expected > 0 else 1.0


def _shen_huang(bank: Bank, day: int, forecast: Array, counts: Array) -> dict[str, Array]:
    past = _past(bank, day)
    factors = factors_of(past)
    made = {}
    for name, own in (("S&H update", False), ("S&H alone", True)):
        start = own_forecast(past, factors) if own else forecast
        made[name] = updated(factors, start, counts, best_penalty(past, len(counts), own))
    return made


def _past(bank: Bank, day: int) -> Past:
    """Complete days before a day that were open: half the contacts of their weekday, or more."""
    counts = bank.days()[max(day - PAST_DAYS, 0) : day]
    weekday = (bank.history.grid.first_day.weekday() + np.arange(day)[-len(counts) :]) % 7
    total = counts.sum(axis=1)
    usual = np.array([np.nanmedian(total[weekday == number]) for number in range(7)])
    open_ = (total > 0) & (total >= usual[weekday] / 2.0)
    return Past(counts[open_], weekday[open_])


def _next_day(
    stored: Array, new: Array, contacts: Array, day: int
) -> tuple[Array, Array, Array] | None:
    if day >= len(stored) or not stored[day].any():
        return None
    actual = np.where(stored[day] > 0, contacts[day], 0.0)
    return None if np.isnan(actual).any() else (actual, stored[day], new[day])


def row_of(seen: list[Look]) -> dict[str, float]:
    """What was measured over many looks: WAPE by method, coverage and width before and after."""
    total = sum(float(look.actual[look.rest].sum()) for look in seen)
    row = {
        method: sum(_off(look.made[method], look) for look in seen) / total for method in METHODS
    }
    row["change"] = row["shiftcast"] / row["stored"] - 1.0
    for name in ("before", "after"):
        held = np.concatenate([_inside(getattr(look, name), look) for look in seen])
        row[f"inside {name}"] = float(held.mean())
        row[f"width {name}"] = sum(_width(getattr(look, name), look.rest) for look in seen) / total
    known = [look.next_day for look in seen if look.next_day is not None]
    following = sum(float(actual.sum()) for actual, _, _ in known)
    for place, name in ((1, "next day before"), (2, "next day after")):
        row[name] = sum(float(np.abs(day[place] - day[0]).sum()) for day in known) / following
    return row


def _off(made: Array, look: Look) -> float:
    return float(np.abs(made - look.actual)[look.rest].sum())


def _inside(paths: Array, look: Look) -> NDArray[np.bool_]:
    """Of the intervals to come with 10 expected contacts or more, which lay within p10–p90."""
    low, high = np.quantile(paths, (0.1, 0.9), axis=0)
    inside: NDArray[np.bool_] = (low <= look.actual) & (look.actual <= high)
    return inside[look.rest & (look.made["stored"] >= LEAST_MEAN)]


def _width(paths: Array, rest: NDArray[np.bool_]) -> float:
    """Contacts between the 10 % and the 90 % point of the rest's total."""
    low, high = np.quantile(paths[:, rest].sum(axis=1), (0.1, 0.9))
    return float(high - low)


def measure(bank: Bank, weeks: int = WEEKS) -> pd.DataFrame:
    """One row by when the forecast was made and the hour of the look."""
    rows = {}
    for made in ("week", "day"):
        stored = stored_forecasts(bank, weeks, made)
        for hour in HOURS:
            seen = [look for one in stored for look in looks(bank, one, hour)]
            rows[f"{made}'s start, {hour}:00"] = row_of(seen)
    return pd.DataFrame.from_dict(rows, orient="index")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bank", choices=[*_FILES, "both"], default="both")
    parser.add_argument("--weeks", type=int, default=WEEKS)
    asked = parser.parse_args()
    folder = named_folder(DATA)
    for name in _FILES if asked.bank == "both" else [asked.bank]:
        table = measure(read_bank(name, folder), asked.weeks)
        shown = table.map(lambda value: f"{value:.1%}").to_string()
        print(f"\n{name} bank, {asked.weeks} weeks\n{shown}", flush=True)


if __name__ == "__main__":
    main()
