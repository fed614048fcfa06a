"""meetings, shift_demand, and what the files say of sites, skills, breaks and forbidden shifts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from said_to_planner import told
from shiftcast.data.centre import Centre
from shiftcast.data.errors import InputError, Problems, Severity
from shiftcast.data.people import FixedAssignment, Request, RequestKind
from shiftcast.data.presence import Meeting
from shiftcast.data.readers.meetings import read_meetings
from shiftcast.data.readers.people import read_agents
from shiftcast.data.readers.requests import read_fixed, read_requests
from shiftcast.data.readers.shift_demand import read_shift_demand
from shiftcast.data.readers.shifts import read_shifts
from shiftcast.data.readers.tables import open_table
from shiftcast.data.readers.workspace import read_centre
from shiftcast.data.shifts import BreakPlan, BreakRule, ShiftKind, Site, WantedShift

DAY = date(2026, 12, 1)
TEA = BreakRule(15, True, 60, 120)


def read(
    reader: Callable[..., Any], tmp_path: Path, text: str, *settings: object
) -> tuple[Any, list[tuple[str, int | None, str | None]]]:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    source = open_table(path, problems)
    assert source is not None
    found = reader(source, problems, *settings)
    return (None if found is None else found[0]), told(problems)


def test_meetings(tmp_path: Path) -> None:
    found, problems = read(
        read_meetings,
        tmp_path,
        "会议,agents,班组,minutes,from,to,from_time,to_time,one_time,weight\n"
        "talk,A1;A2,,45,2026-12-01,2026-12-03,09:00,17:00,no,20\n"
        "stand-up,,East,15,2026-12-01,,,,,\n",
    )
    assert problems == []
    assert found == (
        Meeting("talk", 45, DAY, date(2026, 12, 3), ("A1", "A2"), "", 540, 1020, False, 20.0),
        Meeting("stand-up", 15, DAY, DAY, (), "East"),
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("talk,,,45,2026-12-01,,,", ("input.meeting_people", 2, "team")),
        ("talk,A1,East,45,2026-12-01,,,", ("input.meeting_people", 2, "team")),
        ("talk,A1,,0,2026-12-01,,,", ("input.meeting_minutes", 2, "minutes")),
        ("talk,A1,,7,2026-12-01,,,", ("input.meeting_minutes", 2, "minutes")),
        ("talk,A1,,45,2026-12-01,,09:00,09:30", ("input.meeting_hours", 2, "to_time")),
        ("talk,A1,,45,2026-12-01,2026-11-30,,", ("input.dates_order", 2, "to")),
    ],
)
def test_impossible_meetings(tmp_path: Path, row: str, fault: tuple[str, int, str]) -> None:
    heading = "name,agents,team,minutes,from,to,from_time,to_time\n"
    assert read(read_meetings, tmp_path, f"{heading}{row}\n") == ((), [fault])


def test_shifts_wanted(tmp_path: Path) -> None:
    found, problems = read(
        read_shift_demand,
        tmp_path,
        "日期,班次,需求人数,under,over\n2026-12-01,E8,4,,\n2026-12-01,L8,2,50,0\n2026-12-01,E8,5,,\n",
    )
    assert found == (WantedShift(DAY, "E8", 4), WantedShift(DAY, "L8", 2, 50.0, 0.0))
    assert problems == [("input.duplicate", 4, "shift")]


def test_skills_with_their_proficiency(tmp_path: Path) -> None:
    agents, problems = read(
        read_agents,
        tmp_path,
        "id,contract,skills,second_skills,职场\n"
        "A1,full,phone；chat：0.8,email:1.2,Porto\nA2,full,tier:one;chat:1,,\n",
    )
    assert problems == []
    first, second = agents
    assert first.skills == {"phone", "chat", "email"}
    assert first.second_skills == {"email"}
    assert first.proficiency == (("email", 1.2), ("chat", 0.8))
    assert (first.site, second.site) == ("Porto", "")
    assert second.skills == {"tier:one", "chat"}  # no number behind the colon: part of the name
    assert second.proficiency == ()


@pytest.mark.parametrize("level", ["0", "-1", "80"])
def test_a_proficiency_that_cannot_be_meant(tmp_path: Path, level: str) -> None:
    _, problems = read(read_agents, tmp_path, f"id,contract,skills\nA1,full,chat:{level}\n")
    assert problems == [("input.bad_proficiency", 2, "skills")]


def test_kinds_of_shifts_and_breaks_by_length(tmp_path: Path) -> None:
    plans = (BreakPlan(300, (TEA,)),)
    shifts, problems = read(
        read_shifts,
        tmp_path,
        "code,paid_minutes,earliest_start,breaks,kind,not_before,site\n"
        "E8,480,07:00,,,,\nP4,240,07:00,,,,\nX8,480,07:00,none,,,\n"
        "N8,480,22:00,15 paid 02:00-04:00 工作满 02:00,,E8；P4,Porto\nS8,480,07:00,,待命,,\n",
        plans,
    )
    assert problems == []
    early, short, plain, night, standby = shifts
    assert early.breaks == standby.breaks == (TEA,)
    assert short.breaks == plain.breaks == ()  # too short for the plan; none asked for
    assert night.breaks == (BreakRule(15, True, 120, 240, gap_min=120),)
    assert (night.not_before, night.site) == ({"E8", "P4"}, "Porto")
    assert (early.kind, standby.kind) == (ShiftKind.WORK, ShiftKind.ON_CALL)


def test_breaks_of_the_plan_that_do_not_fit_the_shift(tmp_path: Path) -> None:
    plans = (BreakPlan(60, (BreakRule(15, True, 100, 120),)),)
    shifts, problems = read(
        read_shifts, tmp_path, "code,paid_minutes,earliest_start\nP2,90,08:00\n", plans
    )
    assert (shifts, problems) == ((), [("input.break_after_shift", 2, "breaks")])


def test_shifts_that_must_not_be(tmp_path: Path) -> None:
    found, problems = read(
        read_fixed,
        tmp_path,
        "agent,date,shift,kind\nA1,2026-12-01,E8,\nA1,2026-12-01,L8,forbidden\n"
        "A1,2026-12-01,N8,禁止\nA2,2026-12-01,off,forbidden\nA1,2026-12-01,L8,forbidden\n",
    )
    assert found == (
        FixedAssignment("A1", DAY, "E8"),
        FixedAssignment("A1", DAY, "L8", forbidden=True),
        FixedAssignment("A1", DAY, "N8", forbidden=True),
        FixedAssignment("A2", DAY, None, forbidden=True),  # has to work on the day
    )
    assert problems == [("input.duplicate", 6, "date")]


def test_a_wish_not_to_work_a_shift(tmp_path: Path) -> None:
    found, problems = read(
        read_requests,
        tmp_path,
        "agent,date,kind,value\nA1,2026-12-01,shift_off,N8\nA1,2026-12-01,不上班次,\n",
    )
    assert found == (Request("A1", DAY, RequestKind.SHIFT_OFF, shift_code="N8"),)
    assert problems == [("input.request_value", 3, "value")]


CONFIG = """\
[centre]
name = "Small"
time_zone = "Asia/Shanghai"
[[queue]]
name = "phone"
[[contract]]
id = "full"
"""
FILES = {
    "agents": "id,contract,skills,team,site\nA1,full,phone;senior,East,Porto\nA2,full,phone,,\n",
    "shifts": "code,paid_minutes,earliest_start,site\nE8,480,08:00,Porto\nL8,480,14:00,\n",
    "meetings": "name,agents,team,minutes,from\ntalk,,East,30,2026-12-01\n",
    "shift_demand": "date,shift,wanted\n2026-12-01,E8,1\n",
}


def folder(tmp_path: Path, config: str = "", **changes: str) -> Path:
    (tmp_path / "shiftcast.toml").write_text(CONFIG + config, encoding="utf-8")
    for name, text in {**FILES, **changes}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def faults(tmp_path: Path, config: str = "", **changes: str) -> list[str]:
    with pytest.raises(InputError) as error:
        read_centre(folder(tmp_path, config, **changes))
    told(error.value.problems)
    return [p.code for p in error.value.problems if p.severity is Severity.ERROR]


SENIOR = '[[least_staffing]]\nagents = 1\nskill = "senior"\n'


def test_everything_reaches_the_centre(tmp_path: Path) -> None:
    text = SENIOR + '[[seat_limit]]\nseats = 1\n[[apart]]\nagents = ["A1", "A2"]\n'
    centre: Centre = read_centre(folder(tmp_path, text)).centre
    assert [meeting.name for meeting in centre.meetings] == ["talk"]
    assert [wanted.shift_code for wanted in centre.wanted_shifts] == ["E8"]
    assert [staffing.skill for staffing in centre.least_staffing] == ["senior"]
    assert len(centre.seat_limits) == len(centre.pairings) == 1


def test_breaks_of_the_configuration_reach_the_shifts(tmp_path: Path) -> None:
    text = SENIOR + '[[breaks]]\nfrom_hours = 6\nbreaks = "15 paid 01:00-02:00"\n'
    centre = read_centre(folder(tmp_path, text)).centre
    assert [shift.breaks for shift in centre.shifts] == [(TEA,), (TEA,)]


def test_a_skill_that_neither_a_queue_nor_least_staffing_asks_for(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["input.unknown_skill"]


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("[rules.shift_limits]\nX8 = 1\n", "input.unknown_shift"),
        ('[[contract]]\nid = "b"\nshift_limits = { X8 = 1 }\n', "input.unknown_shift"),
        ('[[apart]]\nagents = ["A1", "A9"]\n', "input.unknown_agent"),
        (
            '[[least_staffing]]\nagents = 1\npeople = ["A1", "A9"]\n',
            "input.unknown_agent",
        ),
        (
            '[[least_staffing]]\nagents = 2\nteam = "East"\n',
            "input.least_staffing_impossible",
        ),
    ],
)
def test_names_that_the_configuration_gets_wrong(tmp_path: Path, config: str, code: str) -> None:
    assert faults(tmp_path, SENIOR + config) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"meetings": "name,agents,minutes,from\ntalk,A9,30,2026-12-01\n"}, "input.unknown_agent"),
        ({"meetings": "name,team,minutes,from\ntalk,Est,30,2026-12-01\n"}, "input.meeting_empty"),
        ({"shift_demand": "date,shift,wanted\n2026-12-01,X8,1\n"}, "input.unknown_shift"),
        (
            {"shifts": "code,paid_minutes,earliest_start,not_before\nE8,480,08:00,X8\n"},
            "input.unknown_shift",
        ),
        (
            {"shifts": "code,paid_minutes,earliest_start,site\nE8,480,08:00,Lisbon\n"},
            "input.site_without_shifts",
        ),
    ],
)
def test_names_that_the_files_get_wrong(tmp_path: Path, change: dict[str, str], code: str) -> None:
    assert code in faults(tmp_path, SENIOR, **change)


SITED = "code,paid_minutes,earliest_start,site\nE8,480,08:00,\nN8,480,00:30,Porto\n"


@pytest.mark.parametrize(
    ("zone", "codes"),
    [
        ("Asia/Urumqi", []),  # behind the centre's
        ("Asia/Tokyo", ["input.site_ahead"]),  # half past midnight is before the centre's
        ("Asia/Shanghai", []),
    ],
)
def test_a_site_with_a_clock_of_its_own(tmp_path: Path, zone: str, codes: list[str]) -> None:
    site = f'{SENIOR}[[site]]\nname = "Porto"\ntime_zone = "{zone}"\n'
    inputs = read_centre(folder(tmp_path, site, shifts=SITED))
    told(inputs.warnings)
    assert [problem.code for problem in inputs.warnings] == codes
    assert inputs.centre.sites == (Site("Porto", zone),)


def test_sites_that_the_settings_get_wrong(tmp_path: Path) -> None:
    unused = SENIOR + '[[site]]\nname = "Prto"\ntime_zone = "Europe/Lisbon"\n'
    assert faults(tmp_path, unused, shifts=SITED) == ["input.site_unused"]
    nowhere = SENIOR + '[[site]]\nname = "Porto"\ntime_zone = "Europe/Porto"\n'
    assert faults(tmp_path, nowhere, shifts=SITED) == ["config.time_zone"]
    twice = SENIOR + 2 * '[[site]]\nname = "Porto"\ntime_zone = "Europe/Lisbon"\n'
    assert faults(tmp_path, twice, shifts=SITED) == ["config.repeated"]
