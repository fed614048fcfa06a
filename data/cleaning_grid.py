"""Rows of any grain → contacts on one grid: finer rows summed, hours and days spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .cleaning_report import Finding, FindingKind, finding
from .grid import MINUTES_A_DAY, TimeGrid
from .readers.history_input import HistoryInput


@dataclass(frozen=True)
class OnGrid:
    """Contacts and mean handle time, shape (queues, grid.size), NaN where there is no row."""

    offered: NDArray[np.float64]
    aht_s: NDArray[np.float64]


def grid_of(history: HistoryInput) -> TimeGrid:
    """Whole local days from the first row to the last."""
    days = pd.DatetimeIndex(history.raw["timestamp"]).tz_localize(None).normalize()
    first, last = days.min().date(), days.max().date()
    return TimeGrid(first, (last - first).days + 1, history.interval_min, history.tz)


def put_on_grid(
    rows: pd.DataFrame,
    queues: tuple[str, ...],
    grid: TimeGrid,
    open_mask: NDArray[np.bool_],
) -> tuple[OnGrid, list[Finding]]:
    """Sums of contacts by queue and interval, and handle time weighted by contacts.

    A row longer than the interval is spread: an hour evenly, a day by the shape of the queue's
    finer rows on that weekday (on all days, if that weekday has none), else evenly over its
    opening hours.
    """
    queue = pd.Index(queues).get_indexer(pd.Index(rows["queue"]))
    index = interval_index(grid, pd.DatetimeIndex(rows["timestamp"]))
    offered = rows["offered"].to_numpy(dtype=np.float64)
    aht_s = rows["aht_s"].to_numpy(dtype=np.float64)
    minutes = rows["minutes"].to_numpy(dtype=np.int64)
    parts = Parts(queue, index, offered, aht_s)
    long_ = minutes > grid.interval_min
    found = [parts.take(~long_)]
    for grain in np.unique(minutes[long_ & (minutes < MINUTES_A_DAY)]):
        found.append(_spread_hours(parts.take(minutes == grain), int(grain), grid))
    daily = long_ & (minutes == MINUTES_A_DAY)
    if daily.any():
        fine = Parts.joined(found)
        found.append(_spread_days(parts.take(daily), fine, len(queues), grid, open_mask))
    total = Parts.joined(found).summed(len(queues), grid.size)
    return total, _spread_findings(rows[long_], queues)


def interval_index(grid: TimeGrid, when: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Index of the interval that holds each moment."""
    if grid.interval_min == MINUTES_A_DAY:
        days = when.tz_localize(None).normalize() - pd.Timestamp(grid.first_day)
        return np.asarray(days.days, dtype=np.int64)
    return np.asarray((when - grid.starts[0]) // pd.Timedelta(minutes=grid.interval_min))


@dataclass(frozen=True)
class Parts:
    """Contacts to be added at (queue, interval); arrays of one value a part."""

    queue: NDArray[np.int64]
    index: NDArray[np.int64]
    offered: NDArray[np.float64]
    aht_s: NDArray[np.float64]

    def take(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Parts:
        return Parts(self.queue[which], self.index[which], self.offered[which], self.aht_s[which])

    @staticmethod
    def joined(parts: list[Parts]) -> Parts:
        return Parts(
            np.concatenate([part.queue for part in parts]),
            np.concatenate([part.index for part in parts]),
            np.concatenate([part.offered for part in parts]),
            np.concatenate([part.aht_s for part in parts]),
        )

    def summed(self, queues: int, size: int) -> OnGrid:
        flat = self.queue * size + self.index
        shape = (queues, size)

        def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
            counted = np.bincount(flat, values, minlength=queues * size)
            return counted.astype(np.float64).reshape(shape)

        timed = np.where(np.isnan(self.aht_s), 0.0, self.offered)
        contacts, timed_total = total(self.offered), total(timed)
        work = total(timed * np.nan_to_num(self.aht_s))
        seen = total(np.ones(len(flat))) > 0
        with np.errstate(divide="ignore", invalid="ignore"):
            aht_s = np.where(timed_total > 0, work / timed_total, np.nan)
        return OnGrid(np.where(seen, contacts, np.nan), aht_s)


def _spread_hours(parts: Parts, grain: int, grid: TimeGrid) -> Parts:
    """Evenly over the intervals that a row covers, none beyond the end of the grid."""
    pieces = grain // grid.interval_min
    index = (parts.index[:, None] + np.arange(pieces)).ravel()
    source = np.repeat(np.arange(len(parts.index)), pieces)
    spread = Parts(parts.queue[source], index, parts.offered[source] / pieces, parts.aht_s[source])
    return spread.take(index < grid.size)


def _spread_days(
    parts: Parts, fine: Parts, queues: int, grid: TimeGrid, open_mask: NDArray[np.bool_]
) -> Parts:
    shape = _day_shapes(fine, queues, grid)
    day = grid.day_of[parts.index]
    pieces = []
    for i in range(len(day)):
        where = np.arange(grid.day_first[day[i]], grid.day_first[day[i] + 1])
        queue = parts.queue[i]
        share = shape[queue, grid.weekday[where[0]], grid.minute_of_day[where] // grid.interval_min]
        if share.sum() == 0:
            share = open_mask[queue, where].astype(np.float64)
        if share.sum() == 0:
            share = np.ones(len(where))
        count = len(where)
        pieces.append(
            Parts(
                np.full(count, queue),
                where,
                parts.offered[i] * share / share.sum(),
                np.full(count, parts.aht_s[i]),
            )
        )
    return Parts.joined(pieces)


def _day_shapes(fine: Parts, queues: int, grid: TimeGrid) -> NDArray[np.float64]:
    """Contacts by queue, weekday and interval of the day: shape (queues, 7, intervals a day);
    weekdays without rows take the shape of all days."""
    slots = grid.intervals_a_day
    slot = grid.minute_of_day[fine.index] // grid.interval_min
    flat = (fine.queue * 7 + grid.weekday[fine.index]) * slots + slot
    shape = np.bincount(flat, fine.offered, minlength=queues * 7 * slots)
    shape = shape.reshape(queues, 7, slots)
    empty = shape.sum(axis=2, keepdims=True) == 0
    return np.where(empty, shape.sum(axis=1, keepdims=True), shape)


def _spread_findings(rows: pd.DataFrame, queues: tuple[str, ...]) -> list[Finding]:
    findings = []
    for (queue, minutes), group in rows.groupby(["queue", "minutes"]):
        stamps = group["timestamp"]
        findings.append(
            finding(
                FindingKind.SPREAD,
                str(queue),
                stamps.min().to_pydatetime(),
                stamps.max().to_pydatetime(),
                float(len(group)),
                minutes=minutes,
            )
        )
    return sorted(findings, key=lambda entry: queues.index(entry.queue))
