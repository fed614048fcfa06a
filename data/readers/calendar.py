"""calendar.csv: days that are not like others, one row an entry (long) or one row a day (wide)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..calendar import PHASES, Calendar, DayKind, Promotion, SpecialDay, unnamed
from ..errors import Problems
from . import columns as c
from . import values
from .columns import Column, Kind, Row, Rows, read_rows
from .headings import normal
from .raw_table import TableSource
from .tables import open_table

KINDS = {
    **{kind.value: kind.value for kind in DayKind},
    "promotion": "promotion", "promo": "promotion", "make-up workday": "workday",
    "假日": "holiday", "节假日": "holiday", "法定假日": "holiday", "调休上班": "workday",
    "补班": "workday", "特殊日": "special", "寒暑假": "school_holiday", "停业": "closed",
    "关闭": "closed", "故障": "outage", "促销": "promotion", "大促": "promotion",
}  # fmt: skip

# Words for the phases (`calendar.PHASES`); any other word is a phase of the planner's own.
PHASE_NAMES = {
    **{phase: phase for phase in PHASES},
    "pre-heat": "preheat", "warm-up": "preheat", "deposits": "deposit", "presale": "deposit",
    "pre-sale": "deposit", "main day": "peak", "delivery": "shipping", "return": "returns",
    "预热": "preheat", "预热期": "preheat", "定金": "deposit", "预售": "deposit",
    "预售期": "deposit", "开门红": "opening", "前夜": "eve", "高峰": "peak", "正日": "peak",
    "爆发期": "peak", "发货": "shipping", "物流": "shipping", "退货": "returns",
    "退换货": "returns", "售后": "returns",
}  # fmt: skip


def phase_key(word: str) -> str:
    """The phase that a word names: one of `PHASES` where we know it, else the word itself."""
    plain = values.plain(word)
    return PHASE_NAMES.get(plain.casefold(), plain)


def factor(cell: str) -> float:
    """A number above 0."""
    found = values.number(cell)
    if found <= 0:
        raise values.BadValueError("input.not_above_zero", value=cell)
    return found


PHASE_WORD = Kind("name", phase_key)
FACTOR = Kind("number above 0", factor)

DATE = Column("date", c.DATE, aliases=("from", "first", "日期", "开始日期"), example="2026-11-10")
END_DATE: Column[date | None] = Column(
    "end_date", c.DATE, None, ("to", "last", "结束日期"), example="2026-11-11"
)
KIND = Column("kind", c.one_of(KINDS), aliases=("类别", "种类"), example="promotion")
NAME = Column("name", c.TEXT, "", ("名称",), example="Double 11: main day")
TYPE = Column("type", c.NAME, "", ("促销类型", "类型"), example="double11")
PHASE = Column("phase", PHASE_WORD, "", ("阶段", "促销阶段"), example="peak")
SIZE = Column("size", c.AMOUNT, 1.0, ("规模",), unit="times the usual", example="1.2")
EFFECT: Column[float | None] = Column(
    "effect", c.AMOUNT, None, ("效果",), unit="factor on contacts", example="1.8"
)
HANDLE_EFFECT: Column[float | None] = Column(
    "handle_effect", FACTOR, None, ("时长系数", "处理时长系数"), "factor on handle time", "0.95"
)
QUEUE = Column("queue", c.NAME, "", ("队列", "技能组"), example="chat")
LONG_COLUMNS = (DATE, END_DATE, KIND, NAME, TYPE, PHASE, SIZE, EFFECT, HANDLE_EFFECT, QUEUE)
ONLY_OF_PROMOTIONS: tuple[Column[Any], ...] = (PHASE, EFFECT, HANDLE_EFFECT)


def day_mark(cell: str) -> str:
    """What a day of the wide table is: "" (nothing), "1" (yes), a size, or a name."""
    value = values.plain(cell)
    try:
        found = values.amount(value)
    except values.BadValueError as bad:
        if bad.code != "input.bad_number":
            raise
        folded = value.casefold()
        return {"yes": "1", "true": "1", "是": "1"}.get(
            folded, "" if folded in ("no", "false", "none", "否", "-") else value
        )
    return f"{found:g}" if found else ""


DAY_MARK = Kind("0, 1 or a name", day_mark)

WIDE_DATE = Column("date", c.DATE, aliases=("日期", "timestamp"), example="2026-11-11")
WIDE_QUEUE = Column("queue", c.NAME, "", ("队列", "series"), example="chat")
PROMO = Column("promo", DAY_MARK, "", ("promotion", "促销"), example="1")
HOLIDAY = Column("holiday", DAY_MARK, "", ("假日", "节假日"), example="National Day")
SCHOOL_HOLIDAY = Column("school_holiday", DAY_MARK, "", ("寒暑假",), example="0")
OPEN = Column("open", c.YES_NO, True, ("营业",), example="1")
WIDE_COLUMNS = (WIDE_DATE, WIDE_QUEUE, PROMO, HOLIDAY, SCHOOL_HOLIDAY, OPEN)


def read_calendar(
    path: Path, country: str | None = None, queues: Iterable[str] | None = None
) -> Calendar:
    """The calendar in a file of either form; InputError with every problem.

    `queues`, if given, are the names its queue column may hold.
    """
    problems = Problems()
    source = open_table(path, problems)
    found = None if source is None else read_calendar_table(source, country, queues, problems)
    problems.raise_if_any()
    if found is None:
        raise ValueError("a calendar that cannot be read tells no problem")
    return found


def read_calendar_table(
    source: TableSource,
    country: str | None,
    queues: Iterable[str] | None,
    problems: Problems,
) -> Calendar | None:
    """The calendar of a table; None if it lacks a column or a body. A wide table has no `kind`."""
    known = None if queues is None else sorted(queues)
    headings = {normal(heading) for heading in source.headings}
    kind_names = {normal(name) for name in (KIND.name, *KIND.aliases)}
    wide_names = {
        normal(name)
        for column in (PROMO, HOLIDAY, SCHOOL_HOLIDAY, OPEN)
        for name in (column.name, *column.aliases)
    }
    if not headings & kind_names and headings & wide_names:
        rows = read_rows(source, WIDE_COLUMNS, problems, may_be_empty=True)
        return None if rows is None else _wide(rows, country, known, problems)
    rows = read_rows(source, LONG_COLUMNS, problems, may_be_empty=True)
    return None if rows is None else _long(rows, country, known, problems)


def _long(rows: Rows, country: str | None, known: list[str] | None, problems: Problems) -> Calendar:
    special: list[SpecialDay] = []
    promotions: list[Promotion] = []
    for row in rows.good:
        queue = _queue(row, QUEUE, rows.file, known, problems)
        first, last = row[DATE], row[END_DATE] or row[DATE]
        if last < first:
            problems.add(
                "input.dates_order",
                file=rows.file,
                row=row.number,
                column=END_DATE.name,
                first=first,
                last=last,
            )
        elif row[KIND] == "promotion":
            promotions.append(_promotion_of(row, first, last, queue))
        else:
            kind = DayKind(row[KIND])
            special.append(SpecialDay(first, last, kind, row[NAME] or kind.value, queue))
            _warn_of_idle_cells(row, rows.file, problems)
    return Calendar(country, tuple(special), tuple(promotions))


def _promotion_of(row: Row, first: date, last: date, queue: str | None) -> Promotion:
    type_ = row[TYPE] or row[NAME] or "promotion"
    phase = row[PHASE]
    return Promotion(
        first,
        last,
        type_,
        row[NAME] or unnamed(type_, phase),
        row[SIZE],
        row[EFFECT],
        queue,
        phase,
        row[HANDLE_EFFECT],
    )


def _warn_of_idle_cells(row: Row, file: str, problems: Problems) -> None:
    """What only a promotion can have does nothing on another day: better said than left unsaid."""
    for column in ONLY_OF_PROMOTIONS:
        if row[column] not in (None, ""):
            kind = row[KIND]
            problems.warn(
                "input.only_promotions", file=file, row=row.number, column=column.name, kind=kind
            )


def _queue(
    row: Row, column: Column[str], file: str, known: list[str] | None, problems: Problems
) -> str | None:
    """The queue a row is about; None for every queue (also after telling an unknown one)."""
    name = row[column]
    if values.means_all(name):
        return None
    if known is not None and name not in known:
        near = values.suggestion(name, known) or ", ".join(known)
        problems.add(
            "input.unknown_queue",
            file=file,
            row=row.number,
            column=column.name,
            value=name,
            known=near,
        )
    return name


Mark = tuple[str, str]  # wide column, and the cell's mark
Run = tuple[date, date, Mark]


def _wide(rows: Rows, country: str | None, known: list[str] | None, problems: Problems) -> Calendar:
    days: dict[str | None, dict[Mark, list[date]]] = {}
    for row in rows.good:
        queue = _queue(row, WIDE_QUEUE, rows.file, known, problems)
        marks = days.setdefault(queue, {})
        for column in (PROMO, HOLIDAY, SCHOOL_HOLIDAY):
            if row[column]:
                marks.setdefault((column.name, row[column]), []).append(row[WIDE_DATE])
        if not row[OPEN]:
            marks.setdefault((OPEN.name, "0"), []).append(row[WIDE_DATE])
    runs = {
        queue: {(*run, mark) for mark, found in marks.items() for run in _runs(found)}
        for queue, marks in days.items()
    }
    # What every queue of the file shares is said once, of all queues.
    shared = set.intersection(*runs.values()) if len(runs) > 1 and None not in runs else set()
    entries: list[tuple[str | None, Run]] = [(None, run) for run in shared]
    entries += [(queue, run) for queue, found in runs.items() for run in found - shared]
    entries.sort(key=lambda entry: (entry[1], entry[0] or ""))
    special = [_special_day(queue, run) for queue, run in entries if run[2][0] != PROMO.name]
    promotions = [_promotion(queue, run) for queue, run in entries if run[2][0] == PROMO.name]
    return Calendar(country, tuple(special), tuple(promotions))


def _runs(days: list[date]) -> list[tuple[date, date]]:
    """Days → runs of consecutive days, both ends included."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _special_day(queue: str | None, run: Run) -> SpecialDay:
    first, last, (column, mark) = run
    kind = DayKind.CLOSED if column == OPEN.name else DayKind(column)
    name = kind.value if mark in ("0", "1") else mark
    return SpecialDay(first, last, kind, name, queue)


def _promotion(queue: str | None, run: Run) -> Promotion:
    """A number other than 1 is the promotion's size, a word is its type."""
    first, last, (_, mark) = run
    try:
        return Promotion(first, last, "promotion", "promotion", float(mark), None, queue)
    except ValueError:
        return Promotion(first, last, mark, mark, 1.0, None, queue)
