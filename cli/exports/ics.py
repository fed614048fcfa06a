"""One calendar feed an agent (iCalendar, RFC 5545), so that a phone shows the shifts.

Events keep their UID from plan to plan (agent id, date and calendar id make it, never the name), so
a new file moves the event that is there instead of adding a second one. The feed handed out before
is the memory: an event that has not changed stays as it was, one that has gets the next SEQUENCE,
and one that is gone is cancelled.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone

from ...data.grid import TimeGrid
from ...data.messages import text
from ...data.people import Agent
from ...data.shifts import BreakKind
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment
from ...scheduling.rostering.site_clocks import SiteClock

# Never to be changed: every UID handed out so far was made with it.
_NAMESPACE = uuid5(NAMESPACE_URL, "shiftcast:roster")
_UNSAFE_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
_SAID = ("dtstart", "dtend", "summary", "description", "status")
_MOST_PIECES = 8  # of one shift, as far as UIDs of earlier plans are looked for
KEPT_DAYS = 60  # how long before the plan an event of an earlier plan stays in the feed


@dataclass(frozen=True)
class CalendarIssue:
    """What marks one handing-out of calendars.

    `calendar_id` names the centre (or workspace) for good and keeps UIDs of two centres apart;
    `issued` (time-zone-aware) is when, an argument so that the same plan gives the same files.
    """

    calendar_id: str
    issued: datetime

    def __post_init__(self) -> None:
        if self.issued.tzinfo is None:
            raise ValueError("issued has no time zone")


def agent_feed(
    agent: Agent,
    problem: RosterProblem,
    assignments: tuple[Assignment, ...],
    before: Calendar | None,
    issue: CalendarIssue,
    language: str,
) -> Calendar:
    """The calendar of one agent: an event for every piece of every shift, on top of the feed handed
    out `before` (None: nothing was)."""
    grid = problem.grid
    known = {} if before is None else _events(before)
    events = {
        uid: _issued(event, known.get(uid), issue)
        for uid, event in _standing(agent, problem, assignments, issue, language).items()
    }
    planned = {
        event_uid(issue.calendar_id, agent.id, day, piece)
        for day in grid.dates
        for piece in range(_MOST_PIECES)
    }
    for uid, event in known.items():
        if uid in planned and uid not in events:
            events[uid] = _cancelled(event, issue)
        elif uid not in events:
            events[uid] = event
    return _feed(events.values(), grid, issue)


def feed_without(before: Calendar, grid: TimeGrid, issue: CalendarIssue) -> Calendar:
    """The feed of somebody who is not in the plan: what begins on its days is cancelled."""
    events = (
        _cancelled(event, issue)
        if event.decoded("dtstart").astimezone(grid.zone).date() in grid.dates
        else event
        for event in _events(before).values()
    )
    return _feed(events, grid, issue)


def _feed(events: Iterable[Event], grid: TimeGrid, issue: CalendarIssue) -> Calendar:
    """The events in order of time, those of long ago left out."""
    oldest = grid.moment(0) - timedelta(days=KEPT_DAYS)
    calendar = _calendar(grid, issue.calendar_id)
    for event in sorted(events, key=lambda e: (e.decoded("dtstart"), str(e["uid"]))):
        if event.decoded("dtstart") >= oldest:
            calendar.add_component(event)
    return calendar


def _calendar(grid: TimeGrid, name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Shiftcast//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(_time_zone(grid.tz, grid.first_day, grid.last_day))
    return calendar


@cache
def _time_zone(tz: str, first: date, last: date) -> Timezone:
    """The clock's rules for the year around the plan: made once, for it takes its time."""
    year = timedelta(days=366)
    return Timezone.from_tzid(tz, first_date=first - year, last_date=last + year)


def _standing(
    agent: Agent,
    problem: RosterProblem,
    assignments: tuple[Assignment, ...],
    issue: CalendarIssue,
    language: str,
) -> dict[str, Event]:
    """The event of every piece by its UID, not issued yet."""
    grid = problem.grid
    names = {code: shift.name for code, shift in problem.shift_of.items()}
    found = {}
    for assignment in sorted(assignments, key=lambda a: a.start):
        day = grid.first_day + timedelta(days=assignment.day)
        site = problem.clocks.of(assignment.shift_code)
        for piece, (start, end) in enumerate(assignment.pieces):
            event = Event()
            uid = event_uid(issue.calendar_id, agent.id, day, piece)
            event.add("uid", uid)
            event.add("dtstart", grid.moment(start))
            event.add("dtend", grid.moment(end))
            event.add("summary", _summary(assignment, names, language))
            event.add("description", _description(assignment, site, start, end, language))
            found[uid] = event
    return found


def _issued(event: Event, before: Event | None, issue: CalendarIssue) -> Event:
    """The event as it is handed out: as before if it says the same, else with the next SEQUENCE."""
    if before is not None and _says(event) == _says(before):
        return before
    event.add("sequence", 0 if before is None else _sequence(before) + 1)
    event.add("dtstamp", issue.issued.astimezone(UTC))
    return event


def _cancelled(event: Event, issue: CalendarIssue) -> Event:
    """An event that is gone: an import alone would leave it standing."""
    if event.get("status") == "CANCELLED":
        return event
    gone = Event()
    for name in ("uid", "dtstart", "dtend", "summary"):
        gone.add(name, event[name])
    gone.add("status", "CANCELLED")
    gone.add("sequence", _sequence(event) + 1)
    gone.add("dtstamp", issue.issued.astimezone(UTC))
    return gone


def _events(calendar: Calendar) -> dict[str, Event]:
    return {str(e["uid"]): e for e in calendar.walk("VEVENT") if isinstance(e, Event)}


def _says(event: Event) -> tuple[object, ...]:
    """What somebody reads of an event; the order of issue is left out."""
    return tuple(
        event.decoded(name) if name.startswith("dt") else str(event.get(name, "")) for name in _SAID
    )


def _sequence(event: Event) -> int:
    return int(event.get("sequence", 0))


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


def _summary(assignment: Assignment, shift_names: Mapping[str, str], language: str) -> str:
    name = shift_names.get(assignment.shift_code, assignment.shift_code)
    queues = text("exports.list_join", language).join(queue_names(assignment))
    key = "exports.ics.summary" if queues else "exports.ics.summary_without_queue"
    return text(key, language, shift=name, queues=queues)


def _description(
    assignment: Assignment, site: SiteClock, start: int, end: int, language: str
) -> str:
    """Breaks of the piece in order, its meetings, then the queues with their times where they
    change."""
    lines = []
    for pause in sorted(assignment.breaks, key=lambda b: b.start):
        if pause.kind is BreakKind.BREAK and start <= pause.start < end:
            kind = "paid" if pause.paid else "unpaid"
            clocks = _clocks(site, pause.start, pause.end)
            lines.append(text(f"exports.ics.break_{kind}", language, clocks=clocks))
    for meeting in assignment.meetings:
        if start <= meeting.start < end:
            clocks = _clocks(site, meeting.start, meeting.end)
            lines.append(text("exports.ics.meeting", language, clocks=clocks, name=meeting.name))
    if len(queue_names(assignment)) > 1:
        for span in sorted(assignment.queues, key=lambda s: s.start):
            if start <= span.start < end:
                clocks = _clocks(site, span.start, span.end)
                lines.append(text("exports.ics.queue", language, clocks=clocks, queue=span.queue))
    return "\n".join(lines)


def queue_names(assignment: Assignment) -> tuple[str, ...]:
    """The queues that a shift serves, each once, in the order they come."""
    spans = sorted(assignment.queues, key=lambda s: s.start)
    return tuple(dict.fromkeys(span.queue for span in spans))


def _clocks(site: SiteClock, start: int, end: int) -> str:
    return f"{site.moment(start):%H:%M}–{site.moment(end):%H:%M}"
