"""capacity: the weeks to come, as a table, a file and JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shiftcast


def test_weeks_to_come(planned: Path, shiftcast: Shiftcast) -> None:
    file = planned / "capacity.csv"
    asked = ("capacity", "--workspace", planned, "--weeks", 2)
    page = planned / "capacity.html"
    result = shiftcast(*asked, "--output", file, "--page", page, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["file"], found["page"]) == (str(file), str(page))
    assert found["sentences"][0] in page.read_text(encoding="utf-8")
    assert len(found["weeks"]) == 2
    assert found["sentences"]
    with file.open(encoding="utf-8-sig") as content:
        rows = list(csv.DictReader(content))
    weeks = [week["start"] for week in found["weeks"]]
    assert [row["week"] for row in rows] == weeks
    (line,) = found["weeks"][0]["queues"]
    assert float(rows[0]["needed_hours"]) == pytest.approx(line["needed_hours"], abs=0.01)
    assert found["sentences"][0] in shiftcast(*asked).stdout


def test_a_scenario_holds_for_all_weeks(planned: Path, shiftcast: Shiftcast) -> None:
    more = planned / "more.toml"
    more.write_text('name = "More"\nvolume = {all = 3}\nabsence = [{count = 2}]', encoding="utf-8")
    asked = ("capacity", "--workspace", planned, "--weeks", 1, "--json")
    plain = json.loads(shiftcast(*asked).stdout)["weeks"][0]
    found = json.loads(shiftcast(*asked, "--scenario", "more.toml").stdout)  # of the workspace
    assert found["scenario"] == "More"
    (week,) = found["weeks"]
    assert week["queues"][0]["needed_hours"] > 1.5 * plain["queues"][0]["needed_hours"]
    assert week["time_off_hours"] > plain["time_off_hours"]
    assert "phone is " in found["sentences"][0]


def test_a_scenario_that_is_wrong_is_told(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("capacity", "--workspace", planned, "--scenario", planned / "none.toml")
    assert result.exit_code == 2
    assert "There is no such scenario file." in result.stderr
