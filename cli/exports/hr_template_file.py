"""Reads an HR template (TOML) and says everything that is wrong with it at once."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...data.errors import InputError, Problem, Problems
from .clock_format import TOKENS, unknown_tokens
from .hr_fields import FIELDS, NUMBERED, RowKind, Unit, unit_of
from .hr_template import HrColumn, HrTemplate

_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
_QUOTES = {"minimal": False, "all": True}
_FORMATS = {
    Unit.DATE: "YYYY-MM-DD",
    Unit.TIME: "HH:mm",
    Unit.DATETIME: "YYYY-MM-DD HH:mm",
}
_FILE_KEYS = ("row", "encoding", "delimiter", "quote", "heading", "line_end", *_FORMATS)
_COLUMN_KEYS = ("heading", "field", "value", "format", "codes")


def read_template(path: Path) -> HrTemplate:
    """The template of a file; InputError with every problem of it."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(Problem("exports.hr.no_file", file=path.name)) from None
    except UnicodeDecodeError:
        raise InputError(Problem("exports.hr.not_utf8", file=path.name)) from None
    return parse_template(content, path.name)


def parse_template(content: str, name: str) -> HrTemplate:
    """The template of a text; `name` is the file's, for its problems."""
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        params = {"reason": str(error)}
        raise InputError(Problem("exports.hr.not_toml", params, name)) from None
    problems = Problems()
    reader = _Reader(name, problems)
    reader.known(table, ("file", "column"), None)
    template = reader.template(table)
    problems.raise_if_any()
    return template


class _Reader:
    """Turns the tables of a template into its parts; what is wrong goes to `problems` and is
    read as its default, so that reading goes on."""

    def __init__(self, name: str, problems: Problems) -> None:
        self._name = name
        self._problems = problems

    def template(self, table: Mapping[str, object]) -> HrTemplate:
        file = table.get("file", {})
        settings: Mapping[str, object] = file if isinstance(file, dict) else {}
        if settings is not file:
            self._add("exports.hr.not_a_table", "file")
        self.known(settings, _FILE_KEYS, "file")
        return HrTemplate(
            name=self._name,
            row=RowKind(self._choice(settings, "row", list(RowKind), RowKind.SHIFT)),
            columns=self._columns(table.get("column", [])),
            formats={
                unit: self._pattern(settings.get(unit), f"file.{unit}") or default
                for unit, default in _FORMATS.items()
            },
            encoding=self._encoding(settings),
            delimiter=self._delimiter(settings),
            quote_all=_QUOTES[self._choice(settings, "quote", _QUOTES, "minimal")],
            heading=self._flag(settings, "heading"),
            line_end=_LINE_ENDS[self._choice(settings, "line_end", _LINE_ENDS, "crlf")],
        )

    def known(self, table: Mapping[str, object], keys: Iterable[str], place: str | None) -> None:
        """Reports every key of a table that means nothing."""
        for key in table:
            if key not in keys:
                self._add("exports.hr.unknown_key", place, key=key, keys=", ".join(keys))

    def _columns(self, entries: object) -> tuple[HrColumn, ...]:
        if not isinstance(entries, list) or not entries:
            self._add("exports.hr.no_columns", "column")
            return ()
        found = []
        for number, entry in enumerate(entries, start=1):
            place = f"column {number}"
            if isinstance(entry, dict):
                found.append(self._column(entry, place))
            else:
                self._add("exports.hr.not_a_table", place)
        return tuple(found)

    def _column(self, entry: Mapping[str, object], place: str) -> HrColumn:
        heading = entry.get("heading")
        if isinstance(heading, str) and heading:
            place = f"{place} ({heading})"
        else:
            self._add("exports.hr.no_heading", place)
        self.known(entry, _COLUMN_KEYS, place)
        if ("field" in entry) == ("value" in entry):
            self._add("exports.hr.no_source", place)
        field = None if "field" not in entry else str(entry["field"])
        unit = Unit.TEXT if field is None else unit_of(field)
        if unit is None:
            fields = ", ".join((*FIELDS, *NUMBERED))
            self._add("exports.hr.unknown_field", place, field=field, fields=fields)
        elif "format" in entry and unit is Unit.TEXT:
            self._add("exports.hr.no_clock", place, field=field or "value")
        return HrColumn(
            heading=str(heading),
            field=field,
            value=str(entry.get("value", "")),
            format=self._pattern(entry.get("format"), place),
            codes=self._codes(entry.get("codes"), place),
        )

    def _codes(self, codes: object, place: str) -> Mapping[str, str] | None:
        if codes is None or isinstance(codes, dict):
            return codes and {str(ours): str(theirs) for ours, theirs in codes.items()}
        self._add("exports.hr.codes_not_a_table", place)
        return None

    def _pattern(self, pattern: object, place: str) -> str | None:
        if pattern is None:
            return None
        bad = unknown_tokens(str(pattern))
        if bad or not str(pattern):
            self._add(
                "exports.hr.bad_format",
                place,
                format=pattern,
                bad=", ".join(bad),
                tokens=" ".join(TOKENS),
            )
        return str(pattern)

    def _choice(
        self, table: Mapping[str, object], key: str, choices: Iterable[str], default: str
    ) -> str:
        value = table.get(key, default)
        if isinstance(value, str) and value in choices:
            return value
        self._add("exports.hr.not_a_choice", f"file.{key}", value=value, choices=", ".join(choices))
        return default

    def _encoding(self, table: Mapping[str, object]) -> str:
        encoding = str(table.get("encoding", "utf-8-sig"))
        try:
            codecs.lookup(encoding)
            "".encode(encoding)
        except LookupError:
            self._add("exports.hr.unknown_encoding", "file.encoding", encoding=encoding)
        return encoding

    def _delimiter(self, table: Mapping[str, object]) -> str:
        delimiter = str(table.get("delimiter", ","))
        if len(delimiter) != 1 or delimiter in '"\r\n':
            self._add("exports.hr.bad_delimiter", "file.delimiter", delimiter=delimiter)
        return delimiter

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key, True)
        if not isinstance(value, bool):
            self._add("exports.hr.not_a_choice", f"file.{key}", value=value, choices="true, false")
        return bool(value)

    def _add(self, code: str, place: str | None, **params: object) -> None:
        self._problems.extend([Problem(code, params, file=self._name, column=place)])
