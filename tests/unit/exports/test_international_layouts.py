"""Layouts held against rows made by hand from the vendors' documentation (named in each template).

Agent a000 works E8 from Monday 30 November 07:30 to 16:15 with a paid break 08:45–09:00 and an
unpaid one 10:30–11:15; a007 works the split shift 09:00–13:00 and 17:00–21:00.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from openpyxl import load_workbook
from shiftcast.data.errors import Problems
from shiftcast.data.shifts import Site

from tests.unit.exports.handed import NAMES, PLAN, SOURCE, codes, files_of, table_of


def test_deputy() -> None:
    rows = table_of("deputy", location="Main St")
    assert rows[0] == {
        "First Name": "Wang Min",
        "Last Name": "0",
        "Email": "a000@example.org",
        "Start Date": "2026-11-30",
        "Start Time": "07:30:00",
        "End Date": "2026-11-30",
        "End Time": "16:15:00",
        "Location": "Main St",
        "Area": "North",
        "Meal Break (Mins)": "45",
        "Meal Break Start Date": "2026-11-30",
        "Meal Break Start Time": "10:30:00",
        "Meal Break End Date": "2026-11-30",
        "Meal Break End Time": "11:15:00",
        "Rest Break Start Date": "2026-11-30",
        "Rest Break Start Time": "08:45:00",
        "Rest Break End Date": "2026-11-30",
        "Rest Break End Time": "09:00:00",
        "Comment": "phone",
        "Published": "No",
        "Open": "No",
    }
    # a002's late shift ends on the next date.
    late = next(row for row in rows if row["Email"] == "a002@example.org")
    assert (late["Start Date"], late["End Date"]) == ("2026-11-30", "2026-12-01")


def test_deputy_has_the_family_name_where_it_is_written_first() -> None:
    """Of a Chinese centre, whose people are called Wang Min 0 and so on here."""
    agents = (replace(PLAN.problem.agents[0], name="Zheng Jianguo"), *PLAN.problem.agents[1:])
    problem = replace(PLAN.problem, agents=agents)
    centre = replace(PLAN.centre, agents=agents, family_first=True)
    row = table_of("deputy", replace(SOURCE, centre=centre, problem=problem), location="x")[0]
    assert (row["First Name"], row["Last Name"]) == ("Jianguo", "Zheng")


def test_deputy_takes_the_pieces_of_a_split_shift() -> None:
    own = [r for r in table_of("deputy", location="x") if r["Email"] == "a007@example.org"][:2]
    assert [(row["Start Time"], row["End Time"]) for row in own] == [
        ("09:00:00", "13:00:00"),
        ("17:00:00", "21:00:00"),
    ]


def test_ukg_pro_wfm() -> None:
    (content,) = files_of("ukg", replace(SOURCE, names=NAMES), org_job="Shop/Phone").values()
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    heading, first, *_ = sheet.iter_rows(values_only=True)
    assert heading == (
        "EMPLOYEE ID",
        "EMPLOYEE NAME",
        "ORG JOB",
        "ROLL OUT",
        *(f"Day {day}" for day in range(1, 8)),
    )
    early = ("1001",) * 5
    assert first == ("user-a000", "Wang Min 0", "Shop/Phone", "Yes", *early, None, None)


def test_ukg_takes_91_days_at_most() -> None:
    grid = replace(PLAN.grid, days=92)
    problems = Problems()
    longer = replace(SOURCE, problem=replace(PLAN.problem, grid=grid))
    assert files_of("ukg", longer, problems=problems, org_job="x") == {}
    assert codes(problems) == ["check.days"]
    assert "at most 91 days at once; the plan has 92" in str(next(iter(problems)))


def test_frappe_hr() -> None:
    rows = table_of("frappe-hr", replace(SOURCE, names=NAMES), company="Riverside")
    assert rows[0] == {
        "Employee": "user-a000",
        "Shift Type": "1001",
        "Company": "Riverside",
        "Start Date": "2026-11-30",
        "End Date": "2026-11-30",
        "Status": "Active",
    }


def test_infor() -> None:
    assert table_of("infor", job="CSR")[0] == {
        "EMP_NAME": "a000",
        "EMP_TEAM": "North",
        "EMP_JOB": "CSR",
        "SHIFT_LABEL": "E8",
        "START_DATE": "11/30/2026",
        "END_DATE": "11/30/2026",
        "ACTION": "ADD",
    }


def test_humanforce() -> None:
    assert table_of("humanforce")[0] == {
        "HR Code": "a000",
        "Name": "Wang Min 0",
        "Date": "30/11/2026",
        "Start Time": "07:30",
        "End Time": "16:15",
        "Break Duration": "45",
        "Break Time": "10:30",
    }


def test_google_calendar_gives_everybody_a_file_of_their_own() -> None:
    files = files_of("google-calendar")
    assert sorted(files) == [f"google-calendar/a{i:03d}.csv" for i in range(10)]
    text = files["google-calendar/a002.csv"].decode()
    assert "Zhang Wei" not in text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0] == {
        "Subject": "Late",
        "Start Date": "11/30/2026",
        "Start Time": "3:30 PM",
        "End Date": "12/01/2026",
        "End Time": "12:15 AM",
        "All Day Event": "False",
        "Description": "17:15-17:30;19:00-19:45",
        "Location": "",
        "Private": "True",
    }


def test_what_deputy_must_have_is_told_of_everybody_at_once() -> None:
    agents = tuple(
        replace(agent, email="" if i < 2 else agent.email, team="" if i == 1 else agent.team)
        for i, agent in enumerate(PLAN.problem.agents)
    )
    problems = Problems()
    source = replace(SOURCE, problem=replace(PLAN.problem, agents=agents))
    assert files_of("deputy", source, problems=problems) == {}
    told = [(p.code.removeprefix("exports.check."), p.column, p.params) for p in problems]
    assert [(code, column, params.get("agent")) for code, column, params in told] == [
        ("no_value", None, None),
        ("empty", "Email", "a000"),
        ("empty", "Area", "a001"),
        ("empty", "Email", "a001"),
    ]


def test_a_site_of_another_time_zone_gets_its_own_clock() -> None:
    """Urumqi is two hours behind the centre."""
    shifts = tuple(replace(shift, site="West") for shift in PLAN.problem.shifts)
    problem = replace(PLAN.problem, shifts=shifts, sites=(Site("West", "Asia/Urumqi"),))
    first = table_of("deputy", replace(SOURCE, problem=problem), location="Main St")[0]
    assert (first["Start Time"], first["Rest Break Start Time"]) == ("05:30:00", "06:45:00")
