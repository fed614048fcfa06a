"""The first sheet of an Excel workbook that holds a table."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from ..errors import Problems
from .raw_table import RawTable, TableSource, raw_table, tidy_headings
from .values import EXCEL_EPOCH

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# What openpyxl raises at an archive that is no workbook, is cut off, or holds broken XML.
_DAMAGED = (BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError, zlib.error)
_HALF_SECOND = timedelta(milliseconds=500)
_FIRST_DATED_YEAR = 1901  # an Excel date before it is a length of time, such as 26:00


def open_workbook(path: Path, problems: Problems) -> TableSource | None:
    """The table in the first sheet that is not empty; its heading is the first filled row."""
    try:
        with _opened(path) as workbook:
            for sheet in workbook.sheetnames:
                for number, cells in enumerate(_rows(workbook, sheet), start=1):
                    headings = tidy_headings([cell_text(cell) for cell in cells])
                    if headings:
                        return _source(path, sheet, number, headings)
    except _DAMAGED:
        problems.add("input.damaged", file=path.name)
        return None
    problems.add("input.empty_file", file=path.name)
    return None


def cell_text(value: object) -> str:
    """A cell as text: ISO dates and clock times, lengths of time as hh:mm:ss, 12.0 as 12."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, timedelta):
        return _length_text(value)
    if isinstance(value, time):
        return _length_text(datetime.combine(date.min, value) - datetime.combine(date.min, time()))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _moment_text(value: datetime) -> str:
    if value.year < _FIRST_DATED_YEAR:
        return _length_text(value - datetime.combine(EXCEL_EPOCH, time()))
    # Excel keeps clock times as fractions of a day: 08:00 may come as 07:59:59.999997.
    rounded = (value + _HALF_SECOND).replace(microsecond=0)
    return rounded.isoformat(sep=" ") if rounded.time() != time() else rounded.date().isoformat()


def _length_text(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        yield workbook
    finally:
        workbook.close()


def _rows(workbook: Workbook, sheet: str) -> Iterator[tuple[object, ...]]:
    worksheet = workbook[sheet]
    # Some programs write a wrong size into the sheet; without it the rows themselves are counted.
    getattr(worksheet, "reset_dimensions", lambda: None)()
    yield from worksheet.iter_rows(values_only=True)


def _source(path: Path, sheet: str, heading_row: int, headings: tuple[str, ...]) -> TableSource:
    width = len(headings)

    def body(problems: Problems) -> RawTable | None:
        lines: list[list[str]] = []
        try:
            with _opened(path) as workbook:
                for number, cells in enumerate(_rows(workbook, sheet), start=1):
                    if number > heading_row:
                        texts = [cell_text(cell) for cell in cells[:width]]
                        lines.append(texts + [""] * (width - len(texts)))
        except _DAMAGED:
            problems.add("input.damaged", file=path.name)
            return None
        frame = pd.DataFrame(lines, columns=list(range(width)), dtype=str)
        rows = np.arange(len(lines), dtype=np.int64) + heading_row + 1
        return raw_table(path.name, headings, frame, rows)

    return TableSource(path.name, headings, body)
