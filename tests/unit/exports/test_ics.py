from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event
from shiftcast.cli.exports.ics import (
    CalendarIssue,
    agent_feed,
    event_uid,
    feed_without,
    file_names,
)
from shiftcast.data.shifts import Site
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, MeetingSpan

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
FIRST = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
ISSUE = CalendarIssue("riverside", FIRST)
LATER = CalendarIssue("riverside", FIRST + timedelta(days=1))


def _feed(
    agent: str,
    before: bytes | None = None,
    *,
    shifts: tuple[Assignment, ...] | None = None,
    problem: RosterProblem = PLAN.problem,
    issue: CalendarIssue = ISSUE,
    language: str = "en",
) -> bytes:
    """The agent's feed as bytes, as a file holds it."""
    own = PLAN.roster.of_agent(agent) if shifts is None else shifts
    known = None if before is None else Calendar.from_ical(before)
    feed = agent_feed(problem.agent_of[agent], problem, own, known, issue, language)
    return bytes(feed.to_ical())


def _events(content: bytes) -> list[Event]:
    return [e for e in Calendar.from_ical(content).walk("VEVENT") if isinstance(e, Event)]


def test_breaks_are_said_on_the_clock_of_the_shifts_site() -> None:
    """Urumqi is two hours behind the centre; the moment of the event is the same."""
    shifts = tuple(replace(shift, site="West") for shift in PLAN.problem.shifts)
    problem = replace(PLAN.problem, shifts=shifts, sites=(Site("West", "Asia/Urumqi"),))
    first = _events(_feed("a000", problem=problem))[0]
    assert first.decoded("dtstart").isoformat() == "2026-11-30T07:30:00+08:00"
    assert first["description"] == "Break 06:45–07:00 (paid)\nBreak 08:30–09:15 (unpaid)"


def test_an_event_says_when_where_and_which_breaks() -> None:
    first = _events(_feed("a000"))[0]
    assert first.decoded("dtstart").isoformat() == "2026-11-30T07:30:00+08:00"
    assert first.decoded("dtend").isoformat() == "2026-11-30T16:15:00+08:00"
    assert first["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert first.decoded("dtstamp") == FIRST
    assert first["sequence"] == 0
    assert first["summary"] == "Early · phone"
    # Break rules: 15 paid from +75 min, 45 unpaid from +180 min; agent 0 takes the earliest.
    assert first["description"] == "Break 08:45–09:00 (paid)\nBreak 10:30–11:15 (unpaid)"


def test_an_event_says_its_meetings() -> None:
    first = PLAN.roster.assignments[0]
    held = replace(first, meetings=(MeetingSpan(first.start, first.start + 30, "Team talk"),))
    event = _events(_feed(first.agent, shifts=(held,)))[0]
    assert str(event["description"]).splitlines()[2] == "07:30–08:00 Team talk"


def test_the_time_zone_travels_with_the_file() -> None:
    calendar = Calendar.from_ical(_feed("a000"))
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert str(calendar["method"]) == "PUBLISH"


def test_uids_hold_from_plan_to_plan_and_do_not_know_names() -> None:
    renamed = replace(
        PLAN.problem, agents=tuple(replace(a, name="Somebody Else") for a in PLAN.problem.agents)
    )
    one = [str(event["uid"]) for event in _events(_feed("a004"))]
    two = [str(event["uid"]) for event in _events(_feed("a004", problem=renamed, issue=LATER))]
    assert one == two
    assert len(set(one)) == 5


@pytest.mark.parametrize(
    "other",
    [
        event_uid("riverside", "a001", date(2026, 11, 30)),
        event_uid("riverside", "a000", date(2026, 12, 1)),
        event_uid("hillside", "a000", date(2026, 11, 30)),
        event_uid("riverside", "a000", date(2026, 11, 30), piece=1),
    ],
)
def test_agent_date_centre_and_piece_all_count_for_the_uid(other: str) -> None:
    assert other != event_uid("riverside", "a000", date(2026, 11, 30))


def test_handing_out_the_same_again_changes_no_byte() -> None:
    first = _feed("a000")
    assert _feed("a000", first, issue=LATER) == first


def test_a_change_raises_the_sequence_of_its_event_alone() -> None:
    moved = tuple(
        replace(shift, end=shift.end + 30) if shift.day == 1 else shift
        for shift in PLAN.roster.of_agent("a000")
    )
    first = _feed("a000")
    second = _events(_feed("a000", first, shifts=moved, issue=LATER))
    assert [(e["sequence"], e.decoded("dtstamp")) for e in second] == [
        (1 if e.decoded("dtstart").day == 1 else 0, LATER.issued if i == 1 else FIRST)
        for i, e in enumerate(second)
    ]
    again = replace(moved[1], end=moved[1].end + 30)
    third = _feed("a000", _feed("a000", first, shifts=moved), shifts=(moved[0], again, *moved[2:]))
    assert [e["sequence"] for e in _events(third)] == [0, 2, 0, 0, 0]


def test_a_split_shift_is_an_event_a_piece() -> None:
    # a007 works the split shift: 09:00–13:00 and 17:00–21:00.
    day = [e for e in _events(_feed("a007")) if e.decoded("dtstart").day == 30]
    clocks = [(f"{e.decoded('dtstart'):%H:%M}", f"{e.decoded('dtend'):%H:%M}") for e in day]
    assert clocks == [("09:00", "13:00"), ("17:00", "21:00")]
    assert len({str(e["uid"]) for e in day}) == 2


def test_shifts_that_are_gone_are_cancelled_and_come_back() -> None:
    first = _feed("a000")
    kept = tuple(shift for shift in PLAN.roster.of_agent("a000") if shift.day != 0)
    second = _feed("a000", first, shifts=kept)
    gone = _events(second)[0]
    assert (gone["status"], gone["sequence"]) == ("CANCELLED", 1)
    assert gone.decoded("dtstart").date() == date(2026, 11, 30)
    assert _feed("a000", second, shifts=kept, issue=LATER) == second
    back = _events(_feed("a000", second))[0]
    assert (back.get("status"), back["sequence"]) == (None, 2)


def test_the_weeks_before_stay_in_the_feed_for_sixty_days() -> None:
    first = _feed("a000")
    for weeks, kept in ((1, 5), (8, 5), (10, 0)):
        grid = replace(PLAN.grid, first_day=PLAN.grid.first_day + timedelta(weeks=weeks))
        later = _events(_feed("a000", first, shifts=(), problem=replace(PLAN.problem, grid=grid)))
        assert len(later) == kept
        assert {e.get("status") for e in later} <= {None}


def test_who_left_the_plan_has_its_days_cancelled() -> None:
    before = Calendar.from_ical(_feed("a000"))  # Monday to Friday
    grid = replace(PLAN.grid, first_day=date(2026, 12, 3))
    events = _events(feed_without(before, grid, LATER).to_ical())
    assert [event.get("status") for event in events] == [None] * 3 + ["CANCELLED"] * 2
    assert [event["sequence"] for event in events] == [0, 0, 0, 1, 1]


def test_an_agent_without_shifts_has_an_empty_calendar() -> None:
    assert _events(_feed("a000", shifts=())) == []


def test_file_names_stay_apart_and_inside_the_folder() -> None:
    names = file_names(["a1", "A1", "../etc", "etc", "王敏", "a b", "a_b", ".."])
    assert len({name.casefold() for name in names.values()}) == 8
    assert names["etc"] == "etc"
    assert names["王敏"] == "王敏"
    assert names["a1"] != "a1"
    assert not any("/" in name or name.startswith(".") for name in names.values())


def test_an_issue_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CalendarIssue("riverside", datetime(2026, 11, 27))
