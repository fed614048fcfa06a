"""Contact rows as they were exported → a history that can teach a forecast, and what was done.

The steps, in order; each returns new arrays and its findings, nothing is changed in place:

1. rows that are there twice (`cleaning_rows`),
2. rows put onto the grid: finer ones summed, hours and days spread (`cleaning_grid`),
3. gaps told from true zeros (`cleaning_gaps`),
4. contacts while a queue was closed left out (here),
5. days and hours that must not teach (`cleaning_outliers`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .calendar import Calendar
from .centre import Centre
from .cleaning_days import arrival_masks, days_off, event_days, outage_days
from .cleaning_gaps import fill_missing
from .cleaning_grid import grid_of, put_on_grid
from .cleaning_outliers import mark_unusual
from .cleaning_report import CleaningReport, Finding, FindingKind, finding, report
from .cleaning_rows import without_duplicates
from .errors import Problem, Severity
from .grid import TimeGrid
from .history import ContactHistory
from .readers.history_input import HistoryInput

_MUCH_OUTSIDE = 0.02  # share of contacts outside opening hours that makes the hours doubtful


def clean(
    history: HistoryInput, calendar: Calendar | None = None, centre: Centre | None = None
) -> tuple[ContactHistory, CleaningReport]:
    """The history on whole local days from its first row to its last, and every finding.

    `calendar` (the centre's if None) tells holidays, closures, outages and promotions from
    outliers. `centre` gives opening hours; without it nothing is closed but what the calendar
    closes. Raises ValueError if the input holds no rows.
    """
    if not len(history.raw):
        raise ValueError("a history without rows cannot be cleaned")
    calendar = calendar or (centre.calendar if centre is not None else Calendar())
    grid = grid_of(history)
    queues = history.queues
    can_arrive = arrival_masks(queues, grid, calendar, centre)
    rows, row_findings = without_duplicates(history.raw)
    found, spread_findings = put_on_grid(rows, queues, grid, can_arrive)
    offered, gap_findings = fill_missing(
        found.offered, queues, grid, can_arrive, days_off(calendar, queues, grid)
    )
    offered, closed_findings = _leave_out_closed(offered, queues, grid, can_arrive)
    learn, unusual_findings = mark_unusual(
        offered,
        queues,
        grid,
        event_days(calendar, queues, grid),
        outage_days(calendar, queues, grid),
    )
    # A handle time without a contact that it could be of says nothing.
    aht_s = np.where(offered > 0, found.aht_s, np.nan)
    return ContactHistory(grid, queues, offered, aht_s, learn), report(
        history.notes,
        row_findings,
        spread_findings,
        gap_findings,
        closed_findings,
        unusual_findings,
    )


def opening_doubts(cleaned: ContactHistory, found: CleaningReport) -> tuple[Problem, ...]:
    """A warning for each queue with more than a stray contact outside its opening hours: hours or
    time zone are probably wrong."""
    doubts = []
    for entry in found.of(FindingKind.OUTSIDE_OPENING):
        inside = float(np.nansum(cleaned.offered[cleaned.queue_index(entry.queue)]))
        share = entry.amount / (inside + entry.amount)
        if share > _MUCH_OUTSIDE:
            doubts.append(
                Problem(
                    "input.opening_doubtful",
                    {"queue": entry.queue, "share": f"{share:.0%}"},
                    file="shiftcast.toml",
                    column=f"queue {entry.queue}: opening",
                    severity=Severity.WARNING,
                )
            )
    return tuple(doubts)


def _leave_out_closed(
    offered: NDArray[np.float64],
    queues: tuple[str, ...],
    grid: TimeGrid,
    can_arrive: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], list[Finding]]:
    """Contacts while closed are no demand that can be staffed: zero, with a finding a queue."""
    outside = ~can_arrive & (offered > 0)
    findings = []
    for index in np.flatnonzero(outside.any(axis=1)).tolist():
        where = np.flatnonzero(outside[index]).tolist()
        findings.append(
            finding(
                FindingKind.OUTSIDE_OPENING,
                queues[index],
                grid.starts[where[0]].to_pydatetime(),
                grid.starts[where[-1]].to_pydatetime(),
                float(offered[index, where].sum()),
                intervals=len(where),
            )
        )
    return np.where(outside, 0.0, offered), findings
