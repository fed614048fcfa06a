"""simulate: a plan's roster played many times."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shiftcast

PLAN = "2026-11-30-7d-01"


def result_of(shiftcast: Shiftcast, *arguments: object) -> dict[str, Any]:
    result = shiftcast("simulate", *arguments, "--json")
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_a_plan_is_played(planned: Path, shiftcast: Shiftcast) -> None:
    said = result_of(shiftcast, PLAN, "--workspace", planned, "-n", 50)
    assert (said["plan"], said["replications"], said["seed"]) == (PLAN, 50, 1)
    (queue,) = said["queues"]
    # 108 contacts a day; the forecast may move a little off that.
    assert queue["contacts"] == pytest.approx(7 * 108, rel=0.05)
    service = queue["service"]
    assert service["low"] < service["value"] < service["high"]
    assert service["formula"] == pytest.approx(service["value"], abs=0.05)
    (target,) = said["targets"]
    assert (target["target"], target["limit"]) == ("service_level", 0.8)
    assert target["reached"] == service["value"]
    assert target["chance_low"] <= target["chance"] <= target["chance_high"]
    assert len(said["days"]) == 7


def test_the_same_seed_plays_the_same(planned: Path, shiftcast: Shiftcast) -> None:
    one, again, other = (
        result_of(shiftcast, "--workspace", planned, "-n", 5, "--seed", seed) for seed in (4, 4, 5)
    )
    assert one == again
    assert one["queues"] != other["queues"]


def test_people_get_tables(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("simulate", "--workspace", planned, "-n", 20)
    assert result.exit_code == 0, result.output
    assert "Mon 30 Nov – Sun 6 Dec 2026, played 20 times" in result.stdout
    assert "service level at least" in result.stdout
    chinese = shiftcast("simulate", "--workspace", planned, "-n", 20, "--lang", "zh-CN")
    assert "共模拟 20 次" in chinese.stdout


def test_every_interval_goes_into_a_file(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    file = tmp_path / "simulated.csv"
    result_of(shiftcast, "--workspace", planned, "-n", 20, "--output", file)
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    levels = [row["level"] for row in rows]
    # One queue, and in everything but intervals the sum of all queues.
    expected = {"total": 2, "week": 2, "day": 14, "interval": 168}
    assert {level: levels.count(level) for level in expected} == expected
    night = next(row for row in rows if row["start"] == "2026-11-30T03:00:00+08:00")
    assert (night["contacts"], night["service_level"]) == ("0.0", "")


def test_an_unknown_plan_is_told(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("simulate", "2026-01-01-7d-01", "--workspace", planned)
    assert result.exit_code == 2
    assert PLAN in result.stderr
