"""time_off, requests, fixed and adjustments: the small files that change from week to week."""

from __future__ import annotations

from datetime import date

from ..adjustments import Adjustment
from ..errors import Problems
from ..people import FixedAssignment, Request, RequestKind, TimeOff
from . import columns as c
from . import telling, values
from .columns import Column, Row, Rows, read_rows
from .raw_table import TableSource
from .telling import tell

_AGENT_ALIASES = ("agent id", "employee id", "id", "工号", "员工工号", "坐席工号", "客服工号")
_DAY_OFF_WORDS = frozenset({"off", "rest", "day off", "day_off", "休", "休息"})
REQUEST_KINDS = {
    **{kind.value: kind.value for kind in RequestKind},
    "休": "day_off", "休息": "day_off", "最早上班": "start_from", "最晚下班": "end_by",
    "班次": "shift", "不上班次": "shift_off", "不排班次": "shift_off",
}  # fmt: skip

FIXED_KINDS = {"fixed": "fixed", "forbidden": "forbidden", "固定": "fixed", "禁止": "forbidden"}

AGENT = Column("agent", c.NAME, aliases=_AGENT_ALIASES, example="A017")
FROM = Column("from", c.DATE, aliases=("date", "first", "开始日期", "日期"), example="2026-11-30")
TO: Column[date | None] = Column("to", c.DATE, None, ("last", "结束日期"), example="2026-12-02")
PAID = Column("paid", c.YES_NO, True, ("带薪",), example="yes")
LEAVE_KIND = Column("kind", c.TEXT, "leave", ("type", "类型", "假别"), example="annual leave")
OFF_FROM = Column("from_time", c.CLOCK, 0, ("开始时间",), example="14:00")
OFF_TO: Column[int | None] = Column("to_time", c.CLOCK, None, ("结束时间",), example="")
TIME_OFF_COLUMNS = (AGENT, FROM, TO, PAID, LEAVE_KIND, OFF_FROM, OFF_TO)

DATE = Column("date", c.DATE, aliases=("日期",), example="2026-12-01")
REQUEST_KIND = Column("kind", c.one_of(REQUEST_KINDS), aliases=("类型",), example="start_from")
VALUE = Column("value", c.NAME, "", ("内容",), example="10:00")
WEIGHT = Column("weight", c.AMOUNT, 10.0, ("权重",), unit="points", example="10")
REQUEST_COLUMNS = (AGENT, DATE, REQUEST_KIND, VALUE, WEIGHT)

SHIFT = Column("shift", c.NAME, aliases=("code", "班次"), example="E8")
START: Column[int | None] = Column("start", c.START, None, ("开始时间",), example="08:30")
FIXED_KIND = Column("kind", c.one_of(FIXED_KINDS), "fixed", ("类型",), example="forbidden")
FIXED_COLUMNS = (AGENT, DATE, SHIFT, START, FIXED_KIND)

QUEUE = Column("queue", c.NAME, "", ("队列", "技能组"), example="chat")
FROM_TIME = Column("from_time", c.CLOCK, 0, ("开始时间",), example="18:00")
TO_TIME = Column("to_time", c.CLOCK, values.MINUTES_A_DAY, ("结束时间",), example="24:00")
PERCENT: Column[float | None] = Column(
    "percent", c.PERCENT, None, ("百分比",), unit="percent", example="+15"
)
CONTACTS: Column[float | None] = Column(
    "contacts", c.NUMBER, None, ("数量",), unit="contacts an interval", example=""
)
REASON = Column("reason", c.TEXT, "", ("note", "原因", "备注"), example="newsletter to members")
ADJUSTMENT_COLUMNS = (FROM, TO, QUEUE, FROM_TIME, TO_TIME, PERCENT, CONTACTS, REASON)


def read_time_off(
    source: TableSource, problems: Problems
) -> tuple[tuple[TimeOff, ...], Rows] | None:
    rows = read_rows(source, TIME_OFF_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    found = []
    for row in rows.good:
        good = in_order(row, rows.file, problems)
        told = row[OFF_TO]
        until = values.MINUTES_A_DAY if told is None else told
        if not row[OFF_FROM] < until <= values.MINUTES_A_DAY:
            problems.add("input.times_order", file=rows.file, row=row.number, column=OFF_TO.name)
            good = False
        if good:
            found.append(_time_off(row))
    return tuple(found), rows


def read_requests(
    source: TableSource, problems: Problems
) -> tuple[tuple[Request, ...], Rows] | None:
    """A request's value is a clock time (start_from, end_by) or a shift's code (shift,
    shift_off)."""
    rows = read_rows(source, REQUEST_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    found = []
    for row in rows.good:
        try:
            found.append(_request(row))
        except values.BadValueError as bad:
            tell(problems, bad.code, bad.params, file=rows.file, row=row.number, column=VALUE.name)
    return tuple(found), rows


def read_fixed(
    source: TableSource, problems: Problems
) -> tuple[tuple[FixedAssignment, ...], Rows] | None:
    """One fixed assignment an agent and day, and any number of forbidden ones; the shift `off` is
    a day off."""
    rows = read_rows(source, FIXED_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    first_row: dict[tuple[object, ...], int] = {}
    found = []
    for row in rows.good:
        forbidden = row[FIXED_KIND] == "forbidden"
        code = None if is_day_off(row[SHIFT]) else row[SHIFT]
        key = (row[AGENT], row[DATE], *((code, row[START]) if forbidden else ()))
        if key in first_row:
            problems.add(
                "input.duplicate",
                file=rows.file,
                row=row.number,
                column=DATE.name,
                value=f"{row[AGENT]} {row[DATE]}",
                first_row=first_row[key],
            )
            continue
        first_row[key] = row.number
        found.append(FixedAssignment(row[AGENT], row[DATE], code, row[START], forbidden))
    return tuple(found), rows


def read_adjustments(
    source: TableSource, problems: Problems
) -> tuple[tuple[Adjustment, ...], Rows] | None:
    rows = read_rows(source, ADJUSTMENT_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    found = []
    for row in rows.good:
        good = in_order(row, rows.file, problems)
        if (row[PERCENT] is None) == (row[CONTACTS] is None):
            problems.add(
                "input.percent_or_contacts", file=rows.file, row=row.number, column=PERCENT.name
            )
            good = False
        if not row[FROM_TIME] < row[TO_TIME] <= values.MINUTES_A_DAY:
            problems.add("input.times_order", file=rows.file, row=row.number, column=TO_TIME.name)
            good = False
        if good:
            found.append(_adjustment(row))
    return tuple(found), rows


def is_day_off(shift: str) -> bool:
    """Whether the shift of a fixed assignment means a day off."""
    return shift.casefold() in _DAY_OFF_WORDS


def queue_of(row: Row) -> str | None:
    """The queue that an adjustment is about; None for every queue."""
    return None if values.means_all(row[QUEUE]) else row[QUEUE]


def in_order(row: Row, file: str, problems: Problems) -> bool:
    """Whether the last day of a row is not before its first; if it is, `problems` says so."""
    first, last = row[FROM], row[TO] or row[FROM]
    return telling.in_order(first, last, problems, file=file, row=row.number, column=TO.name)


def _time_off(row: Row) -> TimeOff:
    last, until = row[TO] or row[FROM], row[OFF_TO]
    whole = row[OFF_FROM] == 0 and until == values.MINUTES_A_DAY
    return TimeOff(
        row[AGENT],
        row[FROM],
        last,
        row[PAID],
        row[LEAVE_KIND],
        row[OFF_FROM],
        None if whole else until,
    )


def _request(row: Row) -> Request:
    kind = RequestKind(row[REQUEST_KIND])
    needs_value = kind is not RequestKind.DAY_OFF
    if needs_value and not row[VALUE]:
        raise values.BadValueError("input.request_value", kind=kind.value)
    is_clock = kind in (RequestKind.START_FROM, RequestKind.END_BY)
    return Request(
        agent=row[AGENT],
        day=row[DATE],
        kind=kind,
        weight=row[WEIGHT],
        minute=values.clock_minute(row[VALUE]) if is_clock else None,
        shift_code=row[VALUE] if kind in (RequestKind.SHIFT, RequestKind.SHIFT_OFF) else None,
    )


def _adjustment(row: Row) -> Adjustment:
    return Adjustment(
        first=row[FROM],
        last=row[TO] or row[FROM],
        reason=row[REASON],
        queue=queue_of(row),
        from_minute=row[FROM_TIME],
        to_minute=row[TO_TIME],
        percent=row[PERCENT],
        contacts=row[CONTACTS],
    )
