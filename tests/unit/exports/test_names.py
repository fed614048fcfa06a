"""exports/employees.csv and shift_codes.csv: what other systems call people and shifts."""

from __future__ import annotations

from pathlib import Path

import pytest
from shiftcast.cli.exports.templates.names import Names, read_names
from shiftcast.data.errors import Problems

from tests.unit.exports.handed import codes


def _read(folder: Path, problems: Problems, *, needed: bool = True) -> Names:
    return read_names(folder, "dingtalk", employees=needed, shifts=needed, problems=problems)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "employees.csv").write_text("employee_id,feishu,DingTalk\nA1,f1,'0071\nA2,,\n")
    (tmp_path / "shift_codes.csv").write_text(
        "shift_code,start,dingtalk\nE8,,100\nE8,7:30,101\nL8,14:00,200\n"
    )
    return tmp_path


def test_names_are_those_of_the_systems_column(folder: Path) -> None:
    problems = Problems()
    names = _read(folder, problems)
    assert list(problems) == []
    assert [names.employee(agent) for agent in ("A1", "A2", "A3")] == ["0071", None, None]
    assert names.shift("E8", "07:30") == "101"
    assert names.shift("E8", "08:00") == "100"
    assert names.shift("L8", "15:00") is None


def test_a_system_without_names_of_its_own_takes_ours(tmp_path: Path) -> None:
    problems = Problems()
    names = _read(tmp_path, problems, needed=False)
    assert (names.employee("A1"), names.shift("E8", "08:00")) == ("A1", "E8")
    assert list(problems) == []


def test_what_a_system_needs_is_told(tmp_path: Path) -> None:
    problems = Problems()
    _read(tmp_path, problems)
    assert codes(problems) == ["names.no_file", "names.no_file"]


def test_a_missing_column_matters_only_if_it_is_needed(folder: Path) -> None:
    (folder / "employees.csv").write_text("employee_id,feishu\nA1,f1\n")
    problems = Problems()
    assert _read(folder, problems, needed=False).employee("A1") == "A1"
    assert list(problems) == []
    _read(folder, problems)
    assert codes(problems) == ["names.no_column"]


def test_two_people_with_one_id_and_a_start_that_is_no_clock(folder: Path) -> None:
    (folder / "employees.csv").write_text("employee_id,dingtalk\nA1,7\nA2,7\n")
    (folder / "shift_codes.csv").write_text("shift_code,start,dingtalk\nE8,early,1\n")
    problems = Problems()
    _read(folder, problems)
    assert [p.code for p in problems] == ["exports.names.twice", "input.bad_clock"]
    assert next(iter(problems)).params["agents"] == "A1, A2"
