"""The folders that `init` writes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from shiftcast.data.errors import InputError
from shiftcast.data.sample import write_empty, write_sample
from shiftcast.data.sample.tables import COLUMNS, PLANNER_FILES
from shiftcast.data.sample.workspace import history_grid


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_history_ends_on_the_sunday_before_double_12() -> None:
    """132 weeks from Monday 2024-05-27, so that the week to plan is 2026-12-07 … 13."""
    grid = history_grid()
    assert (grid.first_day, grid.last_day) == (date(2024, 5, 27), date(2026, 12, 6))


@pytest.mark.parametrize("today", [date(2026, 11, 8), date(2026, 11, 14)])
def test_another_today_ends_on_the_last_sunday(today: date) -> None:
    assert history_grid(today).last_day == date(2026, 11, 8)


@pytest.mark.parametrize("today", [date(2026, 7, 11), date(2026, 12, 27)])
def test_a_today_beyond_the_known_holidays_is_refused(today: date) -> None:
    with pytest.raises(ValueError, match="not within 2024-01-01 – 2026-12-31"):
        history_grid(today)


def test_the_sample_is_complete(sample_folder: Path) -> None:
    assert set(content(sample_folder)) == {
        "shiftcast.toml",
        *(f"{file}.csv" for file in COLUMNS),
        "scenarios/double12_twice_as_big.toml",
        "scenarios/five_away.toml",
    }


def test_the_same_seed_gives_the_same_bytes(sample_folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again")
    assert content(tmp_path / "again") == content(sample_folder)


def test_seed_today_and_language_change_what_they_should(
    sample_folder: Path, tmp_path: Path
) -> None:
    write_sample(tmp_path / "other", seed=2, today=date(2026, 11, 15), language="zh-CN")
    first, other = content(sample_folder), content(tmp_path / "other")
    assert not {name for name in first if name != "shifts.csv" and first[name] == other[name]}
    assert b"\n2026-11-15 23:45,email," in other["contacts.csv"]
    assert b"\n2026-11-16" not in other["contacts.csv"]
    assert "早班" in other["shifts.csv"].decode()
    config = tomllib.loads(other["shiftcast.toml"].decode())
    assert (config["centre"]["name"], config["centre"]["language"]) == ("示例客服中心", "zh-CN")


def test_the_previous_roster_is_last_week_s(sample_folder: Path) -> None:
    roster = pd.read_csv(sample_folder / "previous_roster.csv")
    assert (roster["date"].min(), roster["date"].max()) == ("2026-11-30", "2026-12-06")
    assert roster["employee_id"].nunique() == 60
    assert (roster["status"] == "published").all()


def test_the_scenarios_are_about_the_week_to_plan(sample_folder: Path) -> None:
    twice, away = (
        tomllib.loads((sample_folder / "scenarios" / f"{name}.toml").read_text("utf-8"))
        for name in ("double12_twice_as_big", "five_away")
    )
    assert twice["name"] == "Double 12 twice as big"
    calendar = pd.read_csv(sample_folder / "calendar.csv")
    coming = calendar[calendar["date"].between("2026-12-07", "2026-12-31")]
    assert set(coming["type"]) == {"double12"}
    every_phase, returns = twice["promotion"]
    sizes = dict.fromkeys(coming["phase"], every_phase["size"]) | {"returns": returns["size"]}
    assert sizes == (2 * coming.set_index("phase")["size"]).to_dict()
    assert away["absence"] == [{"count": 5, "from": date(2026, 12, 7), "to": date(2026, 12, 13)}]


def test_an_empty_centre_has_every_file_with_its_headings(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    write_empty(folder, "Mine", "Europe/Berlin", country="DE", interval_min=30, first_weekday=6)
    files = content(folder)
    assert set(files) == {"shiftcast.toml", *(f"{file}.csv" for file in PLANNER_FILES)}
    for file in PLANNER_FILES:
        assert files[f"{file}.csv"].decode("utf-8-sig") == ",".join(COLUMNS[file]) + "\n"
    assert tomllib.loads(files["shiftcast.toml"].decode())["centre"] == {
        "name": "Mine",
        "routing": "roster",
        "time_zone": "Europe/Berlin",
        "country": "DE",
        "interval_minutes": 30,
        "first_weekday": "sunday",
        "language": "en",
    }


def test_an_unknown_time_zone_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        write_empty(tmp_path / "centre", "Mine", "Berlin")
    (problem,) = error.value.problems
    assert problem.message() == "Berlin is not a time zone."
    assert problem.hint() == "Use a name such as Europe/Berlin or Asia/Shanghai."
    assert list(tmp_path.iterdir()) == []
