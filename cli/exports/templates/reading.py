"""Reads a template (TOML) and says everything that is wrong with it at once."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ....data.errors import InputError, Problem, Problems
from .columns import ColumnReader
from .fields import Unit, fields_of, unit_of
from .rows import RowKind
from .table_reader import TableReader
from .template import ENDINGS, FileFormat, Limits, Places, Template

_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
_QUOTES = {"minimal": False, "all": True}
_PER = {"plan": False, "agent": True}
_NAMES = {"ours": False, "theirs": True}
_FORMATS = {
    Unit.DATE: "YYYY-MM-DD",
    Unit.TIME: "HH:mm",
    Unit.DATETIME: "YYYY-MM-DD HH:mm",
}
_TABLES = ("about", "file", "values", "limits", "workbook", "envelope", "column")
ABOUT_KEYS = ("en", "zh-CN", "source")
FILE_KEYS = (
    "format", "name", "system", "row", "per", "employees", "shifts", "zone", "encoding",
    "delimiter", "quote", "heading", "line_end", "freeze", "list", "batch", *_FORMATS,
)  # fmt: skip
LIMIT_KEYS = ("days", "shift_minutes", "days_away")
WORKBOOK_KEYS = ("headings", "people", "dates")


def read_template(path: Path) -> Template:
    """The template of a file; InputError with every problem of it."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(Problem("exports.template.no_file", file=path.name)) from None
    except UnicodeDecodeError:
        raise InputError(Problem("exports.template.not_utf8", file=path.name)) from None
    return parse_template(content, path.name)


def parse_template(content: str, file: str) -> Template:
    """The template of a text; `file` is the file's name, which gives the template its own."""
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        params = {"reason": str(error)}
        raise InputError(Problem("exports.template.not_toml", params, file)) from None
    problems = Problems()
    template = _Reader(file, problems).template(table)
    problems.raise_if_any()
    return template


class _Reader(TableReader):
    """Turns the tables of a template into its parts; what is wrong goes to `problems` and is
    read as its default, so that reading goes on."""

    def template(self, table: Mapping[str, object]) -> Template:
        self.known(table, _TABLES, None)
        about = self.table(table, "about", ABOUT_KEYS)
        file = self.table(table, "file", FILE_KEYS)
        limits = self.table(table, "limits", LIMIT_KEYS)
        name = self.file.removesuffix(".toml")
        format_ = FileFormat(self.choice(file, "format", list(FileFormat), FileFormat.CSV))
        row = RowKind(self.choice(file, "row", list(RowKind), RowKind.SHIFT))
        values = self.table(table, "values", None)
        reader = ColumnReader(self.file, self.problems, row, format_, values)
        columns = () if format_ is FileFormat.ICS else reader.columns(table.get("column", []))
        if format_ is FileFormat.WORKBOOK and (len(columns) > 1 or row is not RowKind.DAY):
            self.add("exports.template.one_column", "column")
        return Template(
            name=name,
            row=row,
            columns=columns,
            formats={
                unit: self.pattern(file.get(unit), f"file.{unit}") or default
                for unit, default in _FORMATS.items()
            },
            system=str(file.get("system", name)),
            about={key: str(about[key]) for key in ("en", "zh-CN") if key in about},
            source=str(about.get("source", "")),
            format=format_,
            file=self._file_name(file, format_),
            per_agent=_PER[self.choice(file, "per", _PER, "plan")],
            employees_needed=_NAMES[self.choice(file, "employees", _NAMES, "ours")],
            shifts_needed=_NAMES[self.choice(file, "shifts", _NAMES, "ours")],
            zone=self._zone(file),
            values={key: self.scalar(value, f"values.{key}") for key, value in values.items()},
            encoding=self._encoding(file),
            delimiter=self._delimiter(file),
            quote_all=_QUOTES[self.choice(file, "quote", _QUOTES, "minimal")],
            heading=self.flag(file, "heading", "file.heading", default=True),
            line_end=_LINE_ENDS[self.choice(file, "line_end", _LINE_ENDS, "crlf")],
            freeze=str(file.get("freeze", "")),
            envelope=reader.columns(table["envelope"], "envelope") if "envelope" in table else (),
            list_key=str(file.get("list", "")),
            batch=self.count(file, "batch", "file.batch") or 0,
            limits=Limits(
                self.count(limits, "days", "limits.days"),
                self.count(limits, "shift_minutes", "limits.shift_minutes"),
                self.count(limits, "days_away", "limits.days_away"),
            ),
            places=self._places(table, row) if format_ is FileFormat.WORKBOOK else None,
        )

    def _file_name(self, file: Mapping[str, object], format_: FileFormat) -> str:
        """The name given, which must stay inside the folder; empty for the template's own."""
        name = str(file.get("name", ""))
        if name and Path(name).name != name:
            self.add("exports.template.bad_name", "file.name", name=name, ending=ENDINGS[format_])
        return name

    def _places(self, table: Mapping[str, object], row: RowKind) -> Places:
        workbook = self.table(table, "workbook", WORKBOOK_KEYS)
        people = str(workbook.get("people", "agent_id"))
        if unit_of(people, fields_of(row)) is None:
            fields = ", ".join(fields_of(row))
            self.add("exports.template.unknown_field", "workbook", field=people, fields=fields)
        dates = self.texts(workbook, "dates", "workbook.dates")
        for pattern in dates:
            self.pattern(pattern, "workbook.dates")
        return Places(self.texts(workbook, "headings", "workbook.headings"), people, dates)

    def _zone(self, file: Mapping[str, object]) -> str:
        zone = str(file.get("zone", ""))
        try:
            if zone:
                ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.add("exports.template.unknown_zone", "file.zone", zone=zone)
        return zone

    def _encoding(self, file: Mapping[str, object]) -> str:
        encoding = str(file.get("encoding", "utf-8-sig"))
        try:
            codecs.lookup(encoding)
            "".encode(encoding)
        except LookupError:
            self.add("exports.template.unknown_encoding", "file.encoding", encoding=encoding)
        return encoding

    def _delimiter(self, file: Mapping[str, object]) -> str:
        delimiter = str(file.get("delimiter", ","))
        if len(delimiter) != 1 or delimiter in '"\r\n':
            self.add("exports.template.bad_delimiter", "file.delimiter", delimiter=delimiter)
        return delimiter
