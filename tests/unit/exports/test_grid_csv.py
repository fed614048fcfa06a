import csv
from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.cli.exports.grid_csv import shift_cell, write_grid
from shiftcast.data.grid import TimeGrid
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories_plan import FIRST_DAY, make_plan

PLAN = make_plan(agents=6)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("language", "off", "leave", "monday", "person"),
    [
        ("en", "off", "leave", "2026-11-30 Mon", "Employee"),
        ("zh-CN", "休", "假", "2026-11-30 周一", "工号"),
    ],
)
def test_every_agent_and_date_has_a_cell(
    tmp_path: Path, language: str, off: str, leave: str, monday: str, person: str
) -> None:
    write_grid(tmp_path / "grid.csv", PLAN.problem, PLAN.roster, language)
    rows = _read(tmp_path / "grid.csv")
    assert [row[person] for row in rows] == [agent.id for agent in PLAN.centre.agents]
    # Agent 0 works Monday to Friday (day + 0) % 7 < 5; its shift is E8 from 07:30, 8 h paid and
    # 45 min unpaid meal.
    first = list(rows[0].values())
    assert rows[0][monday] == "E8 07:30–16:15"
    assert first[3:10].count(off) == 2
    assert first[-1] == "40.0"
    # a003 is on leave on Tuesday and Wednesday.
    assert list(rows[3].values())[4:6] == [leave, leave]


def test_an_end_on_the_next_date_says_so() -> None:
    grid = TimeGrid(FIRST_DAY, 7, 15, "Asia/Shanghai")
    night = Assignment("a000", 0, "N8", 22 * 60, 30 * 60)
    assert shift_cell(night, grid) == "N8 22:00–06:00 (+1)"
    day = Assignment("a000", 1, "E8", 1440 + 480, 1440 + 960)
    assert shift_cell(day, grid) == "E8 08:00–16:00"


def test_a_hostile_name_is_harmless_and_shifts_before_the_grid_are_left_out(
    tmp_path: Path,
) -> None:
    agents = (replace(PLAN.centre.agents[0], name="=cmd|calc"), *PLAN.centre.agents[1:])
    problem = replace(PLAN.problem, agents=agents)
    last_week = Assignment("a000", -1, "E8", -900, -420)
    write_grid(tmp_path / "grid.csv", problem, Roster(problem.grid, (last_week,)), "en")
    row = _read(tmp_path / "grid.csv")[0]
    assert row["Name"] == "'=cmd|calc"
    assert set(list(row.values())[3:10]) == {"off"}
    assert row["Paid hours"] == "0.0"
