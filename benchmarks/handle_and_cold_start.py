"""Handle times, and queues that have just begun, against what planners do by hand.

    python -m benchmarks.handle_and_cold_start [handle] [cold] [--seeds 20] [--origins 3]
                                               [--workers 2] [--output FOLDER]

takes the series from the folder that SHIFTCAST_DATA names and prints two tables, both made with the
product's own forecaster. The first gives the WAPE of a week's handle time by interval, weighted
with contacts, against the mean of the last four weeks' same weekday and slot, and against their
mean over all. The second gives the WAPE of contacts in queues of which only the last 7, 14 or 21
days are known (one in four at a time, the others whole), against the mean of the known days' same
weekday and slot, and against the product without other queues to borrow from.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.cleaning import clean
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.readers.contacts import read_tidy_history
from shiftcast.data.readers.workspace import read_centre, read_centre_history
from shiftcast.data.sample import write_sample
from shiftcast.forecasting.day_marks import CalendarIndex
from shiftcast.forecasting.day_matrix import divided, mean_known, to_days
from shiftcast.scheduling.planning.stages import default_forecaster, only_queues

from .folders import DATA, named_folder
from .forecasting.series import ambulances, stores

Array = NDArray[np.float64]

SEEDS, ORIGINS, WORKERS = 20, 3, 2
COLD_SEEDS = 4
HANDLE_DAYS, COLD_DAYS = 7, 28
RECENT_DAYS = 28  # "the last four weeks"
KNOWN_DAYS = (7, 14, 21)
ONE_IN = 4
STORES = 20
_APART_DAYS = 35
SECTIONS = ("handle", "cold")


@dataclass(frozen=True)
class Centre:
    """A history with its calendar, under the name of its table rows."""

    name: str
    history: ContactHistory
    calendar: Calendar


def sample(seed: int) -> Centre:
    """The sample centre, read and cleaned as a planner's own would be."""
    with TemporaryDirectory() as aside:
        folder = Path(aside, "centre")
        write_sample(folder, seed)
        inputs = read_centre(folder)
        history, _ = clean(read_centre_history(inputs), centre=inputs.centre)
    return Centre("sample", history, inputs.centre.calendar)


def bank(folder: Path) -> Centre:
    """Half-hours of January and February 1999, all calls in one queue."""
    path = folder / "technion_bank_1999_kpis_30min.csv"
    return _tidy("small bank", path, Calendar("IL"))


def bank_by_type(folder: Path) -> Centre:
    """The same calls, one queue for each type of call."""
    rows = pd.read_csv(folder / "technion_bank_1999_calls.csv", parse_dates=["entry_ts"])
    rows = rows[(rows["outcome"] == "AGENT") & (rows["ser_time"] > 0)]
    times = rows.groupby([rows["entry_ts"].dt.floor("30min"), "type"])["ser_time"]
    table = times.agg(["size", "mean"]).reset_index()
    table.columns = pd.Index(["timestamp", "queue", "offered", "aht_s"])
    with TemporaryDirectory() as aside:
        path = Path(aside, "history.csv")
        table.to_csv(path, index=False)
        return _tidy("small bank, by type", path, Calendar("IL"))


def _tidy(name: str, path: Path, calendar: Calendar) -> Centre:
    history, _ = clean(read_tidy_history(path), calendar)
    return Centre(name, history, calendar)


def handle_errors(centre: Centre, origins: Sequence[int]) -> pd.DataFrame:
    """One row a method: seconds of handle time that were `off` and that came (`actual`), in the
    weeks from the day numbers `origins` on."""
    history = centre.history
    weight = np.where(history.learn & (history.aht_s > 0), np.nan_to_num(history.offered), 0.0)
    off = dict.fromkeys(("ours", "same weekday and slot", "queue"), 0.0)
    actual = 0.0
    for origin in origins:
        grid = _grid_after(history, origin, HANDLE_DAYS)
        rng = np.random.default_rng(origin)
        said = default_forecaster().forecast(history, centre.calendar, grid, None, rng).aht_s
        for row in range(len(history.queues)):
            aht = to_days(history.aht_s[row], history.grid)
            contacts = to_days(weight[row], history.grid)
            coming = slice(origin, origin + HANDLE_DAYS)
            came = np.nan_to_num(aht[coming])
            found = {"ours": to_days(said[row], grid)}
            found |= recent_means(aht[:origin], contacts[:origin])
            actual += float((contacts[coming] * came).sum())
            for method, seconds in found.items():
                wrong = np.abs(np.nan_to_num(seconds) - came)
                off[method] += float((contacts[coming] * wrong).sum())
    return pd.DataFrame(
        {"series": centre.name, "method": list(off), "off": list(off.values()), "actual": actual}
    )


def recent_means(aht_s: Array, contacts: Array) -> dict[str, Array]:
    """What the last four weeks' contact-weighted means say of the week that follows: (days, slots)
    each. A slot unknown on a weekday takes its mean over all days, else the queue's mean."""
    aht_s, contacts = aht_s[-RECENT_DAYS:], contacts[-RECENT_DAYS:]
    weight = np.where(np.isfinite(aht_s), np.nan_to_num(contacts), 0.0)
    load = weight * np.nan_to_num(aht_s)
    queue = np.full(aht_s.shape[1], load.sum() / max(weight.sum(), 1.0))
    slot = divided(load.sum(axis=0), weight.sum(axis=0), np.nan)
    slot = np.where(np.isfinite(slot), slot, queue)
    age = len(aht_s) - np.arange(len(aht_s))
    weeks = []
    for ahead in range(HANDLE_DAYS):
        same = (ahead + age) % 7 == 0
        found = divided(load[same].sum(axis=0), weight[same].sum(axis=0), np.nan)
        weeks.append(np.where(np.isfinite(found), found, slot))
    return {"same weekday and slot": np.stack(weeks), "queue": np.tile(queue, (HANDLE_DAYS, 1))}


def cold_errors(centre: Centre, origins: Sequence[int], alone: int = ONE_IN) -> pd.DataFrame:
    """One row an origin, number of known days, horizon, grain and method: contacts `off` and
    `actual` of every queue in its turn as a cold one, one in `alone` at a time."""
    rows = []
    for origin in origins:
        for known in KNOWN_DAYS:
            for turn in range(min(alone, len(centre.history.queues))):
                cold = np.arange(turn, len(centre.history.queues), alone)
                cut = only_last_days(centre.history, cold, origin, known)
                rows += _cold_rows(
                    replace(centre, history=cut), centre.history, cold, origin, known
                )
    return pd.DataFrame(rows)


def only_last_days(
    history: ContactHistory, cold: NDArray[np.int64], origin: int, known: int
) -> ContactHistory:
    """What is known on the morning of day number `origin`, had the queues `cold` (rows) begun
    `known` days before."""
    past = history.before(origin)
    unknown = np.zeros((len(past.queues), past.grid.size), dtype=bool)
    unknown[np.ix_(cold, past.grid.day_of < origin - known)] = True
    nothing = np.where(unknown, np.nan, past.offered)
    return replace(past, offered=nothing, aht_s=np.where(unknown, np.nan, past.aht_s))


def _cold_rows(
    centre: Centre, whole: ContactHistory, cold: NDArray[np.int64], origin: int, known: int
) -> Iterator[dict[str, object]]:
    grid = _grid_after(whole, origin, COLD_DAYS)
    forecaster, calendar = default_forecaster(), centre.calendar
    ours = forecaster.forecast(centre.history, calendar, grid, None, np.random.default_rng(origin))
    index = CalendarIndex(calendar, whole.grid.first_day, origin + COLD_DAYS + 1)
    for row in cold:
        name = whole.queues[row]
        single = only_queues(centre.history, [name])
        alone = forecaster.forecast(single, calendar, grid, None, np.random.default_rng(origin))
        known_days = to_days(single.offered[0], single.grid)
        closed = index.marks(name).closed[origin : origin + COLD_DAYS]
        said = {
            "ours": to_days(ours.mean[row], grid),
            "alone": to_days(alone.mean[0], grid),
            "mean of 4 weeks": weekday_mean(known_days, COLD_DAYS) * ~closed[:, None],
        }
        taken = np.where(whole.learn[row], whole.offered[row], np.nan)
        came = to_days(taken, whole.grid)[origin : origin + COLD_DAYS]
        for method, mean in said.items():
            for days in (7, COLD_DAYS):
                for grain, off, actual in errors(came[:days], mean[:days]):
                    yield {
                        "series": centre.name, "known": known, "days": days, "grain": grain,
                        "method": method, "off": off, "actual": actual,
                    }  # fmt: skip


def weekday_mean(contacts: Array, days: int) -> Array:
    """The mean of the same weekday in the last four weeks of `contacts` (days, slots), for the
    `days` days that follow; a weekday that is not known takes the mean of all known days."""
    recent = contacts[-RECENT_DAYS:]
    usual = np.nan_to_num(mean_known(recent))
    age = len(recent) - np.arange(len(recent))
    rows = [mean_known(recent[(ahead + age) % 7 == 0]) for ahead in range(days)]
    return np.stack([np.where(np.isfinite(row), row, usual) for row in rows])


def errors(came: Array, mean: Array) -> Iterator[tuple[str, float, float]]:
    """Absolute errors and contacts that came, by day and, if there are intervals, by interval;
    `came` and `mean` are (days, slots), NaN in `came` where it is not known what came."""
    whole = np.isfinite(came).all(axis=1)
    totals = came[whole].sum(axis=1)
    yield "day", float(np.abs(mean[whole].sum(axis=1) - totals).sum()), float(totals.sum())
    if came.shape[1] > 1:
        known = np.isfinite(came)
        yield "interval", float(np.abs(mean - came)[known].sum()), float(came[known].sum())


def _grid_after(history: ContactHistory, origin: int, days: int) -> TimeGrid:
    known = history.grid
    first = known.first_day + timedelta(days=origin)
    return TimeGrid(first, days, known.interval_min, known.tz)


def _last_origins(centre: Centre, days: int, apart: int, origins: int) -> list[int]:
    last = centre.history.grid.days - days
    return [last - apart * number for number in reversed(range(origins))]


def _handle_of_sample(origins: int, seed: int) -> pd.DataFrame:
    centre = sample(seed)
    return handle_errors(centre, _last_origins(centre, HANDLE_DAYS, _APART_DAYS, origins))


def _cold_of_sample(origins: int, seed: int) -> pd.DataFrame:
    centre = sample(seed)
    return cold_errors(centre, _last_origins(centre, COLD_DAYS, _APART_DAYS, origins))


def measure_handle(folder: Path, asked: argparse.Namespace) -> pd.DataFrame:
    """Handle time of both views of the bank (its last four weeks) and of the samples."""
    parts = []
    for centre in (bank(folder), bank_by_type(folder)):
        parts.append(handle_errors(centre, _last_origins(centre, HANDLE_DAYS, HANDLE_DAYS, 4)))
    parts += _of_seeds(_handle_of_sample, asked, asked.seeds)
    return pd.concat(parts, ignore_index=True)


def measure_cold(folder: Path, asked: argparse.Namespace) -> pd.DataFrame:
    """Cold starts in the samples, the ambulances and the stores."""
    parts = _of_seeds(_cold_of_sample, asked, min(asked.seeds, COLD_SEEDS))
    for name, series in (("ambulances", ambulances(folder)), ("stores", stores(folder, STORES))):
        centre = Centre(name, series.history, series.calendar)
        parts.append(
            cold_errors(centre, _last_origins(centre, COLD_DAYS, COLD_DAYS, asked.origins))
        )
    return pd.concat(parts, ignore_index=True)


def _of_seeds(
    one: Callable[[int, int], pd.DataFrame], asked: argparse.Namespace, seeds: int
) -> list[pd.DataFrame]:
    with ProcessPoolExecutor(asked.workers) as pool:
        return list(pool.map(partial(one, asked.origins), range(1, seeds + 1)))


def wape_table(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """WAPE by the columns `by`, one column a method in their order of appearance."""
    sums = rows.pivot_table(["off", "actual"], by, "method", aggfunc="sum", sort=False)
    return (sums["off"] / sums["actual"])[list(rows["method"].unique())]


MEASURES = {
    "handle": (measure_handle, ["series"], "handle time by interval, 7 days ahead"),
    "cold": (measure_cold, ["series", "grain", "days", "known"], "cold start"),
}


def main() -> None:
    """Measure and print what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--seeds", type=int, default=SEEDS, help="samples (20; cold starts 4)")
    parser.add_argument("--origins", type=int, default=ORIGINS, help="forecasts a series (3)")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes (2)")
    parser.add_argument("--output", type=Path, help="folder for every row, as CSV")
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    folder = named_folder(DATA)
    for section in asked.sections or SECTIONS:
        measured, by, title = MEASURES[section]
        rows = measured(folder, asked)
        if asked.output is not None:
            rows.to_csv(asked.output / f"{section}.csv", index=False)
        print(f"\n{title}: WAPE\n{wape_table(rows, by).round(4).to_string()}", flush=True)


if __name__ == "__main__":
    main()
