"""plan, publish, plan again: what a planner does on Monday, and the Monday after."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import MONDAY, Shiftcast

PLAN = "2026-11-30-7d-01"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_folder_holds_everything(planned: Path) -> None:
    folder = planned / "plans" / PLAN
    assert {path.name for path in folder.iterdir()} == {
        "cleaning.csv",
        "effects.csv",
        "forecast.csv",
        "forecast_parts.json",
        "inputs",
        "kpis.csv",
        "kpis.json",
        "manifest.json",
        "paths.parquet",
        "report.html",
        "requirement.csv",
        "roster.csv",
    }
    assert not list(planned.glob("plans/.*"))


def test_the_manifest_names_every_input_by_its_hash(planned: Path) -> None:
    manifest = json.loads((planned / "plans" / PLAN / "manifest.json").read_text())
    inputs = ("shiftcast.toml", "contacts.csv", "agents.csv", "shifts.csv", "requests.csv")
    assert manifest["inputs"] == {
        name: hashlib.sha256((planned / name).read_bytes()).hexdigest() for name in inputs
    }
    assert (manifest["start"], manifest["days"], manifest["seed"]) == ("2026-11-30", 7, 1)
    assert manifest["versions"].keys() >= {"shiftcast", "prophet", "ortools", "python"}
    assert manifest["timings"].keys() == {"forecast", "staff", "roster", "correct", "kpis"}
    assert manifest["result"]["violations"] == 0


def test_the_terminal_says_what_a_planner_wants(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1)
    assert result.exit_code == 0, result.output
    said = result.stdout
    assert "Mon 30 Nov – Sun 6 Dec 2026" in said
    # 21 days of 108 contacts (6 hours of 12 and 6 of 6) make 756 a week.
    assert "756" in said
    assert "every rule is kept" in said
    assert "Requests met: 1 of 1." in said
    assert f"roster  {centre}/plans/{PLAN}/roster.csv" in said
    assert f"If it is good: shiftcast publish {PLAN} --workspace {centre}\n" in said
    assert result.stderr.startswith("warning: Queue phone: only 21 days of history can teach")


def test_json_is_one_object_with_a_schema_version(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["schema_version"] == 1
    assert found["plan"] == PLAN
    assert found["view"]["first_day"] == "2026-11-30"
    (phone,) = found["view"]["queues"]
    assert phone.keys() >= {"contacts", "required_hours", "rostered_hours", "service", "target"}
    assert found["view"]["roster"]["rules_broken"] == 0
    assert Path(found["files"]["report"]).is_file()


def test_what_the_simulation_corrected_is_kept_with_the_plan(
    centre: Path, shiftcast: Shiftcast
) -> None:
    """Two agents cannot answer six calls an hour around the clock, however much is asked."""
    crew = "id,name,contract,skills\nA1,One,full,phone\nA2,Two,full,phone\n"
    (centre / "agents.csv").write_text(crew)
    (centre / "requests.csv").unlink()
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1, "--correct", 1)
    assert "Correction 1: phone service level" in result.stdout
    assert "phone is short of people, not of requirement" in result.stdout
    folder = centre / "plans" / PLAN
    for file in ("manifest.json", "kpis.json"):
        done = json.loads((folder / file).read_text())["correction"]
        assert done["asked"] == 1
        assert done["first"]["gaps"][0]["measure"] == "service_level"
        assert [queue for queue, _ in done["short_of_people"]] == ["phone"]
    assert "not of requirement" in (folder / "report.html").read_text()
    again = shiftcast("report", "--workspace", centre, "--output", centre / "again.html")
    assert again.exit_code == 0, again.output
    assert "not of requirement" in (centre / "again.html").read_text()


def test_a_plan_can_be_left_uncorrected(centre: Path, shiftcast: Shiftcast) -> None:
    options = ("--seconds", 1, "--correct", 0, "--json")
    result = shiftcast("plan", "--workspace", centre, *options)
    found = json.loads(result.stdout)
    assert found["view"]["correction"] is None
    assert "correct" not in found["timings"]


def test_a_preference_is_kept_with_the_plan(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1, "--prefer", "people")
    assert result.exit_code == 0, result.output
    manifest = json.loads((centre / "plans" / PLAN / "manifest.json").read_text())
    assert manifest["prefer"] == "people"


def test_a_roster_near_another_says_what_changes(planned: Path, shiftcast: Shiftcast) -> None:
    """All days but the last stay."""
    options = ("--from", PLAN, "--change-from", "2026-12-06", "--seconds", 1, "--json")
    result = shiftcast("roster", "--workspace", planned, *options)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["base"] == PLAN
    assert found["changed_days"] == len(found["changed_agents"])
    outside = ("--from", PLAN, "--change-from", "2027-01-01")
    refused = shiftcast("roster", "--workspace", planned, *outside)
    assert refused.exit_code == 2
    assert "2027-01-01 is none of the days planned" in refused.stderr


def test_breaks_alone_leave_the_shifts(planned: Path, shiftcast: Shiftcast, tmp_path: Path) -> None:
    written = tmp_path / "roster.csv"
    options = ("--breaks-only", PLAN, "--seconds", 1, "--output", written)
    result = shiftcast("roster", "--workspace", planned, *options)
    assert result.exit_code == 0, result.output
    assert f"The shifts are those of {PLAN}" in result.stdout
    before = (planned / "plans" / PLAN / "roster.csv").read_text(encoding="utf-8").splitlines()
    now = written.read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:9] for row in now] == [row.split(",")[:9] for row in before]
    both = shiftcast("roster", "--workspace", planned, "--breaks-only", PLAN, "--from", PLAN)
    assert both.exit_code == 2


def test_quiet_says_nothing(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_chinese_is_spoken_where_the_centre_asks_for_it(centre: Path, shiftcast: Shiftcast) -> None:
    config = centre / "shiftcast.toml"
    config.write_text(
        config.read_text().replace('name = "Small', 'language = "zh-CN"\nname = "Small')
    )
    result = shiftcast("plan", "--workspace", centre, "--seconds", 1)
    assert "满足的申请：1 / 1。" in result.stdout
    assert 'lang="zh-CN"' in (centre / "plans" / PLAN / "report.html").read_text()


def test_rounds_and_seed_make_the_same_roster(centre: Path, shiftcast: Shiftcast) -> None:
    """Whatever the clock says: a limit of work, not of time, ended both searches."""
    for _ in range(2):
        options = ("--rounds", 5, "--seconds", 60, "--seed", 3, "--quiet")
        assert shiftcast("plan", "--workspace", centre, *options).exit_code == 0
    first, second = (
        (centre / "plans" / f"2026-11-30-7d-0{n}" / "roster.csv").read_bytes() for n in (1, 2)
    )
    assert first == second


def test_a_target_that_must_hold_and_is_missed_ends_with_one(
    centre: Path, shiftcast: Shiftcast
) -> None:
    """Two agents cannot answer six calls an hour around the clock; the plan is made all the
    same."""
    (centre / "agents.csv").write_text(
        "id,name,contract,skills\nA1,One,full,phone\nA2,Two,full,phone\n"
    )
    (centre / "requests.csv").unlink()
    options = ("plan", "--workspace", centre, "--seconds", 1)
    assert shiftcast(*options).exit_code == 0
    result = shiftcast(*options, "--targets-must-hold")
    assert result.exit_code == 1
    assert (centre / "plans" / "2026-11-30-7d-02" / "roster.csv").exists()


def test_publishing_makes_a_plan_the_base_of_the_next(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("publish", "--workspace", planned)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        f"Published: {PLAN} holds from 2026-11-30 to 2026-12-06, and the next plan builds on it.\n"
    )
    published = json.loads((planned / "published.json").read_text())
    assert published["days"]["2026-12-06"] == PLAN

    result = shiftcast("plan", "--workspace", planned, "--seconds", 1, "--json")
    found = json.loads(result.stdout)
    assert found["plan"] == "2026-12-07-7d-01"
    before = rows(planned / "plans" / found["plan"] / "inputs" / "previous_roster.csv")
    now = rows(planned / "plans" / PLAN / "roster.csv")
    assert [row["start"] for row in before] == [row["start"] for row in now]
    # Eleven hours lie between a shift that ended on Sunday evening and the next one.
    sunday = {row["employee_id"]: row["end"] for row in before if row["date"] == "2026-12-06"}
    roster = rows(planned / "plans" / found["plan"] / "roster.csv")
    for row in roster:
        if row["date"] == "2026-12-07" and row["employee_id"] in sunday:
            assert row["shift_code"] == "L8" or sunday[row["employee_id"]] < "2026-12-06T21:00"


def test_the_roster_from_before_the_first_plan_is_taken_once(
    centre: Path, shiftcast: Shiftcast
) -> None:
    """previous_roster.csv counts as long as nothing is published for its days."""
    eve = MONDAY - timedelta(days=1)
    (centre / "previous_roster.csv").write_text(
        "employee_id,date,shift_code,start,end\n"
        + "".join(f"A{i},{eve},L8,{eve}T11:00,{eve}T23:00\n" for i in range(1, 7))
    )
    assert shiftcast("plan", "--workspace", centre, "--seconds", 1).exit_code == 0
    roster = rows(centre / "plans" / PLAN / "roster.csv")
    monday = [row for row in roster if row["date"] == MONDAY.isoformat()]
    assert {row["shift_code"] for row in monday} == {"L8"}


def test_a_plan_published_over_another_says_so(planned: Path, shiftcast: Shiftcast) -> None:
    shiftcast("publish", "--workspace", planned)
    options = ("--start", "2026-12-03", "--days", 3, "--seconds", 1, "--quiet")
    assert shiftcast("plan", "--workspace", planned, *options).exit_code == 0
    result = shiftcast("publish", "--workspace", planned)
    assert f"Before, {PLAN} held for some of these days." in result.stdout
    listed = json.loads(shiftcast("plans", "--workspace", planned, "--json").stdout)["plans"]
    assert {entry["plan"]: entry["holds"] for entry in listed} == {
        PLAN: 4,
        "2026-12-03-3d-01": 3,
    }


def test_a_roster_edited_by_hand_is_published_as_a_plan_of_its_own(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    original = planned / "plans" / PLAN / "roster.csv"
    lines = original.read_text(encoding="utf-8-sig").splitlines()
    # Without a single shift A3 falls short of the contract's four days.
    without = [line for line in lines if not line.startswith("A3,")]
    assert len(without) < len(lines)
    edited = tmp_path / "edited.csv"
    edited.write_text("\n".join(without), encoding="utf-8-sig")
    before = original.read_bytes()
    result = shiftcast("publish", "--workspace", planned, "--roster", edited, "--despite-rules")
    assert result.exit_code == 0, result.output
    manifest = json.loads((planned / "plans" / "2026-11-30-7d-02" / "manifest.json").read_text())
    assert manifest["edited_from"] == PLAN
    assert "breaks rules" in shiftcast("plans", "--workspace", planned).output
    assert len(rows(planned / "plans" / "2026-11-30-7d-02" / "roster.csv")) == len(without) - 1
    assert original.read_bytes() == before


def test_a_roster_that_breaks_a_rule_is_not_published(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """A1 works every day of the week, one more than five days and no day off."""
    edited = tmp_path / "edited.csv"
    days = (date(2026, 11, 30) + timedelta(days=n) for n in range(7))
    edited.write_text(
        "employee_id,date,shift_code,start,end,breaks,queues\n"
        + "".join(
            f"A1,{day},E8,08:00,17:00,12:00-13:00 unpaid,phone 08:00-12:00; phone 13:00-17:00\n"
            for day in days
        )
    )
    result = shiftcast("publish", "--workspace", planned, "--roster", edited)
    assert result.exit_code == 1
    assert "error: The roster breaks rules in" in result.stderr
    assert not (planned / "published.json").exists()
    assert [folder.name for folder in (planned / "plans").iterdir()] == [PLAN]


def test_a_withdrawn_plan_holds_no_longer(planned: Path, shiftcast: Shiftcast) -> None:
    refused = shiftcast("withdraw", PLAN, "--workspace", planned)
    assert refused.exit_code == 2
    assert f"{PLAN} holds for no day." in refused.stderr
    shiftcast("publish", "--workspace", planned)
    dry = shiftcast("withdraw", PLAN, "--workspace", planned, "--dry-run")
    assert dry.stdout.startswith(f"Nothing was changed. {PLAN} would no longer hold")
    result = shiftcast("withdraw", PLAN, "--workspace", planned)
    assert result.stdout.splitlines() == [
        f"Withdrawn: {PLAN} no longer holds from 2026-11-30 to 2026-12-06.",
        "For 7 of these days no plan holds.",
    ]
    listed = shiftcast("plans", "--workspace", planned, "--json")
    found = json.loads(listed.stdout)
    (entry,) = found["plans"]
    assert (entry["holds"], entry["requests"]) == (0, 1)
    summary = json.loads((planned / "plans" / PLAN / "kpis.json").read_text())
    assert (entry["paid_hours"], entry["cost"]) == (summary["paid_hours"], summary["cost"])
    assert [entry["act"] for entry in found["history"]] == ["publish", "withdraw"]
    said = shiftcast("plans", "--workspace", planned, "--history").stdout
    assert f"{PLAN} withdrawn from 2026-11-30 to 2026-12-06" in said


def test_a_dry_run_publishes_nothing(planned: Path, shiftcast: Shiftcast) -> None:
    roster = planned / "plans" / PLAN / "roster.csv"
    for extra in ((), ("--roster", roster)):
        result = shiftcast("publish", "--workspace", planned, "--dry-run", *extra)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("Nothing was changed.")
    assert not (planned / "published.json").exists()
    assert {path.name for path in (planned / "plans").iterdir()} == {PLAN}


def test_who_carries_what_is_shown(planned: Path, shiftcast: Shiftcast) -> None:
    """Everybody's weekend shifts of the published week are those of the roster; A1's day off was
    asked for on Wednesday."""
    assert "Nothing is published yet" in shiftcast("plans", "-w", planned, "--fairness").stdout
    shiftcast("publish", "--workspace", planned)
    found = json.loads(shiftcast("plans", "-w", planned, "--fairness", "--json").stdout)
    assert (found["first_day"], found["last_day"]) == ("2026-11-09", "2026-12-06")
    with (planned / "plans" / PLAN / "roster.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    weekend = [row["employee_id"] for row in rows if row["date"] >= "2026-12-05"]
    carried = {line["agent"]: line for line in found["agents"]}
    assert {agent: line["weekends"] for agent, line in carried.items()} == {
        f"A{i}": weekend.count(f"A{i}") for i in range(1, 7)
    }
    worked = any(r["employee_id"] == "A1" and r["date"] == "2026-12-02" for r in rows)
    assert carried["A1"]["refused"] == worked
    said = shiftcast("plans", "-w", planned, "--fairness", "--lang", "zh-CN").stdout
    assert "2026-11-09 至 2026-12-06" in said
