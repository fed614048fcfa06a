"""Exports over the night in which the clock is set back: moments stay true, days have 25 hours.

In Berlin 25 October 2026 has two hours from 02:00 to 03:00; +02:00 becomes +01:00.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event
from shiftcast.cli.exports.ics import CalendarIssue, agent_feed
from shiftcast.cli.exports.templates.rows import Source
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories_plan import make_plan
from tests.unit.exports.handed import bodies_of, files_of

PLAN = make_plan(agents=1, tz="Europe/Berlin", first_day=date(2026, 10, 19))
SATURDAY_NIGHT = PLAN.grid.minute(5, 22 * 60)
assert SATURDAY_NIGHT is not None
# 22:00 for eight hours of work: until 05:00 by the clock.
NIGHT = Assignment("a000", 5, "L8", SATURDAY_NIGHT, SATURDAY_NIGHT + 8 * 60)
SOURCE = Source(PLAN.centre, PLAN.problem, Roster(PLAN.grid, (NIGHT,)), "en")
START, END = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 4, tzinfo=UTC)


def test_the_long_table_has_both_offsets() -> None:
    (content,) = files_of("long", SOURCE).values()
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    row = next(row for row in rows if row["status"] == "work")
    assert (row["start"], row["end"]) == ("2026-10-24T22:00:00+02:00", "2026-10-25T05:00:00+01:00")
    assert row["paid_minutes"] == "480"


def test_the_calendar_is_eight_hours_long() -> None:
    agent = PLAN.centre.agents[0]
    issue = CalendarIssue("riverside", datetime(2026, 10, 1, tzinfo=UTC))
    feed = agent_feed(agent, PLAN.problem, (NIGHT,), None, issue, "en")
    (event,) = Calendar.from_ical(feed.to_ical()).walk("VEVENT")
    assert isinstance(event, Event)
    begin, end = event.decoded("dtstart"), event.decoded("dtend")
    assert (begin.astimezone(UTC), end.astimezone(UTC)) == (START, END)


def test_utc_knows_no_clock_change() -> None:
    source = replace(SOURCE, roster=Roster(PLAN.grid, (NIGHT,)))
    (batch,) = bodies_of("teams-shifts", source, team_id="T1", scheduling_group_id="G")
    shift = batch["requests"][0]["body"]["sharedShift"]
    found = [datetime.fromisoformat(shift[key]) for key in ("startDateTime", "endDateTime")]
    assert found == [START, END]
    assert found[1] - found[0] == timedelta(hours=8)
