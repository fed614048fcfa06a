from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event
from shiftcast.cli.exports.ics import CalendarIssue, event_uid, file_names, write_calendars
from shiftcast.scheduling.rostering.roster import MeetingSpan, Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
ISSUE = CalendarIssue("riverside", 3, datetime(2026, 11, 27, 9, 30, tzinfo=UTC))


def _events(path: Path) -> list[Event]:
    return [e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT") if isinstance(e, Event)]


def _written(folder: Path, roster: Roster = PLAN.roster, issue: CalendarIssue = ISSUE) -> Path:
    write_calendars(folder, PLAN.problem, roster, issue, "en")
    return folder


def test_every_agent_has_a_file_named_by_id(tmp_path: Path) -> None:
    folder = _written(tmp_path)
    assert sorted(p.name for p in folder.iterdir()) == [f"a{i:03d}.ics" for i in range(10)]


def test_an_event_says_when_where_and_which_breaks(tmp_path: Path) -> None:
    first = _events(_written(tmp_path) / "a000.ics")[0]
    assert first.decoded("dtstart").isoformat() == "2026-11-30T07:30:00+08:00"
    assert first.decoded("dtend").isoformat() == "2026-11-30T16:15:00+08:00"
    assert first["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert first.decoded("dtstamp") == ISSUE.issued
    assert first["sequence"] == 3
    assert first["summary"] == "Early · phone"
    # Break rules: 15 paid from +75 min, 45 unpaid from +180 min; agent 0 takes the earliest.
    assert first["description"] == "Break 08:45–09:00 (paid)\nBreak 10:30–11:15 (unpaid)"


def test_an_event_says_its_meetings(tmp_path: Path) -> None:
    first, *others = PLAN.roster.assignments
    held = replace(first, meetings=(MeetingSpan(first.start, first.start + 30, "Team talk"),))
    event = _events(
        _written(tmp_path, replace(PLAN.roster, assignments=(held, *others))) / f"{first.agent}.ics"
    )[0]
    assert str(event["description"]).splitlines()[2] == "07:30–08:00 Team talk"


def test_the_time_zone_travels_with_the_file(tmp_path: Path) -> None:
    calendar = Calendar.from_ical((_written(tmp_path) / "a000.ics").read_bytes())
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert str(calendar["method"]) == "PUBLISH"


def test_uids_hold_from_plan_to_plan_and_do_not_know_names(tmp_path: Path) -> None:
    renamed = replace(
        PLAN.problem, agents=tuple(replace(a, name="Somebody Else") for a in PLAN.problem.agents)
    )
    later = replace(ISSUE, sequence=4, issued=datetime(2026, 11, 28, tzinfo=UTC))
    _written(tmp_path / "one")
    write_calendars(tmp_path / "two", renamed, PLAN.roster, later, "zh-CN")
    uids = [
        [str(event["uid"]) for event in _events(tmp_path / which / "a004.ics")]
        for which in ("one", "two")
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 5


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


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = _written(tmp_path / "one"), _written(tmp_path / "two")
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_a_split_shift_is_an_event_a_piece(tmp_path: Path) -> None:
    # a007 works the split shift: 09:00–13:00 and 17:00–21:00.
    day = [e for e in _events(_written(tmp_path) / "a007.ics") if e.decoded("dtstart").day == 30]
    clocks = [(f"{e.decoded('dtstart'):%H:%M}", f"{e.decoded('dtend'):%H:%M}") for e in day]
    assert clocks == [("09:00", "13:00"), ("17:00", "21:00")]
    assert len({str(e["uid"]) for e in day}) == 2


def test_shifts_that_are_gone_are_cancelled(tmp_path: Path) -> None:
    kept = tuple(a for a in PLAN.roster.assignments if not (a.agent == "a000" and a.day == 0))
    roster = Roster(PLAN.grid, kept)
    write_calendars(tmp_path, PLAN.problem, roster, ISSUE, "en", previous=PLAN.roster)
    events = _events(tmp_path / "a000.ics")
    cancelled = [e for e in events if e.get("status") == "CANCELLED"]
    assert len(events) == 5
    assert [e.decoded("dtstart").date() for e in cancelled] == [date(2026, 11, 30)]


def test_an_agent_without_shifts_has_an_empty_calendar(tmp_path: Path) -> None:
    _written(tmp_path, Roster(PLAN.grid, ()))
    assert _events(tmp_path / "a000.ics") == []


def test_file_names_stay_apart_and_inside_the_folder() -> None:
    names = file_names(["a1", "A1", "../etc", "etc", "王敏", "a b", "a_b", ".."])
    assert len({name.casefold() for name in names.values()}) == 8
    assert names["etc"] == "etc"
    assert names["王敏"] == "王敏"
    assert names["a1"] != "a1"
    assert not any("/" in name or name.startswith(".") for name in names.values())


def test_an_issue_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CalendarIssue("riverside", 0, datetime(2026, 11, 27))
    with pytest.raises(ValueError, match="sequence is -1"):
        CalendarIssue("riverside", -1, datetime(2026, 11, 27, tzinfo=UTC))
