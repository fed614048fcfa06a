from __future__ import annotations

from datetime import date

import pytest
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.people import Agent, FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.data.sample.previous import Pause, Worked
from shiftcast.data.sample.shifts import SHIFTS
from shiftcast.data.sample.tables import (
    COLUMNS,
    EXAMPLES,
    PLANNER_FILES,
    adjustment_row,
    agent_row,
    calendar_rows,
    clock,
    csv_bytes,
    fixed_row,
    request_row,
    roster_row,
    shift_row,
    time_off_row,
)

DAY = date(2026, 12, 12)
SPLIT = next(shift for shift in SHIFTS if shift.code == "S8")


def test_files_begin_with_the_mark_that_excel_needs() -> None:
    content = csv_bytes("fixed", [("A001", DAY, "off", "")])
    assert content == b"\xef\xbb\xbfagent,date,shift,start\nA001,2026-12-12,off,\n"


@pytest.mark.parametrize(("minute", "written"), [(0, "00:00"), (510, "08:30"), (1560, "26:00")])
def test_clock_goes_past_midnight(minute: int, written: str) -> None:
    assert clock(minute) == written


def test_agent_row() -> None:
    week = (None, (480, 1200), (), (600, 1560), None, None, None)
    agent = Agent("A1", "Wang Jing", "full", frozenset({"phone", "chat"}), "North", week, 42.5)
    assert agent_row(agent) == (
        *("A1", "Wang Jing", "North", "full", "chat;phone", "", "42.5", ""),
        *("", "08:00-20:00", "off", "10:00-26:00", "", "", ""),
    )


def test_shift_row_names_breaks_in_order() -> None:
    assert shift_row(SPLIT)[:7] == ("S8", "S8", 480, "09:00", "10:00", 30, "")
    assert shift_row(SPLIT)[7] == (
        "15 paid 01:30-02:30; 240 split 04:00-04:00; 15 paid 09:30-10:30"
    )


def test_calendar_rows_in_order_of_time() -> None:
    promotion = Promotion(
        DAY, date(2026, 12, 13), "double12", "Double 12", 1.5, phase="peak", handle_effect=0.95
    )
    workday = SpecialDay(date(2026, 10, 10), date(2026, 10, 10), DayKind.WORKDAY, "Worked")
    assert calendar_rows(Calendar("CN", (workday,), (promotion,))) == [
        (date(2026, 10, 10), "", "workday", "Worked", *("",) * 6),
        (
            *(DAY, date(2026, 12, 13), "promotion", "Double 12", "double12", "peak"),
            *("1.5", "", "0.95", ""),
        ),
    ]


def test_rows_of_wishes_and_absences() -> None:
    assert time_off_row(TimeOff("A1", DAY, DAY, False, "family")) == (
        "A1",
        DAY,
        DAY,
        "no",
        "family",
    )
    late = Request("A1", DAY, RequestKind.END_BY, 5.0, minute=1140)
    early = Request("A1", DAY, RequestKind.SHIFT, 10.0, shift_code="E8")
    assert request_row(late) == ("A1", DAY, "end_by", "19:00", "5")
    assert request_row(early) == ("A1", DAY, "shift", "E8", "10")
    assert request_row(Request("A1", DAY, RequestKind.DAY_OFF)) == ("A1", DAY, "day_off", "", "10")
    assert fixed_row(FixedAssignment("A1", DAY, None)) == ("A1", DAY, "off", "")
    assert fixed_row(FixedAssignment("A1", DAY, "E8", 510)) == ("A1", DAY, "E8", "08:30")


def test_adjustment_row() -> None:
    entry = Adjustment(DAY, DAY, "News", None, 600, 840, percent=-20.0)
    assert adjustment_row(entry) == (DAY, DAY, "", "10:00", "14:00", "-20", "", "News")


def test_roster_row_counts_the_gap_of_a_split_shift_as_unpaid() -> None:
    agent = Agent("A1", "Wang Jing", "flex", frozenset({"phone"}), "North")
    gap = Pause(780, 1020, SPLIT.breaks[1])
    worked = Worked(agent, DAY, SPLIT, 540, (gap,), ((540, 780, "phone"), (1020, 1260, "phone")))
    assert roster_row(worked, "Asia/Shanghai") == (
        *("A1", "Wang Jing", "North", DAY, "S8", "S8"),
        *("2026-12-12T09:00:00+08:00", "2026-12-12T21:00:00+08:00", "Asia/Shanghai"),
        *("13:00-17:00 split", 480, 240, "phone 09:00-13:00; phone 17:00-21:00", "published"),
    )


def test_roster_row_of_a_shift_until_midnight() -> None:
    agent = Agent("A1", "Wang Jing", "late", frozenset({"chat"}))
    late = next(shift for shift in SHIFTS if shift.code == "L8")
    row = roster_row(Worked(agent, DAY, late, 930, (), ()), "Asia/Shanghai")
    assert row[7] == "2026-12-13T00:00:00+08:00"


def test_every_planner_file_has_an_example_that_fits_its_columns() -> None:
    assert set(EXAMPLES) == set(PLANNER_FILES)
    for file, rows in EXAMPLES.items():
        assert {len(row) for row in rows} == {len(COLUMNS[file])}
