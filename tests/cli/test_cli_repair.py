"""repair: a stored plan mended, kept as a plan of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Shiftcast

PLAN = "2026-11-30-7d-01"
MENDED = "2026-11-30-7d-02"


def roster_of(centre: Path, plan: str) -> pd.DataFrame:
    return pd.read_csv(centre / "plans" / plan / "roster.csv", encoding="utf-8-sig")


@pytest.fixture
def sick(planned: Path) -> str:
    """A1's first shift, as one says who is absent."""
    rows = roster_of(planned, PLAN)
    return f"A1:{rows.loc[rows['employee_id'] == 'A1', 'date'].min()}"


def test_an_absence_makes_a_plan_of_its_own(planned: Path, shiftcast: Shiftcast, sick: str) -> None:
    result = shiftcast("repair", "--workspace", planned, "--absent", sick, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["base"], found["plan"], found["violations"]) == (PLAN, MENDED, 0)
    assert found["absent"] == [{"agent": "A1", "shifts": 1}]
    assert found["short_before"] <= found["short_mended"] <= found["short_left"]
    rows = roster_of(planned, MENDED)
    assert sick not in set(rows["employee_id"] + ":" + rows["date"])
    manifest = json.loads((planned / "plans" / MENDED / "manifest.json").read_text())
    day = sick.partition(":")[2]
    assert manifest["repaired_from"] == PLAN
    assert manifest["absent"] == [
        {
            "agent": "A1",
            "first": day,
            "last": day,
            "paid": True,
            "from_minute": 0,
            "to_minute": None,
        }
    ]
    assert "Agent 1" not in result.stdout


def test_compare_counts_the_breaks_that_move(planned: Path, shiftcast: Shiftcast) -> None:
    """A break of the roster an hour later, by hand."""
    roster = planned / "plans" / PLAN / "roster.csv"
    edited = planned / "edited.csv"
    rows = pd.read_csv(roster, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    early = rows.index[(rows["shift_code"] == "E8")][0]
    had = rows.loc[early, "breaks"]
    new = "13:00-14:00 unpaid" if had.startswith("12") else "12:00-13:00 unpaid"
    rows.loc[early, ["breaks", "queues"]] = new, ""
    rows.to_csv(edited, index=False)
    wanted = ("--roster", edited, "--despite-rules")
    assert shiftcast("publish", PLAN, "--workspace", planned, *wanted).exit_code == 0
    result = shiftcast("compare", PLAN, MENDED, "--workspace", planned, "--json")
    found = json.loads(result.stdout)
    assert (found["moved_breaks"], found["moved_break_shifts"], found["moves"]) == (1, 1, [])
    said = shiftcast("compare", PLAN, MENDED, "--workspace", planned).stdout
    assert "Breaks and meetings at other times: 1, in 1 shifts that stay." in said


def test_check_knows_who_is_absent_in_a_mended_plan(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Four days a week are the least; who is absent on all of them keeps that too."""
    week = "A1:2026-11-30..2026-12-06"
    assert shiftcast("repair", "--workspace", planned, "--absent", week).exit_code == 0
    roster = planned / "plans" / MENDED / "roster.csv"
    result = shiftcast("check", "--workspace", planned, "--roster", roster)
    assert result.exit_code == 0, result.output
    copy = tmp_path / "edited.csv"
    copy.write_bytes(roster.read_bytes())
    alone = shiftcast("check", "--workspace", planned, "--roster", copy, "--json")
    assert alone.exit_code == 1
    assert {found["agent"] for found in json.loads(alone.stdout)["breaches"]} == {"A1"}
    named = shiftcast("check", "--workspace", planned, "--roster", copy, "--plan", MENDED)
    assert named.exit_code == 0, named.output


def test_the_mended_plan_knows_who_is_absent(
    planned: Path, shiftcast: Shiftcast, sick: str
) -> None:
    """Mended once more, without a word of the absence, nothing changes."""
    assert shiftcast("repair", "--workspace", planned, "--absent", sick).exit_code == 0
    result = shiftcast("repair", MENDED, "--workspace", planned, "--json")
    found = json.loads(result.stdout)
    assert (found["absent"], found["moves"], found["violations"]) == ([], [], 0)
    again = json.loads((planned / "plans" / found["plan"] / "manifest.json").read_text())
    assert [one["agent"] for one in again["absent"]] == ["A1"]


def test_a_row_of_time_off_is_an_absence_too(
    planned: Path, shiftcast: Shiftcast, sick: str
) -> None:
    day = sick.partition(":")[2]
    (planned / "time_off.csv").write_text(f"agent,from,to\nA1,{day},{day}\n", encoding="utf-8")
    result = shiftcast("repair", "--workspace", planned, "--dry-run", "--json")
    found = json.loads(result.stdout)
    assert found["absent"] == [{"agent": "A1", "shifts": 1}]
    assert found["plan"] is None
    assert not (planned / "plans" / MENDED).exists()


def test_the_plan_that_is_published_is_mended(
    planned: Path, shiftcast: Shiftcast, sick: str
) -> None:
    """The newest plan is another one by then."""
    assert shiftcast("publish", PLAN, "--workspace", planned).exit_code == 0
    assert shiftcast("repair", "--workspace", planned, "--absent", sick).exit_code == 0
    result = shiftcast("repair", "--workspace", planned, "--dry-run", "--json")
    assert json.loads(result.stdout)["base"] == PLAN


def test_what_has_begun_stays(planned: Path, shiftcast: Shiftcast) -> None:
    told = ("--absent", "A1:2026-12-04..2026-12-06", "--from", "2026-12-03T12:00")
    assert shiftcast("repair", "--workspace", planned, *told).exit_code == 0
    before, after = (
        rows[rows["start"] < "2026-12-03T12:00"].sort_values(["start", "employee_id"])
        for rows in (roster_of(planned, PLAN), roster_of(planned, MENDED))
    )
    columns = ["employee_id", "start", "end", "breaks", "queues"]
    assert after[columns].to_numpy().tolist() == before[columns].to_numpy().tolist()


def test_a_repair_in_words(planned: Path, shiftcast: Shiftcast, sick: str) -> None:
    said = shiftcast("repair", "--workspace", planned, "--absent", sick.replace("A1", "agent 1"))
    assert said.exit_code == 0, said.output
    assert f"{PLAN} mended from Mon 30 Nov 00:00 on" in said.stdout
    assert "A1 is absent; shifts that fall out: 1." in said.stdout
    assert f"Plan {MENDED}, based on {PLAN}." in said.stdout
    assert f"If it is good: shiftcast publish {MENDED} --workspace" in said.stdout
    chinese = shiftcast("repair", "--workspace", planned, "--dry-run", "--lang", "zh-CN")
    assert "未写入任何文件" in chinese.stdout


def test_another_forecast_stands_in_the_mended_plan(planned: Path, shiftcast: Shiftcast) -> None:
    was = planned / "plans" / PLAN / "forecast.csv"
    rows = pd.read_csv(was, encoding="utf-8-sig")
    for name in ("mean", "p10", "p50", "p90"):
        rows[name] *= 0.5
    half = planned / "half.csv"
    rows.to_csv(half, index=False)
    result = shiftcast("repair", "--workspace", planned, "--forecast", half, "--json")
    assert result.exit_code == 0, result.output
    metrics = {(m["metric"], m["queue"]): m for m in json.loads(result.stdout)["metrics"]}
    contacts = metrics["contacts", "phone"]
    assert contacts["second"]["value"] == pytest.approx(0.5 * contacts["first"]["value"])
    made = pd.read_csv(planned / "plans" / MENDED / "forecast.csv", encoding="utf-8-sig")
    assert made["mean"].sum() == pytest.approx(rows["mean"].sum(), rel=1e-4)
    manifest = json.loads((planned / "plans" / MENDED / "manifest.json").read_text())
    assert manifest["forecast_from"] == "half.csv"


def test_the_rest_of_the_week_is_forecast_anew(planned: Path, shiftcast: Shiftcast) -> None:
    hours = [f"2026-11-30T{hour:02d}:00:00,phone,30,300" for hour in range(8, 20)]
    came = planned / "came.csv"
    came.write_text("\n".join(["timestamp,queue,offered,aht_s", *hours]), encoding="utf-8")
    told = ("--reforecast", "--actuals", came, "--from", "2026-12-01T00:00")
    result = shiftcast("repair", "--workspace", planned, *told, "--json")
    assert result.exit_code == 0, result.output
    metrics = {(m["metric"], m["queue"]): m for m in json.loads(result.stdout)["metrics"]}
    assert metrics["contacts", "phone"]["change"] > 0
    manifest = json.loads((planned / "plans" / MENDED / "manifest.json").read_text())
    assert manifest["forecast_from"] == "track --reforecast"


@pytest.mark.parametrize("told", ["@14:00", "T14:00..24:00", "@14:00-"])
def test_who_leaves_at_two_keeps_the_rest_of_the_shift(
    planned: Path, shiftcast: Shiftcast, sick: str, told: str
) -> None:
    result = shiftcast("repair", "--workspace", planned, "--absent", sick + told, "--json")
    if told.endswith("-"):
        assert result.exit_code == 2
        return
    assert result.exit_code == 0, result.output
    found, day = json.loads(result.stdout), sick.partition(":")[2]
    (away,) = found["away"]
    assert (away["agent"], away["start"][:16]) == ("A1", f"{day}T14:00")
    assert (found["absent"], found["violations"]) == ([], 0)
    rows = roster_of(planned, MENDED)
    (row,) = rows[rows["employee_id"] + ":" + rows["date"] == sick].to_dict("records")
    assert row["away"] == f"14:00-{row['end'][11:16]} paid"
    last = "13:00" if "13:00-14:00" in row["breaks"] else "14:00"
    assert row["queues"].endswith(f"-{last}")
    again = json.loads(shiftcast("repair", MENDED, "--workspace", planned, "--json").stdout)
    assert (again["away"], again["moves"], again["violations"]) == ([], [], 0)


def test_hours_off_in_words(planned: Path, shiftcast: Shiftcast, sick: str) -> None:
    day = sick.partition(":")[2]
    (planned / "time_off.csv").write_text(f"agent,from,to_time\nA1,{day},11:30\n", encoding="utf-8")
    told = ("repair", "--workspace", planned, "--dry-run", "--absent", "A1:2026-12-04..2026-12-05")
    said = shiftcast(*told).stdout
    assert "A1 is away on" in said
    assert "–11:30" in said
    assert "不在岗" in shiftcast(*told, "--lang", "zh-CN").stdout


def test_every_fault_is_named_at_once(planned: Path, shiftcast: Shiftcast) -> None:
    wrong = ("A9:2026-12-03", "A1:tomorrow", "A1:2026-12-03..2026-12-01", "A1:2027-01-01")
    told = [part for text in wrong for part in ("--absent", text)]
    result = shiftcast("repair", "--workspace", planned, *told)
    assert result.exit_code == 2
    assert "There is no agent A9. Did you mean" in result.stderr
    assert "“A1:tomorrow” is no absence." in result.stderr
    assert "“A1:2026-12-03..2026-12-01” is no absence." in result.stderr
    assert "“A1:2027-01-01” lies outside the plan, 2026-11-30 to 2026-12-06." in result.stderr


def test_a_moment_outside_the_plan(planned: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("repair", "--workspace", planned, "--from", "2026-12-07T00:00")
    assert result.exit_code == 2
    assert "2026-12-07 00:00 lies outside the plan" in result.stderr


def test_offers_for_the_gaps_that_are_left(planned: Path, shiftcast: Shiftcast) -> None:
    """Three of six are away on the Friday: whoever is off that day could be asked, and is legal."""
    away = [part for who in ("A1", "A2", "A3") for part in ("--absent", f"{who}:2026-12-04")]
    told = ("repair", "--workspace", planned, "--dry-run", *away)
    found = json.loads(shiftcast(*told, "--json").stdout)
    assert found["short_mended"] > 0
    offers = found["overtime"]
    assert offers
    assert not {"A1", "A2", "A3"} & {one["agent"] for one in offers if "12-04" in one["start"]}
    assert all(one["hours"] >= 1 for one in offers)
    said = shiftcast(*told).stdout
    assert "Overtime that could be offered" in said
    assert "closes" in said


def test_a_swap_is_made_if_it_breaks_nothing(planned: Path, shiftcast: Shiftcast) -> None:
    rows = roster_of(planned, PLAN)
    early, late = (
        set(rows[rows["shift_code"] == code][["employee_id", "date"]].itertuples(index=False))
        for code in ("E8", "L8")
    )
    agent, day = sorted(early)[0]
    other = next(who for who, date in sorted(late) if date == day)
    swap = f"{agent}:{day}={other}:{day}"
    result = shiftcast("repair", "--workspace", planned, "--swap", swap, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["plan"], found["broken"]) == (MENDED, [])
    assert {(m["agent"], m["second_shift"]) for m in found["moves"]} == {
        (agent, "L8"),
        (other, "E8"),
    }


def test_a_change_that_breaks_a_rule_is_told_and_not_made(
    planned: Path, shiftcast: Shiftcast
) -> None:
    rows = roster_of(planned, PLAN)
    mine = rows.loc[rows["employee_id"] == "A1", "date"].tolist()
    told = [part for day in mine for part in ("--change", f"A1:{day}=off")]
    result = shiftcast("repair", "--workspace", planned, *told)
    assert result.exit_code == 1, result.output
    assert "Nothing was written: this breaks rules in 1 places." in result.stdout
    assert "A1 " in result.stdout.splitlines()[-1]
    assert not (planned / "plans" / MENDED).exists()


def test_every_fault_of_a_wish_is_named(planned: Path, shiftcast: Shiftcast) -> None:
    told = (
        ("--swap", "A1=A2"),
        ("--swap", "A1:soon=A2:2026-12-01"),
        ("--change", "A1:2026-12-01=E9"),
        ("--change", "A1:2026-12-01=E8@noon"),
        ("--change", "A1"),
        ("--change", "A1:2027-01-01=off"),
        ("--absent", "A1:today"),
    )
    result = shiftcast("repair", "--workspace", planned, *(part for pair in told for part in pair))
    assert result.exit_code == 2
    for said in (
        "“A1=A2” is no swap.",
        "“A1:soon=A2:2026-12-01” names no day.",
        "There is no shift E9.",
        "“A1:2026-12-01=E8@noon” is no change.",
        "“A1” is no change.",
        "“A1:2027-01-01=off” lies outside the plan",
        "“A1:today” is no absence.",
    ):
        assert said in result.stderr
