"""A template of the planner's own: a copy of ours, and the files of names that it needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...data.errors import InputError, Problem
from ..exports.templates.catalogue import TEMPLATES_FOLDER
from ..exports.templates.library import template_text
from ..exports.templates.names import (
    EMPLOYEE_ID,
    EMPLOYEES_FILE,
    SHIFT_CODE,
    SHIFT_CODES_FILE,
    START,
)
from ..exports.templates.reading import parse_template
from ..exports.whole_file import EXCEL_ENCODING, csv_text, write_whole
from .folder import Workspace
from .hand_out import HR
from .names import EXPORTS_FOLDER, HR_TEMPLATE_FILE


@dataclass(frozen=True)
class OwnTemplate:
    """A copy of a template, not written yet: its file, the files of names that are made or get a
    column, that column's heading, and the content of all by path."""

    file: Path
    to_fill: tuple[Path, ...]
    system: str
    content: Mapping[Path, bytes]

    def write(self) -> None:
        for path, content in self.content.items():
            write_whole(path, content)


def own_template(place: Workspace, name: str) -> OwnTemplate:
    """A template of ours for the workspace, with an empty column for each name it needs.

    InputError if there is none of the name, or the workspace has one already.
    """
    exports = place.folder / EXPORTS_FOLDER
    file = exports / TEMPLATES_FOLDER / f"{name}.toml"
    if name == HR:
        file = place.folder / HR_TEMPLATE_FILE
    if file.exists():
        raise InputError(Problem("exports.template.there_already", {"name": name}, file.name))
    text = template_text(name)
    template = parse_template(text, f"{name}.toml")
    names: dict[Path, bytes | None] = {}
    if template.employees_needed:
        ids = [[agent.id] for agent in place.centre.agents]
        path = exports / EMPLOYEES_FILE
        names[path] = _with_column(path, (EMPLOYEE_ID,), ids, template.system)
    if template.shifts_needed:
        codes = [[shift.code, ""] for shift in place.centre.shifts]
        path = exports / SHIFT_CODES_FILE
        names[path] = _with_column(path, (SHIFT_CODE, START), codes, template.system)
    made = {path: content for path, content in names.items() if content is not None}
    return OwnTemplate(file, tuple(made), template.system, {file: text.encode(), **made})


def _with_column(
    path: Path, keys: Sequence[str], rows: Iterable[Sequence[str]], column: str
) -> bytes | None:
    """The file with an empty column of the name; None if it has it already."""
    heading, body = list(keys), [list(row) for row in rows]
    if path.exists():
        text = path.read_text(encoding="utf-8-sig")
        heading, *body = list(csv.reader(io.StringIO(text, newline="")))
    if column.casefold() in map(str.casefold, heading):
        return None
    table = csv_text([*heading, column], [[*row, ""] for row in body])
    return table.encode(EXCEL_ENCODING)
