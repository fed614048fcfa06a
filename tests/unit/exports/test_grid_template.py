import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.cli.exports.templates.fields import value_of
from shiftcast.cli.exports.templates.library import find_template
from shiftcast.cli.exports.templates.making import export_files
from shiftcast.cli.exports.templates.rows import ShiftRow, Source
from shiftcast.data.errors import Problems
from shiftcast.data.people import Agent
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=6)


def _grid(
    language: str, agents: tuple[Agent, ...] = PLAN.centre.agents, roster: Roster = PLAN.roster
) -> list[dict[str, str]]:
    problem = replace(PLAN.problem, agents=agents)
    source = Source(PLAN.centre, problem, roster, language)
    files = export_files(find_template("grid", Path("none")), source, Problems())
    text = files["roster_grid.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("language", "off", "leave", "monday", "person"),
    [
        ("en", "off", "leave", "2026-11-30 Mon", "Employee"),
        ("zh-CN", "休", "假", "2026-11-30 周一", "工号"),
    ],
)
def test_every_agent_and_date_has_a_cell(
    language: str, off: str, leave: str, monday: str, person: str
) -> None:
    rows = _grid(language)
    assert [row[person] for row in rows] == [agent.id for agent in PLAN.centre.agents]
    # Agent 0 works Monday to Friday (day + 0) % 7 < 5; its shift is E8 from 07:30, 8 h paid and
    # 45 min unpaid meal.
    first = list(rows[0].values())
    assert rows[0][monday] == "E8 07:30–16:15"
    assert first[3:10].count(off) == 2
    assert first[-1] == "40.0"
    # a003 is on leave on Tuesday and Wednesday.
    assert list(rows[3].values())[4:6] == [leave, leave]


@pytest.mark.parametrize(
    ("assignment", "label"),
    [
        (Assignment("a000", 0, "N8", 22 * 60, 30 * 60), "N8 22:00–06:00 (+1)"),
        (Assignment("a000", 1, "E8", 1440 + 480, 1440 + 960), "E8 08:00–16:00"),
    ],
)
def test_an_end_on_the_next_date_says_so(assignment: Assignment, label: str) -> None:
    source = Source(PLAN.centre, PLAN.problem, PLAN.roster, "en")
    agent = PLAN.centre.agents[0]
    row = ShiftRow(
        source, agent, assignment.day, "work", assignment, 1, assignment.start, assignment.end
    )
    assert value_of("shift_label", row) == label


def test_a_hostile_name_is_harmless_and_shifts_before_the_grid_are_left_out() -> None:
    agents = (replace(PLAN.centre.agents[0], name="=cmd|calc"), *PLAN.centre.agents[1:])
    last_week = Assignment("a000", -1, "E8", -900, -420)
    row = _grid("en", agents, Roster(PLAN.grid, (last_week,)))[0]
    assert row["Name"] == "'=cmd|calc"
    assert set(list(row.values())[3:10]) == {"off"}
    assert row["Paid hours"] == "0.0"
