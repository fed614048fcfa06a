"""agents, shifts, time_off, requests, fixed and adjustments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from said_to_planner import told
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.errors import Problems
from shiftcast.data.people import FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.data.readers.people import read_agents
from shiftcast.data.readers.requests import (
    read_adjustments,
    read_fixed,
    read_requests,
    read_time_off,
)
from shiftcast.data.readers.shifts import read_shifts
from shiftcast.data.readers.tables import open_table
from shiftcast.data.shifts import BreakKind, BreakRule

DAY = date(2026, 12, 1)


def read(
    reader: Callable[..., Any], tmp_path: Path, text: str, *settings: object
) -> tuple[Any, list[tuple[str, int | None, str | None]]]:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    source = open_table(path, problems)
    assert source is not None
    found = reader(source, *settings, problems)
    return (None if found is None else found[0]), told(problems)


def test_agents(tmp_path: Path) -> None:
    agents, problems = read(
        read_agents,
        tmp_path,
        "工号,姓名,team,contract,skills,辅助技能,hourly_cost,email,mon,周六,sun\n"
        "'007,李娜,East,full,phone；chat,email,45,li@example.com,08:00-20:00,18:00-26:00,off\n"
        "A2,,,part,chat,,,,,,\n",
    )
    assert problems == []
    first, second = agents
    assert (first.id, first.name, first.team) == ("007", "李娜", "East")
    assert first.skills == {"phone", "chat", "email"}
    assert first.second_skills == {"email"}
    assert first.availability == ((480, 1200), None, None, None, None, (1080, 1560), ())
    assert (first.hourly_cost, first.email) == (45.0, "li@example.com")
    assert (second.name, second.hourly_cost) == ("A2", None)  # without a name the id stands


def test_days_of_employment(tmp_path: Path) -> None:
    agents, problems = read(
        read_agents,
        tmp_path,
        "id,contract,skills,入职日期,last_day\n"
        "A1,full,x,2026-12-14,2026-12-14\nA2,full,x,,2026-12-20\nA3,full,x,2026-12-14,2026-12-13\n",
    )
    assert [(agent.first_day, agent.last_day) for agent in agents] == [
        (date(2026, 12, 14), date(2026, 12, 14)),
        (None, date(2026, 12, 20)),
    ]
    assert problems == [("input.dates_order", 4, "last_day")]


def test_family_names(tmp_path: Path) -> None:
    agents, problems = read(
        read_agents,
        tmp_path,
        "id,name,contract,skills,姓氏\n"
        "A1,Vincent van Gogh,full,x,van Gogh\nA2,Li Na,full,x,\nA3,Li Na,full,x,Wang\n",
    )
    assert [agent.family_name for agent in agents][:2] == ["van Gogh", ""]
    assert problems == [("input.family_name", 4, "family_name")]


def test_an_agent_is_there_once(tmp_path: Path) -> None:
    agents, problems = read(
        read_agents, tmp_path, "id,contract,skills\nA1,full,x\nA2,full,x\nA1,part,x\n"
    )
    assert [agent.contract for agent in agents] == ["full", "full"]
    assert problems == [("input.duplicate", 4, "id")]


def test_faulty_agents(tmp_path: Path) -> None:
    _, problems = read(
        read_agents,
        tmp_path,
        "id,contract,skills,hourly_cost,mon\nA1,,x,-5,20:00-08:00\n,full,,,\n",
    )
    assert problems == [
        ("input.blank_cell", 2, "contract"),
        ("input.negative_number", 2, "hourly_cost"),
        ("input.span_order", 2, "mon"),
        ("input.blank_cell", 3, "id"),
        ("input.blank_cell", 3, "skills"),
    ]


def test_shifts(tmp_path: Path) -> None:
    shifts, problems = read(
        read_shifts,
        tmp_path,
        "code,name,paid_minutes,earliest_start,latest_start,start_every,weekdays,breaks\n"
        "E8,Early,480,07:00,10:00,30,mon-fri,15 paid 01:30-02:45; 30 unpaid 03:30-05:00\n"
        "S8,,480,９：００,,,,240 split 04:00-05:00\n",
    )
    assert problems == []
    early, split = shifts
    assert list(early.starts) == [420, 450, 480, 510, 540, 570, 600]
    assert early.weekdays == {0, 1, 2, 3, 4}
    assert early.breaks == (BreakRule(15, True, 90, 165), BreakRule(30, False, 210, 300))
    assert early.length_min == 510  # 480 paid and 30 unpaid
    assert split.breaks == (BreakRule(240, False, 240, 300, BreakKind.SPLIT),)
    assert (split.name, list(split.starts), split.weekdays) == ("S8", [540], frozenset(range(7)))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("480,07:00,06:00,30,", ("input.start_order", 2, "latest_start")),
        ("480,07:01,,30,", ("input.off_grid", 2, "earliest_start")),
        ("480,07:00,08:00,18,", ("input.off_grid", 2, "start_every")),
        ("473,07:00,,30,", ("input.off_grid", 2, "paid_minutes")),
        ("480,07:00,,0,", ("input.start_every_zero", 2, "start_every")),
        ("0,07:00,,30,", ("input.paid_minutes_range", 2, "paid_minutes")),
        ("480,25:00,,30,", ("input.bad_start", 2, "earliest_start")),
        ("480,07:00,,30,12 paid 01:00-02:00", ("input.break_off_grid", 2, "breaks")),
        ("480,07:00,,30,15 paid 01:01-01:15", ("input.break_window_off_grid", 2, "breaks")),
        (
            "480,07:00,,30,60 paid 03:00-03:30;15 paid 03:00-03:45",
            ("input.break_order", 2, "breaks"),
        ),
        ("240,07:00,,30,30 paid 03:45-04:30", ("input.break_after_shift", 2, "breaks")),
        ("480,07:00,,30,15 tea 01:00-02:00", ("input.bad_break", 2, "breaks")),
        ("480,07:00,,30,15 paid 02:00-01:00", ("input.bad_break", 2, "breaks")),
    ],
)
def test_impossible_shifts(tmp_path: Path, row: str, fault: tuple[str, int, str]) -> None:
    heading = "code,paid_minutes,earliest_start,latest_start,start_every,breaks\n"
    shifts, problems = read(read_shifts, tmp_path, f"{heading}E8,{row}\n")
    assert problems == [fault]
    assert shifts == ()


def test_time_off(tmp_path: Path) -> None:
    found, problems = read(
        read_time_off,
        tmp_path,
        "agent,from,to,paid,kind\nA1,2026-12-01,2026/12/3,yes,annual\nA2,2026-12-01,,否,\n"
        "A3,2026-12-03,2026-12-01,,\n",
    )
    assert found == (
        TimeOff("A1", DAY, date(2026, 12, 3), True, "annual"),
        TimeOff("A2", DAY, DAY, False, "leave"),
    )
    assert problems == [("input.dates_order", 4, "to")]


def test_hours_off(tmp_path: Path) -> None:
    found, problems = read(
        read_time_off,
        tmp_path,
        "agent,from,from_time,to_time\nA1,2026-12-01,14:00,\nA2,2026-12-01,,11:00\n"
        "A3,2026-12-01,00:00,24:00\nA4,2026-12-01,14:00,13:00\nA5,2026-12-01,22:00,26:00\n",
    )
    assert [(off.from_minute, off.to_minute) for off in found] == [(840, None), (0, 660), (0, None)]
    assert [off.whole_days for off in found] == [False, False, True]
    assert problems == [("input.times_order", 5, "to_time"), ("input.times_order", 6, "to_time")]


def test_requests(tmp_path: Path) -> None:
    found, problems = read(
        read_requests,
        tmp_path,
        "agent,date,kind,value,weight\nA1,2026-12-01,day_off,,\nA1,2026-12-01,start_from,10:00,5\n"
        "A1,2026-12-01,end_by,26:00,\nA1,2026-12-01,shift,E8,\n"
        "A1,2026-12-01,shift,,\nA1,2026-12-01,end_by,late,\nA1,2026-12-01,holiday,,\n",
    )
    assert found == (
        Request("A1", DAY, RequestKind.DAY_OFF),
        Request("A1", DAY, RequestKind.START_FROM, 5.0, 600),
        Request("A1", DAY, RequestKind.END_BY, 10.0, 1560),
        Request("A1", DAY, RequestKind.SHIFT, 10.0, None, "E8"),
    )
    assert problems == [
        ("input.bad_choice", 8, "kind"),
        ("input.request_value", 6, "value"),
        ("input.bad_clock", 7, "value"),
    ]


def test_fixed(tmp_path: Path) -> None:
    found, problems = read(
        read_fixed,
        tmp_path,
        "agent,date,shift,start\nA1,2026-12-01,E8,08:30\nA2,2026-12-01,休,\nA1,2026-12-01,off,\n",
    )
    assert found == (FixedAssignment("A1", DAY, "E8", 510), FixedAssignment("A2", DAY, None))
    assert problems == [("input.duplicate", 4, "date")]


def test_adjustments(tmp_path: Path) -> None:
    found, problems = read(
        read_adjustments,
        tmp_path,
        "from,to,queue,from_time,to_time,percent,contacts,reason\n"
        "2026-12-01,,chat,18:00,24:00,+15%,,mail\n2026-12-01,,all,,,,-3,x\n"
        "2026-12-01,,,,,5,5,x\n2026-12-01,,,20:00,18:00,5,,x\n2026-12-01,,,,,-150,,x\n",
    )
    assert found == (
        Adjustment(DAY, DAY, "mail", "chat", 1080, 1440, 15.0),
        Adjustment(DAY, DAY, "x", None, contacts=-3.0),
    )
    assert problems == [
        ("input.bad_percent", 6, "percent"),
        ("input.percent_or_contacts", 4, "percent"),
        ("input.times_order", 5, "to_time"),
    ]
