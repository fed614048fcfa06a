"""A planner's folder, read: the centre, its history, and what was published before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ...data.centre import Centre
from ...data.errors import InputError, Problem
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...data.public_holidays import notice_warnings
from ...data.readers.settings import CentreInputs, Settings
from ...data.readers.workspace import read_centre, read_centre_history
from ...scheduling.rostering.roster import Assignment
from .history import History, cleaned
from .names import PLANS_FOLDER, PREVIOUS_ROSTER_FILE, SETTINGS_FILE
from .published import read_published
from .roster_reader import RosterRow, read_roster

WEEK = 7


@dataclass(frozen=True)
class Workspace:
    """A folder whose small files are read and checked; contacts are read when asked for."""

    folder: Path
    inputs: CentreInputs

    @property
    def centre(self) -> Centre:
        return self.inputs.centre

    @property
    def settings(self) -> Settings:
        return self.inputs.settings

    def grid(self, start: date, days: int) -> TimeGrid:
        return TimeGrid(start, days, self.centre.interval_min, self.centre.tz)


def check_workspace(folder: Path) -> None:
    """Raises InputError if the folder holds no centre."""
    if not (folder / SETTINGS_FILE).is_file():
        raise InputError(Problem("workspace.none", {"folder": folder, "file": SETTINGS_FILE}))


def open_workspace(folder: Path) -> Workspace:
    """Reads a workspace; InputError with every problem of every file but the contacts."""
    check_workspace(folder)
    return Workspace(folder, read_centre(folder))


def read_history_of(workspace: Workspace, before: date | None = None) -> History:
    """Reads and cleans the contacts dated before `before` (None: all); InputError with every
    problem of the file."""
    raw = read_centre_history(workspace.inputs)
    return cleaned(raw, before, centre=workspace.centre)


def input_file(folder: Path, file: Path) -> Path:
    """A file as it is named or, where there is none, of that name in the workspace."""
    inside = folder / file
    return inside if not file.exists() and inside.exists() else file


def warnings_for(place: Workspace, grid: TimeGrid) -> tuple[Problem, ...]:
    """What to be warned of before these days are planned: the files' own warnings, and years whose
    official holiday notice is missing."""
    years = sorted({day.year for day in grid.dates})
    return (*place.inputs.warnings, *notice_warnings(place.centre.calendar, years))


def default_start(workspace: Workspace, history: ContactHistory) -> date:
    """The first configured weekday after the last day that is known or published."""
    known = [history.grid.last_day]
    published = read_published(workspace.folder).last_day
    if published is not None:
        known.append(published)
    day = max(known) + timedelta(days=1)
    return day + timedelta(days=(workspace.centre.first_weekday - day.weekday()) % WEEK)


def previous_rows(workspace: Workspace, file: Path | None = None) -> tuple[RosterRow, ...]:
    """The shifts worked or published so far.

    From `file` if given; else from what was published, each day from the plan that holds for it;
    else from previous_roster.csv, the roster from before the first plan; else none.
    """
    if file is not None:
        return read_roster(file, workspace.centre, past=True)
    first_use = workspace.folder / PREVIOUS_ROSTER_FILE
    rows = read_roster(first_use, workspace.centre, past=True) if first_use.exists() else ()
    published = read_published(workspace.folder)
    rows = tuple(row for row in rows if row.day not in published.days)
    for plan, days in published.held_by_plan().items():
        roster = workspace.folder / PLANS_FOLDER / plan / "roster.csv"
        held = set(days)
        found = read_roster(roster, workspace.centre, past=True)
        rows += tuple(row for row in found if row.day in held)
    return rows


def assignments_before(rows: tuple[RosterRow, ...], grid: TimeGrid) -> tuple[Assignment, ...]:
    """The shifts that begin before a grid, in its minutes, in order of start."""
    before = (row.assignment(grid) for row in rows if row.day < grid.first_day)
    return tuple(sorted(before, key=lambda shift: (shift.start, shift.agent)))
