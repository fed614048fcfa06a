"""CSV, XLSX and Parquet files of a template."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal

from ....data.errors import InputError, Problem
from ..ics import file_names
from ..safe_cells import is_risky
from ..whole_file import csv_text
from .cells import Cell, cells_of, headings, raw, rows_of
from .fields import Unit, Value, unit_in
from .rows import Source
from .template import ENDINGS, FileFormat, Template

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.cell import MergedCell

# Light enough for ink to be read on each; Okabe and Ito's hues, told apart by everybody.
SHIFT_FILLS = ("CCE3F0", "FAE3B3", "B3E2D5", "F0D6E4", "DDF0FB", "FBF6C6", "D9DDE1", "F2C9A8")
LEAVE_FILL = "EDEDED"
_WIDEST = 40


def table_files(template: Template, source: Source) -> dict[str, bytes]:
    """The files by name, one or (with `per_agent`) one an agent. InputError if the encoding lacks
    a character of some cell."""
    if template.format is FileFormat.PARQUET:
        return {template.file_name: _parquet(template, source)}
    heading = headings(template, source)
    rows = [(row, cells_of(template, row, n)) for n, row in enumerate(rows_of(template, source), 1)]
    if not template.per_agent:
        return {template.file_name: _file(template, source, heading, [cells for _, cells in rows])}
    by_agent: dict[str, list[list[Cell]]] = {}
    for row, cells in rows:
        agent = getattr(row, "agent", None)
        by_agent.setdefault("" if agent is None else agent.id, []).append(cells)
    names = file_names(by_agent)
    return {
        f"{template.file_name}/{names[agent]}{ENDINGS[template.format]}": _file(
            template, source, heading, own
        )
        for agent, own in by_agent.items()
    }


def _file(template: Template, source: Source, heading: list[str], rows: list[list[Cell]]) -> bytes:
    if template.format is FileFormat.XLSX:
        return _workbook(template, source, heading, rows)
    quoting: Literal[0, 1] = csv.QUOTE_ALL if template.quote_all else csv.QUOTE_MINIMAL
    body = csv_text(
        heading if template.heading else None,
        (["" if cell.value is None else cell.value for cell in cells] for cells in rows),
        delimiter=template.delimiter,
        quoting=quoting,
        line_end=template.line_end,
    )
    return _encoded(body, template)


def _encoded(body: str, template: Template) -> bytes:
    try:
        return body.encode(template.encoding)
    except UnicodeEncodeError:
        lacking = sorted({c for c in body if not _can_encode(c, template.encoding)})
        params = {"encoding": template.encoding, "characters": " ".join(lacking)}
        raise InputError(Problem("exports.template.cannot_encode", params, template.name)) from None


def _can_encode(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _workbook(
    template: Template, source: Source, heading: list[str], rows: list[list[Cell]]
) -> bytes:
    """A workbook with the heading frozen and every shift in its own colour."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fills = {
        shift: PatternFill("solid", fgColor=colour) for shift, colour in _colours(source).items()
    }
    lines = [[Cell(title) for title in heading], *rows] if template.heading else rows
    for number, line in enumerate(lines, start=1):
        for index, cell in enumerate(line, start=1):
            if cell.value is None:
                continue
            written = sheet.cell(number, index)
            put_text(written, cell.value)
            if cell.shift in fills:
                written.fill = fills[cell.shift]
            if template.heading and number == 1:
                written.font = Font(bold=True)
    for index, width in enumerate(_widths(lines), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if template.freeze:
        sheet.freeze_panes = template.freeze
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _colours(source: Source) -> dict[str, str]:
    """The fill of each shift code, and of leave."""
    codes = [shift.code for shift in source.problem.shifts]
    fills = {code: SHIFT_FILLS[i % len(SHIFT_FILLS)] for i, code in enumerate(codes)}
    return {**fills, "leave": LEAVE_FILL}


def _widths(lines: list[list[Cell]]) -> list[int]:
    """How wide each column has to be for its longest cell, within reason."""
    columns = zip_longest(*lines, fillvalue=Cell(None))
    longest = [max(len(str(cell.value or "")) for cell in column) for column in columns]
    return [min(wide + 2, _WIDEST) for wide in longest]


def put_text(cell: SheetCell | MergedCell, value: Value) -> None:
    """Puts a value into a cell; text that begins like a formula stays text, with the mark that
    spreadsheets keep it by."""
    cell.value = value
    if isinstance(value, str) and is_risky(value):
        cell.data_type = "s"
        cell.quotePrefix = True


def _parquet(template: Template, source: Source) -> bytes:
    """A table with typed columns: moments with their time zone, dates, numbers, texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(rows_of(template, source))
    arrays = {
        column.title(source.language): _array(
            [raw(column, template, row, n) for n, row in enumerate(rows, 1)],
            [] if column.field is None else [unit_in(column.field, row) for row in rows[:1]],
            source.grid.tz,
        )
        for column in template.columns
    }
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays), sink)
    return sink.getvalue()


def _array(values: list[Any], units: list[Unit], tz: str) -> Any:
    import pyarrow as pa

    unit = units[0] if units else Unit.TEXT
    if unit is Unit.DATE:
        return pa.array([_day(value) for value in values], pa.date32())
    if unit in (Unit.DATETIME, Unit.TIME):
        return pa.array(values, pa.timestamp("s", tz=tz))
    if all(value is None for value in values):
        return pa.array(values, pa.string())
    return pa.array(values)


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else None
