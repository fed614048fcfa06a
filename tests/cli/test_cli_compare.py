"""compare: two stored plans side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shiftcast

PLAN = "2026-11-30-7d-01"
EDITED = "2026-11-30-7d-02"


@pytest.fixture
def two(planned: Path, shiftcast: Shiftcast) -> Path:
    """The plan, and a second one in which A1's first shift is gone."""
    roster = planned / "plans" / PLAN / "roster.csv"
    lines = roster.read_text(encoding="utf-8-sig").splitlines()
    gone = next(i for i, line in enumerate(lines) if line.startswith("A1,"))
    edited = planned / "edited.csv"
    edited.write_text("\n".join([*lines[:gone], *lines[gone + 1 :]]), encoding="utf-8")
    result = shiftcast(
        "publish", PLAN, "--workspace", planned, "--roster", edited, "--despite-rules"
    )
    assert result.exit_code == 0, result.output
    return planned


def test_two_plans_for_programs(two: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("compare", PLAN, EDITED, "--workspace", two, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["first"], found["second"], found["common_days"]) == (PLAN, EDITED, 7)
    (move,) = found["moves"]
    assert (move["agent"], move["second_shift"]) == ("A1", None)
    metrics = {(m["metric"], m["queue"]): m for m in found["metrics"]}
    assert metrics["shifts", "all"]["change"] == -1
    assert metrics["paid_hours", "all"]["change"] == -8
    service = metrics["service_level", "phone"]["first"]
    assert service["low"] <= service["value"] <= service["high"]
    assert "Agent 1" not in result.stdout


def test_two_plans_in_words_and_on_a_page(two: Path, shiftcast: Shiftcast) -> None:
    page = two / "compare.html"
    result = shiftcast("compare", PLAN, "--workspace", two, "--output", page)
    assert result.exit_code == 0, result.output
    assert f"{PLAN} and {EDITED}, side by side" in result.stdout
    assert "Agents who work otherwise: 1, on 1 days in all" in result.stdout
    assert f"The page is in {page}." in result.stdout
    assert "Agent 1" in page.read_text(encoding="utf-8")


def test_managers_read_ids_in_place_of_names(two: Path, shiftcast: Shiftcast) -> None:
    page = two / "compare.html"
    wanted = ("compare", PLAN, "--workspace", two, "--audience", "manager")
    assert shiftcast(*wanted, "--output", page).exit_code == 0
    written = page.read_text(encoding="utf-8")
    assert "Agent 1" not in written
    assert ">A1 <small>" in written
    assert shiftcast(*wanted).exit_code == 2


def test_a_plan_is_not_compared_with_itself(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("compare", PLAN, "--workspace", planned)
    assert result.exit_code == 2
    assert f"{PLAN} is compared with itself." in result.stderr
