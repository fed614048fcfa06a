"""whatif, export, report, check --roster, staff, roster, init: what else commands give."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import MONDAY, Shiftcast

PLAN = "2026-11-30-7d-01"
FLU = """
name = "Flu"
[[absence]]
count = 2
from = 2026-11-30
to = 2026-12-06
"""


def scenario(folder: Path, content: str, name: str = "flu.toml") -> Path:
    path = folder / "scenarios" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_whatif_shows_plan_and_scenarios_side_by_side(planned: Path, shiftcast: Shiftcast) -> None:
    flu = scenario(planned, FLU)
    more = scenario(planned, "[volume]\nphone = 1.5", "more.toml")
    result = shiftcast("whatif", flu, more, "--workspace", planned, "--rounds", 2, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [(line["name"], line["recomputed"]) for line in found["scenarios"]] == [
        ("Flu", ["roster"]),
        ("more", ["staff", "roster"]),
    ]
    table = {(row["metric"], row["queue"]): row for row in found["comparison"]}
    contacts = table["contacts", "phone"]
    assert contacts["base"] == pytest.approx(756, rel=0.05)
    assert contacts["scenarios"] == pytest.approx(
        [contacts["base"], 1.5 * contacts["base"]], rel=1e-3
    )
    assert table["paid_hours", "all"]["scenarios"][0] < table["paid_hours", "all"]["base"]
    assert {path.name for path in (planned / "plans").iterdir()} == {PLAN}


def test_whatif_starts_from_what_the_plan_says_of_itself(
    planned: Path, shiftcast: Shiftcast
) -> None:
    """The base column is the stored plan's own KPIs, read back and computed anew."""
    flu = scenario(planned, FLU)
    result = shiftcast("whatif", flu, "--workspace", planned, "--rounds", 1, "--json")
    table = {(r["metric"], r["queue"]): r["base"] for r in json.loads(result.stdout)["comparison"]}
    stored = json.loads((planned / "plans" / PLAN / "kpis.json").read_text())
    (week,) = [row for row in stored["week"] if row["queue"] == "phone"]
    for metric in ("contacts", "service_level", "under_hours"):
        assert table[metric, "phone"] == pytest.approx(week[metric], rel=1e-3, abs=1e-3)


def test_whatif_in_words(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("whatif", scenario(planned, FLU), "--workspace", planned, "--rounds", 1)
    assert "What if, beside plan 2026-11-30-7d-01" in result.stdout
    assert "agents with another week" in result.stdout
    assert "Flu: computed anew: Searching the roster." in result.stdout


def test_every_problem_of_every_scenario_is_told(planned: Path, shiftcast: Shiftcast) -> None:
    one = scenario(planned, "colour = 1", "one.toml")
    two = scenario(planned, "[volume]\nfax = 2", "two.toml")
    result = shiftcast("whatif", one, two, "--workspace", planned)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "error: one.toml, row 1, column colour: Unknown key colour. A scenario has name, volume, "
        "deflection, handle_time, patience, shrinkage, promotion, absence, hire, training, "
        "overtime_hours, voluntary_hours, target, concurrency, handle_time_by_concurrency, shift, "
        "rules and contract; see docs/reference/files.md.",
        "error: two.toml, row 2, column volume.fax: There is no queue fax. The centre has: "
        "phone, all.",
    ]


def test_a_sweep_names_the_cheapest_value_that_meets_the_targets(
    planned: Path, shiftcast: Shiftcast
) -> None:
    sweep = ("whatif", "--sweep", "hire.count=0:4:2", "--workspace", planned, "--rounds", 1)
    found = json.loads(shiftcast(*sweep, "--json").stdout)
    points = {point["value"]: point for point in found["points"]}
    assert list(points) == [0, 2, 4]
    assert points[4]["agents"] == points[0]["agents"] + 4
    assert points[0]["cost"] < points[2]["cost"] < points[4]["cost"]
    good = [value for value, point in points.items() if not point["missed"]]
    assert found["cheapest"] == (min(good) if good else None)
    said = shiftcast(*sweep).stdout
    assert "agents hired, " in said.splitlines()[-1].lower()


def test_what_if_has_pages(planned: Path, shiftcast: Shiftcast) -> None:
    page, flu = planned / "what_if.html", scenario(planned, FLU)
    asked = ("whatif", flu, "--workspace", planned, "--rounds", 1, "--output", page)
    result = shiftcast(*asked)
    assert result.stdout.splitlines()[-1] == f"The page is in {page}."
    assert re.search(r"Agent \d", page.read_text(encoding="utf-8"))
    shiftcast(*asked, "--audience", "manager", "--lang", "zh-CN")
    assert not re.search(r"Agent \d", page.read_text(encoding="utf-8"))
    sweep = ("--sweep", "volume.all=1:2:1", "--quick", "--json")
    found = json.loads(shiftcast("whatif", *sweep, *asked[2:4], "--output", page).stdout)
    assert found["page"] == str(page)
    assert "chart-data" in page.read_text(encoding="utf-8")


def test_a_quick_sweep_tells_what_is_needed(planned: Path, shiftcast: Shiftcast) -> None:
    quick = ("whatif", "--sweep", "volume.all=1:2:1", "--workspace", planned, "--quick")
    found = json.loads(shiftcast(*quick, "--json").stdout)
    one, two = found["points"]
    assert two["contacts"] == pytest.approx(2 * one["contacts"])
    assert one["required_hours"] < two["required_hours"]
    assert one["cost"] is None
    assert "Peak agents" in shiftcast(*quick).stdout


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((), "There is nothing to compare with the plan."),
        (("--audience", "manager", "x.toml"), "and no page is asked for."),
        (("--quick", "x.toml"), "--quick goes with --sweep."),
        (("--sweep", "volume.all=1:2:1", "x.toml", "y.toml"), "and 2 are named."),
        (("--sweep", "hire.count=1:2:1", "--quick"), "hire.count changes nothing before the"),
    ],
)
def test_what_does_not_go_together(
    planned: Path, shiftcast: Shiftcast, asked: tuple[str, ...], message: str
) -> None:
    result = shiftcast("whatif", *asked, "--workspace", planned)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_history_that_changed_since_is_a_warning(planned: Path, shiftcast: Shiftcast) -> None:
    with (planned / "contacts.csv").open("a") as file:
        file.write(f"{MONDAY}T08:00:00,phone,7,300\n")
    result = shiftcast("whatif", scenario(planned, FLU), "--workspace", planned, "--rounds", 1)
    assert result.exit_code == 0
    assert f"warning: contacts.csv has changed since plan {PLAN} was made." in result.stderr


def test_the_report_is_written_in_another_language(planned: Path, shiftcast: Shiftcast) -> None:
    page = planned / "zh.html"
    result = shiftcast("report", "--workspace", planned, "--lang", "zh-CN", "--output", page)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{PLAN} 的报告在 {page}。\n"
    assert 'lang="zh-CN"' in page.read_text(encoding="utf-8")


def test_a_report_for_managers_names_nobody(planned: Path, shiftcast: Shiftcast) -> None:
    page = planned / "exports" / PLAN / "report_manager.html"
    dry = shiftcast("report", "--workspace", planned, "--audience", "manager", "--dry-run")
    assert dry.stdout == f"Nothing was written. 1 pages of {PLAN} would be in {page}.\n"
    assert not page.exists()
    result = shiftcast("report", "--workspace", planned, "--audience", "manager")
    assert result.stdout == f"The report of {PLAN} is in {page}.\n"
    assert "Agent 1" not in page.read_text(encoding="utf-8")


def test_agents_get_a_page_each(planned: Path, shiftcast: Shiftcast) -> None:
    (planned / "contacts.csv").unlink()  # whose week it is needs no history
    result = shiftcast("report", "--workspace", planned, "--audience", "agent", "--lang", "zh-CN")
    folder = planned / "exports" / PLAN / "agents"
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{PLAN} 的 6 份个人班表在 {folder}。\n"
    assert sorted(path.name for path in folder.iterdir()) == [f"A{i}.html" for i in range(1, 7)]
    first = (folder / "A1.html").read_text(encoding="utf-8")
    assert "Agent 1" in first
    assert "Agent 2" not in first


def test_the_audit_keeps_a_roster_that_keeps_the_rules(planned: Path, shiftcast: Shiftcast) -> None:
    roster = planned / "plans" / PLAN / "roster.csv"
    result = shiftcast("check", "--workspace", planned, "--roster", roster)
    assert result.exit_code == 0, result.output
    assert "rules are kept." in result.stdout


def test_the_audit_names_what_a_hand_broke(planned: Path, shiftcast: Shiftcast) -> None:
    """A1 gets two more shifts on Tuesday, at the same time."""
    roster = planned / "plans" / PLAN / "roster.csv"
    extra = (
        "A1,Agent 1,Red,2026-12-01,E8,Early,2026-12-01T08:00,2026-12-01T17:00,,"
        "12:00-13:00 unpaid,480,60,phone 08:00-12:00; phone 13:00-17:00,planned\n"
    )
    edited = planned / "edited.csv"
    edited.write_text(roster.read_text(encoding="utf-8-sig") + extra + extra, encoding="utf-8")
    result = shiftcast("check", "--workspace", planned, "--roster", edited, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["first_day"], found["last_day"]) == ("2026-11-30", "2026-12-06")
    assert ("one_shift_a_day", "A1", "2026-12-01") in {
        (breach["rule"], breach["agent"], breach["date"]) for breach in found["breaches"]
    }


def test_check_says_what_it_found(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("check", "--workspace", centre)
    assert result.exit_code == 0, result.output
    assert "6 agents, 2 shift types, queues: phone." in result.stdout
    assert "History from 2026-11-09 to 2026-11-29." in result.stdout


def test_staff_takes_somebody_elses_forecast(
    centre: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Nobody needs anybody where nobody calls; an interval left out means zero."""
    forecast = tmp_path / "theirs.csv"
    forecast.write_text(
        "interval_start,queue,mean,aht_s\n"
        "2026-12-07T10:00:00,phone,20,300\n2026-12-08T10:00:00,phone,0,300\n"
    )
    output = tmp_path / "requirement.csv"
    result = shiftcast(
        "staff", "--workspace", centre, "--forecast", forecast, "--output", output, "--json"
    )
    assert result.exit_code == 0, result.output
    monday, tuesday = json.loads(result.stdout)["needs"]
    assert monday["peak"] == monday["hours"] > 1.5
    assert tuesday["hours"] == 0
    with output.open(encoding="utf-8-sig") as file:
        needed = [row for row in csv.DictReader(file) if float(row["required"])]
    assert [row["interval_start"] for row in needed] == ["2026-12-07T10:00:00+08:00"]


def test_a_roster_alone_is_searched_for_a_plan(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    output = tmp_path / "again.csv"
    result = shiftcast(
        "roster", "--workspace", planned, "--plan", PLAN, "--rounds", 3, "--output", output
    )
    assert result.exit_code == 0, result.output
    assert f"Written: {output}" in result.stdout
    assert shiftcast("check", "--workspace", planned, "--roster", output).exit_code == 0


def test_init_makes_a_centre_to_fill(tmp_path: Path, shiftcast: Shiftcast) -> None:
    folder = tmp_path / "new"
    result = shiftcast("init", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        "error: A new centre needs its time zone. Give --time-zone, for example Europe/Berlin or "
        "Asia/Shanghai; --sample makes the sample centre.\n"
    )
    assert not folder.exists()
    result = shiftcast("init", folder, "--name", "Ours", "--time-zone", "Europe/Berlin")
    assert result.exit_code == 0, result.output
    assert {"shiftcast.toml", "agents.csv", "shifts.csv", "hr_export.toml"} <= {
        path.name for path in folder.iterdir()
    }
    assert 'name = "Ours"' in (folder / "shiftcast.toml").read_text()


def test_init_leaves_a_centre_as_it_is(centre: Path, shiftcast: Shiftcast) -> None:
    before = (centre / "shiftcast.toml").read_text()
    assert shiftcast("init", centre, "--sample").exit_code == 2
    result = shiftcast("init", centre, "--sample", "--if-absent")
    assert result.exit_code == 0
    assert result.stdout == f"{centre} is there already and stays as it is.\n"
    assert (centre / "shiftcast.toml").read_text() == before


def test_plans_tell_the_gap_as_the_plan_does(centre: Path, shiftcast: Shiftcast) -> None:
    planned = json.loads(shiftcast("plan", "--workspace", centre, "--json").stdout)
    roster = planned["view"]["roster"]
    hours, share = roster["gap_hours"], roster["gap_of_hours"]
    (listed,) = json.loads(shiftcast("plans", "--workspace", centre, "--json").stdout)["plans"]
    assert listed["gap_hours"] == pytest.approx(hours, abs=1e-5)
    assert listed["gap_of_hours"] == pytest.approx(share, abs=1e-5)
    said = shiftcast("plans", "--workspace", centre).stdout
    assert f"{hours:.1f} h ({share:.1%})" in said


def test_plans_lists_nothing_where_nothing_was_planned(centre: Path, shiftcast: Shiftcast) -> None:
    assert shiftcast("plans", "--workspace", centre).stdout == "There is no plan yet.\n"
