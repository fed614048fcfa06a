"""`check` says how a centre stands to its laws, and what a roster breaks at a price."""

from __future__ import annotations

import json
from pathlib import Path

from shiftcast.cli.workspace.roster_csv import ROSTER_COLUMNS

from tests.cli.conftest import CONFIG, Shiftcast


def with_rules(centre: Path, rules: str) -> Path:
    text = CONFIG.replace("rest_hours = 11\n", rules).replace("[4, 5]", "[0, 5]")
    (centre / "shiftcast.toml").write_text(text, encoding="utf-8")
    return centre


def test_every_article_and_how_it_is_held(centre: Path, shiftcast: Shiftcast) -> None:
    with_rules(centre, 'law = "UK"\nlaw_adjusted = { rest_hours = 10 }\n')
    result = shiftcast("check", "--workspace", centre)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    at = lines.index("  UK reg. 10: Eleven consecutive hours of rest in every 24 hours of work.")
    assert lines[at + 1] == (
        "    → adjusted by the planner: at least 10 h of rest between shifts in place of 11 h"
    )
    found = json.loads(shiftcast("check", "--workspace", centre, "--json").stdout)["law"]
    assert [(row["article"], row["status"]) for row in found] == [
        ("reg. 4", "held"),
        ("reg. 10", "adjusted"),
        ("reg. 11 (1), (7)", "held"),
        ("reg. 12", "shifts"),
        ("reg. 6", "told"),
    ]


def test_shifts_that_lack_a_break_are_named(centre: Path, shiftcast: Shiftcast) -> None:
    with_rules(centre, 'law = "US-CA"\n')
    result = shiftcast("check", "--workspace", centre)
    assert result.exit_code == 0
    assert "Shift E8 has 0 minutes of break that count; US-CA 8 CCR 11040 (12)" in result.output


def test_a_centre_without_a_law_says_nothing_of_it(centre: Path, shiftcast: Shiftcast) -> None:
    assert json.loads(shiftcast("check", "--workspace", centre, "--json").stdout)["law"] == []
    assert "law" not in shiftcast("check", "--workspace", centre).stdout


def test_what_is_broken_at_a_price(centre: Path, shiftcast: Shiftcast) -> None:
    """From 20:00 to 08:00 are 12 hours of 13: one hour at 30 points, and no rule is broken."""
    with_rules(centre, "rest_hours = 13\n[rules.soft]\nrest = 30\n")
    roster = centre / "roster.csv"
    shifts = (
        "A1,Agent 1,Red,2026-11-30,L8,Late,2026-11-30T11:00,2026-11-30T20:00,,"
        "14:00-15:00 unpaid,480,60,phone 11:00-14:00; phone 15:00-20:00,planned\n"
        "A1,Agent 1,Red,2026-12-01,E8,Early,2026-12-01T08:00,2026-12-01T17:00,,"
        "12:00-13:00 unpaid,480,60,phone 08:00-12:00; phone 13:00-17:00,planned\n"
    )
    roster.write_text(",".join(ROSTER_COLUMNS) + "\n" + shifts, encoding="utf-8")
    result = shiftcast("check", "--workspace", centre, "--roster", roster)
    assert result.exit_code == 0, result.output
    assert "Broken at a price in 1 places, for 30 points:" in result.stdout
    found = json.loads(
        shiftcast("check", "--workspace", centre, "--roster", roster, "--json").stdout
    )
    assert found["breaches"] == []
    assert [(breach["rule"], breach["points"]) for breach in found["priced"]] == [("rest", 30.0)]


def test_the_report_tells_what_the_plan_said_that_an_article_costs(
    centre: Path, shiftcast: Shiftcast
) -> None:
    """What the plan holds is told, not sought again; a plan without it leaves the cost open."""
    with_rules(centre, 'law = "UK"\nrest_hours = 8\n')
    made = shiftcast("plan", "--workspace", centre, "--seconds", 1, "--json")
    assert made.exit_code == 0, made.output
    rest = next(
        row for row in json.loads(made.stdout)["view"]["law"] if row["article"] == "reg. 10"
    )
    (folder,) = (centre / "plans").iterdir()
    file, page = folder / "law_costs.json", centre / "again.html"
    kept = json.loads(file.read_text())
    cost = next(one for one in kept["limits"] if one["limit"] == "min_rest_min")
    assert (sum(cost["hours"].values()), cost["points"]) == (rest["hours"], rest["points"])

    cost.update(hours={"phone": 12.5}, points=777.0)
    file.write_text(json.dumps(kept))
    report = ("report", "--workspace", centre, "--output", page)
    assert shiftcast(*report).exit_code == 0
    assert "12.5 agent-hours fewer would be short, 777 points." in page.read_text()
    assert "What it costs: –" not in page.read_text()

    file.unlink()
    assert shiftcast(*report).exit_code == 0
    assert "777 points." not in page.read_text()
    assert "What it costs: –" in page.read_text()
