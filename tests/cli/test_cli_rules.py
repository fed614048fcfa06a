"""Split shifts, on-call duty and overtime from the files to the roster, and what `check` says when
somebody breaks them by hand."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CONFIG, SHIFTS, Shiftcast, write_centre

PLAN = "2026-11-30-7d-01"
TERMS = """\
[[contract]]
id = "full"
shifts = ["E8", "L8"]
days_per_week = [4, 5]
hours_per_week = [0, 32]
overtime_hours = 8

[[contract]]
id = "split"
shifts = ["S6"]
days_per_week = [4, 5]

[[contract]]
id = "guard"
shifts = ["E8", "L8", "OC"]
days_per_week = [4, 5]

[weights]
overtime = 3
"""
CREW = {"A5": "guard", "A6": "split"}
Row = dict[str, str]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of four full-timers who may work overtime, one on split shifts, and one who is on
    call on Monday."""
    from shiftcast.cli.app import app
    from typer.testing import CliRunner

    folder = write_centre(tmp_path_factory.mktemp("terms") / "centre")
    first, rest = CONFIG.index("[[contract]]"), CONFIG.index("[rules]")
    (folder / "shiftcast.toml").write_text(CONFIG[:first] + TERMS + CONFIG[rest:])
    crew = "".join(f"A{i},Agent {i},{CREW.get(f'A{i}', 'full')},phone\n" for i in range(1, 7))
    (folder / "agents.csv").write_text("id,name,contract,skills\n" + crew)
    heading, *lines = SHIFTS.splitlines()
    shifts = [
        f"{heading},kind",
        *(f"{line}," for line in lines),
        "S6,Split,360,08:00,08:00,60,180 split 03:00-05:00,",
        "OC,On call,480,09:00,09:00,60,none,on_call",
    ]
    (folder / "shifts.csv").write_text("\n".join(shifts) + "\n")
    (folder / "fixed.csv").write_text("agent,date,shift\nA5,2026-11-30,OC\n")
    result = CliRunner().invoke(app, ["plan", "--workspace", str(folder), "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


def rows(planned: Path) -> list[Row]:
    path = planned / "plans" / PLAN / "roster.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_split_shift_serves_before_and_after_its_gap(planned: Path) -> None:
    split = [row for row in rows(planned) if row["employee_id"] == "A6"]
    assert len(split) >= 4
    for row in split:
        clocks, kind = row["breaks"].split()
        begin, end = clocks.split("-")
        assert kind == "split"
        assert row["queues"] == f"phone 08:00-{begin}; phone {end}-17:00"
        assert (row["paid_minutes"], row["unpaid_break_minutes"]) == ("360", "180")


def test_on_call_serves_no_queue(planned: Path) -> None:
    (duty,) = [row for row in rows(planned) if row["shift_code"] == "OC"]
    assert (duty["employee_id"], duty["date"], duty["status"]) == ("A5", "2026-11-30", "fixed")
    assert (duty["queues"], duty["breaks"]) == ("", "")


def test_overtime_is_worked_where_it_pays_and_no_more_than_allowed(planned: Path) -> None:
    full = [row for row in rows(planned) if row["employee_id"] in {"A1", "A2", "A3", "A4"}]
    days = Counter(row["employee_id"] for row in full)
    assert set(days.values()) <= {4, 5}
    assert 5 in days.values()


def _without_gap(found: list[Row]) -> None:
    row = next(row for row in found if row["employee_id"] == "A6")
    row["breaks"], row["queues"] = "", "phone 08:00-17:00"


def _on_a_queue(found: list[Row]) -> None:
    row = next(row for row in found if row["shift_code"] == "OC")
    row["queues"] = "phone 09:00-17:00"


def _one_day_more(found: list[Row]) -> None:
    """A sixth day of somebody's, on which the agent was off."""
    days = Counter(row["employee_id"] for row in found)
    who = next(a for a in ("A1", "A2", "A3", "A4") if days[a] == 5)
    mine = [row for row in found if row["employee_id"] == who]
    worked = {row["date"] for row in mine}
    free = next(d for d in sorted({row["date"] for row in found}) if d not in worked)
    was = mine[0]["date"]
    found.append({k: v.replace(was, free) for k, v in mine[0].items()})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_gap, "The number of breaks is not that of shift S6."),
        (_on_a_queue, "Shift OC is on call and serves no queue."),
        (_one_day_more, "Paid hours in the week: 48"),
    ],
)
def test_what_is_broken_by_hand_is_named(
    planned: Path,
    shiftcast: Shiftcast,
    tmp_path: Path,
    change: Callable[[list[Row]], None],
    said: str,
) -> None:
    found = rows(planned)
    change(found)
    path = tmp_path / "edited.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)
    result = shiftcast("check", "--workspace", planned, "--roster", path)
    assert result.exit_code == 1, result.output
    assert said in " ".join(result.output.split())
