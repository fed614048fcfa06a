"""roster.csv, as written or as edited by hand → assignments, with every error of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from ...data.centre import Centre
from ...data.errors import Problems
from ...data.grid import TimeGrid
from ...data.readers.raw_table import RawTable
from ...data.readers.tables import open_table
from ...data.readers.telling import tell
from ...data.readers.values import BadValueError, clock_minute, day, plain, suggestion
from ...data.shifts import BreakKind
from ...scheduling.rostering.roster import Assignment, Away, Break, MeetingSpan, QueueSpan
from .roster_csv import ROSTER_COLUMNS, SECOND_TIME

T = TypeVar("T")

_NEEDED = ("employee_id", "date", "shift_code", "start", "end")
_MOMENT = re.compile(
    r"(?:(?P<day>\d[^T\s]*)[T\s]+)?(?P<clock>\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_BREAK = re.compile(r"(?P<start>\S+)\s*[-–]\s*(?P<end>\S+)\s+(?P<kind>paid|unpaid|split)")
_AWAY = re.compile(r"(?P<start>\S+)\s*[-–]\s*(?P<end>\S+)\s+(?P<kind>paid|unpaid)")
_NAMED = re.compile(r"(?P<name>.+?)\s+(?P<start>\d{1,2}:\S+)\s*[-–]\s*(?P<end>\S+)")


@dataclass(frozen=True)
class RosterRow:
    """One shift of a roster file; all moments are in UTC, `day` is the local date of the start."""

    agent: str
    day: date
    shift_code: str
    start: datetime
    end: datetime
    breaks: tuple[tuple[datetime, datetime, str], ...]  # (start, end, paid | unpaid | split)
    queues: tuple[tuple[datetime, datetime, str], ...]  # (start, end, queue)
    meetings: tuple[tuple[datetime, datetime, str], ...] = ()  # (start, end, name)
    away: tuple[tuple[datetime, datetime, str], ...] = ()  # (start, end, paid | unpaid)

    def assignment(self, grid: TimeGrid) -> Assignment:
        """The shift in the elapsed minutes of a grid (which it may lie before)."""
        at = grid.minute_of
        return Assignment(
            self.agent,
            grid.day_number(self.day),
            self.shift_code,
            at(self.start),
            at(self.end),
            tuple(
                Break(
                    at(start),
                    at(end),
                    kind == "paid",
                    BreakKind.SPLIT if kind == "split" else BreakKind.BREAK,
                )
                for start, end, kind in self.breaks
            ),
            tuple(QueueSpan(at(start), at(end), queue) for start, end, queue in self.queues),
            tuple(MeetingSpan(at(start), at(end), name) for start, end, name in self.meetings),
            tuple(Away(at(start), at(end), kind == "paid") for start, end, kind in self.away),
        )


def read_roster(path: Path, centre: Centre, *, past: bool = False) -> tuple[RosterRow, ...]:
    """The shifts of a file, in its order.

    Moments without an offset are on the clock of the shift's site. Raises InputError with every
    problem of the file: missing columns, dates and times that cannot be read, agents, shifts and
    queues that the centre does not have. In a roster of the `past` names may be gone since: rows of
    agents who left are dropped, other unknown names pass.
    """
    problems = Problems()
    source = open_table(path, problems)
    columns: dict[str, int] = {}
    if source is not None:
        headings = [heading.casefold() for heading in source.headings]
        columns = {name: headings.index(name) for name in ROSTER_COLUMNS if name in headings}
        for name in _NEEDED:
            if name not in columns:
                problems.add("roster.missing_column", file=path.name, name=name)
    problems.raise_if_any()
    table = source.body(problems) if source is not None else None
    problems.raise_if_any()
    rows = _rows(table, columns, centre, problems, past=past) if table is not None else ()
    problems.raise_if_any()
    return rows


def _rows(
    table: RawTable, columns: Mapping[str, int], centre: Centre, problems: Problems, *, past: bool
) -> tuple[RosterRow, ...]:
    reader = _RowReader(centre, problems, table.file, past=past)
    cells = {name: [plain(str(c)) for c in table.column(i)] for name, i in columns.items()}
    found = []
    for position, row in enumerate(table.rows):
        one = reader.read(int(row), {name: column[position] for name, column in cells.items()})
        if one is not None:
            found.append(one)
    return tuple(found)


class _RowReader:
    """Reads rows one by one and tells every problem of each."""

    def __init__(self, centre: Centre, problems: Problems, file: str, *, past: bool) -> None:
        self._agents = [agent.id for agent in centre.agents]
        self._shifts = [shift.code for shift in centre.shifts]
        self._queues = [queue.name for queue in centre.queues]
        self._zone = ZoneInfo(centre.tz)
        zones = {site.name: ZoneInfo(site.tz) for site in centre.sites}
        self._zone_of = {s.code: zones[s.site] for s in centre.shifts if s.site in zones}
        self._problems = problems
        self._file = file
        self._past = past

    def read(self, row: int, cells: Mapping[str, str]) -> RosterRow | None:
        before = len(self._problems)
        agent, code = cells["employee_id"], cells["shift_code"]
        if self._past and agent not in self._agents:
            return None
        if not self._past:
            self._known(row, "employee_id", agent, self._agents)
            self._known(row, "shift_code", code, self._shifts)
        zone = self._zone_of.get(code, self._zone)
        start = self._try(row, "start", cells, lambda cell: self._moment(cell, cells["date"], zone))
        if start is None:
            return None
        end = self._try(row, "end", cells, lambda cell: self._end(cell, start, zone))
        if end is None:
            return None
        if not start < end <= start + timedelta(days=1):
            self._problems.add("roster.end_before_start", file=self._file, row=row, column="end")
            return None
        first = start.astimezone(zone).date()
        self._try(row, "date", cells, lambda cell: self._same_day(cell, first))
        inside = _Inside(start, end, zone)
        breaks = self._try(row, "breaks", cells, inside.breaks) or ()
        queues = self._try(row, "queues", cells, inside.queues) or ()
        meetings = self._try(row, "meetings", cells, inside.meetings) or ()
        away = self._try(row, "away", cells, inside.away) or ()
        for _, _, queue in queues:
            if not self._past:
                self._known(row, "queues", queue, self._queues)
        if len(self._problems) > before:
            return None
        return RosterRow(agent, first, code, start, end, breaks, queues, meetings, away)

    def _known(self, row: int, column: str, name: str, known: list[str]) -> None:
        if name in known:
            return
        near = suggestion(name, known) or ", ".join(known[:5])
        code = f"roster.unknown_{column}"
        self._problems.add(
            code, file=self._file, row=row, column=column, name=name, suggestion=near
        )

    def _try(
        self, row: int, column: str, cells: Mapping[str, str], read: Callable[[str], T]
    ) -> T | None:
        """What `read` makes of a cell; None, and the problem told, if it cannot."""
        try:
            return read(cells.get(column, ""))
        except BadValueError as error:
            tell(self._problems, error.code, error.params, file=self._file, row=row, column=column)
            return None

    def _moment(self, cell: str, day_cell: str, zone: ZoneInfo) -> datetime:
        """A moment with its own date, or a bare clock time on the date of the row."""
        match = _MOMENT.fullmatch(cell)
        if match is None:
            raise BadValueError("roster.bad_moment", value=cell)
        day_ = day(match["day"] or day_cell)
        minute = clock_minute(match["clock"])
        local = datetime.combine(day_, time()) + timedelta(minutes=minute)
        if not match["offset"]:
            return local.replace(tzinfo=zone).astimezone(UTC)
        offset = match["offset"].replace("Z", "+00:00")
        return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)

    def _end(self, cell: str, start: datetime, zone: ZoneInfo) -> datetime:
        """As `_moment`; a bare clock time is the first such after the start."""
        first = start.astimezone(zone).date()
        end = self._moment(cell, first.isoformat(), zone)
        match = _MOMENT.fullmatch(cell)
        if match is not None and not match["day"] and end <= start:
            end = self._moment(cell, (first + timedelta(days=1)).isoformat(), zone)
        return end

    def _same_day(self, cell: str, first: date) -> None:
        """Refuses another date than the start's. A spelling only the spreadsheet's owner could
        read (12/11/2026) is passed over: the start says the day."""
        try:
            day_ = day(cell)
        except BadValueError as error:
            if error.code == "input.no_such_date":
                raise
            return
        if day_ != first:
            raise BadValueError("roster.other_date", date=day_, start=first)


class _Inside:
    """Clock times inside one shift → moments."""

    def __init__(self, start: datetime, end: datetime, zone: ZoneInfo) -> None:
        self._start = start
        self._end = end
        self._zone = zone

    def breaks(self, cell: str) -> tuple[tuple[datetime, datetime, str], ...]:
        return self._spans(cell, _BREAK, "kind", "roster.bad_break")

    def queues(self, cell: str) -> tuple[tuple[datetime, datetime, str], ...]:
        return self._spans(cell, _NAMED, "name", "roster.bad_queue_span")

    def meetings(self, cell: str) -> tuple[tuple[datetime, datetime, str], ...]:
        return self._spans(cell, _NAMED, "name", "roster.bad_meeting")

    def away(self, cell: str) -> tuple[tuple[datetime, datetime, str], ...]:
        return self._spans(cell, _AWAY, "kind", "roster.bad_away")

    def _spans(
        self, cell: str, pattern: re.Pattern[str], name: str, code: str
    ) -> tuple[tuple[datetime, datetime, str], ...]:
        found = []
        for item in filter(None, re.split(r"\s*[;;]\s*", cell)):
            match = pattern.fullmatch(item)
            if match is None:
                raise BadValueError(code, value=item)
            start, end = self._moment(match["start"]), self._moment(match["end"])
            if start is None or end is None or end <= start:
                raise BadValueError("roster.outside_shift", value=item)
            found.append((start, end, match[name]))
        return tuple(found)

    def _moment(self, text: str) -> datetime | None:
        """The first moment of the shift with this clock time; None if it never shows it."""
        second = text.endswith(SECOND_TIME)
        minute = clock_minute(text.removesuffix(SECOND_TIME)) % 1440
        for later in (0, 1):
            day_ = self._start.astimezone(self._zone).date() + timedelta(days=later)
            clock_time = time(minute // 60, minute % 60, fold=int(second))
            moment = datetime.combine(day_, clock_time, tzinfo=self._zone).astimezone(UTC)
            if self._start <= moment <= self._end:
                return moment
        return None
