"""The sample's things as rows of the files that a planner keeps.

Cells are written as `docs/reference/files.md` describes them: dates as YYYY-MM-DD, clock times as
HH:MM (past 24:00 where a shift ends the next morning), lists separated by semicolons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..adjustments import Adjustment
from ..calendar import Calendar, Promotion, SpecialDay
from ..people import Agent, FixedAssignment, Request, RequestKind, TimeOff
from ..shifts import BreakKind, BreakRule, ShiftTemplate
from .previous import Worked, pause_kind

Row = Sequence[object]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLUMNS = {
    "contacts": ("timestamp", "queue", "offered", "handled", "abandoned", "aht_s"),
    "calendar": (
        "date", "end_date", "kind", "name", "type", "phase", "size", "effect", "handle_effect",
        "queue",
    ),
    "agents": (
        "id", "name", "team", "contract", "skills", "second_skills", "hourly_cost", "email",
        *WEEKDAYS,
    ),
    "shifts": (
        "code", "name", "paid_minutes", "earliest_start", "latest_start", "start_every",
        "weekdays", "breaks",
    ),
    "time_off": ("agent", "from", "to", "paid", "kind"),
    "requests": ("agent", "date", "kind", "value", "weight"),
    "fixed": ("agent", "date", "shift", "start"),
    "adjustments": (
        "from", "to", "queue", "from_time", "to_time", "percent", "contacts", "reason",
    ),
    "previous_roster": (
        "employee_id", "employee_name", "team", "date", "shift_code", "shift_name", "start", "end",
        "time_zone", "breaks", "paid_minutes", "unpaid_break_minutes", "queues", "status",
    ),
}  # fmt: skip
"""Columns of each file, without its ending."""

PLANNER_FILES = tuple(file for file in COLUMNS if file != "previous_roster")
"""The files that a planner keeps; the last roster comes from `shiftcast publish`."""

# A row or two of each planner's file as it could be filled.
EXAMPLES: dict[str, tuple[Row, ...]] = {
    "contacts": (
        ("2026-11-30 08:00", "phone", 18, 17, 1, 251),
        ("2026-11-30 08:15", "phone", 0, 0, 0, ""),
    ),
    "calendar": (
        ("2026-12-12", "", "promotion", "Winter sale", "sale", "peak", 1.5, "", "", ""),
        ("2026-12-24", "2026-12-26", "closed", "Christmas", *("",) * 6),
    ),
    "agents": (
        ("A001", "Wang Jing", "North", "full", "phone", "", 42, "", "", "", "", "", "", "", "off"),
        ("A002", "Li Min", "South", "part", "phone", *[""] * 3, *["08:00-14:00"] * 5, *["off"] * 2),
    ),
    "shifts": (
        ("E8", "Early", 480, "08:00", "09:00", 30, "",
         "15 paid 01:30-02:30; 30 unpaid 03:30-05:00; 15 paid 06:00-07:00"),
        ("P4", "Part-time 4 h", 240, "08:00", "16:00", 30, "", "15 paid 01:30-02:30"),
    ),
    "time_off": (("A001", "2026-12-07", "2026-12-08", "yes", "annual leave"),),
    "requests": (
        ("A001", "2026-12-11", "day_off", "", 10),
        ("A002", "2026-12-12", "end_by", "13:00", 5),
    ),
    "fixed": (("A001", "2026-12-10", "E8", "08:30"), ("A002", "2026-12-10", "off", "")),
    "adjustments": (
        ("2026-12-10", "2026-12-10", "phone", "10:00", "14:00", 20, "", "News release"),
    ),
}  # fmt: skip


def csv_bytes(file: str, rows: Iterable[Row]) -> bytes:
    """A file with its headings, as UTF-8 with the mark that lets Excel read it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[file])
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def clock(minute: int) -> str:
    """510 → 08:30; 1560 → 26:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def calendar_rows(calendar: Calendar) -> list[Row]:
    """Special days and promotions in order of time."""
    rows = [
        *map(_special_day_row, calendar.special_days),
        *map(_promotion_row, calendar.promotions),
    ]
    return sorted(rows, key=lambda row: str(row[0]))


def agent_row(agent: Agent) -> Row:
    week = ["off" if span == () else _span(span) for span in agent.availability]
    skills = ";".join(sorted(agent.skills - agent.second_skills))
    second = ";".join(sorted(agent.second_skills))
    cost = number(agent.hourly_cost)
    return (
        agent.id,
        agent.name,
        agent.team,
        agent.contract,
        skills,
        second,
        cost,
        agent.email,
        *week,
    )


def shift_row(shift: ShiftTemplate) -> Row:
    breaks = "; ".join(_break_rule(rule) for rule in shift.breaks)
    first, last = clock(shift.earliest_start), clock(shift.latest_start)
    every_day = len(shift.weekdays) == len(WEEKDAYS)
    days = "" if every_day else ";".join(WEEKDAYS[number] for number in sorted(shift.weekdays))
    return shift.code, shift.name, shift.paid_min, first, last, shift.grid_min, days, breaks


def time_off_row(entry: TimeOff) -> Row:
    return entry.agent, entry.first, entry.last, "yes" if entry.paid else "no", entry.kind


def request_row(request: Request) -> Row:
    value = ""
    if request.kind is RequestKind.SHIFT:
        value = request.shift_code or ""
    elif request.minute is not None:
        value = clock(request.minute)
    return request.agent, request.day, request.kind, value, number(request.weight)


def fixed_row(entry: FixedAssignment) -> Row:
    start = "" if entry.start_minute is None else clock(entry.start_minute)
    return entry.agent, entry.day, entry.shift_code or "off", start


def adjustment_row(entry: Adjustment) -> Row:
    return (
        entry.first,
        entry.last,
        entry.queue or "",
        clock(entry.from_minute),
        clock(entry.to_minute),
        number(entry.percent),
        number(entry.contacts),
        entry.reason,
    )


def roster_row(worked: Worked, tz: str) -> Row:
    """A row of the published roster: true start and end with offset, the rest by local clock."""
    pauses = "; ".join(
        f"{clock(pause.start)}-{clock(pause.end)} {pause_kind(pause)}" for pause in worked.pauses
    )
    queues = "; ".join(f"{queue} {clock(a)}-{clock(b)}" for a, b, queue in worked.spans)
    shift = worked.shift
    return (
        worked.agent.id,
        worked.agent.name,
        worked.agent.team,
        worked.day,
        shift.code,
        shift.name,
        _moment(worked, worked.start, tz),
        _moment(worked, worked.end, tz),
        tz,
        pauses,
        shift.paid_min,
        shift.length_min - shift.paid_min,
        queues,
        "published",
    )


def _span(span: tuple[int, int] | tuple[()] | None) -> str:
    return "-".join(clock(minute) for minute in span or ())


def _special_day_row(entry: SpecialDay) -> Row:
    end = "" if entry.last == entry.first else entry.last
    return entry.first, end, entry.kind, entry.name, *("",) * 5, entry.queue or ""


def _promotion_row(entry: Promotion) -> Row:
    end = "" if entry.last == entry.first else entry.last
    return (
        entry.first,
        end,
        "promotion",
        entry.name,
        entry.type,
        entry.phase,
        number(entry.size),
        number(entry.effect),
        number(entry.handle_effect),
        entry.queue or "",
    )


def _moment(worked: Worked, minute: int, tz: str) -> str:
    midnight = datetime(worked.day.year, worked.day.month, worked.day.day)
    local = midnight + timedelta(minutes=minute)
    return local.replace(tzinfo=ZoneInfo(tz)).isoformat()


def _break_rule(rule: BreakRule) -> str:
    kind = "split" if rule.kind is BreakKind.SPLIT else "paid" if rule.paid else "unpaid"
    return f"{rule.minutes} {kind} {clock(rule.earliest_offset)}-{clock(rule.latest_offset)}"
