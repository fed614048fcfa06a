"""What one row of an export stands for: a shift, a piece, a break, a day, an agent, an interval,
hours of pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from ....data.centre import Centre
from ....data.grid import TimeGrid
from ....data.people import Agent
from ....data.shifts import BreakKind
from ....scheduling.planning.pay_hours import PayCode, PayLine
from ....scheduling.rostering.problem import RosterProblem
from ....scheduling.rostering.roster import Assignment, Break, MeetingSpan, Roster
from .names import OWN_NAMES, Names


class RowKind(StrEnum):
    """What one row of a file stands for."""

    SHIFT = "shift"  # a shift
    PIECE = "piece"  # a piece of a split shift; a shift without a split is one piece
    DAY = "day"  # every agent on every date, also those without a shift
    AGENT = "agent"  # an agent, with columns that come again for every date
    INTERVAL = "interval"  # a queue in an interval
    PAY = "pay"  # an agent's hours of one pay code on a date
    PAY_TOTAL = "pay_total"  # an agent's hours of one pay code in the whole plan


@dataclass(frozen=True)
class IntervalRow:
    """A queue in one interval of the plan; `aht_s` is NaN where nothing is expected."""

    queue: str
    channel: str
    start: datetime
    end: datetime
    contacts: float
    aht_s: float
    required: float
    rostered: float


@dataclass(frozen=True)
class Source:
    """A plan as its exports see it. `intervals` and `pay` are empty unless a template asks for
    them; `names` are what the other system calls people and shifts; `today` is when it is handed
    out (None: whenever)."""

    centre: Centre
    problem: RosterProblem
    roster: Roster
    language: str
    names: Names = OWN_NAMES
    intervals: tuple[IntervalRow, ...] = ()
    pay: tuple[PayLine, ...] = field(default=(), repr=False)
    today: date | None = None

    @property
    def grid(self) -> TimeGrid:
        return self.problem.grid

    def midnight(self, day: date) -> datetime:
        """A moment on a business date, for its date only."""
        return datetime(day.year, day.month, day.day, tzinfo=self.grid.zone)


@dataclass(frozen=True)
class ShiftRow:
    """A shift, a piece of one or (`assignment` is None) a day without; `start` and `end` are
    elapsed minutes of the grid, of the piece if the row is a piece."""

    source: Source
    agent: Agent
    day: int
    status: str
    assignment: Assignment | None = None
    piece: int = 1
    start: int = 0
    end: int = 0

    @property
    def midnight(self) -> datetime:
        return self.source.midnight(self.source.grid.first_day + timedelta(days=self.day))

    @property
    def shift_name(self) -> str:
        if self.assignment is None:
            return ""
        shift = self.source.problem.shift_of.get(self.assignment.shift_code)
        return self.assignment.shift_code if shift is None else shift.name

    def breaks(self, paid: bool | None = None) -> list[Break]:
        """Breaks of the row in order; those paid, those unpaid, or (None) both."""
        taken = () if self.assignment is None else self.assignment.breaks_taken
        inside = [
            pause
            for pause in sorted(taken, key=lambda b: b.start)
            if pause.kind is BreakKind.BREAK and self.start <= pause.start < self.end
        ]
        return [pause for pause in inside if paid is None or pause.paid is paid]

    def meetings(self) -> list[MeetingSpan]:
        """Meetings of the row in order."""
        held = () if self.assignment is None else self.assignment.meetings
        inside = (meeting for meeting in held if self.start <= meeting.start < self.end)
        return sorted(inside, key=lambda meeting: meeting.start)

    def break_minutes(self, paid: bool | None = None) -> int:
        return sum(pause.end - pause.start for pause in self.breaks(paid))

    @property
    def paid_minutes(self) -> int:
        """Paid time of the row at work; of a whole shift, the gaps of a split are left out too."""
        if self.assignment is None:
            return 0
        gaps = [(b.start, b.end) for b in self.assignment.breaks if b.kind is BreakKind.SPLIT]
        gaps += [(gap.start, gap.end) for gap in self.assignment.away]
        inside = sum(end - start for start, end in gaps if self.start <= start < self.end)
        return self.end - self.start - inside - self.break_minutes(paid=False)


@dataclass(frozen=True)
class BreakRow:
    """One break of a shift's row."""

    shift: ShiftRow
    pause: Break


@dataclass(frozen=True)
class AgentRow:
    """An agent with the rows of each date of the grid: one without a shift, or those of its
    shifts."""

    source: Source
    agent: Agent
    days: tuple[tuple[ShiftRow, ...], ...]

    @property
    def shifts(self) -> list[ShiftRow]:
        return [row for day in self.days for row in day if row.assignment is not None]


@dataclass(frozen=True)
class PayRow:
    """An agent's hours of one pay code on a date."""

    source: Source
    agent: Agent
    line: PayLine


def shift_rows(source: Source, kind: RowKind) -> Iterator[ShiftRow]:
    """Shifts, pieces or days in order of agent and time; shifts before the grid are left out, and
    so are days off outside of an agent's employment."""
    for agent in source.problem.agents:
        for day in _agent_days(source, agent, kind):
            told = kind is RowKind.DAY and _employed(source, agent, day[0].day)
            yield from (row for row in day if row.assignment is not None or told)


def agent_rows(source: Source) -> Iterator[AgentRow]:
    """Every agent who is employed on one of the days."""
    for agent in source.problem.agents:
        if any(_employed(source, agent, day) for day in range(source.grid.days)):
            yield AgentRow(source, agent, tuple(_agent_days(source, agent, RowKind.DAY)))


def _employed(source: Source, agent: Agent, day: int) -> bool:
    return (agent.id, day) not in source.problem.unemployed


def pay_rows(source: Source, *, total: bool = False) -> Iterator[PayRow]:
    """The lines of pay; as totals they stand on the plan's first day."""
    agents = source.problem.agent_of
    lines = _totals(source) if total else source.pay
    return (PayRow(source, agents[line.agent], line) for line in lines)


def _totals(source: Source) -> Iterator[PayLine]:
    """An agent's minutes of each pay code, in the order of agents and codes."""
    minutes = Counter[tuple[str, PayCode]]()
    for line in source.pay:
        minutes[line.agent, line.code] += line.minutes
    for agent in source.problem.agents:
        for code in PayCode:
            if minutes[agent.id, code]:
                yield PayLine(agent.id, source.grid.first_day, code, minutes[agent.id, code])


def _agent_days(source: Source, agent: Agent, kind: RowKind) -> Iterator[tuple[ShiftRow, ...]]:
    own = sorted(source.roster.of_agent(agent.id), key=lambda a: a.start)
    for day in range(source.grid.days):
        today = [shift for shift in own if shift.day == day]
        if not today:
            status = "leave" if (agent.id, day) in source.problem.time_off_days else "off"
            yield (ShiftRow(source, agent, day, status),)
            continue
        yield tuple(
            ShiftRow(source, agent, day, "work", shift, number, start, end)
            for shift in today
            for number, (start, end) in enumerate(_spans(shift, kind), start=1)
        )


def _spans(shift: Assignment, kind: RowKind) -> Sequence[tuple[int, int]]:
    return shift.pieces if kind is RowKind.PIECE else (shift.there,)
