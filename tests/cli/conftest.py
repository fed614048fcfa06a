"""A centre small enough to be planned in a second: one queue, six agents, three weeks of history
(too short for Prophet, which makes it quick), hourly intervals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from shiftcast.cli.app import app
from typer.testing import CliRunner, Result

from tests.cli.json_shapes import faults, schema_of

FIRST_DAY = date(2026, 11, 9)
HISTORY_DAYS = 21
MONDAY = FIRST_DAY + timedelta(days=HISTORY_DAYS)  # 2026-11-30, the week to plan

CONFIG = """
[centre]
name = "Small centre"
time_zone = "Asia/Shanghai"
interval_minutes = 60

[contacts]
unit = "contacts"

[[queue]]
name = "phone"
service_level = 0.8
within_seconds = 20
patience_seconds = 180
[queue.opening]
mon-sun = "08:00-20:00"

[[contract]]
id = "full"
days_per_week = [4, 5]
hourly_cost = 30.0

[rules]
rest_hours = 11

[roster]
seconds = 2
seed = 1
"""
AGENTS = "id,name,team,contract,skills\n" + "".join(
    f"A{i},Agent {i},{'Red' if i % 2 else 'Blue'},full,phone\n" for i in range(1, 7)
)
SHIFTS = (
    "code,name,paid_minutes,earliest_start,latest_start,start_every,breaks\n"
    "E8,Early,480,08:00,08:00,60,60 unpaid 04:00-05:00\n"
    "L8,Late,480,11:00,11:00,60,60 unpaid 03:00-05:00\n"
)
REQUESTS = "agent,date,kind,value,weight\nA1,2026-12-02,day_off,,10\n"


def contacts() -> str:
    """Twelve contacts an hour from 10 to 16, six in the other open hours."""
    rows = ["timestamp,queue,offered,aht_s"]
    for day in range(HISTORY_DAYS):
        for hour in range(8, 20):
            at = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time())
            busy = 12 if 10 <= hour < 16 else 6
            rows.append(f"{at + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S},phone,{busy},300")
    return "\n".join(rows) + "\n"


def write_centre(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "shiftcast.toml": CONFIG,
        "contacts.csv": contacts(),
        "agents.csv": AGENTS,
        "shifts.csv": SHIFTS,
        "requests.csv": REQUESTS,
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


Shiftcast = Callable[..., Result]


@pytest.fixture(autouse=True)
def isolated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test sees the folder or the settings of who runs it, or what was learned before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("SHIFTCAST_DEBUG", raising=False)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    return write_centre(tmp_path / "centre")


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small centre with one plan; never to be changed, `planned` copies it."""
    folder = write_centre(tmp_path_factory.mktemp("planned") / "centre")
    result = CliRunner().invoke(app, ["plan", "--workspace", str(folder), "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    import shutil

    return shutil.copytree(planned_once, tmp_path / "centre")


@pytest.fixture
def shiftcast() -> Shiftcast:
    """Runs a command: `shiftcast("plan", "--workspace", folder)`. JSON that it prints is held to
    the schema of the command."""

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if "--json" in arguments and result.stdout:
            schema = schema_of(str(arguments[0]))
            assert list(faults(json.loads(result.stdout), schema, schema)) == []
        return result

    return run
