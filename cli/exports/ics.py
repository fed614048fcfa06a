"""One calendar file an agent (iCalendar, RFC 5545), so that a phone shows the shifts.

Events keep their UID from plan to plan (agent id, date and calendar id make it, never the name):
importing a new file moves the event that is there instead of adding a second one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone

from ...data.grid import TimeGrid
from ...data.messages import text
from ...data.people import Agent
from ...data.shifts import BreakKind
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Roster
from .whole_file import write_whole

# Never to be changed: every UID handed out so far was made with it.
_NAMESPACE = uuid5(NAMESPACE_URL, "shiftcast:roster")
_UNSAFE_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class CalendarIssue:
    """What marks one handing-out of calendars.

    `calendar_id` names the centre (or workspace) for good and keeps UIDs of two centres apart;
    `sequence` grows with every plan handed out for the same days; `issued` (time-zone-aware) is
    when, an argument so that the same plan gives the same files.
    """

    calendar_id: str
    sequence: int
    issued: datetime

    def __post_init__(self) -> None:
        if self.issued.tzinfo is None:
            raise ValueError("issued has no time zone")
        if self.sequence < 0:
            raise ValueError(f"sequence is {self.sequence}, expected 0 or more")


def write_calendars(
    folder: Path,
    problem: RosterProblem,
    roster: Roster,
    issue: CalendarIssue,
    language: str,
    previous: Roster | None = None,
) -> tuple[Path, ...]:
    """One .ics per agent of the problem, also for those without a shift; returns the files.

    `previous` is the roster handed out before for the same days: events of it that are gone are
    cancelled in the new file, since an import alone would leave them standing.
    """
    names = file_names([agent.id for agent in problem.agents])
    written = []
    for agent in problem.agents:
        gone = () if previous is None else previous.of_agent(agent.id)
        calendar = agent_calendar(agent, problem, roster.of_agent(agent.id), gone, issue, language)
        path = folder / f"{names[agent.id]}.ics"
        write_whole(path, calendar.to_ical())
        written.append(path)
    return tuple(written)


def agent_calendar(
    agent: Agent,
    problem: RosterProblem,
    assignments: tuple[Assignment, ...],
    previous: tuple[Assignment, ...],
    issue: CalendarIssue,
    language: str,
) -> Calendar:
    """The calendar of one agent: an event for every piece of every shift."""
    grid = problem.grid
    shift_names = {code: shift.name for code, shift in problem.shift_of.items()}
    calendar = Calendar()
    calendar.add("prodid", "-//Shiftcast//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    year = timedelta(days=366)
    calendar.add_component(
        Timezone.from_tzid(
            grid.tz, first_date=grid.first_day - year, last_date=grid.last_day + year
        )
    )
    standing = _pieces(agent, assignments, grid, issue)
    for uid, (assignment, start, end) in standing.items():
        event = _event(uid, grid, start, end, issue)
        event.add("summary", _summary(assignment, shift_names, language))
        event.add("description", _description(assignment, grid, start, end, language))
        calendar.add_component(event)
    for uid, (assignment, start, end) in _pieces(agent, previous, grid, issue).items():
        if uid not in standing:
            event = _event(uid, grid, start, end, issue)
            event.add("summary", _summary(assignment, shift_names, language))
            event.add("status", "CANCELLED")
            calendar.add_component(event)
    return calendar


def event_uid(calendar_id: str, agent: str, day: date, piece: int = 0) -> str:
    """The UID of an agent's piece number `piece` on a business date, the same in every plan."""
    return str(uuid5(_NAMESPACE, "\n".join((calendar_id, agent, day.isoformat(), str(piece)))))


def file_names(agent_ids: Iterable[str]) -> Mapping[str, str]:
    """A file name for each agent id, the id itself where every file system takes it.

    Ids that had to change, or that differ in upper and lower case only, get a few characters of
    their hash, so that two agents never share a file.
    """
    ids = list(agent_ids)
    folded = [agent.casefold() for agent in ids]
    names = {}
    for agent in ids:
        safe = _UNSAFE_IN_FILE_NAMES.sub("_", agent).strip(".") or "_"
        if safe != agent or folded.count(agent.casefold()) > 1:
            safe = f"{safe}-{hashlib.sha256(agent.encode()).hexdigest()[:8]}"
        names[agent] = safe
    return names


def _pieces(
    agent: Agent, assignments: tuple[Assignment, ...], grid: TimeGrid, issue: CalendarIssue
) -> dict[str, tuple[Assignment, int, int]]:
    """(assignment, start, end) of every piece by its UID, in order of time."""
    found = {}
    for assignment in sorted(assignments, key=lambda a: a.start):
        day = grid.first_day + timedelta(days=assignment.day)
        for piece, (start, end) in enumerate(assignment.pieces):
            uid = event_uid(issue.calendar_id, agent.id, day, piece)
            found[uid] = (assignment, start, end)
    return found


def _event(uid: str, grid: TimeGrid, start: int, end: int, issue: CalendarIssue) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", issue.sequence)
    event.add("dtstamp", issue.issued.astimezone(UTC))
    event.add("dtstart", grid.moment(start))
    event.add("dtend", grid.moment(end))
    return event


def _summary(assignment: Assignment, shift_names: Mapping[str, str], language: str) -> str:
    name = shift_names.get(assignment.shift_code, assignment.shift_code)
    queues = text("exports.list_join", language).join(queue_names(assignment))
    key = "exports.ics.summary" if queues else "exports.ics.summary_without_queue"
    return text(key, language, shift=name, queues=queues)


def _description(
    assignment: Assignment, grid: TimeGrid, start: int, end: int, language: str
) -> str:
    """Breaks of the piece in order, its meetings, then the queues with their times where they
    change."""
    lines = []
    for pause in sorted(assignment.breaks, key=lambda b: b.start):
        if pause.kind is BreakKind.BREAK and start <= pause.start < end:
            kind = "paid" if pause.paid else "unpaid"
            clocks = _clocks(grid, pause.start, pause.end)
            lines.append(text(f"exports.ics.break_{kind}", language, clocks=clocks))
    for meeting in assignment.meetings:
        if start <= meeting.start < end:
            clocks = _clocks(grid, meeting.start, meeting.end)
            lines.append(text("exports.ics.meeting", language, clocks=clocks, name=meeting.name))
    if len(queue_names(assignment)) > 1:
        for span in sorted(assignment.queues, key=lambda s: s.start):
            if start <= span.start < end:
                clocks = _clocks(grid, span.start, span.end)
                lines.append(text("exports.ics.queue", language, clocks=clocks, queue=span.queue))
    return "\n".join(lines)


def queue_names(assignment: Assignment) -> tuple[str, ...]:
    """The queues that a shift serves, each once, in the order they come."""
    spans = sorted(assignment.queues, key=lambda s: s.start)
    return tuple(dict.fromkeys(span.queue for span in spans))


def _clocks(grid: TimeGrid, start: int, end: int) -> str:
    return f"{grid.moment(start):%H:%M}–{grid.moment(end):%H:%M}"
