"""export: the usual files, templates for other systems, and the planner's own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from icalendar import Calendar, Event
from openpyxl import load_workbook

from tests.cli.conftest import Shiftcast

PLAN = "2026-11-30-7d-01"


def events(path: Path) -> list[Event]:
    return [e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT") if isinstance(e, Event)]


def test_the_usual_files(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("export", "--workspace", planned)
    assert result.exit_code == 0, result.output
    folder = planned / "exports" / PLAN
    assert result.stdout.splitlines() == [
        f"Note: {PLAN} is not published.",
        f"Plan {PLAN} is in {folder}:",
        "  hr.csv",
        "  roster_grid.csv",
        "  roster.csv",
        f"  calendars for 6 agents, in {planned / 'exports' / 'calendars'}",
    ]
    assert {path.name for path in folder.iterdir()} == {"hr.csv", "roster.csv", "roster_grid.csv"}
    assert len(list((planned / "exports" / "calendars").glob("*.ics"))) == 6
    assert (folder / "roster.csv").read_bytes() == (
        planned / "plans" / PLAN / "roster.csv"
    ).read_bytes()


def test_a_plan_is_read_from_its_own_inputs(planned: Path, shiftcast: Shiftcast) -> None:
    """Whoever left since is still in the plan that was made with them."""
    (planned / "agents.csv").write_text("id,name,contract,skills\nB1,New,full,phone\n")
    result = shiftcast("export", "--workspace", planned, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["calendars"] == 6


def test_calendars_handed_out_twice_stay_as_they_were(planned: Path, shiftcast: Shiftcast) -> None:
    feeds = planned / "exports" / "calendars"
    shiftcast("export", "--workspace", planned, "--to", "calendar")
    first = {path.name: path.read_bytes() for path in feeds.iterdir()}
    shiftcast("export", "--workspace", planned, "--to", "calendar", "--output", planned / "out")
    assert {path.name: path.read_bytes() for path in feeds.iterdir()} == first
    assert {path.name for path in (planned / "out" / "calendars").iterdir()} == first.keys()
    agent = next(path for path in feeds.iterdir() if events(path))
    assert {event["sequence"] for event in events(agent)} == {0}


def test_who_is_not_in_the_plan_any_more_is_told_by_the_calendar(
    planned: Path, shiftcast: Shiftcast
) -> None:
    feeds = planned / "exports" / "calendars"
    shiftcast("export", "--workspace", planned, "--to", "calendar")
    worked = next(path for path in feeds.iterdir() if events(path))
    left = worked.rename(feeds / "gone.ics")
    result = shiftcast("export", "--workspace", planned, "--to", "calendar", "--json")
    assert json.loads(result.stdout)["calendars"] == 7
    assert {event["status"] for event in events(left)} == {"CANCELLED"}
    again = shiftcast("export", "--workspace", planned, "--to", "calendar", "--json")
    assert json.loads(again.stdout)["calendars"] == 6


def test_a_broken_calendar_is_told_and_nothing_is_written(
    planned: Path, shiftcast: Shiftcast
) -> None:
    feeds = planned / "exports" / "calendars"
    feeds.mkdir(parents=True)
    (feeds / "A1.ics").write_text("no calendar")
    result = shiftcast("export", "--workspace", planned)
    assert result.exit_code == 2
    assert "calendars/A1.ics: The calendar handed out before cannot be read." in result.stderr
    assert [path.name for path in feeds.iterdir()] == ["A1.ics"]


def test_the_templates_are_listed_with_what_they_need(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("export", "--workspace", planned, "--list", "--json")
    assert result.exit_code == 0, result.output
    found = {entry["name"]: entry for entry in json.loads(result.stdout)["templates"]}
    assert found["dingtalk"]["needs"] == [
        "values: op_user_id, group_id",
        "ids in employees.csv",
        "codes in shift_codes.csv",
    ]
    assert found["xlsx"]["needs"] == []
    listed = shiftcast("export", "--workspace", planned, "--list", "--lang", "zh-CN").stdout
    assert "--to 可用的模板" in listed
    assert "Excel 宽表，按班次着色" in listed


def test_a_dry_run_checks_and_writes_nothing(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("export", "--workspace", planned, "--to", "xlsx", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "Nothing was written." in result.stdout
    assert "  roster.xlsx" in result.stdout
    assert not (planned / "exports").exists()


def test_what_every_template_lacks_is_told_at_once(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("export", "--workspace", planned, "--to", "dingtalk", "--to", "deputy")
    assert result.exit_code == 2
    told = result.stderr
    assert "employees.csv: dingtalk has ids of its own, and there is no such file" in told
    assert "dingtalk.toml: op_user_id is not filled in." in told
    assert "deputy.toml: location is not filled in." in told
    assert "deputy.toml, column Email: A1 has no email, which must not be empty." in told
    assert not (planned / "exports").exists()


def test_a_copy_is_filled_in_and_exported(planned: Path, shiftcast: Shiftcast) -> None:
    exports = planned / "exports"
    dry = shiftcast("export", "--workspace", planned, "--copy", "wecom", "--dry-run")
    assert dry.stdout.startswith("Nothing was written.")
    assert not exports.exists()
    copied = shiftcast("export", "--workspace", planned, "--copy", "wecom", "--json")
    assert json.loads(copied.stdout) == {
        "schema_version": 1,
        "file": str(exports / "templates" / "wecom.toml"),
        "to_fill": [str(exports / "employees.csv"), str(exports / "shift_codes.csv")],
        "system": "wecom",
        "written": True,
    }
    again = shiftcast("export", "--workspace", planned, "--copy", "wecom")
    assert "You have a template wecom of your own already." in again.stderr
    template = exports / "templates" / "wecom.toml"
    template.write_text(template.read_text().replace('group_id = ""', "group_id = 226"))
    for name, value in (("employees.csv", "u-{0}"), ("shift_codes.csv", "{1}")):
        path = exports / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        filled = [[*row[:-1], value.format(row[0], 100 + i)] for i, row in enumerate(rows)]
        filled.append(["Z9", *[""] * (len(heading) - 2), "999"])
        path.write_text("\n".join(",".join(row) for row in [heading, *filled]))
    result = shiftcast("export", "--workspace", planned, "--to", "wecom")
    assert result.exit_code == 0, result.output
    warned = "warning: employees.csv, column wecom: 1 names of ours are not in the plan: Z9."
    assert warned in result.stderr
    bodies = [json.loads(p.read_text()) for p in sorted((exports / PLAN / "wecom").iterdir())]
    assert [(body["groupid"], body["yearmonth"]) for body in bodies] == [
        (226, 202611),
        (226, 202612),
    ]
    assert {item["userid"] for item in bodies[0]["items"]} == {f"u-A{i}" for i in range(1, 7)}
    assert {item["schedule_id"] for item in bodies[1]["items"]} <= {0, 100, 101}
    own = shiftcast("export", "--workspace", planned, "--copy", "dingtalk", "--json")
    assert json.loads(own.stdout)["system"] == "dingtalk"
    assert (
        (exports / "employees.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("employee_id,wecom,dingtalk")
    )


def test_intervals_and_hours_come_from_the_plan(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast(
        "export", "--workspace", planned, "--to", "calabrio-requirement", "--to", "hours"
    )
    assert result.exit_code == 0, result.output
    folder = planned / "exports" / PLAN
    intervals = (folder / "calabrio_requirement.csv").read_text().splitlines()
    assert len(intervals) == 7 * 24
    assert sum(float(line.split(",")[3]) for line in intervals) > 500
    with (folder / "hours.csv").open(encoding="utf-8-sig", newline="") as file:
        hours = list(csv.DictReader(file))
    with (folder.parents[1] / "plans" / PLAN / "roster.csv").open(encoding="utf-8-sig") as file:
        paid = sum(int(row["paid_minutes"]) for row in csv.DictReader(file)) / 60
    normal = [row for row in hours if row["pay_code"] == "normal"]
    assert sum(float(row["hours"]) for row in normal) == paid


def test_headings_are_chinese_where_the_layout_is_ours(planned: Path, shiftcast: Shiftcast) -> None:
    shiftcast("export", "--workspace", planned, "--to", "xlsx", "--lang", "zh-CN")
    sheet = load_workbook(planned / "exports" / PLAN / "roster.xlsx").active
    assert sheet is not None
    heading = [cell.value for cell in next(iter(sheet.iter_rows()))]
    assert heading[:4] == ["工号", "姓名", "班组", "2026-11-30 周一"]


def test_two_templates_may_not_write_one_file(planned: Path, shiftcast: Shiftcast) -> None:
    folder = planned / "exports" / "templates"
    folder.mkdir(parents=True)
    same = '[file]\nname = "same.csv"\n[[column]]\nheading = "ID"\nfield = "agent_id"\n'
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text(same)
    result = shiftcast("export", "--workspace", planned, "--to", "one", "--to", "two")
    assert result.exit_code == 2
    assert "same.csv: Two of the templates write the same file." in result.stderr
    assert not (planned / "exports" / PLAN).exists()


def test_the_hr_template_is_copied_beside_the_settings(planned: Path, shiftcast: Shiftcast) -> None:
    shiftcast("export", "--workspace", planned, "--copy", "hr")
    template = planned / "hr_export.toml"
    template.write_text(template.read_text().replace('name = "hr.csv"', 'name = "ours.csv"'))
    result = shiftcast("export", "--workspace", planned, "--to", "hr", "--json")
    assert json.loads(result.stdout)["files"] == ["ours.csv"]


def test_templates_of_the_workspace_are_checked(planned: Path, shiftcast: Shiftcast) -> None:
    folder = planned / "exports" / "templates"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('[[column]]\nheading = "ID"\nfield = "surname"\n')
    result = shiftcast("check", "--workspace", planned)
    assert result.exit_code == 2
    assert "mine.toml, column column 1 (ID): There is no field surname." in result.stderr
