"""Text tables: encoding, separator and rows of a CSV file, whatever wrote it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import Problems
from .raw_table import HEAD_BYTES, RawTable, TableSource, raw_table, tidy_headings
from .values import plain

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line
_SHOWN_RAGGED_ROWS = 10


def open_text(path: Path, head: bytes, problems: Problems) -> TableSource | None:
    """The table in a text file whose first `HEAD_BYTES` are `head`."""
    encoding = _encoding(head)
    if encoding is None:
        problems.add("input.bad_encoding", file=path.name)
        return None
    text = codecs.getincrementaldecoder(encoding)(errors="ignore").decode(head)
    separator, lines_above = _separator(text)
    heading_row = 0
    headings: tuple[str, ...] = ()
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        for heading_row, cells in enumerate(reader):
            headings = tidy_headings(cells) if heading_row >= lines_above else ()
            if headings:
                break
    except csv.Error:
        headings = ()
    if len(head) == HEAD_BYTES and "\n" not in text and "\r" not in text:
        headings = ()
    if not headings:
        problems.add("input.no_heading", file=path.name)
        return None

    def body(problems: Problems) -> RawTable | None:
        return _body(path, encoding, separator, headings, heading_row, lines_above, problems)

    return TableSource(path.name, headings, body)


def _encoding(head: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many lines lie above the table (Excel's `sep=;` line)."""
    first, _, rest = text.lstrip().partition("\n")
    named = _SEPARATOR_LINE.fullmatch(first.strip("\r\n "))
    if named:
        return named.group(1), 1
    line = first if first.strip() else rest
    unquoted = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=lambda mark: (unquoted.count(mark), mark == ",")), 0


def _body(
    path: Path,
    encoding: str,
    separator: str,
    headings: tuple[str, ...],
    heading_row: int,
    lines_above: int,
    problems: Problems,
) -> RawTable | None:
    width = len(headings)
    try:
        # One column more than there are headings takes the separators at the end of rows.
        cells = pd.read_csv(
            path,
            sep=separator,
            header=None,
            names=list(range(width + 1)),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            encoding=encoding,
            low_memory=False,
        )
    except UnicodeDecodeError:
        if encoding != "utf-8":
            problems.add("input.bad_encoding", file=path.name)
            return None
        # Plain ASCII at first, Chinese further down.
        return _body(path, "gb18030", separator, headings, heading_row, lines_above, problems)
    except (pd.errors.ParserError, csv.Error):
        _tell_ragged_rows(path, encoding, separator, width, lines_above, problems)
        return None
    cells = cells.iloc[heading_row + 1 :].fillna("").reset_index(drop=True)
    rows = np.arange(len(cells), dtype=np.int64) + heading_row + 2 - lines_above
    overflow = (cells[width].str.strip() != "").to_numpy(dtype=bool)
    if overflow.any():
        _tell_ragged_rows(path, encoding, separator, width, lines_above, problems)
        return None
    return raw_table(path.name, headings, cells.drop(columns=width), rows)


def _tell_ragged_rows(
    path: Path, encoding: str, separator: str, width: int, lines_above: int, problems: Problems
) -> None:
    """Names every row that holds more cells than there are headings, or the quote left open."""
    found = 0
    last = 0
    with path.open(encoding=encoding, errors="replace") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            for row, cells in enumerate(reader, start=1 - lines_above):
                last = row
                while cells and not plain(cells[-1]):
                    cells.pop()
                if len(cells) <= width:
                    continue
                found += 1
                if found <= _SHOWN_RAGGED_ROWS:
                    problems.add(
                        "input.too_many_cells",
                        file=path.name,
                        row=row,
                        cells=len(cells),
                        headings=width,
                    )
        except csv.Error:
            problems.add("input.open_quote", file=path.name, row=last + 1)
            return
    if found > _SHOWN_RAGGED_ROWS:
        more = found - _SHOWN_RAGGED_ROWS
        problems.add("input.more_like_this", file=path.name, count=more)
    if not found:
        problems.add("input.unreadable", file=path.name, reason="CSV")
