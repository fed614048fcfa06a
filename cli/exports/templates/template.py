"""A template: what file another system wants, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .fields import Unit
from .rows import RowKind

Scalar = str | int | float | bool
Words = Mapping[str, str]
"""A text by language; one that is the same in every language stands under the empty string."""


class FileFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"  # request bodies, one a file
    PARQUET = "parquet"
    WORKBOOK = "workbook"  # the other system's own workbook, filled in
    ICS = "ics"  # a calendar an agent


ENDINGS = {
    FileFormat.CSV: ".csv",
    FileFormat.XLSX: ".xlsx",
    FileFormat.JSON: ".json",
    FileFormat.PARQUET: ".parquet",
    FileFormat.WORKBOOK: ".xlsx",
    FileFormat.ICS: ".ics",
}


class CellType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"


class Each(StrEnum):
    """What a column comes again for."""

    DAY = "day"  # one column a date, in rows of agents
    BREAK = "break"  # a list with an entry a break, in JSON


@dataclass(frozen=True)
class Column:
    """One column, or one key of a JSON object (`body.userId` is a key inside another).

    `field` is where its values come from, None for the constant `value`. `format` overrides the
    template's format for dates and times; `codes` replaces values by what the other system calls
    them (shift codes, queue names, `off`). A `required` column has no empty cell. `columns` are
    those of the list's entries if the column comes again for each break.
    """

    heading: Words
    field: str | None = None
    value: Scalar = ""
    format: str | None = None
    codes: Mapping[str, Scalar] | None = None
    required: bool = False
    type: CellType | None = None
    each: Each | None = None
    columns: tuple[Column, ...] = ()

    def title(self, language: str) -> str:
        return in_language(self.heading, language)


@dataclass(frozen=True)
class Places:
    """Where in a workbook the roster goes: the headings by which people are found, the field they
    show, and how its dates may be written."""

    headings: tuple[str, ...]
    people: str
    dates: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """What the other system takes at most; None takes any. `max_days_away` is how far a day may
    lie before or after today."""

    max_days: int | None = None
    max_shift_minutes: int | None = None
    max_days_away: int | None = None


@dataclass(frozen=True)
class Template:
    """A checked template. `formats` holds the pattern of each unit but text; moments are written
    in `zone` (empty: the centre's). `values` are the planner's to fill in; `{name}` in a constant
    stands for one. JSON objects of `columns` go in batches of `batch` into `list_key` of an object
    of `envelope`, whose keys part them too; without a `list_key` each is a body of its own."""

    name: str
    row: RowKind
    columns: tuple[Column, ...]
    formats: Mapping[Unit, str]
    system: str = ""
    about: Words = field(default_factory=dict)
    source: str = ""
    format: FileFormat = FileFormat.CSV
    file: str = ""
    per_agent: bool = False
    employees_needed: bool = False
    shifts_needed: bool = False
    zone: str = ""
    values: Mapping[str, Scalar] = field(default_factory=dict)
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote_all: bool = False
    heading: bool = True
    line_end: str = "\r\n"
    freeze: str = ""
    envelope: tuple[Column, ...] = ()
    list_key: str = ""
    batch: int = 0
    limits: Limits = Limits()
    places: Places | None = None

    @property
    def file_name(self) -> str:
        """The file that is written, or the folder of several."""
        ending = "" if self.per_agent else ENDINGS[self.format]
        return self.file or f"{self.name}{ending}"

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the file is made of."""
        people = () if self.places is None else (self.places.people,)
        return frozenset((*_fields((*self.envelope, *self.columns)), *people))

    @property
    def empty_values(self) -> tuple[str, ...]:
        """What the planner still has to fill in."""
        return tuple(name for name, value in self.values.items() if value == "")


def _fields(columns: tuple[Column, ...]) -> frozenset[str]:
    own = frozenset(column.field for column in columns if column.field is not None)
    return own.union(*(_fields(column.columns) for column in columns))


def in_language(words: Words, language: str) -> str:
    """The words in a language; in English, or those that every language shares, otherwise."""
    return words.get(language) or words.get("en") or words.get("", "")
