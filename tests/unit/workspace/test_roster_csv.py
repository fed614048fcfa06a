"""roster.csv is written and read back without loss, also after a spreadsheet had it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.cli.workspace.roster_csv import ROSTER_COLUMNS, write_assignments, write_roster
from shiftcast.cli.workspace.roster_reader import read_roster
from shiftcast.data.centre import Centre
from shiftcast.data.errors import InputError
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, FixedAssignment
from shiftcast.data.shifts import BreakKind, ShiftTemplate
from shiftcast.data.targets import QueueProfile
from shiftcast.scheduling.planning.rosters import no_demands, roster_problem
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import (
    Assignment,
    Away,
    Break,
    MeetingSpan,
    QueueSpan,
    Roster,
)

CENTRE = Centre(
    name="Test",
    tz="Europe/Berlin",
    interval_min=15,
    queues=(QueueProfile("phone"), QueueProfile("chat")),
    contracts=(Contract("full"),),
    agents=(
        Agent("A1", "=cmd()", "full", frozenset({"phone", "chat"}), team="Red"),
        Agent("A2", "Bo", "full", frozenset({"phone"}), team="Blue"),
    ),
    shifts=(ShiftTemplate("E8", 480, 480, 480), ShiftTemplate("N8", 480, 1320, 1320)),
    fixed=(FixedAssignment("A1", date(2026, 10, 24), "E8"),),
)
# The clocks go back on 25 October 2026, at 03:00, to 02:00.
GRID = TimeGrid(date(2026, 10, 24), 7, 15, "Europe/Berlin")


def problem() -> RosterProblem:
    return roster_problem(CENTRE, no_demands(CENTRE, GRID), GRID)


def roster() -> Roster:
    early = Assignment(
        "A1",
        0,
        "E8",
        480,
        990,
        (Break(600, 615, paid=True), Break(720, 750, paid=False)),
        (QueueSpan(480, 600, "phone"), QueueSpan(750, 930, "chat")),
        (MeetingSpan(930, 960, "Team talk"), MeetingSpan(960, 990, "Coaching")),
    )
    # 22:00 to 06:00 lasts nine hours that night; the break is at the second 02:15.
    second = 22 * 60 + 5 * 60 + 15
    night = Assignment(
        "A2",
        0,
        "N8",
        1320,
        1320 + 540,
        (Break(second, second + 30, paid=False, kind=BreakKind.SPLIT),),
        (QueueSpan(1320, second, "phone"), QueueSpan(second + 30, 1800, "phone")),
        away=(Away(1800, 1860, paid=False),),
    )
    return Roster(GRID, (early, night))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Also across a clock change, where 02:15 comes twice."""
    path = tmp_path / "roster.csv"
    write_roster(path, problem(), roster())
    rows = read_roster(path, CENTRE)
    read = tuple(row.assignment(GRID) for row in rows)
    assert sorted(read, key=lambda a: a.agent) == list(roster().assignments)


def test_the_file_says_what_planners_and_programs_need(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    write_roster(path, problem(), roster())
    heading, night, early = path.read_text(encoding="utf-8").splitlines()
    assert heading == "\ufeff" + ",".join(ROSTER_COLUMNS)
    # Blue before Red; the name that a spreadsheet would run is made harmless.
    assert early == (
        "A1,'=cmd(),Red,2026-10-24,E8,E8,2026-10-24T08:00:00+02:00,2026-10-24T16:30:00+02:00,"
        "Europe/Berlin,10:00-10:15 paid; 12:00-12:30 unpaid,480,30,"
        "phone 08:00-10:00; chat 12:30-15:30,fixed,Team talk 15:30-16:00; Coaching 16:00-16:30,"
    )
    assert "2026-10-24T22:00:00+02:00,2026-10-25T06:00:00+01:00" in night
    assert "02:15(2)-02:45(2) split" in night
    assert night.endswith(",planned,,05:00-06:00 unpaid")


def write(path: Path, *rows: str, heading: str = "employee_id,date,shift_code,start,end") -> Path:
    path.write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "row",
    [
        "A1,2026-10-26,E8,2026-10-26T08:00:00+01:00,2026-10-26T16:30:00+01:00",
        "A1,2026-10-26,E8,2026-10-26 8:00,2026-10-26 16:30",  # no offset: the centre's clock
        "A1,2026/10/26,E8,08:00,16:30",  # clock times alone
        "A1,26/10/2026,E8,2026-10-26T08:00,2026-10-26T16:30",  # the spreadsheet's own date
        "A1,2026-10-26,E8,2026-10-26T07:00:00Z,2026-10-26T15:30:00Z",
    ],
)
def test_edited_spellings_mean_the_same(tmp_path: Path, row: str) -> None:
    """2026-10-26 is day 2; the day before had 25 hours: 2 × 24 + 1 + 8 hours after the start."""
    (read,) = read_roster(write(tmp_path / "r.csv", row), CENTRE)
    shift = read.assignment(GRID)
    assert (shift.day, shift.start, shift.end) == (2, 57 * 60, 57 * 60 + 510)


def test_a_bare_end_is_the_first_after_the_start(tmp_path: Path) -> None:
    (read,) = read_roster(write(tmp_path / "r.csv", "A2,2026-10-26,N8,22:00,06:00"), CENTRE)
    assert read.assignment(GRID).end - read.assignment(GRID).start == 480


def test_semicolons_and_a_heading_in_capitals_will_do(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.csv",
        "A1;2026-10-26;E8;08:00;16:30",
        heading="EMPLOYEE_ID;Date;SHIFT_CODE;START;END",
    )
    assert len(read_roster(path, CENTRE)) == 1


def test_every_problem_is_told_with_row_and_column(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.csv",
        "A9,2026-10-26,E8,08:00,16:30,,",
        "A1,2026-10-26,E9,08:00,16:30,,",
        "A1,2026-10-26,E8,soon,16:30,,",
        "A1,2026-10-26,E8,2026-10-26T08:00,2026-10-28T08:00,,",
        "A1,2026-10-27,E8,2026-10-26T08:00,2026-10-26T16:30,,",
        "A1,2026-10-26,E8,08:00,16:30,lunch,",
        "A1,2026-10-26,E8,08:00,16:30,17:00-17:30 paid,mail 08:00-16:30",
        "A1,2026-02-30,E8,08:00,16:30,,",
        heading="employee_id,date,shift_code,start,end,breaks,queues",
    )
    with pytest.raises(InputError) as caught:
        read_roster(path, CENTRE)
    told = [(p.row, p.column, p.message()) for p in caught.value.problems]
    assert told == [
        (2, "employee_id", "There is no agent A9."),
        (3, "shift_code", "There is no shift E9."),
        (4, "start", "soon is not a date with time."),
        (5, "end", "The shift does not end within a day after it starts."),
        (6, "date", "The date is 2026-10-27 but the shift starts on 2026-10-26."),
        (7, "breaks", "lunch is not a break."),
        (8, "breaks", "17:00-17:30 paid does not lie within the shift."),
        (8, "queues", "There is no queue mail."),
        (9, "start", caught.value.problems[-1].message()),
    ]
    assert caught.value.problems[-1].code == "input.no_such_date"


def test_missing_columns_are_told_together(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "A1,E8", heading="employee_id,shift_code")
    with pytest.raises(InputError) as caught:
        read_roster(path, CENTRE)
    assert [p.message() for p in caught.value.problems] == [
        "The column date is missing.",
        "The column start is missing.",
        "The column end is missing.",
    ]


def test_in_a_roster_of_the_past_names_may_be_gone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.csv",
        "A1,2026-10-19,OLD,08:00,16:30",
        "LEFT,2026-10-19,E8,08:00,16:30",
    )
    (row,) = read_roster(path, CENTRE, past=True)
    assert (row.agent, row.shift_code) == ("A1", "OLD")
    assert row.assignment(GRID).day == -5


@st.composite
def shifts(draw: st.DrawFn) -> Assignment:
    """A shift anywhere in the weeks around the clock change, with breaks and queues inside."""
    start = draw(st.integers(-600, 600)) * 15
    edges = sorted(draw(st.sets(st.integers(1, 46), min_size=2, max_size=6)))
    end = start + 15 * (edges[-1] + draw(st.integers(1, 48)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    breaks = tuple(
        Break(start + 15 * a, start + 15 * b, paid, BreakKind.BREAK)
        for (a, b), paid in zip(pairs, draw(st.lists(st.booleans(), min_size=3)), strict=False)
    )
    queue = draw(st.sampled_from(["phone", "chat"]))
    spans = tuple(
        QueueSpan(a, b, queue) for a, b in Assignment("", 0, "", start, end, breaks).working()
    )
    day = GRID.day_number(GRID.moment(start).date())
    return Assignment(draw(st.sampled_from(["A1", "A2"])), day, "E8", start, end, breaks, spans)


@settings(max_examples=150, deadline=None)
@given(shift=shifts())
def test_any_shift_survives_the_file(
    shift: Assignment, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("roster") / "r.csv"
    write_assignments(path, problem(), [shift])
    (row,) = read_roster(path, CENTRE)
    assert row.assignment(GRID) == shift
