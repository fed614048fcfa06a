"""The agents' calendars, made on top of those handed out before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from icalendar import Calendar

from ...data.errors import Problems
from ..exports.ics import CalendarIssue, agent_feed, feed_without, file_names
from ..exports.templates.rows import Source

CALENDARS_FOLDER = "calendars"


def calendar_feeds(
    folder: Path, issued: datetime, source: Source, problems: Problems
) -> dict[Path, bytes]:
    """The feed of every agent by its file in `folder`, and those that change of people who are not
    in the plan any more: their shifts on its days are cancelled. A file there that is no calendar
    is a problem."""
    issue = CalendarIssue(source.centre.name, issued)
    names = file_names(agent.id for agent in source.problem.agents)
    feeds = {}
    for agent in source.problem.agents:
        path = folder / f"{names[agent.id]}.ics"
        before = _read(path, problems)
        own = source.roster.of_agent(agent.id)
        shifts = tuple(shift for shift in own if 0 <= shift.day < source.grid.days)
        feed = agent_feed(agent, source.problem, shifts, before, issue, source.language)
        feeds[path] = feed.to_ical()
    for path in sorted(set(folder.glob("*.ics")) - feeds.keys()):
        before = _read(path, problems)
        if before is not None:
            content = feed_without(before, source.grid, issue).to_ical()
            if content != path.read_bytes():
                feeds[path] = content
    return feeds


def _read(path: Path, problems: Problems) -> Calendar | None:
    """The feed of a file; None if there is none, or (told) if it cannot be read."""
    if not path.exists():
        return None
    try:
        return Calendar.from_ical(path.read_bytes())
    except ValueError:
        problems.add("exports.broken_calendar", file=f"{path.parent.name}/{path.name}")
        return None
