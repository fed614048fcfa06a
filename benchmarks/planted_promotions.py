"""What the forecast finds of promotions whose truth is known: the sample centre's.

    python -m benchmarks.planted_promotions [--seeds 20] [--by phase|type|queue|seen|source]
                                            [--workers 2] [--output FILE.csv]

For each seed of the sample the history is cut on the day before a promotion begins, and all of its
phases are forecast with the product's own forecaster. Contacts and handle time apart, the tables
give by phase the true factor and the one found, the share of phases whose truth lies in the range
stated to hold 80 %, and how far the forecast of the phase's days is from what came.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.cleaning import clean
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.readers.workspace import read_centre, read_centre_history
from shiftcast.data.sample import write_sample
from shiftcast.data.sample.promotions import Phase, phases
from shiftcast.data.sample.truth import expected_daily, phase_truth
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.planning.stages import forecast_stage

SEEDS = 20
WORKERS = 2
LAST_SUNDAY = date(2026, 12, 20)
"""The histories' last day: Double 12 of 2026 can still be compared with what came."""

# What is compared, and the prefix of its columns.
MEASURES = {"contacts": "", "handle time": "handle_"}
# Our column = field of the forecast's event.
_FIELDS = {
    "factor": "factor",
    "low": "factor_low",
    "high": "factor_high",
    "handle_factor": "handle_factor",
    "handle_low": "handle_low",
    "handle_high": "handle_high",
}
GROUPS = ("phase", "type", "queue", "seen", "source")


@dataclass(frozen=True)
class Cut:
    """A promotion of which one or two earlier ones are known: nothing of it, or after it, is."""

    type: str
    year: int

    @property
    def phases(self) -> tuple[Phase, ...]:
        year = phases(date(self.year, 1, 1), date(self.year, 12, 31))
        return tuple(phase for phase in year if phase.type == self.type)


CUTS = (
    Cut("double11", 2025),
    Cut("double12", 2025),
    Cut("618", 2026),
    Cut("double11", 2026),
    Cut("double12", 2026),
)


def measure(seeds: Sequence[int], workers: int = WORKERS) -> pd.DataFrame:
    """One row a seed, cut, queue and phase: the columns of `scores`, with `seed`."""
    with ProcessPoolExecutor(max_workers=workers) as pool:
        return pd.concat(pool.map(measure_seed, seeds), ignore_index=True)


def measure_seed(seed: int) -> pd.DataFrame:
    """The rows of one seed, read and cleaned as a planner's own centre would be."""
    with TemporaryDirectory() as aside:
        folder = Path(aside, "centre")
        write_sample(folder, seed, today=LAST_SUNDAY)
        inputs = read_centre(folder)
        history, _ = clean(read_centre_history(inputs), centre=inputs.centre)
    rows = []
    for cut in CUTS:
        first, last = cut.phases[0].first, cut.phases[-1].last
        grid = TimeGrid(first, (last - first).days + 1, history.grid.interval_min, history.grid.tz)
        rng = np.random.default_rng(seed)
        forecast = forecast_stage(inputs.centre, history, grid, rng).model
        rows.append(scores(forecast, history, cut.phases))
    return pd.concat(rows, ignore_index=True).assign(seed=seed)


def scores(forecast: Forecast, history: ContactHistory, coming: Sequence[Phase]) -> pd.DataFrame:
    """One row a queue and coming phase.

    `true` is the factor of the truth, size included; `factor`, `low` and `high` are the forecast's,
    NaN where it says nothing of the phase. `actual`, `off` and `error` are what came on the phase's
    days as far as it is known, the sum of the days' absolute errors, and of their errors. The same
    columns behind `handle_` are about handle time, its errors in seconds over all contacts.
    """
    rows = []
    said = {(e.queue, e.type, e.phase): e for e in forecast.events if e.kind == "promotion"}
    for queue in forecast.queues:
        days = _Days.of(queue, forecast, history)
        for phase in coming:
            truth = phase_truth(phase, queue)
            effect = said.get((queue, phase.type, phase.phase))
            row: dict[str, object] = {
                "type": phase.type,
                "phase": phase.phase or "–",
                "queue": queue,
                "seen": "–" if effect is None else effect.seen,
                "source": "missing" if effect is None else effect.source,
                "true": _mean_factor(phase, queue),
                "handle_true": truth.handle_time,
            }
            for ours, theirs in _FIELDS.items():
                row[ours] = np.nan if effect is None else getattr(effect, theirs)
            row |= days.errors(forecast.grid, phase)
            rows.append(row)
    return pd.DataFrame(rows)


def _mean_factor(phase: Phase, queue: str) -> float:
    """Expected contacts of the phase's days over those without it."""
    truth = phase_truth(phase, queue)
    expected = expected_daily(queue, TimeGrid(phase.first, len(truth.dates), 1440))
    return float(expected.sum() / (expected / truth.contacts).sum())


@dataclass(frozen=True)
class _Days:
    """By day of a forecast: contacts that came and were forecast, mean handle time of both; NaN
    where it is not known what came. All of shape (days,)."""

    came: NDArray[np.float64]
    mean: NDArray[np.float64]
    came_aht: NDArray[np.float64]
    mean_aht: NDArray[np.float64]

    @staticmethod
    def of(queue: str, forecast: Forecast, history: ContactHistory) -> _Days:
        grid, known = forecast.grid, history.grid
        begin = int(known.day_first[known.day_number(grid.first_day)])
        taken = slice(begin, begin + grid.size)
        number = history.queue_index(queue)
        came = np.full(grid.size, np.nan)
        aht = np.full(grid.size, np.nan)
        offered = history.offered[number, taken]
        came[: len(offered)] = np.where(history.learn[number, taken], offered, np.nan)
        aht[: len(offered)] = history.aht_s[number, taken]
        ours = forecast.queues.index(queue)
        mean = forecast.mean[ours]
        first = grid.day_first[:-1]
        return _Days(
            np.add.reduceat(came, first),
            np.add.reduceat(mean, first),
            _weighted(aht, came, first),
            _weighted(forecast.aht_s[ours], mean, first),
        )

    def errors(self, grid: TimeGrid, phase: Phase) -> dict[str, float]:
        days = slice(grid.day_number(phase.first), grid.day_number(phase.last) + 1)
        came, error = self.came[days], (self.mean - self.came)[days]
        seconds = came * self.came_aht[days]
        off = came * (self.mean_aht - self.came_aht)[days]
        return {
            "actual": float(np.nansum(came)),
            "error": float(np.nansum(error)),
            "off": float(np.nansum(np.abs(error))),
            "handle_actual": float(np.nansum(seconds)),
            "handle_error": float(np.nansum(off)),
            "handle_off": float(np.nansum(np.abs(off))),
        }


def _weighted(
    values: NDArray[np.float64], weights: NDArray[np.float64], first: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weighted mean by day of what is known; NaN for a day of which nothing is."""
    known = np.isfinite(values) & np.isfinite(weights)
    total = np.add.reduceat(np.where(known, weights, 0.0), first)
    above = np.add.reduceat(np.where(known, weights * values, 0.0), first)
    return np.divide(above, total, out=np.full(len(first), np.nan), where=total > 0)


def summary(rows: pd.DataFrame, by: str, prefix: str = "") -> pd.DataFrame:
    """One row a group and one for all: number of phases, mean true factor and mean found, mean
    error and mean absolute error of the factor, `inside` the share whose truth lies in the stated
    range, WAPE and bias of the days. A phase of which nothing was said is not inside."""
    taken = {
        name: rows[f"{prefix}{name}"]
        for name in ("true", "factor", "low", "high", "actual", "off", "error")
    }
    wide = pd.DataFrame({by: rows[by].astype(str), **taken})
    wide["wrong"] = wide["factor"] - wide["true"]
    wide["inside"] = wide["true"].between(wide["low"], wide["high"])
    groups = [*wide.groupby(by, sort=False), ("all", wide)]
    return pd.DataFrame(
        [_summed(group) for _, group in groups],
        index=pd.Index([str(n) for n, _ in groups], name=by),
    )


def _summed(group: pd.DataFrame) -> dict[str, float]:
    actual = group["actual"].sum()
    return {
        "phases": len(group),
        "true": group["true"].mean(),
        "found": group["factor"].mean(),
        "error": group["wrong"].mean(),
        "off by": group["wrong"].abs().mean(),
        "inside": group["inside"].mean(),
        "WAPE": group["off"].sum() / actual,
        "bias": group["error"].sum() / actual,
    }


def main() -> None:
    """Measure the seeds asked for and print a table each of contacts and handle time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=SEEDS, help="samples (20)")
    parser.add_argument("--by", choices=GROUPS, default="phase", help="rows of the tables (phase)")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes (2)")
    parser.add_argument("--output", type=Path, help="every row, as CSV")
    asked = parser.parse_args()
    rows = measure(range(1, asked.seeds + 1), asked.workers)
    if asked.output is not None:
        rows.to_csv(asked.output, index=False)
    for name, prefix in MEASURES.items():
        table = summary(rows, asked.by, prefix).round(3)
        print(f"\n{name} ({asked.seeds} seeds; inside: 80 % is right)\n{table.to_string()}")


if __name__ == "__main__":
    main()
