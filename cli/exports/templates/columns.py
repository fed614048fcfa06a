"""Reads the columns of a template."""

from __future__ import annotations

from collections.abc import Mapping

from ....data.errors import Problems
from .cells import PLACEHOLDER
from .fields import BREAK_FIELDS, NUMBERED, ROW_NUMBER, Fields, Unit, fields_of, unit_of
from .rows import RowKind
from .table_reader import TableReader
from .template import CellType, Column, Each, FileFormat, Scalar, Words

COLUMN_KEYS = (
    "heading", "field", "value", "format", "codes", "required", "type", "each", "columns",
)  # fmt: skip
_TYPES = [str(kind) for kind in CellType]


class ColumnReader(TableReader):
    """Turns the entries of [[column]] and [[envelope]] into columns of rows of one kind."""

    def __init__(
        self,
        file: str,
        problems: Problems,
        row: RowKind,
        format_: FileFormat,
        values: Mapping[str, object],
    ) -> None:
        super().__init__(file, problems)
        self._row = row
        self._format = format_
        self._values = values

    def columns(
        self, entries: object, place: str = "column", fields: Fields | None = None
    ) -> tuple[Column, ...]:
        """The columns of a list of tables, which holds one or more."""
        if not isinstance(entries, list) or not entries:
            self.add("exports.template.no_columns", place)
            return ()
        found = []
        for number, entry in enumerate(entries, start=1):
            where = f"{place} {number}"
            if isinstance(entry, dict):
                found.append(self._column(entry, where, fields))
            else:
                self.add("exports.template.not_a_table", where)
        return tuple(found)

    def _column(self, entry: Mapping[str, object], place: str, outer: Fields | None) -> Column:
        heading = self._heading(entry.get("heading"), place)
        shown = next(iter(heading.values()), "")
        place = f"{place} ({shown})" if shown else place
        self.known(entry, COLUMN_KEYS, place)
        each = self._each(entry, place)
        listed = each is Each.BREAK
        fields = outer or self._fields(each)
        field = None if "field" not in entry else str(entry["field"])
        if not listed:
            self._check_source(entry, place, field, fields)
        return Column(
            heading=heading,
            field=field,
            value=self._value(entry.get("value", ""), place),
            format=self.pattern(entry.get("format"), place),
            codes=self._codes(entry.get("codes"), place),
            required=self.flag(entry, "required", place, default=False),
            type=CellType(self.choice(entry, "type", _TYPES, CellType.TEXT, place))
            if "type" in entry
            else None,
            each=each,
            columns=self.columns(entry.get("columns"), f"{place} columns", BREAK_FIELDS)
            if listed
            else (),
        )

    def _fields(self, each: Each | None) -> Fields:
        """A column that comes again for each day holds what a day's row has."""
        return fields_of(RowKind.DAY if each is Each.DAY else self._row)

    def _check_source(
        self, entry: Mapping[str, object], place: str, field: str | None, fields: Fields
    ) -> None:
        if ("field" in entry) == ("value" in entry):
            self.add("exports.template.no_source", place)
        unit = Unit.TEXT if field is None else unit_of(field, fields)
        if unit is None:
            known = (*fields, ROW_NUMBER, *(NUMBERED if fields is fields_of(RowKind.DAY) else ()))
            listed = ", ".join(known)
            self.add("exports.template.unknown_field", place, field=field, fields=listed)
        elif "format" in entry and unit is Unit.TEXT:
            self.add("exports.template.no_clock", place, field=field or "value")

    def _heading(self, heading: object, place: str) -> Words:
        """One text for every language, or a table of texts by language."""
        if isinstance(heading, str) and heading:
            return {"": heading}
        if isinstance(heading, dict) and "en" in heading:
            return {str(language): str(words) for language, words in heading.items()}
        self.add("exports.template.no_heading", place)
        return {}

    def _each(self, entry: Mapping[str, object], place: str) -> Each | None:
        """What the column comes again for, as far as the rows and the format have such things."""
        if "each" not in entry:
            return None
        allowed = []
        if self._row is RowKind.AGENT:
            allowed.append(Each.DAY)
        if self._format is FileFormat.JSON and self._row in (RowKind.SHIFT, RowKind.PIECE):
            allowed.append(Each.BREAK)
        if entry["each"] in [str(each) for each in allowed]:
            return Each(str(entry["each"]))
        self.add("exports.template.bad_each", place, value=entry["each"])
        return None

    def _value(self, value: object, place: str) -> Scalar:
        """A constant; every name in braces is one of [values]."""
        constant = self.scalar(value, place)
        for name in PLACEHOLDER.findall(constant) if isinstance(constant, str) else ():
            if name not in self._values:
                listed = ", ".join(self._values) or "–"
                self.add("exports.template.unknown_value", place, name=name, values=listed)
        return constant

    def _codes(self, codes: object, place: str) -> Mapping[str, Scalar] | None:
        if codes is None:
            return None
        if isinstance(codes, dict):
            return {str(ours): self.scalar(theirs, place) for ours, theirs in codes.items()}
        self.add("exports.template.codes_not_a_table", place)
        return None
