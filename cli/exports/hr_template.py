"""The HR export: a planner's template says which columns it has, in what order and format."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

from ...data.errors import InputError, Problem
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster
from .clock_format import format_moment
from .hr_fields import HrRow, RowKind, Unit, hr_rows, unit_of, value_of
from .whole_file import csv_text, write_whole


@dataclass(frozen=True)
class HrColumn:
    """One column: `field` is where its values come from, None for the constant `value`.

    `format` overrides the template's format for dates and times; `codes` replaces values by what
    the other system calls them (shift codes, queue names, `off`).
    """

    heading: str
    field: str | None = None
    value: str = ""
    format: str | None = None
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class HrTemplate:
    """A checked template. `formats` holds the pattern of each unit but text."""

    name: str
    row: RowKind
    columns: tuple[HrColumn, ...]
    formats: Mapping[Unit, str]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote_all: bool = False
    heading: bool = True
    line_end: str = "\r\n"


def default_template_text() -> str:
    """The commented template that a new workspace gets."""
    return files(__package__).joinpath("hr_export.toml").read_text(encoding="utf-8")


def write_hr_export(
    path: Path, template: HrTemplate, problem: RosterProblem, roster: Roster, centre: str
) -> None:
    """Writes the export; InputError if its encoding lacks a character of some cell."""
    quoting: Literal[0, 1] = csv.QUOTE_ALL if template.quote_all else csv.QUOTE_MINIMAL
    body = csv_text(
        [column.heading for column in template.columns] if template.heading else None,
        (
            [_cell(column, row, template) for column in template.columns]
            for row in hr_rows(problem, roster, centre, template.row)
        ),
        delimiter=template.delimiter,
        quoting=quoting,
        line_end=template.line_end,
    )
    write_whole(path, _encoded(body, template))


def _cell(column: HrColumn, row: HrRow, template: HrTemplate) -> object:
    if column.field is None:
        return column.value
    value = value_of(column.field, row)
    if isinstance(value, datetime):
        unit = unit_of(column.field) or Unit.TEXT
        value = format_moment(value, column.format or template.formats[unit])
    if column.codes is not None and str(value) in column.codes:
        return column.codes[str(value)]
    return "" if value is None else value


def _encoded(body: str, template: HrTemplate) -> bytes:
    try:
        return body.encode(template.encoding)
    except UnicodeEncodeError:
        lacking = sorted({c for c in body if not _can_encode(c, template.encoding)})
        params = {"encoding": template.encoding, "characters": " ".join(lacking)}
        raise InputError(Problem("exports.hr.cannot_encode", params, template.name)) from None


def _can_encode(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
