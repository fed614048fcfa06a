"""Another system's own workbook, filled in: people and dates are found in it, the rest stays."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.utils.cell import get_column_letter

from ....data.errors import Problems
from ....data.people import Agent
from ....data.readers.values import EXCEL_EPOCH, EXCEL_SERIALS
from .cells import written
from .clock_format import format_moment
from .dropdowns import Dropdown, dropdowns
from .fields import Value, value_of
from .rows import RowKind, ShiftRow, Source, agent_rows, shift_rows
from .sheet_cells import Place
from .template import Places, Template
from .workbook_parts import UNREADABLE, WorkbookParts

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_NAMED = 12  # choices of a list
_HEADING_ROWS = 30  # in which the heading is looked for
_DATES_NEAR = 2  # rows above or below it that may hold the dates
_REST = re.compile(
    r"$|[\s(\[周星]|[/|·,、-]\s*(?:周|星|礼|[一二三四五六日天]|[a-z])", re.IGNORECASE
)
"""What may follow a date in its cell."""
_MONTH = re.compile(r"(?:\d{4}\s*[-/.年]\s*)(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})\s*月")


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
    if it has no place for somebody or for some date, or does not offer a shift in its list. Dates
    may be on several sheets, a month on each."""
    places = template.places
    if places is None:
        raise ValueError(f"template {template.name} names no places in a workbook")
    opened = _opened(path)
    if opened is None:
        problems.add("exports.workbook.unreadable", file=path.name)
        return {}
    book, parts = opened
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = [found for sheet in shown if (found := _find(sheet, places, source))]
    if not sheets:
        listed = ", ".join(places.headings)
        problems.add("exports.workbook.no_people", file=path.name, headings=listed)
        return {}
    before = len(problems.errors)
    names = {_person(agent.id, places, source) for agent in _agents(source)}
    sheets.sort(key=lambda found: -len(names & found.people.keys()))
    of_date = {day: found for found in reversed(sheets) for day in found.dates}
    _tell_missing(of_date, sheets[0], places, source, path.name, problems)
    if len(problems.errors) > before:
        return {}
    cells = _cells(template, of_date, places, source, path.name, problems)
    offers = {title: dropdowns(parts.sheet(title), book, book[title]) for title in cells}
    _tell_not_offered(cells, offers, path.name, problems)
    if len(problems.errors) > before:
        return {}
    try:
        return {template.file_name: parts.filled(cells)}
    except ValueError:  # in an encoding that nobody writes
        problems.add("exports.workbook.unreadable", file=path.name)
        return {}


def _opened(path: Path) -> tuple[Workbook, WorkbookParts] | None:
    """A workbook to read in, and its parts to write in; None if it cannot be read."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl would drop, and we keep
            return load_workbook(path), WorkbookParts(path)
    except (*UNREADABLE, InvalidFileException):
        return None


def _find(sheet: Worksheet, places: Places, source: Source) -> _Found | None:
    """The heading, of all that the template names, below which most of the people are; the people
    below it and the dates near it."""
    wanted = {_folded(heading) for heading in places.headings}
    names = {_person(agent.id, places, source) for agent in _agents(source)}
    found = [
        (cell.row, people)
        for line in sheet.iter_rows(max_row=min(_HEADING_ROWS, sheet.max_row))
        for cell in line
        if _folded(cell.value) in wanted and cell.row and cell.column
        for people in [_below(sheet, cell.row, cell.column)]
    ]
    if not found:
        return None
    row, people = max(found, key=lambda one: len(names & one[1].keys()))
    return _Found(sheet, people, _dates_near(sheet, row, places, source))


def _below(sheet: Worksheet, heading: int, column: int) -> dict[str, int]:
    """The rows below a heading by what stands in its column."""
    rows = range(heading + 1, sheet.max_row + 1)
    return {name: row for row in rows if (name := _folded(sheet.cell(row, column).value))}


def _agents(source: Source) -> list[Agent]:
    """Those who are employed on a day of the plan."""
    return [row.agent for row in agent_rows(source)]


def _dates_near(
    sheet: Worksheet, heading: int, places: Places, source: Source
) -> Mapping[date, int]:
    """The columns of the plan's dates, from the row near the heading that shows most of them."""
    months = _months(sheet, heading)
    near = range(max(1, heading - _DATES_NEAR), heading + _DATES_NEAR + 1)
    return max((_dates_in(sheet, row, places, source, months) for row in near), key=len)


def _months(sheet: Worksheet, heading: int) -> frozenset[int]:
    """The months that a sheet's name speaks of, or else what stands above its heading: days that
    are told by their number alone are of these. Empty if nothing does."""
    above = (
        str(cell) for line in sheet.iter_rows(max_row=heading, values_only=True) for cell in line
    )
    for texts in ([sheet.title], above):
        said = (match for text in texts for match in _MONTH.finditer(_folded(text)))
        months = frozenset(int(match[1] or match[2]) for match in said)
        if months:
            return months
    return frozenset()


def _dates_in(
    sheet: Worksheet, row: int, places: Places, source: Source, months: frozenset[int]
) -> dict[date, int]:
    shown: dict[str, date] = {}
    for day in source.grid.dates:
        for pattern in places.dates:
            if "M" in pattern or not months or day.month in months:
                shown.setdefault(_folded(format_moment(source.midnight(day), pattern)), day)
    found: dict[date, int] = {}
    for column in range(1, sheet.max_column + 1):
        meant = _date_of(sheet.cell(row, column).value, shown)
        if meant in source.grid.dates:
            found.setdefault(meant, column)
    # The 1st to the 6th, then the 30th, are no days from the 30th to the 6th.
    return found if sorted(found, key=lambda day: found[day]) == sorted(found) else {}


def _date_of(value: object, shown: Mapping[str, date]) -> date | None:
    """The date of a cell: its own, that of a serial number, or the one that its text begins with as
    the patterns write it, with nothing but a weekday behind it (`12-01(周二)`, `1日/周二`)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _folded(value)
    if text.isdecimal() and int(text) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    fitting = (key for key in shown if text.startswith(key) and _REST.match(text[len(key) :]))
    longest = max(fitting, key=len, default="")
    return shown.get(longest)


def _tell_missing(
    of_date: Mapping[date, _Found],
    usual: _Found,
    places: Places,
    source: Source,
    file: str,
    problems: Problems,
) -> None:
    for day in source.grid.dates:
        if day not in of_date:
            problems.add("exports.workbook.no_date", file=file, date=day)
    used = list({id(found): found for found in of_date.values()}.values()) or [usual]
    owners: dict[str, str] = {}
    for agent in _agents(source):
        name = _person(agent.id, places, source)
        for found in used:
            if name not in found.people:
                sheet = found.sheet.title
                problems.add(
                    "exports.workbook.no_person", file=file, agent=agent.id, name=name, sheet=sheet
                )
        if name in owners:
            both = f"{owners[name]}, {agent.id}"
            problems.add("exports.names.twice", file=file, name=name, agents=both)
        owners.setdefault(name, agent.id)


def _cells(
    template: Template,
    of_date: Mapping[date, _Found],
    places: Places,
    source: Source,
    file: str,
    problems: Problems,
) -> dict[str, dict[Place, Value]]:
    """Each shift by the title of its sheet and its place there; a cell that is a part of a larger
    one, or holds a formula, is told."""
    from openpyxl.cell import MergedCell

    (column,) = template.columns
    cells: dict[str, dict[Place, Value]] = {}
    for row in shift_rows(source, RowKind.DAY):
        name = _person(row.agent.id, places, source)
        day = source.grid.dates[row.day]
        found = of_date[day]
        place = found.people[name], found.dates[day]
        cell = found.sheet.cell(*place)
        if isinstance(cell, MergedCell):
            problems.add("exports.workbook.merged", file=file, cell=cell.coordinate)
        elif cell.data_type == "f":
            problems.add("exports.workbook.formula", file=file, cell=cell.coordinate)
        else:
            cells.setdefault(found.sheet.title, {})[place] = written(column, template, row)
    return cells


def _tell_not_offered(
    cells: Mapping[str, Mapping[Place, Value]],
    offers: Mapping[str, Sequence[Dropdown]],
    file: str,
    problems: Problems,
) -> None:
    """Tells each value that the list of its cell does not have, once, with the first such cell."""
    told: set[tuple[str, tuple[str, ...]]] = set()
    for title, values in cells.items():
        for place, value in values.items():
            offered = next((one for one in offers[title] if one.covers(place)), None)
            said = "" if value is None else str(value).strip()
            if offered is None or not said or said in offered.choices:
                continue
            if (said, offered.choices) not in told:
                told.add((said, offered.choices))
                more = "…" if len(offered.choices) > MOST_NAMED else ""
                problems.add(
                    "exports.workbook.not_in_list",
                    file=file,
                    value=said,
                    sheet=title,
                    cell=f"{get_column_letter(place[1])}{place[0]}",
                    choices=", ".join(offered.choices[:MOST_NAMED]) + more,
                )


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
