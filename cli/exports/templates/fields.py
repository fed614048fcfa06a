"""What an export can say: every field by name, and its value for one row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from ....data.messages import text
from ....data.person_names import split_name
from ....scheduling.rostering.site_clocks import SiteClock
from ..ics import queue_names
from .rows import AgentRow, BreakRow, IntervalRow, PayRow, RowKind, ShiftRow

Value = str | int | float | bool | datetime | None


class Unit(StrEnum):
    """How a field is written unless its column says otherwise."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


Fields = Mapping[str, tuple[Unit, Callable[[Any], Value]]]


def _at_work(read: Callable[[ShiftRow], Value]) -> Callable[[ShiftRow], Value]:
    return lambda row: None if row.assignment is None else read(row)


def _queues(row: ShiftRow) -> tuple[str, ...]:
    return () if row.assignment is None else queue_names(row.assignment)


def _site(row: ShiftRow) -> SiteClock:
    """The clock of the shift's site; of the centre on a day without one."""
    code = "" if row.assignment is None else row.assignment.shift_code
    return row.source.problem.clocks.of(code)


def _moment(row: ShiftRow, minute: int) -> datetime:
    return _site(row).moment(minute)


def _names(row: Any) -> tuple[str, str]:
    """Given and family name of a row's agent."""
    agent, first = row.agent, row.source.centre.family_first
    return split_name(agent.name, agent.family_name, family_first=first)


def _label(row: ShiftRow) -> str:
    """`E8 08:00–16:30`; a shift that ends on a later date says so: `N8 22:00–06:30 (+1)`."""
    if row.assignment is None:
        return text(f"exports.{row.status}", row.source.language)
    start, end = _moment(row, row.start), _moment(row, row.end)
    later = (end.date() - start.date()).days
    suffix = f" (+{later})" if later else ""
    return f"{row.assignment.shift_code} {start:%H:%M}–{end:%H:%M}{suffix}"


def _their_shift(row: ShiftRow) -> Value:
    if row.assignment is None:
        return row.status
    clock = f"{_moment(row, row.assignment.start):%H:%M}"
    return row.source.names.shift(row.assignment.shift_code, clock)


_AGENT_FIELDS: Fields = {
    "agent_id": (Unit.TEXT, lambda row: row.agent.id),
    "agent_name": (Unit.TEXT, lambda row: row.agent.name),
    "first_name": (Unit.TEXT, lambda row: _names(row)[0]),
    "last_name": (Unit.TEXT, lambda row: _names(row)[1]),
    "their_employee": (Unit.TEXT, lambda row: row.source.names.employee(row.agent.id)),
    "email": (Unit.TEXT, lambda row: row.agent.email),
    "team": (Unit.TEXT, lambda row: row.agent.team),
    "site": (Unit.TEXT, lambda row: row.agent.site),
    "contract": (Unit.TEXT, lambda row: row.agent.contract),
    "skills": (Unit.TEXT, lambda row: ";".join(sorted(row.agent.skills))),
    "centre": (Unit.TEXT, lambda row: row.source.centre.name),
    "time_zone": (Unit.TEXT, lambda row: row.source.grid.tz),
}
_SHIFT_FIELDS: Fields = {
    **_AGENT_FIELDS,
    "time_zone": (Unit.TEXT, lambda row: _site(row).tz),
    "date": (Unit.DATE, lambda row: row.midnight),
    "date_ms": (Unit.TEXT, lambda row: int(row.midnight.timestamp() * 1000)),
    "weekday": (Unit.TEXT, lambda row: row.midnight.isoweekday()),
    "status": (Unit.TEXT, lambda row: row.status),
    "shift_code": (
        Unit.TEXT,
        lambda row: row.status if row.assignment is None else row.assignment.shift_code,
    ),
    "shift_name": (Unit.TEXT, lambda row: row.shift_name),
    "shift_label": (Unit.TEXT, _label),
    "their_shift": (Unit.TEXT, _their_shift),
    "piece": (Unit.TEXT, _at_work(lambda row: row.piece)),
    "start": (Unit.DATETIME, _at_work(lambda row: _moment(row, row.start))),
    "start_date": (Unit.DATE, _at_work(lambda row: _moment(row, row.start))),
    "start_time": (Unit.TIME, _at_work(lambda row: _moment(row, row.start))),
    "end": (Unit.DATETIME, _at_work(lambda row: _moment(row, row.end))),
    "end_date": (Unit.DATE, _at_work(lambda row: _moment(row, row.end))),
    "end_time": (Unit.TIME, _at_work(lambda row: _moment(row, row.end))),
    "paid_minutes": (Unit.TEXT, lambda row: row.paid_minutes),
    "paid_hours": (Unit.TEXT, lambda row: round(row.paid_minutes / 60, 2)),
    "break_minutes": (Unit.TEXT, lambda row: row.break_minutes()),
    "paid_break_minutes": (Unit.TEXT, lambda row: row.break_minutes(paid=True)),
    "unpaid_break_minutes": (Unit.TEXT, lambda row: row.break_minutes(paid=False)),
    "breaks": (
        Unit.TEXT,
        lambda row: ";".join(
            f"{_moment(row, b.start):%H:%M}-{_moment(row, b.end):%H:%M}" for b in row.breaks()
        ),
    ),
    "meetings": (
        Unit.TEXT,
        lambda row: ";".join(
            f"{_moment(row, m.start):%H:%M}-{_moment(row, m.end):%H:%M} {m.name}"
            for m in row.meetings()
        ),
    ),
    "queue": (Unit.TEXT, lambda row: next(iter(_queues(row)), None)),
    "queues": (Unit.TEXT, lambda row: ";".join(_queues(row))),
}
_WHOLE_AGENT_FIELDS: Fields = {
    **_AGENT_FIELDS,
    "shifts": (Unit.TEXT, lambda row: len(row.shifts)),
    "paid_hours": (Unit.TEXT, lambda row: round(sum(s.paid_minutes for s in row.shifts) / 60, 2)),
}
BREAK_FIELDS: Fields = {
    "break_start": (Unit.DATETIME, lambda row: _moment(row.shift, row.pause.start)),
    "break_end": (Unit.DATETIME, lambda row: _moment(row.shift, row.pause.end)),
    "break_minutes": (Unit.TEXT, lambda row: row.pause.end - row.pause.start),
    "break_paid": (Unit.TEXT, lambda row: row.pause.paid),
    "break_name": (
        Unit.TEXT,
        lambda row: text(
            f"exports.break_{'paid' if row.pause.paid else 'unpaid'}", row.shift.source.language
        ),
    ),
}
_INTERVAL_FIELDS: Fields = {
    "queue": (Unit.TEXT, lambda row: row.queue),
    "channel": (Unit.TEXT, lambda row: row.channel),
    "start": (Unit.DATETIME, lambda row: row.start),
    "end": (Unit.DATETIME, lambda row: row.end),
    "date": (Unit.DATE, lambda row: row.start),
    "start_time": (Unit.TIME, lambda row: row.start),
    "end_time": (Unit.TIME, lambda row: row.end),
    "contacts": (Unit.TEXT, lambda row: round(row.contacts, 4)),
    "aht_s": (Unit.TEXT, lambda row: None if math.isnan(row.aht_s) else round(row.aht_s, 2)),
    "required": (Unit.TEXT, lambda row: round(row.required, 4)),
    "rostered": (Unit.TEXT, lambda row: round(row.rostered, 4)),
    "net": (Unit.TEXT, lambda row: round(row.rostered - row.required, 4)),
}
_PAY_FIELDS: Fields = {
    **_AGENT_FIELDS,
    "date": (Unit.DATE, lambda row: row.source.midnight(row.line.day)),
    "pay_code": (Unit.TEXT, lambda row: row.line.code.value),
    "rate": (Unit.TEXT, lambda row: row.line.code.rate),
    "hours": (Unit.TEXT, lambda row: round(row.line.minutes / 60, 2)),
    "minutes": (Unit.TEXT, lambda row: row.line.minutes),
}
ROW_NUMBER = "row_number"
# One break by its number: break_1_start, unpaid_break_1_end, paid_break_2_minutes, …
NUMBERED = ("break_N_start", "break_N_end", "break_N_minutes")
_NUMBERED = re.compile(r"(?:(paid|unpaid)_)?break_([1-9])_(start|end|minutes)\Z")
_OF_KIND: Mapping[type, Fields] = {
    ShiftRow: _SHIFT_FIELDS,
    AgentRow: _WHOLE_AGENT_FIELDS,
    BreakRow: BREAK_FIELDS,
    IntervalRow: _INTERVAL_FIELDS,
    PayRow: _PAY_FIELDS,
}


def fields_of(kind: RowKind) -> Fields:
    """Every field that rows of a kind have, numbered breaks apart."""
    match kind:
        case RowKind.AGENT:
            return _WHOLE_AGENT_FIELDS
        case RowKind.INTERVAL:
            return _INTERVAL_FIELDS
        case RowKind.PAY | RowKind.PAY_TOTAL:
            return _PAY_FIELDS
        case _:
            return _SHIFT_FIELDS


def unit_of(field: str, fields: Fields) -> Unit | None:
    """How a field is written, None if there is no such field."""
    if field == ROW_NUMBER:
        return Unit.TEXT
    if field in fields:
        return fields[field][0]
    match = _NUMBERED.match(field) if fields is _SHIFT_FIELDS else None
    if match is None:
        return None
    return Unit.TEXT if match.group(3) == "minutes" else Unit.TIME


def unit_in(field: str, row: object) -> Unit:
    """How a field of a row is written; ValueError if the row has no such field."""
    unit = unit_of(field, _OF_KIND[type(row)])
    if unit is None:
        raise ValueError(f"there is no field {field!r}")
    return unit


def value_of(field: str, row: object) -> Value:
    """The value of a field that exists; None where the row has none."""
    fields = _OF_KIND[type(row)]
    if field in fields:
        return fields[field][1](row)
    match = _NUMBERED.match(field)
    if match is None or not isinstance(row, ShiftRow):
        raise ValueError(f"there is no field {field!r}")
    kind, number, part = match.groups()
    breaks = row.breaks(None if kind is None else kind == "paid")
    if int(number) > len(breaks):
        return None
    pause = breaks[int(number) - 1]
    if part == "minutes":
        return pause.end - pause.start
    return _moment(row, pause.start if part == "start" else pause.end)
