"""Another system's own workbook, filled in: people and dates are found in it, the rest stays."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from ....data.errors import Problems
from .cells import written
from .clock_format import format_moment
from .fields import value_of
from .rows import RowKind, ShiftRow, Source, shift_rows
from .tables import put_text
from .template import Places, Template

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADING_ROWS = 30  # in which the heading is looked for
_REST = re.compile(r"$|[\s(\[周星]")  # what may follow a date in its cell
_DATES_NEAR = 2  # rows above or below it that may hold the dates


@dataclass(frozen=True)
class _Found:
    """Where the people (row by id) and the dates (column by date) of a sheet are."""

    sheet: Worksheet
    people: Mapping[str, int]
    dates: Mapping[date, int]


def filled_workbook(
    template: Template, path: Path, source: Source, problems: Problems
) -> dict[str, bytes]:
    """The workbook of `path` with each agent's shift on each date; nothing, and every reason told,
    if it has no place for somebody or for some date."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    places = template.places
    if places is None:
        raise ValueError(f"template {template.name} names no places in a workbook")
    try:
        book = load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError):
        problems.add("exports.workbook.unreadable", file=path.name)
        return {}
    found = next((f for s in book.worksheets if (f := _find(s, places, source))), None)
    if found is None:
        listed = ", ".join(places.headings)
        problems.add("exports.workbook.no_people", file=path.name, headings=listed)
        return {}
    before = len(problems.errors)
    _tell_missing(found, places, source, path.name, problems)
    if len(problems.errors) > before:
        return {}
    _fill(template, found, places, source, path.name, problems)
    if len(problems.errors) > before:
        return {}
    content = io.BytesIO()
    book.save(content)
    return {template.file_name: content.getvalue()}


def _find(sheet: Worksheet, places: Places, source: Source) -> _Found | None:
    """The first row with one of the headings, the people below it, the dates near it."""
    wanted = {_folded(heading) for heading in places.headings}
    for line in sheet.iter_rows(max_row=min(_HEADING_ROWS, sheet.max_row)):
        for cell in line:
            if _folded(cell.value) in wanted and cell.row and cell.column:
                below = range(cell.row + 1, sheet.max_row + 1)
                people = {
                    name: row
                    for row in below
                    if (name := _folded(sheet.cell(row, cell.column).value))
                }
                return _Found(sheet, people, _dates_near(sheet, cell.row, places, source))
    return None


def _dates_near(
    sheet: Worksheet, heading: int, places: Places, source: Source
) -> Mapping[date, int]:
    """The columns of the plan's dates, from the row near the heading that shows most of them."""
    near = range(max(1, heading - _DATES_NEAR), heading + _DATES_NEAR + 1)
    return max((_dates_in(sheet, row, places, source) for row in near), key=len)


def _dates_in(sheet: Worksheet, row: int, places: Places, source: Source) -> dict[date, int]:
    shown: dict[str, date] = {}
    for day in source.grid.dates:
        for pattern in places.dates:
            shown.setdefault(_folded(format_moment(source.midnight(day), pattern)), day)
    found: dict[date, int] = {}
    for column in range(1, sheet.max_column + 1):
        meant = _date_of(sheet.cell(row, column).value, shown)
        if meant in source.grid.dates:
            found.setdefault(meant, column)
    return found


def _date_of(value: object, shown: Mapping[str, date]) -> date | None:
    """The date of a cell: its own, or the one that its text begins with as the patterns write it,
    with nothing but a weekday behind it (`12-01(周二)`, `1 二`)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _folded(value)
    fitting = (key for key in shown if text.startswith(key) and _REST.match(text[len(key) :]))
    longest = max(fitting, key=len, default="")
    return shown.get(longest)


def _tell_missing(
    found: _Found, places: Places, source: Source, file: str, problems: Problems
) -> None:
    for day in source.grid.dates:
        if day not in found.dates:
            problems.add("exports.workbook.no_date", file=file, date=day)
    owners: dict[str, str] = {}
    for agent in source.problem.agents:
        name = _person(agent.id, places, source)
        if name not in found.people:
            problems.add("exports.workbook.no_person", file=file, agent=agent.id, name=name)
        elif name in owners:
            both = f"{owners[name]}, {agent.id}"
            problems.add("exports.names.twice", file=file, name=name, agents=both)
        owners.setdefault(name, agent.id)


def _fill(
    template: Template, found: _Found, places: Places, source: Source, file: str, problems: Problems
) -> None:
    """Puts each shift into its cell; a cell that is a part of a larger one is told."""
    from openpyxl.cell import MergedCell

    (column,) = template.columns
    for row in shift_rows(source, RowKind.DAY):
        name = _person(row.agent.id, places, source)
        day = source.grid.dates[row.day]
        cell = found.sheet.cell(found.people[name], found.dates[day])
        if isinstance(cell, MergedCell):
            problems.add("exports.workbook.merged", file=file, cell=cell.coordinate)
        else:
            put_text(cell, written(column, template, row))


def _person(agent: str, places: Places, source: Source) -> str:
    row = ShiftRow(source, source.problem.agent_of[agent], 0, "off")
    return _folded(value_of(places.people, row))


def _folded(value: object) -> str:
    """A cell as it reads: full-width forms and a number's `.0` do not matter."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()
