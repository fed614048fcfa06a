"""A template of the planner's own: a copy of ours, and the files of names that it needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...data.errors import InputError, Problem
from ..exports.templates.catalogue import TEMPLATES_FOLDER
from ..exports.templates.library import find_template, template_text
from ..exports.templates.names import (
    EMPLOYEE_ID,
    EMPLOYEES_FILE,
    SHIFT_CODE,
    SHIFT_CODES_FILE,
    START,
)
from ..exports.whole_file import write_csv, write_whole
from .folder import Workspace
from .names import EXPORTS_FOLDER


@dataclass(frozen=True)
class OwnTemplate:
    """The file of the copy, the files of names that were made or got a column, and that column's
    heading."""

    file: Path
    to_fill: tuple[Path, ...]
    system: str


def copy_template(place: Workspace, name: str) -> OwnTemplate:
    """Copies a template of ours into the workspace, with an empty column for each name it needs.

    InputError if there is none of the name, or the workspace has one already.
    """
    exports = place.folder / EXPORTS_FOLDER
    file = exports / TEMPLATES_FOLDER / f"{name}.toml"
    if file.exists():
        raise InputError(Problem("exports.template.there_already", {"name": name}, file.name))
    content = template_text(name)
    template = find_template(name, exports / TEMPLATES_FOLDER)
    write_whole(file, content.encode())
    made = []
    if template.employees_needed:
        ids = [[agent.id] for agent in place.centre.agents]
        made.append(_with_column(exports / EMPLOYEES_FILE, (EMPLOYEE_ID,), ids, template.system))
    if template.shifts_needed:
        codes = [[shift.code, ""] for shift in place.centre.shifts]
        heading = (SHIFT_CODE, START)
        made.append(_with_column(exports / SHIFT_CODES_FILE, heading, codes, template.system))
    return OwnTemplate(file, tuple(path for path in made if path is not None), template.system)


def _with_column(
    path: Path, keys: Sequence[str], rows: Iterable[Sequence[str]], column: str
) -> Path | None:
    """The file with an empty column of the name; None if it has it already."""
    if not path.exists():
        write_csv(path, [*keys, column], [[*row, ""] for row in rows])
        return path
    text = path.read_text(encoding="utf-8-sig")
    heading, *body = list(csv.reader(io.StringIO(text, newline="")))
    if column.casefold() in map(str.casefold, heading):
        return None
    write_csv(path, [*heading, column], [[*row, ""] for row in body])
    return path
