"""Hands out a plan: files for other systems, for the wall, and the agents' calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ...data.errors import InputError, Problem, Problems
from ...data.readers.settings import CentreInputs
from ..exports.templates.catalogue import TEMPLATES_FOLDER
from ..exports.templates.checks import unknown_names
from ..exports.templates.library import find_template, template_text
from ..exports.templates.making import export_files
from ..exports.templates.names import read_names
from ..exports.templates.reading import parse_template, read_template
from ..exports.templates.rows import Source
from ..exports.templates.template import FileFormat, Template
from ..exports.whole_file import write_whole
from .export_source import export_source
from .feeds import CALENDARS_FOLDER, calendar_feeds
from .inputs_copy import copied_centre
from .load import plan_inputs
from .manifest import now
from .names import EXPORTS_FOLDER, HR_TEMPLATE_FILE
from .plans import StoredPlan

HR = "hr"  # the template that the workspace keeps beside its settings
USUAL = (HR, "grid", "calendar")


@dataclass(frozen=True)
class Wish:
    """What is to be handed out: templates by name (none: the usual ones and roster.csv), the folder
    to write to, a template to take for `hr`, and a workbook to fill in."""

    names: tuple[str, ...] = ()
    folder: Path | None = None
    hr_template: Path | None = None
    workbook: Path | None = None


@dataclass(frozen=True)
class HandedOut:
    """Files by path with their content, not written yet; `calendars` are in `feeds`."""

    folder: Path
    files: dict[str, bytes]
    feeds: dict[Path, bytes]
    warnings: tuple[Problem, ...] = ()

    @property
    def calendars(self) -> int:
        return len(self.feeds)

    def write(self) -> None:
        for name, content in self.files.items():
            write_whole(self.folder / name, content)
        for path, content in self.feeds.items():
            write_whole(path, content)


def hand_out(workspace: Path, stored: StoredPlan, wish: Wish, language: str) -> HandedOut:
    """Everything that is to be handed out of a plan, checked and made, but not written.

    Raises InputError with every problem of every template, name and limit, and of the plan.
    """
    inputs = plan_inputs(stored)
    exports = workspace / EXPORTS_FOLDER
    problems = Problems()
    templates = list(_templates(workspace, stored, inputs, wish, problems))
    problems.raise_if_any()
    source = export_source(stored, inputs, [template.row for template in templates], language)
    source = replace(source, today=now().astimezone(source.grid.zone).date())
    files: dict[str, bytes] = {}
    for template in templates:
        if template.format is FileFormat.ICS:
            continue
        named = _named(source, template, exports, problems)
        unknown_names(template, named, problems)
        made = export_files(template, named, problems, wish.workbook)
        for name in sorted(files.keys() & made.keys()):
            problems.add("exports.template.same_file", file=name)
        files |= made
    wants_calendars = any(template.format is FileFormat.ICS for template in templates)
    feeds = (
        calendar_feeds(exports / CALENDARS_FOLDER, stored.manifest.created, source, problems)
        if wants_calendars
        else {}
    )
    problems.raise_if_any()
    if not wish.names:
        files["roster.csv"] = stored.roster.read_bytes()
    folder = wish.folder or exports / stored.name
    if wish.folder is not None:
        files |= {f"{CALENDARS_FOLDER}/{path.name}": content for path, content in feeds.items()}
    return HandedOut(folder, files, feeds, problems.warnings)


def _templates(
    workspace: Path, stored: StoredPlan, inputs: CentreInputs, wish: Wish, problems: Problems
) -> Iterator[Template]:
    for name in dict.fromkeys(wish.names or USUAL):
        try:
            if name == HR:
                yield _hr_template(workspace, stored, inputs, wish.hr_template)
            else:
                yield find_template(name, workspace / EXPORTS_FOLDER / TEMPLATES_FOLDER)
        except InputError as error:
            problems.extend(error.problems)


def _hr_template(
    workspace: Path, stored: StoredPlan, inputs: CentreInputs, named: Path | None
) -> Template:
    """The template given, else that of the settings, else the workspace's, else ours."""
    setting = inputs.settings.hr_template
    own = workspace / HR_TEMPLATE_FILE
    if named is not None:
        found = read_template(named)
    elif setting is not None:
        # The plan's copy of the settings stands elsewhere than the template it means.
        copied = copied_centre(stored.inputs)
        inside = setting.is_relative_to(copied)
        found = read_template(workspace / setting.relative_to(copied) if inside else setting)
    elif own.exists():
        found = read_template(own)
    else:
        found = parse_template(template_text(HR), HR_TEMPLATE_FILE)
    return replace(found, file=found.file or f"{HR}.csv")


def _named(source: Source, template: Template, exports: Path, problems: Problems) -> Source:
    """The source with the names that the template's system has for people and shifts."""
    if not template.fields & {"their_employee", "their_shift"}:
        return source
    names = read_names(
        exports,
        template.system,
        employees=template.employees_needed,
        shifts=template.shifts_needed,
        problems=problems,
    )
    return replace(source, names=names)
