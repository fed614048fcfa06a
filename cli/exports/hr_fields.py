"""What an HR export can say of a shift: every field by name, and its value for one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ...data.grid import TimeGrid
from ...data.people import Agent
from ...data.shifts import BreakKind
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Break, Roster
from .ics import queue_names


class RowKind(StrEnum):
    """What one row of the export stands for."""

    SHIFT = "shift"  # a shift
    PIECE = "piece"  # a piece of a split shift; a shift without a split is one piece
    DAY = "day"  # every agent on every date, also those without a shift


class Unit(StrEnum):
    """How a field is written unless its column says otherwise."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


@dataclass(frozen=True)
class HrRow:
    """One row before the template gives it shape. `assignment` is None on a day without a shift;
    `start` and `end` are elapsed minutes of the grid, of the piece if the row is a piece."""

    grid: TimeGrid
    centre: str
    agent: Agent
    day: int
    status: str
    assignment: Assignment | None = None
    shift_name: str = ""
    piece: int = 1
    start: int = 0
    end: int = 0

    @property
    def midnight(self) -> datetime:
        """A moment on the business date, for its date only."""
        day = self.grid.first_day + timedelta(days=self.day)
        return datetime(day.year, day.month, day.day, tzinfo=self.grid.zone)

    def breaks(self, paid: bool | None = None) -> list[Break]:
        """Breaks of the row in order; those paid, those unpaid, or (None) both."""
        taken = () if self.assignment is None else self.assignment.breaks
        inside = [
            pause
            for pause in sorted(taken, key=lambda b: b.start)
            if pause.kind is BreakKind.BREAK and self.start <= pause.start < self.end
        ]
        return [pause for pause in inside if paid is None or pause.paid is paid]

    def break_minutes(self, paid: bool | None = None) -> int:
        return sum(pause.end - pause.start for pause in self.breaks(paid))

    @property
    def paid_minutes(self) -> int:
        """Paid time of the row: for a whole shift the gaps of a split are left out as well."""
        if self.assignment is None:
            return 0
        gaps = (b for b in self.assignment.breaks if b.kind is BreakKind.SPLIT)
        inside = sum(b.end - b.start for b in gaps if self.start <= b.start < self.end)
        return self.end - self.start - inside - self.break_minutes(paid=False)


Value = str | int | float | datetime | None


def _at_work(read: Callable[[HrRow], Value]) -> Callable[[HrRow], Value]:
    return lambda row: None if row.assignment is None else read(row)


def _queues(row: HrRow) -> tuple[str, ...]:
    return () if row.assignment is None else queue_names(row.assignment)


FIELDS: Mapping[str, tuple[Unit, Callable[[HrRow], Value]]] = {
    "agent_id": (Unit.TEXT, lambda row: row.agent.id),
    "agent_name": (Unit.TEXT, lambda row: row.agent.name),
    "email": (Unit.TEXT, lambda row: row.agent.email),
    "team": (Unit.TEXT, lambda row: row.agent.team),
    "contract": (Unit.TEXT, lambda row: row.agent.contract),
    "skills": (Unit.TEXT, lambda row: ";".join(sorted(row.agent.skills))),
    "date": (Unit.DATE, lambda row: row.midnight),
    "date_ms": (Unit.TEXT, lambda row: int(row.midnight.timestamp() * 1000)),
    "weekday": (Unit.TEXT, lambda row: row.midnight.isoweekday()),
    "status": (Unit.TEXT, lambda row: row.status),
    "shift_code": (
        Unit.TEXT,
        lambda row: row.status if row.assignment is None else row.assignment.shift_code,
    ),
    "shift_name": (Unit.TEXT, lambda row: row.shift_name),
    "piece": (Unit.TEXT, _at_work(lambda row: row.piece)),
    "start": (Unit.DATETIME, _at_work(lambda row: row.grid.moment(row.start))),
    "start_date": (Unit.DATE, _at_work(lambda row: row.grid.moment(row.start))),
    "start_time": (Unit.TIME, _at_work(lambda row: row.grid.moment(row.start))),
    "end": (Unit.DATETIME, _at_work(lambda row: row.grid.moment(row.end))),
    "end_date": (Unit.DATE, _at_work(lambda row: row.grid.moment(row.end))),
    "end_time": (Unit.TIME, _at_work(lambda row: row.grid.moment(row.end))),
    "time_zone": (Unit.TEXT, lambda row: row.grid.tz),
    "paid_minutes": (Unit.TEXT, lambda row: row.paid_minutes),
    "paid_hours": (Unit.TEXT, lambda row: round(row.paid_minutes / 60, 2)),
    "break_minutes": (Unit.TEXT, lambda row: row.break_minutes()),
    "paid_break_minutes": (Unit.TEXT, lambda row: row.break_minutes(paid=True)),
    "unpaid_break_minutes": (Unit.TEXT, lambda row: row.break_minutes(paid=False)),
    "breaks": (
        Unit.TEXT,
        lambda row: ";".join(
            f"{row.grid.moment(b.start):%H:%M}-{row.grid.moment(b.end):%H:%M}" for b in row.breaks()
        ),
    ),
    "queue": (Unit.TEXT, lambda row: next(iter(_queues(row)), None)),
    "queues": (Unit.TEXT, lambda row: ";".join(_queues(row))),
    "centre": (Unit.TEXT, lambda row: row.centre),
}
# One break by its number: break_1_start, unpaid_break_1_end, paid_break_2_minutes, …
NUMBERED = ("break_N_start", "break_N_end", "break_N_minutes")
_NUMBERED = re.compile(r"(?:(paid|unpaid)_)?break_([1-9])_(start|end|minutes)\Z")


def unit_of(field: str) -> Unit | None:
    """How a field is written, None if there is no such field."""
    if field in FIELDS:
        return FIELDS[field][0]
    match = _NUMBERED.match(field)
    if match is None:
        return None
    return Unit.TEXT if match.group(3) == "minutes" else Unit.TIME


def value_of(field: str, row: HrRow) -> Value:
    """The value of a field that exists; None where the row has none."""
    if field in FIELDS:
        return FIELDS[field][1](row)
    match = _NUMBERED.match(field)
    if match is None:
        raise ValueError(f"there is no field {field!r}")
    kind, number, part = match.groups()
    breaks = row.breaks(None if kind is None else kind == "paid")
    if int(number) > len(breaks):
        return None
    pause = breaks[int(number) - 1]
    if part == "minutes":
        return pause.end - pause.start
    return row.grid.moment(pause.start if part == "start" else pause.end)


def hr_rows(problem: RosterProblem, roster: Roster, centre: str, kind: RowKind) -> Iterator[HrRow]:
    """The rows of an export in order of agent and time; shifts before the grid are left out."""
    for agent in problem.agents:
        own = [a for a in roster.of_agent(agent.id) if 0 <= a.day < problem.grid.days]
        own.sort(key=lambda a: a.start)
        for day in range(problem.grid.days):
            today = [a for a in own if a.day == day]
            if not today and kind is RowKind.DAY:
                status = "leave" if (agent.id, day) in problem.leave else "off"
                yield HrRow(problem.grid, centre, agent, day, status)
            for assignment in today:
                yield from _shift_rows(problem, agent, assignment, centre, kind)


def _shift_rows(
    problem: RosterProblem, agent: Agent, assignment: Assignment, centre: str, kind: RowKind
) -> Iterator[HrRow]:
    shift = problem.shift_of.get(assignment.shift_code)
    name = assignment.shift_code if shift is None else shift.name
    spans: Sequence[tuple[int, int]] = ((assignment.start, assignment.end),)
    if kind is RowKind.PIECE:
        spans = assignment.pieces
    for piece, (start, end) in enumerate(spans, start=1):
        yield HrRow(
            problem.grid,
            centre,
            agent,
            assignment.day,
            "work",
            assignment,
            name,
            piece,
            start,
            end,
        )
