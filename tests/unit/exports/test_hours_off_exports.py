"""Shifts with hours off in the files of others: when somebody is there, under the planned name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from shiftcast.cli.exports.ics import CalendarIssue, agent_feed
from shiftcast.cli.exports.templates.rows import RowKind, Source, shift_rows
from shiftcast.scheduling.rostering.roster import Assignment, Away

from tests.unit.exports.handed import NAMES, PLAN, SOURCE, bodies_of, table_of

FIRST = next(s for s in PLAN.roster.assignments if (s.agent, s.day) == ("a000", 0))


def _without(*hours: tuple[int, int]) -> Assignment:
    """a000's Monday, from 07:30 to 16:15, without the minutes after its start."""
    away = (Away(FIRST.start + begin, FIRST.start + end, paid=True) for begin, end in hours)
    return replace(FIRST, away=tuple(away))


def _source(shift: Assignment) -> Source:
    others = tuple(one for one in PLAN.roster.assignments if one != FIRST)
    return replace(SOURCE, roster=replace(PLAN.roster, assignments=(shift, *others)))


LATE = _source(_without((0, 120)))
BETWEEN = _source(_without((60, 120)))


def test_a_row_is_from_when_to_when_somebody_is_there() -> None:
    row = table_of("long", LATE)[0]
    assert (row["employee_id"], row["shift_code"]) == ("a000", "E8")
    assert row["start"][11:16] == "09:30"
    assert int(row["paid_minutes"]) == FIRST.paid_minutes - 120


def test_who_comes_back_has_two_pieces_and_paid_time_without_the_hours_off() -> None:
    pieces = [r for r in shift_rows(BETWEEN, RowKind.PIECE) if r.assignment == _without((60, 120))]
    assert [(r.start, r.end) for r in pieces] == [
        (FIRST.start, FIRST.start + 60),
        (FIRST.start + 120, FIRST.end),
    ]
    row = table_of("long", BETWEEN)[0]
    assert row["start"][11:16] == "07:30"
    assert int(row["paid_minutes"]) == FIRST.paid_minutes - 60


def test_the_code_of_the_shift_is_that_of_its_planned_start() -> None:
    """E8 from 07:30 has a code of its own, 1001; from 09:30 on it would be another."""
    (body, *_) = bodies_of("feishu", LATE, group_id="g1")
    days = body["user_daily_shifts"]
    assert next(d["shift_id"] for d in days if d["user_id"] == "user-a000") == "1001"
    assert NAMES.shift("E8", "09:30") == "1002"


def test_a_calendar_has_an_event_for_each_part() -> None:
    agent = PLAN.problem.agent_of["a000"]
    issue = CalendarIssue("centre", datetime(2026, 11, 27, 12, tzinfo=UTC))
    feed = agent_feed(agent, PLAN.problem, (_without((60, 120)),), None, issue, "en")
    times = [(e.decoded("dtstart"), e.decoded("dtend")) for e in feed.walk("VEVENT")]
    assert [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in times] == [
        ("07:30", "08:30"),
        ("09:30", "16:15"),
    ]
