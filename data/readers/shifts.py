"""shifts.csv: the shifts there are, the starts they may have and their breaks."""

from __future__ import annotations

import re

from ..errors import Problems
from ..shifts import (
    SHIFT_STEP_MIN,
    BreakKind,
    BreakPlan,
    BreakRule,
    ShiftKind,
    ShiftTemplate,
    earliest_break_end,
    planned_breaks,
)
from . import columns as c
from . import values
from .columns import Column, Kind, Row, Rows, read_rows
from .raw_table import TableSource
from .telling import tell
from .values import BadValueError

_BREAK = re.compile(
    r"(\d{1,4})\s*(?:min|m|分钟|分)?\s+(\S+)\s+(\S+?)\s*[-–—~至到]\s*(\S+)"
    r"(?:\s+(?:after|工作满)\s*(\S+))?"
)
_NO_BREAKS = {"none", "-", "无"}
_BREAK_KINDS = {
    "paid": (True, BreakKind.BREAK),
    "unpaid": (False, BreakKind.BREAK),
    "split": (False, BreakKind.SPLIT),
    "带薪": (True, BreakKind.BREAK),
    "无薪": (False, BreakKind.BREAK),
    "不带薪": (False, BreakKind.BREAK),
    "间隔": (False, BreakKind.SPLIT),
}
SHIFT_KINDS = {
    "work": "work", "on_call": "on_call", "on call": "on_call", "standby": "on_call",
    "上班": "work", "待命": "on_call", "备班": "on_call",
}  # fmt: skip


def breaks(cell: str) -> tuple[BreakRule, ...]:
    """`15 paid 01:30-02:45; 30 unpaid 03:30-05:00 after 01:30`: minutes, kind, and the window in
    which the break starts, counted from the start of the shift; `after` so much time at work since
    the break before it. `none` is no break, whatever the plan of breaks says."""
    found: list[BreakRule] = []
    if values.plain(cell).casefold() in _NO_BREAKS:
        return ()
    for part in re.split(r"[;；]", values.plain(cell)):
        if not part.strip():
            continue
        match = _BREAK.fullmatch(part.strip())
        kind = _BREAK_KINDS.get(match.group(2).casefold()) if match else None
        if match is None or kind is None:
            raise BadValueError("input.bad_break", value=part.strip())
        minutes = int(match.group(1))
        earliest, latest = (values.clock_minute(match.group(i)) for i in (3, 4))
        if minutes == 0 or earliest > latest:
            raise BadValueError("input.bad_break", value=part.strip())
        gap = values.clock_minute(match.group(5)) if match.group(5) else 0
        found.append(BreakRule(minutes, kind[0], earliest, latest, kind[1], gap))
    return tuple(found)


BREAK_LIST = Kind("breaks, separated by ;", breaks)

CODE = Column("code", c.NAME, aliases=("shift", "班次", "班次代码"), example="E8")
NAME = Column("name", c.TEXT, "", ("shift name", "班次名称"), example="Early")
PAID_MINUTES = Column(
    "paid_minutes", c.WHOLE, aliases=("带薪分钟", "计薪分钟"), unit="minutes", example="480"
)
EARLIEST_START = Column("earliest_start", c.START, aliases=("最早开始",), example="07:00")
LATEST_START: Column[int | None] = Column(
    "latest_start", c.START, None, ("最晚开始",), example="10:00"
)
START_EVERY = Column("start_every", c.WHOLE, 30, ("开始间隔",), unit="minutes", example="30")
WEEKDAYS = Column("weekdays", c.DAYS, frozenset(range(7)), ("适用星期",), example="mon-fri")
BREAKS: Column[tuple[BreakRule, ...] | None] = Column(
    "breaks", BREAK_LIST, None, ("休息",), example="15 paid 01:30-02:45; 30 unpaid 03:30-05:00"
)
KIND = Column("kind", c.one_of(SHIFT_KINDS), ShiftKind.WORK.value, ("班次类型",), example="on_call")
NOT_BEFORE: Column[tuple[str, ...]] = Column(
    "not_before", c.NAMES, (), ("次日不接", "次日不可接"), example="E8; D8"
)
SITE = Column("site", c.TEXT, "", ("职场", "站点"), example="Lisbon")
SHIFT_COLUMNS = (
    CODE, NAME, PAID_MINUTES, EARLIEST_START, LATEST_START, START_EVERY, WEEKDAYS, BREAKS, KIND,
    NOT_BEFORE, SITE,
)  # fmt: skip


def read_shifts(
    source: TableSource, problems: Problems, plans: tuple[BreakPlan, ...] = ()
) -> tuple[tuple[ShiftTemplate, ...], Rows] | None:
    """The shifts in file order, each code once, all of them in steps of `SHIFT_STEP_MIN`. Those
    whose cell of breaks is blank have the breaks that `plans` give a shift of their length."""
    rows = read_rows(source, SHIFT_COLUMNS, problems)
    if rows is None:
        return None
    first_row: dict[str, int] = {}
    shifts = []
    for row in rows.good:
        if row[CODE] in first_row:
            problems.add(
                "input.duplicate",
                file=rows.file,
                row=row.number,
                column=CODE.name,
                value=row[CODE],
                first_row=first_row[row[CODE]],
            )
            continue
        first_row[row[CODE]] = row.number
        own = row[BREAKS]
        taken = planned_breaks(plans, row[PAID_MINUTES]) if own is None else own
        faults = shift_faults(row, taken)
        for code, column, params in faults:
            tell(problems, code, params, file=rows.file, row=row.number, column=column.name)
        if not faults:
            shifts.append(shift_of(row, taken))
    return tuple(shifts), rows


def shift_of(row: Row, taken: tuple[BreakRule, ...]) -> ShiftTemplate:
    """The shift of a row without faults, with its breaks."""
    latest = row[LATEST_START]
    return ShiftTemplate(
        code=row[CODE],
        paid_min=row[PAID_MINUTES],
        earliest_start=row[EARLIEST_START],
        latest_start=row[EARLIEST_START] if latest is None else latest,
        grid_min=row[START_EVERY],
        breaks=taken,
        name=row[NAME],
        weekdays=row[WEEKDAYS],
        kind=ShiftKind(row[KIND]),
        not_before=frozenset(row[NOT_BEFORE]),
        site=row[SITE],
    )


def row_values(shift: ShiftTemplate) -> dict[str, object]:
    """What the row of a shift says, by column: the other way round than `shift_of`."""
    fixed = shift.latest_start == shift.earliest_start
    return {
        CODE.name: shift.code,
        NAME.name: shift.name,
        PAID_MINUTES.name: shift.paid_min,
        EARLIEST_START.name: shift.earliest_start,
        LATEST_START.name: None if fixed else shift.latest_start,
        START_EVERY.name: shift.grid_min,
        WEEKDAYS.name: shift.weekdays,
        BREAKS.name: shift.breaks,
        KIND.name: shift.kind.value,
        NOT_BEFORE.name: tuple(sorted(shift.not_before)),
        SITE.name: shift.site,
    }


def shift_faults(
    row: Row, taken: tuple[BreakRule, ...]
) -> list[tuple[str, Column[object], dict[str, object]]]:
    """What is wrong with a shift that reads well: the problem's key, its column and values."""
    faults: list[tuple[str, Column[object], dict[str, object]]] = []
    if not 0 < row[PAID_MINUTES] <= values.MINUTES_A_DAY:
        faults.append(("input.paid_minutes_range", PAID_MINUTES, {"value": row[PAID_MINUTES]}))
    if row[START_EVERY] == 0:
        faults.append(("input.start_every_zero", START_EVERY, {}))
    latest = row[LATEST_START]
    if latest is not None and latest < row[EARLIEST_START]:
        faults.append(("input.start_order", LATEST_START, {}))
    for column in (PAID_MINUTES, EARLIEST_START, START_EVERY):
        if row[column] % SHIFT_STEP_MIN:
            shown = _shown(column, row[column])
            faults.append(("input.off_grid", column, {"value": shown, "step": SHIFT_STEP_MIN}))
    faults += [(code, BREAKS, params) for code, params in _break_faults(row[PAID_MINUTES], taken)]
    return [(code, column, {**params, "shift": row[CODE]}) for code, column, params in faults]


def _break_faults(
    paid_min: int, taken: tuple[BreakRule, ...]
) -> list[tuple[str, dict[str, object]]]:
    """Breaks lie on the grid of shifts, can follow one another, and end before the shift does.

    They may be shorter than an interval: half an interval counts as half an agent.
    """
    faults: list[tuple[str, dict[str, object]]] = []
    for position, rule in enumerate(taken):
        told: dict[str, object] = {"minutes": rule.minutes, "step": SHIFT_STEP_MIN}
        if rule.minutes % SHIFT_STEP_MIN:
            faults.append(("input.break_off_grid", told))
        edges = (rule.earliest_offset, rule.latest_offset, rule.gap_min)
        if any(edge % SHIFT_STEP_MIN for edge in edges):
            faults.append(("input.break_window_off_grid", told))
        if earliest_break_end(taken[: position + 1]) is None:
            faults.append(("input.break_order", {"minutes": rule.minutes}))
            return faults
    length = paid_min + sum(rule.minutes for rule in taken if not rule.paid)
    over = earliest_break_end(taken)
    if over is not None and over > length:
        faults.append(("input.break_after_shift", {"length": length}))
    return faults


def _shown(column: Column[int], value: int) -> str:
    is_clock = column.kind.name == "clock time"
    return f"{value // 60:02d}:{value % 60:02d}" if is_clock else str(value)
