"""Cells of a sheet's XML given other values, every other byte as it was.

A library that reads a workbook and writes it again drops what it does not know: lists that lie on
other sheets, newer conditional formats, threaded comments, controls, drawings. Here the places of
the cells are found by an XML parser, and only they are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from .fields import Value

Place = tuple[int, int]
"""Row and column, from 1."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class _Cell:
    """Where a cell lies in the bytes, and its style."""

    begin: int
    end: int
    style: str


@dataclass
class _Row:
    """The cells of a row by column; where the row's content ends, and what its cells look like."""

    cells: dict[int, _Cell] = field(default_factory=dict)
    end: int = 0
    style: str = ""


class _Reader:
    """Finds the rows and cells of a sheet; those without a number follow the one before."""

    def __init__(self, xml: bytes) -> None:
        self.rows: dict[int, _Row] = {}
        self.columns: list[tuple[int, int, str]] = []
        self.prefix = ""
        self._xml, self._row, self._column = xml, 0, 0
        self._open: tuple[int, str] | None = None
        self._parser: Any = ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.XmlDeclHandler = self._declared
        self._parser.Parse(xml, True)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").casefold() not in ("utf-8", "utf8", "us-ascii"):
            raise ValueError(f"a sheet in {encoding}")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "col" and attributes.get("style"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.columns.append((first, last, attributes["style"]))
        elif local == "row":
            self.prefix = f"{prefix}:" if prefix else ""
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            custom = attributes.get("customFormat") in ("1", "true")
            self.rows[self._row] = _Row(style=attributes.get("s", "") if custom else "")
        elif local == "c":
            said = attributes.get("r")
            column = column_index_from_string(coordinate_from_string(said)[0]) if said else None
            self._column = column or self._column + 1
            self._open = self._parser.CurrentByteIndex, attributes.get("s", "")

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        if local == "row":
            self.rows[self._row].end = at
        elif local == "c" and self._open is not None:
            begin, style = self._open
            end = self._xml.index(b">", begin) + 1
            if self._xml[end - 2 : end] != b"/>":
                end = self._xml.index(b">", at) + 1
            self.rows[self._row].cells[self._column] = _Cell(begin, end, style)
            self._open = None

    def column_style(self, column: int) -> str:
        return next((s for first, last, s in self.columns if first <= column <= last), "")


def with_values(xml: bytes, values: Mapping[Place, Value]) -> bytes:
    """The sheet with these values in the places; each keeps its looks. Rows have a cell already, as
    those have in which somebody was found. ValueError if the sheet cannot be read."""
    try:
        sheet = _Reader(xml)
    except ExpatError as error:
        raise ValueError(str(error)) from error
    edits = [_edit(sheet, place, value) for place, value in values.items()]
    made = bytearray(xml)
    for begin, _, end, text in sorted(edits, reverse=True):
        made[begin:end] = text
    return bytes(made)


def _edit(sheet: _Reader, place: Place, value: Value) -> tuple[int, int, int, bytes]:
    """(begin, column, end, text): what goes in the place of what, in the order of the bytes."""
    number, column = place
    row = sheet.rows[number]
    had = row.cells.get(column)
    if had is not None:
        return had.begin, column, had.end, _written(sheet.prefix, place, had.style, value)
    after = (cell.begin for at, cell in sorted(row.cells.items()) if at > column)
    begin = next(after, row.end)
    style = row.style or sheet.column_style(column)
    return begin, column, begin, _written(sheet.prefix, place, style, value)


def _written(prefix: str, place: Place, style: str, value: Value) -> bytes:
    """A cell with a text or number of its own, whatever the workbook's table of texts holds."""
    p = prefix
    looks = f' s="{style}"' if style else ""
    head = f'<{p}c r="{get_column_letter(place[1])}{place[0]}"{looks}'
    if value is None or value == "":
        return f"{head}/>".encode()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{head}><{p}v>{value}</{p}v></{p}c>".encode()
    text = escape(_UNWRITABLE.sub("", str(value)))
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f'{head} t="inlineStr"><{p}is><{p}t{kept}>{text}</{p}t></{p}is></{p}c>'.encode()
