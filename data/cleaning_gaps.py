"""Intervals without a row: nobody called (zero), or nobody knows (a gap).

The rule, for each queue:

* While the queue is closed by its opening hours or the calendar: zero.
* **A whole day** between the first and the last is zero if the centre was likely closed: the
  calendar calls it a holiday, or fewer than half of its like (the same weekday, four weeks either
  way) have contacts. Otherwise it is a gap.
* **An interval of a day that has rows** is zero if half of its like or more are empty too.
  Otherwise it is a gap if the export writes zeros where there are none; if it leaves empty
  intervals out, it is zero as long as chance can explain it: a run of missing intervals in which
  fewer than `CHANCE_EMPTY` contacts were to be expected. (A Poisson count of mean 10 is zero once
  in 22,000 times.) A day is judged by the same chance.
* Before a queue's first row and after the file's last one nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cleaning_likes import by_slot, from_slot, likes, mean_known
from .cleaning_report import Finding, FindingKind, finding
from .grid import TimeGrid

CHANCE_EMPTY = 10.0  # contacts
USUALLY = 0.5  # share of like intervals or days
WRITES_ZEROS = 0.005  # share of an export's rows that are zero, from which on zeros are written


def fill_missing(
    offered: NDArray[np.float64],
    queues: tuple[str, ...],
    grid: TimeGrid,
    open_mask: NDArray[np.bool_],
    off_days: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], list[Finding]]:
    """`offered` (queues, grid.size) with true zeros filled in and gaps left NaN; `off_days`
    (queues, grid.days) are those on which a day without rows is taken as closed."""
    filled = offered.copy()
    findings: list[Finding] = []
    known_to_file = np.flatnonzero(~np.isnan(offered).all(axis=0))
    for i, queue in enumerate(queues):
        if np.isnan(offered[i]).all():
            continue
        end = int(known_to_file[-1]) + 1
        zero, closed_days = _true_zeros(offered[i], grid, open_mask[i], off_days[i], end)
        filled[i, zero] = 0.0
        findings += _zero_findings(queue, zero & open_mask[i], closed_days, grid)
        findings += _gap_findings(queue, filled[i], grid)
    return filled, findings


@dataclass(frozen=True)
class _Usual:
    """What is usual at the clock time of each interval: contacts expected, whether it is mostly
    empty; `day_expected` and `day_closed` (grid.days,) say the same of whole days."""

    expected: NDArray[np.float64]
    empty: NDArray[np.bool_]
    day_expected: NDArray[np.float64]
    day_closed: NDArray[np.bool_]


def _true_zeros(
    row: NDArray[np.float64],
    grid: TimeGrid,
    open_mask: NDArray[np.bool_],
    off_days: NDArray[np.bool_],
    end: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which missing intervals are zero, and which days were closed as a whole."""
    missing = np.isnan(row)
    known = ~missing
    has_rows = np.logical_or.reduceat(known, grid.day_first[:-1])
    usual = _usual(row, has_rows, grid)
    writes_zeros = np.count_nonzero(row == 0) > WRITES_ZEROS * np.count_nonzero(known)

    day_by_chance = (usual.day_expected < CHANCE_EMPTY) & (not writes_zeros)
    closed_days = ~has_rows & (off_days | usual.day_closed | day_by_chance)
    first, last = np.flatnonzero(has_rows)[[0, -1]]
    closed_days[:first] = False
    closed_days[last + 1 :] &= off_days[last + 1 :]

    in_day = missing & has_rows[grid.day_of]
    zero = in_day & usual.empty
    if not writes_zeros:
        for run in _runs(in_day & ~usual.empty, grid):
            if usual.expected[run].sum() < CHANCE_EMPTY:
                zero[run] = True
    known_index = np.flatnonzero(known)
    beyond = np.zeros(grid.size, dtype=bool)
    beyond[: known_index[0]] = True
    beyond[end:] = True
    zero &= ~beyond | usual.empty
    zero |= missing & (closed_days[grid.day_of] | ~open_mask)
    return zero, closed_days


def _usual(row: NDArray[np.float64], has_rows: NDArray[np.bool_], grid: TimeGrid) -> _Usual:
    contacts = by_slot(np.nan_to_num(row), grid)
    contacts[~has_rows] = np.nan  # days without rows say nothing of their intervals
    expected = mean_known(likes(contacts))
    filled = mean_known(likes(np.where(np.isnan(contacts), np.nan, contacts > 0)))
    # A weekday that has no like with rows is judged by its own rows alone: nothing is empty.
    empty = np.nan_to_num(filled, nan=1.0) < USUALLY
    day_share = mean_known(likes(has_rows.astype(np.float64)[:, None]))[:, 0]
    day_total = np.add.reduceat(np.nan_to_num(row), grid.day_first[:-1])
    day_expected = mean_known(likes(np.where(has_rows, day_total, np.nan)[:, None]))[:, 0]
    return _Usual(
        from_slot(np.nan_to_num(expected, nan=np.inf), grid),
        from_slot(empty.astype(np.float64), grid) > 0,
        np.nan_to_num(day_expected, nan=np.inf),
        np.nan_to_num(day_share, nan=1.0) < USUALLY,
    )


def _runs(mask: NDArray[np.bool_], grid: TimeGrid) -> list[slice]:
    """Runs of True within a day."""
    found = []
    for day in np.unique(grid.day_of[mask]):
        first, last = grid.day_first[day], grid.day_first[day + 1]
        found += _stretches(mask[first:last], int(first))
    return found


def _stretches(mask: NDArray[np.bool_], offset: int = 0) -> list[slice]:
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0)) + offset
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _zero_findings(
    queue: str, zero: NDArray[np.bool_], closed_days: NDArray[np.bool_], grid: TimeGrid
) -> list[Finding]:
    findings = []
    open_closed = closed_days & (np.add.reduceat(zero, grid.day_first[:-1]) > 0)
    if open_closed.any():
        days = np.flatnonzero(open_closed)
        first, last = grid.dates[days[0]], grid.dates[days[-1]]
        findings.append(finding(FindingKind.CLOSED_DAY, queue, first, last, float(len(days))))
    single = np.flatnonzero(zero & ~closed_days[grid.day_of])
    if len(single):
        first, last = (grid.starts[single[i]].to_pydatetime() for i in (0, -1))
        findings.append(finding(FindingKind.TRUE_ZERO, queue, first, last, float(len(single))))
    return findings


def _gap_findings(queue: str, row: NDArray[np.float64], grid: TimeGrid) -> list[Finding]:
    """One finding a gap; what lies before a queue's first row is no gap."""
    missing = np.isnan(row)
    missing[: int(np.flatnonzero(~missing)[0])] = False
    return [
        finding(
            FindingKind.GAP,
            queue,
            grid.starts[run.start].to_pydatetime(),
            grid.starts[run.stop - 1].to_pydatetime(),
            float(run.stop - run.start),
        )
        for run in _stretches(missing)
    ]
