"""Days and hours that must not teach a forecast: outages, and what lies far from its like.

A day is compared with the median of its like (the same weekday, four weeks either way), an
interval with the median of the like intervals at its clock time, scaled by its day. Days on which
the calendar says that something happens are never outliers, nor is a day that has a twin a year
apart: such days are what a forecast has to learn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cleaning_likes import by_slot, from_slot, likes, median_known
from .cleaning_report import Finding, FindingKind, finding
from .grid import MINUTES_A_DAY, TimeGrid

LEAST_LIKES = 3  # fewer than this and a day is not judged
FAR = 6.0  # robust standard deviations …
DAY_FACTOR = 2.0  # … and at least this factor away from the usual
COLLAPSE = 0.1  # share of the usual below which a busy day has collapsed …
BUSY_DAY = 20.0  # … busy: contacts usual on the day
SPIKE_FACTOR = 5.0
SPIKE_CONTACTS = 20.0  # above the factor times the usual
LOW_INTERVAL = 0.2  # of the usual: next to nothing …
SILENT_CONTACTS = 30.0  # … which chance cannot explain where so many were expected in a row
TWIN_DAYS = range(361, 370)  # a year apart, give or take the weekday


def mark_unusual(
    offered: NDArray[np.float64],
    queues: tuple[str, ...],
    grid: TimeGrid,
    events: NDArray[np.bool_],
    outages: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], list[Finding]]:
    """`learn` (queues, grid.size) and a finding for every day and hour that is kept out.

    `events` and `outages`, shape (queues, grid.days), come from the calendar.
    """
    learn = np.ones(offered.shape, dtype=bool)
    findings: list[Finding] = []
    for i, queue in enumerate(queues):
        days = np.flatnonzero(outages[i])
        findings += [
            finding(FindingKind.OUTAGE_DAY, queue, grid.dates[d], grid.dates[d], 1.0) for d in days
        ]
        learn[i] &= ~outages[i][grid.day_of]
        quiet = events[i] | outages[i]
        row = offered[i]
        if grid.interval_min < MINUTES_A_DAY:
            row, hours, hour_findings = _without_odd_hours(row, queue, grid, quiet)
            learn[i] &= ~hours
            findings += hour_findings
        odd_days, day_findings = _odd_days(row, queue, grid, quiet)
        learn[i] &= ~odd_days[grid.day_of]
        findings += day_findings
    return learn, findings


@dataclass(frozen=True)
class _Level:
    """Contacts a day, what was usual on such days, and how far apart they are: (grid.days,)."""

    total: NDArray[np.float64]
    usual: NDArray[np.float64]
    distance: NDArray[np.float64]


def _level(row: NDArray[np.float64], grid: TimeGrid, quiet: NDArray[np.bool_]) -> _Level:
    """NaN where a day is incomplete or has too few like it with contacts; `quiet` days are
    nobody's like."""
    total = np.add.reduceat(row, grid.day_first[:-1])  # NaN if an interval is unknown
    ordinary = np.where(quiet, np.nan, total)
    usual = median_known(likes(ordinary[:, None]), LEAST_LIKES)[:, 0]
    usual[usual < 1] = np.nan  # after a closure of weeks nothing is usual
    return _Level(total, usual, _distance(total, usual, ~quiet))


def _distance(
    value: NDArray[np.float64], usual: NDArray[np.float64], judged: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Robust standard deviations between a count and the usual: Poisson noise, and the relative
    spread that the judged values themselves show."""
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.abs(value / usual - 1.0)
        of = relative[judged & (usual >= 5)]
        of = of[np.isfinite(of)]
        spread = 1.4826 * float(np.median(of)) if len(of) else 0.0
        return (value - usual) / np.sqrt(np.maximum(usual, 1.0) + (spread * usual) ** 2)


def _odd_days(
    row: NDArray[np.float64], queue: str, grid: TimeGrid, quiet: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], list[Finding]]:
    level = _level(row, grid, quiet)
    with np.errstate(invalid="ignore"):
        collapsed = (level.total < COLLAPSE * level.usual) & (level.usual >= BUSY_DAY)
        far = (np.abs(level.distance) > FAR) & (
            (level.total > DAY_FACTOR * level.usual) | (level.total < level.usual / DAY_FACTOR)
        )
    odd = (collapsed | far) & ~quiet & ~_has_twin(level.distance)
    findings = [
        finding(
            FindingKind.COLLAPSED_DAY if collapsed[day] else FindingKind.OUTLIER_DAY,
            queue,
            grid.dates[day],
            grid.dates[day],
            float(level.total[day]),
            usual=f"{level.usual[day]:,.0f}",
        )
        for day in np.flatnonzero(odd)
    ]
    return odd, findings


def _has_twin(distance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a day about a year away is off in the same direction, half as far at least."""
    days = len(distance)
    twin = np.zeros(days, dtype=bool)
    known = np.nan_to_num(distance)
    for shift in TWIN_DAYS:
        if shift >= days:
            break
        early, late = known[:-shift], known[shift:]
        alike = (np.sign(early) == np.sign(late)) & (np.abs(early) > FAR / 2)
        alike &= np.abs(late) > FAR / 2
        twin[:-shift] |= alike
        twin[shift:] |= alike
    return twin


def _without_odd_hours(
    row: NDArray[np.float64], queue: str, grid: TimeGrid, quiet: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], list[Finding]]:
    """The row with its odd intervals at their usual value, which intervals they are, and why."""
    contacts = by_slot(row, grid)
    contacts[quiet] = np.nan
    usual = from_slot(median_known(likes(contacts), LEAST_LIKES), grid)
    level = _level(row, grid, quiet)
    with np.errstate(invalid="ignore", divide="ignore"):
        day_scale = np.clip(np.nan_to_num(level.total / level.usual, nan=1.0), 0.5, 2.0)
        expected = usual * day_scale[grid.day_of]
        judged = (~quiet & np.isfinite(level.usual))[grid.day_of] & np.isfinite(expected)
        distance = _distance(row, expected, judged)
        spike = judged & (distance > FAR) & (row > SPIKE_FACTOR * expected + SPIKE_CONTACTS)
    findings = [
        finding(
            FindingKind.OUTLIER_INTERVAL,
            queue,
            grid.starts[i].to_pydatetime(),
            grid.starts[i].to_pydatetime(),
            float(row[i]),
            usual=f"{expected[i]:,.1f}",
        )
        for i in np.flatnonzero(spike).tolist()
    ]
    silent, silent_findings = _silent_hours(row, np.where(judged, usual, 0.0), queue, grid)
    odd = spike | silent
    return np.where(odd, expected, row), odd, findings + silent_findings


def _silent_hours(
    row: NDArray[np.float64], usual: NDArray[np.float64], queue: str, grid: TimeGrid
) -> tuple[NDArray[np.bool_], list[Finding]]:
    """Runs of next to no contacts within a day that chance cannot explain, on days that are not
    silent all through (those are judged as days)."""
    total, usual_total = (np.add.reduceat(v, grid.day_first[:-1]) for v in (row, usual))
    with np.errstate(invalid="ignore"):
        alive = total > COLLAPSE * usual_total
        low = (row <= LOW_INTERVAL * usual) & alive[grid.day_of]
    run = _run_numbers(low, grid)
    expected = np.bincount(run, usual)
    seen = np.bincount(run, np.where(low, row, 0.0))
    silent = np.zeros(grid.size, dtype=bool)
    findings = []
    for number in np.flatnonzero((expected >= SILENT_CONTACTS) & (seen <= COLLAPSE * expected)):
        if number == 0:
            continue
        where = np.flatnonzero(run == number).tolist()
        silent[where] = True
        findings.append(
            finding(
                FindingKind.SILENT_HOURS,
                queue,
                grid.starts[where[0]].to_pydatetime(),
                grid.starts[where[-1]].to_pydatetime(),
                float(seen[number]),
                intervals=len(where),
                usual=f"{expected[number]:,.0f}",
            )
        )
    return silent, findings


def _run_numbers(mask: NDArray[np.bool_], grid: TimeGrid) -> NDArray[np.int64]:
    """1, 2, 3 … for the runs of True that lie within one day, 0 elsewhere."""
    day_starts = np.zeros(grid.size, dtype=bool)
    day_starts[grid.day_first[:-1]] = True
    starts = mask & (day_starts | ~np.concatenate([[False], mask[:-1]]))
    return np.where(mask, np.cumsum(starts), 0)
