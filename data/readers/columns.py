"""What a small file's columns are, and the one way in which every small file is read by them.

A file is described by a tuple of `Column`s; `read_rows` finds them by heading, reads every cell
and tells every problem with file, row and column. A `Row` gives each value with its own type:
``row[AGENT_ID]`` is a `str`, ``row[DATE]`` a `date`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from ..errors import Problems
from . import values
from .headings import normal
from .raw_table import RawTable, TableSource
from .telling import tell

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Kind(Generic[T_co]):
    """How a cell is written: its name in the reference, and its parser (`BadValueError`)."""

    name: str
    parse: Callable[[str], T_co]


def text_value(cell: str) -> str:
    return cell.strip()


TEXT = Kind("text", text_value)
NAME = Kind("name", values.plain)
NAMES = Kind("names, separated by ;", values.names)
NUMBER = Kind("number", values.number)
AMOUNT = Kind("number, 0 or more", values.amount)
WHOLE = Kind("whole number", values.whole)
PERCENT = Kind("percent", values.percent)
DATE = Kind("date", values.day)
CLOCK = Kind("clock time", values.clock_minute)
START = Kind("clock time", values.start_minute)
DAYS = Kind("weekdays", values.weekdays)
HOURS = Kind("hours", values.availability)
YES_NO = Kind("yes or no", values.flag)


def one_of(options: Mapping[str, str]) -> Kind[str]:
    """A word out of a list; `options` maps every accepted word to the option it means."""
    allowed = ", ".join(dict.fromkeys(options.values()))
    return Kind(f"one of {allowed}", lambda cell: values.choice(cell, options))


class _Required:
    """The mark of a column that every row has to fill."""


REQUIRED = _Required()


@dataclass(frozen=True)
class Column(Generic[T_co]):
    """One column: its heading, how its cells are written, and what a blank or absent one means.

    `aliases` are other headings it is recognised by; `unit` and `example` are for the reference.
    """

    name: str
    kind: Kind[T_co]
    default: T_co | _Required = REQUIRED
    aliases: tuple[str, ...] = ()
    unit: str = ""
    example: str = ""

    @property
    def required(self) -> bool:
        return isinstance(self.default, _Required)


@dataclass(frozen=True)
class Row:
    """One row that reads well; `number` counts as a spreadsheet does."""

    number: int
    values: Mapping[str, object]

    def __getitem__(self, column: Column[T]) -> T:
        return cast(T, self.values[column.name])


@dataclass(frozen=True)
class Rows:
    """The rows of a file that read well, and what the others hold as far as it can be read."""

    file: str
    good: tuple[Row, ...] = ()
    parsed: Mapping[str, frozenset[Any]] = field(default_factory=dict)

    def seen(self, column: Column[T]) -> frozenset[T]:
        """Every value of a column, those of otherwise faulty rows too: a fault in one cell of an
        agent's row does not make every mention of the agent a second fault."""
        return cast(frozenset[T], self.parsed.get(column.name, frozenset()))


def read_rows(
    source: TableSource,
    columns: Sequence[Column[Any]],
    problems: Problems,
    *,
    may_be_empty: bool = False,
) -> Rows | None:
    """Every row of a file by its columns; None (and why) if a column or the body is missing. A
    file that `may_be_empty` says nothing with a heading alone."""
    found = _find_columns(source, columns, problems)
    if found is None:
        return None
    table = source.body(problems)
    if table is None or not (may_be_empty or table.has_rows(problems)):
        return None
    return _read_body(table, columns, found, problems)


def _find_columns(
    source: TableSource, columns: Sequence[Column[Any]], problems: Problems
) -> dict[str, int] | None:
    """Position of each column that the file has, by the column's name."""
    places: dict[str, list[int]] = {}
    for index, heading in enumerate(source.headings):
        places.setdefault(normal(heading), []).append(index)
    found: dict[str, int] = {}
    complete = True
    for column in columns:
        wanted = [normal(name) for name in (column.name, *column.aliases)]
        matches = [index for name in dict.fromkeys(wanted) for index in places.pop(name, [])]
        if len(matches) > 1:
            twice = ", ".join(source.headings[index] for index in matches)
            problems.add(
                "input.duplicate_heading",
                file=source.file,
                column=column.name,
                name=column.name,
                headings=twice,
            )
            complete = False
        elif matches:
            found[column.name] = matches[0]
    unknown = [source.headings[i] for indexes in places.values() for i in indexes]
    unknown = [heading for heading in unknown if heading]
    for column in columns:
        if column.name in found or not complete:
            continue
        near = values.suggestion(column.name, unknown)
        if column.required:
            complete = False
            problems.add(
                "input.missing_column",
                file=source.file,
                column=column.name,
                name=column.name,
                found=", ".join(source.headings),
            )
        elif near:
            problems.warn("input.unknown_heading", file=source.file, column=near, meant=column.name)
    return found if complete else None


def _read_body(
    table: RawTable, columns: Sequence[Column[Any]], found: Mapping[str, int], problems: Problems
) -> Rows:
    cells = {name: table.column(index).tolist() for name, index in found.items()}
    parsed: dict[str, set[Any]] = {name: set() for name in cells}
    good: list[Row] = []
    for position, number in enumerate(table.rows.tolist()):
        record: dict[str, object] = {}
        for column in columns:
            cell = cells[column.name][position] if column.name in cells else ""
            try:
                record[column.name] = _read_cell(column, cell)
            except values.BadValueError as bad:
                tell(
                    problems, bad.code, bad.params, file=table.file, row=number, column=column.name
                )
                continue
            if column.name in parsed:
                parsed[column.name].add(record[column.name])
        if len(record) == len(columns):
            good.append(Row(number, record))
    return Rows(
        table.file, tuple(good), {name: frozenset(values_) for name, values_ in parsed.items()}
    )


def _read_cell(column: Column[T], cell: str) -> T:
    if values.plain(cell):
        return column.kind.parse(cell)
    if isinstance(column.default, _Required):
        raise values.BadValueError("input.blank_cell")
    return column.default
