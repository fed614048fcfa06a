"""The cells of a template's columns for one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ....data.messages import text
from .clock_format import format_moment
from .fields import ROW_NUMBER, Unit, Value, unit_in, value_of
from .rows import (
    AgentRow,
    RowKind,
    ShiftRow,
    Source,
    agent_rows,
    pay_rows,
    shift_rows,
)
from .template import CellType, Column, Each, Scalar, Template

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SHIFT_SAYING = frozenset({"shift_code", "shift_name", "shift_label", "their_shift"})


@dataclass(frozen=True)
class Cell:
    """A value, and the shift (or `leave`) that it tells of, if it tells of one."""

    value: Value
    shift: str = ""


def rows_of(template: Template, source: Source) -> Iterator[object]:
    """The rows that a template asks for."""
    match template.row:
        case RowKind.AGENT:
            yield from agent_rows(source)
        case RowKind.INTERVAL:
            yield from source.intervals
        case RowKind.PAY | RowKind.PAY_TOTAL:
            yield from pay_rows(source, total=template.row is RowKind.PAY_TOTAL)
        case _:
            yield from shift_rows(source, template.row)


def headings(template: Template, source: Source) -> list[str]:
    """The heading line; a column that comes again for each day has one for every date."""
    found = []
    for column in template.columns:
        title = column.title(source.language)
        if column.each is Each.DAY:
            found += [day_title(title, day, n, source) for n, day in enumerate(source.grid.dates)]
        else:
            found.append(title)
    return found


def day_title(pattern: str, day: date, number: int, source: Source) -> str:
    """`Day {number}`, `{date} {weekday}`: the heading of a date's column."""
    weekday = text(f"exports.weekday.{day.weekday()}", source.language)
    said = {"number": str(number + 1), "date": day.isoformat(), "weekday": weekday}
    return _filled(pattern, said.get)


def cells_of(template: Template, row: object, number: int) -> list[Cell]:
    """The cells of one row, dates and times written as the template says."""
    found = []
    for column in template.columns:
        if column.each is Each.DAY and isinstance(row, AgentRow):
            found += [_day_cell(column, template, day) for day in row.days]
        else:
            value = written(column, template, row, number)
            said = _shift_of(row) if column.field in _SHIFT_SAYING else ""
            found.append(Cell(value, said))
    return found


def written(column: Column, template: Template, row: object, number: int = 0) -> Value:
    """A column's value with its format, codes and type."""
    value: Value = raw(column, template, row, number)
    if isinstance(value, datetime) and column.field is not None:
        unit = unit_in(column.field, row)
        if template.zone and unit is not Unit.DATE:
            value = value.astimezone(ZoneInfo(template.zone))
        value = format_moment(value, column.format or template.formats[unit])
    if column.type is CellType.INTEGER and isinstance(value, str) and value.isdecimal():
        return int(value)
    if column.type is CellType.TEXT and value is not None:
        return str(value)
    return value


def raw(column: Column, template: Template, row: object, number: int = 0) -> Value:
    """A column's value with its codes, dates and times as they are."""
    if column.field is None:
        return constant(column.value, template)
    value = number if column.field == ROW_NUMBER else value_of(column.field, row)
    key = "" if value is None else str(value)
    return value if column.codes is None else column.codes.get(key, value)


def constant(value: Scalar, template: Template) -> Scalar:
    """A constant with the planner's values put in; one that is nothing but a value keeps its
    type."""
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    if whole is not None:
        return template.values.get(whole[1], value)
    return _filled(value, template.values.get)


def _filled(pattern: str, value_of_name: Callable[[str], object]) -> str:
    def put(match: re.Match[str]) -> str:
        value = value_of_name(match[1])
        return match[0] if value is None else str(value)

    return PLACEHOLDER.sub(put, pattern)


def _day_cell(column: Column, template: Template, day: Iterable[ShiftRow]) -> Cell:
    rows = list(day)
    values = [written(column, template, row) for row in rows]
    if len(values) == 1:
        return Cell(values[0], _shift_of(rows[0]))
    return Cell(" / ".join(str(value) for value in values), _shift_of(rows[0]))


def _shift_of(row: object) -> str:
    if not isinstance(row, ShiftRow) or row.status == "off":
        return ""
    return row.status if row.assignment is None else row.assignment.shift_code
