"""shifts.csv: the shifts there are, the starts they may have and their breaks."""

from __future__ import annotations

import re

from ..errors import Problems
from ..shifts import SHIFT_STEP_MIN, BreakKind, BreakRule, ShiftTemplate
from . import columns as c
from . import values
from .columns import Column, Kind, Row, Rows, read_rows
from .raw_table import TableSource
from .telling import tell
from .values import BadValueError

_BREAK = re.compile(r"(\d{1,4})\s*(?:min|m|分钟|分)?\s+(\S+)\s+(\S+?)\s*[-–—~至到]\s*(\S+)")
_BREAK_KINDS = {
    "paid": (True, BreakKind.BREAK),
    "unpaid": (False, BreakKind.BREAK),
    "split": (False, BreakKind.SPLIT),
    "带薪": (True, BreakKind.BREAK),
    "无薪": (False, BreakKind.BREAK),
    "不带薪": (False, BreakKind.BREAK),
    "间隔": (False, BreakKind.SPLIT),
}


def breaks(cell: str) -> tuple[BreakRule, ...]:
    """`15 paid 01:30-02:45; 30 unpaid 03:30-05:00`: minutes, kind, and the window in which the
    break starts, counted from the start of the shift."""
    found = []
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
        found.append(BreakRule(minutes, kind[0], earliest, latest, kind[1]))
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
BREAKS: Column[tuple[BreakRule, ...]] = Column(
    "breaks", BREAK_LIST, (), ("休息",), example="15 paid 01:30-02:45; 30 unpaid 03:30-05:00"
)
SHIFT_COLUMNS = (
    CODE, NAME, PAID_MINUTES, EARLIEST_START, LATEST_START, START_EVERY, WEEKDAYS, BREAKS,
)  # fmt: skip


def read_shifts(
    source: TableSource, problems: Problems
) -> tuple[tuple[ShiftTemplate, ...], Rows] | None:
    """The shifts in file order, each code once, all of them in steps of `SHIFT_STEP_MIN`."""
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
        before = len(problems.errors)
        _check_shift(row, rows.file, problems)
        if len(problems.errors) == before:
            shifts.append(_shift(row))
    return tuple(shifts), rows


def _shift(row: Row) -> ShiftTemplate:
    latest = row[LATEST_START]
    return ShiftTemplate(
        code=row[CODE],
        paid_min=row[PAID_MINUTES],
        earliest_start=row[EARLIEST_START],
        latest_start=row[EARLIEST_START] if latest is None else latest,
        grid_min=row[START_EVERY],
        breaks=row[BREAKS],
        name=row[NAME],
        weekdays=row[WEEKDAYS],
    )


def _check_shift(row: Row, file: str, problems: Problems) -> None:
    def tell_of(code: str, column: Column[object], **params: object) -> None:
        params["shift"] = row[CODE]
        tell(problems, code, params, file=file, row=row.number, column=column.name)

    if not 0 < row[PAID_MINUTES] <= values.MINUTES_A_DAY:
        tell_of("input.paid_minutes_range", PAID_MINUTES, value=row[PAID_MINUTES])
    if row[START_EVERY] == 0:
        tell_of("input.start_every_zero", START_EVERY)
    latest = row[LATEST_START]
    if latest is not None and latest < row[EARLIEST_START]:
        tell_of("input.start_order", LATEST_START)
    for column in (PAID_MINUTES, EARLIEST_START, START_EVERY):
        if row[column] % SHIFT_STEP_MIN:
            shown = _shown(column, row[column])
            tell_of("input.off_grid", column, value=shown, step=SHIFT_STEP_MIN)
    for code, params in _break_faults(row):
        tell_of(code, BREAKS, **params)


def _break_faults(row: Row) -> list[tuple[str, dict[str, object]]]:
    """Breaks lie on the grid of shifts, can follow one another, and end before the shift does.

    They may be shorter than an interval: half an interval counts as half an agent.
    """
    faults: list[tuple[str, dict[str, object]]] = []
    length = row[PAID_MINUTES] + sum(rule.minutes for rule in row[BREAKS] if not rule.paid)
    earliest_end = 0
    for rule in row[BREAKS]:
        told: dict[str, object] = {"minutes": rule.minutes, "step": SHIFT_STEP_MIN}
        if rule.minutes % SHIFT_STEP_MIN:
            faults.append(("input.break_off_grid", told))
        if rule.earliest_offset % SHIFT_STEP_MIN or rule.latest_offset % SHIFT_STEP_MIN:
            faults.append(("input.break_window_off_grid", told))
        start = max(earliest_end, rule.earliest_offset)
        if start > rule.latest_offset:
            faults.append(("input.break_order", {"minutes": rule.minutes}))
        earliest_end = start + rule.minutes
    if row[BREAKS] and earliest_end > length:
        faults.append(("input.break_after_shift", {"length": length}))
    return faults


def _shown(column: Column[int], value: int) -> str:
    is_clock = column.kind.name == "clock time"
    return f"{value // 60:02d}:{value % 60:02d}" if is_clock else str(value)
