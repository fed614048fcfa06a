"""Hands out a plan: the files for HR, the wall and the agents' calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ...data.readers.settings import CentreInputs
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster
from ..exports.grid_csv import write_grid
from ..exports.hr_template import HrTemplate, default_template_text, write_hr_export
from ..exports.hr_template_file import parse_template, read_template
from ..exports.ics import CalendarIssue, write_calendars
from .inputs_copy import copied_centre
from .load import load_roster, plan_inputs
from .names import HR_TEMPLATE_FILE
from .plans import StoredPlan, find_plan
from .published import read_published
from .roster_csv import write_roster
from .roster_reader import read_roster

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class HandedOut:
    """The files written, and how many calendars."""

    files: tuple[Path, ...]
    calendars: int


def hand_out(
    workspace: Path, stored: StoredPlan, folder: Path, template: Path | None, language: str
) -> HandedOut:
    """Writes everything that is handed out of a plan into `folder`.

    `template` is the HR template; None takes the one of the settings, else the workspace's
    hr_export.toml, else ours. Raises InputError if the template or the plan cannot be read.
    """
    inputs = plan_inputs(stored)
    chosen = _template(workspace, stored, inputs, template)
    problem, roster = load_roster(stored, inputs)
    files = (folder / "hr.csv", folder / "roster_grid.csv", folder / "roster.csv")
    write_hr_export(files[0], chosen, problem, roster, inputs.centre.name)
    write_grid(files[1], problem, roster, language)
    write_roster(files[2], problem, roster)
    created = stored.manifest.created
    # Later plans have higher numbers, so that calendars move the events they know.
    sequence = int((created - _EPOCH).total_seconds())
    calendars = write_calendars(
        folder / "calendars",
        problem,
        roster,
        CalendarIssue(inputs.centre.name, sequence, created),
        language,
        _handed_out_before(workspace, stored, inputs, problem),
    )
    return HandedOut(files, len(calendars))


def _template(
    workspace: Path, stored: StoredPlan, inputs: CentreInputs, named: Path | None
) -> HrTemplate:
    if named is not None:
        return read_template(named)
    setting = inputs.settings.hr_template
    if setting is not None:
        # The plan's copy of the settings stands elsewhere than the template it means.
        copied = copied_centre(stored.inputs)
        inside = setting.is_relative_to(copied)
        return read_template(workspace / setting.relative_to(copied) if inside else setting)
    if (workspace / HR_TEMPLATE_FILE).exists():
        return read_template(workspace / HR_TEMPLATE_FILE)
    return parse_template(default_template_text(), HR_TEMPLATE_FILE)


def _handed_out_before(
    workspace: Path, stored: StoredPlan, inputs: CentreInputs, problem: RosterProblem
) -> Roster | None:
    """What other plans had published for this plan's days before it was published itself."""
    manifest, grid = stored.manifest, problem.grid
    shifts = []
    for act in read_published(workspace).history:
        if act.plan == stored.name:
            break
        if act.first <= manifest.last_day and manifest.start <= act.last:
            rows = read_roster(find_plan(workspace, act.plan).roster, inputs.centre, past=True)
            shifts += [row.assignment(grid) for row in rows if manifest.covers(row.day)]
    return Roster(grid, tuple(shifts)) if shifts else None
