"""Bad input: a clear error on stderr, status 2 (or 3), and nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import AGENTS, CONFIG, Shiftcast, contacts


def wrong_kind(path: Path) -> None:
    """200 MB that call themselves a CSV; a sparse file, so that the test does not write them."""
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(200_000_000)


def text(content: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8")

    return write


CASES: dict[str, tuple[str, Callable[[Path], None], list[str]]] = {
    "an empty file": (
        "contacts.csv",
        text(""),
        ["error: contacts.csv: The file is empty."],
    ),
    "a missing column": (
        "contacts.csv",
        text(contacts().replace("offered", "xyz", 1)),
        ["error: contacts.csv, column offered: No column holds 'offered'"],
    ),
    "a negative volume": (
        "contacts.csv",
        text(contacts().replace(",12,", ",-12,", 2)),
        ["error: contacts.csv, row 4, column offered:", "error: contacts.csv, row 5, column"],
    ),
    "a duplicate agent": (
        "agents.csv",
        text(AGENTS + "A1,Again,Red,full,phone\n"),
        ["error: agents.csv, row 8, column id: 'A1' is already in row 2."],
    ),
    "an unknown skill": (
        "agents.csv",
        text(AGENTS.replace("full,phone", "full,fax", 2)),
        ["error: agents.csv, row 2, column skills:", "error: agents.csv, row 3, column skills:"],
    ),
    "a shift longer than its contract": (
        "shiftcast.toml",
        text(CONFIG.replace("hourly_cost", "hours_per_week = 6\nhourly_cost")),
        ["Shift E8 has 8 paid hours", "Shift L8 has 8 paid hours"],
    ),
    "mixed UTC offsets": (
        "contacts.csv",
        text(contacts().replace("08:00:00,", "08:00:00+08:00,").replace("09:00:00,", "09:00:00Z,")),
        ["error: contacts.csv, row 3, column timestamp: The file mixes UTC offsets"],
    ),
    "a date that does not exist": (
        "contacts.csv",
        text(contacts().replace("2026-11-10T08", "2026-02-30T08")),
        ["error: contacts.csv, row 14, column timestamp: The date '2026-02-30T08:00:00'"],
    ),
    "a large file of the wrong kind": (
        "contacts.csv",
        wrong_kind,
        ["error: contacts.csv: "],
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("command", ["plan", "check"])
def test_bad_input_is_told_and_leaves_nothing(
    centre: Path, shiftcast: Shiftcast, name: str, command: str
) -> None:
    file, write, told = CASES[name]
    write(centre / file)
    before = sorted(centre.iterdir())
    result = shiftcast(command, "--workspace", centre)
    assert result.exit_code == 2
    for words in told:
        assert words in result.stderr
    assert len(result.stderr.splitlines()) == len(told)
    assert result.stdout == ""
    assert sorted(centre.iterdir()) == before


def test_a_roster_that_cannot_exist_ends_with_three(centre: Path, shiftcast: Shiftcast) -> None:
    """Seven days a week, and never more than five together."""
    config = CONFIG.replace("days_per_week = [4, 5]", "days_per_week = 7\nmax_consecutive_days = 5")
    (centre / "shiftcast.toml").write_text(config)
    result = shiftcast("plan", "--workspace", centre, "--seconds", 5)
    assert result.exit_code == 3
    assert "error: 6 agents (A1, A2, A3, A4, A5, A6): for none of them a week keeps" in (
        result.stderr
    )
    assert not (centre / "plans").exists()


def test_check_tells_the_problems_of_all_files_at_once(centre: Path, shiftcast: Shiftcast) -> None:
    """Also of the scenarios and of the roster that was worked before."""
    (centre / "agents.csv").write_text(AGENTS.replace("full,phone", "full,fax", 1))
    (centre / "contacts.csv").write_text(contacts().replace(",12,", ",-12,", 1))
    result = shiftcast("check", "--workspace", centre)
    assert result.exit_code == 2
    assert "agents.csv, row 2, column skills" in result.stderr
    assert "contacts.csv, row 4, column offered" in result.stderr

    (centre / "agents.csv").write_text(AGENTS)
    (centre / "scenarios").mkdir()
    (centre / "scenarios" / "x.toml").write_text("volume = {fax = 2}")
    (centre / "previous_roster.csv").write_text("employee_id,date\nA1,2026-11-29\n")
    result = shiftcast("check", "--workspace", centre)
    for place in ("contacts.csv, row 4", "x.toml, row 1, column volume.fax", "previous_roster.csv"):
        assert f"error: {place}" in result.stderr


def test_problems_that_are_alike_are_one_line(centre: Path, shiftcast: Shiftcast) -> None:
    agents = "".join(f"A1,Agent {i},Red,full,phone\n" for i in range(80))
    (centre / "agents.csv").write_text("id,name,team,contract,skills\n" + agents)
    result = shiftcast("check", "--workspace", centre)
    (line,) = (line for line in result.stderr.splitlines() if "agents.csv" in line)
    assert line.startswith("error: agents.csv, row 3, column id: ")
    assert "The same of 78 more: row 4, row 5, " in line
    programs = shiftcast("check", "--workspace", centre, "--json")
    assert programs.stderr.count('"file": "agents.csv"') == 79


def test_problems_are_json_for_programs(centre: Path, shiftcast: Shiftcast) -> None:
    import json

    (centre / "agents.csv").write_text(AGENTS + "A1,Again,Red,full,phone\n")
    result = shiftcast("check", "--workspace", centre, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    found = json.loads(result.stderr)
    assert found["schema_version"] == 1
    (problem,) = found["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == ("agents.csv", 8, "id")
    assert problem.keys() >= {"severity", "code", "message", "hint"}


def test_a_folder_without_a_centre_is_told(tmp_path: Path, shiftcast: Shiftcast) -> None:
    for command in ("plan", "check", "plans", "publish", "export", "report", "staff", "roster"):
        result = shiftcast(command, "--workspace", tmp_path)
        assert result.exit_code == 2
        assert result.stderr == (
            f"error: There is no centre in {tmp_path}: it has no shiftcast.toml. Name its folder "
            "with --workspace, or make one with `shiftcast init FOLDER --sample`.\n"
        )


def test_a_date_that_does_not_exist_is_refused_as_an_option(
    centre: Path, shiftcast: Shiftcast
) -> None:
    result = shiftcast("plan", "--workspace", centre, "--start", "2026-02-30")
    assert result.exit_code == 2
    assert "2026-02-30 is not a date" in result.stderr


def test_an_unexpected_error_is_told_shortly(
    centre: Path, shiftcast: Shiftcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the traceback only where it is asked for."""

    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("shiftcast.cli.workspace.folder.read_centre", broken)
    result = shiftcast("check", "--workspace", centre)
    assert result.exit_code == 70
    assert "our mistake (RuntimeError: boom)" in result.stderr
    assert "Traceback" not in result.stderr
    result = shiftcast("--debug", "check", "--workspace", centre)
    assert "Traceback" in result.stderr


def test_ctrl_c_says_that_nothing_was_written(
    centre: Path, shiftcast: Shiftcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shiftcast.cli.workspace.plan_files.write_report", stopped)
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1)
    assert result.exit_code == 130
    assert result.stderr == "Stopped. Nothing was written.\n"
    assert not (centre / "plans").exists()


def test_a_disk_that_cannot_be_written_is_told(centre: Path, shiftcast: Shiftcast) -> None:
    (centre / "plans").write_text("a file where the folder should be")
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1)
    assert result.exit_code == 2
    assert "plans: File exists. Nothing was written." in result.stderr
