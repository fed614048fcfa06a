import csv
from pathlib import Path

import pytest
from shiftcast.cli.exports.requirement_csv import REQUIREMENT_COLUMNS, write_requirement

from tests.factories_plan import make_plan

PLAN = make_plan(agents=6)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_for_each_queue_and_interval(tmp_path: Path) -> None:
    write_requirement(tmp_path / "r.csv", PLAN.requirement, PLAN.problem.demands)
    rows = _read(tmp_path / "r.csv")
    assert tuple(rows[0]) == REQUIREMENT_COLUMNS
    assert len(rows) == 3 * 7 * 96
    # Monday 10:00 is interval 40 of the first queue; rostered = on_queue ÷ 0.92.
    row = rows[40]
    assert row["interval_start"] == "2026-11-30T10:00:00+08:00"
    assert row["queue"] == "phone"
    assert float(row["on_queue"]) / 0.92 == pytest.approx(float(row["required"]), abs=1e-3)
    assert row["deadline_work_h"] == row["due"] == ""


def test_deadline_work_says_what_comes_when_it_is_due_and_where_it_was_placed(
    tmp_path: Path,
) -> None:
    write_requirement(tmp_path / "r.csv", PLAN.requirement, PLAN.problem.demands)
    row = next(r for r in _read(tmp_path / "r.csv") if r["queue"] == "email")
    # The fixture's work of an interval is due 96 intervals (a day) later, at that one's end.
    assert row["due"] == "2026-12-01T00:15:00+08:00"
    work = [r for r in _read(tmp_path / "r.csv") if r["queue"] == "email"][44]
    # Agent-intervals of a quarter of an hour, and as many agents placed in the fixture.
    assert float(work["deadline_work_h"]) == pytest.approx(float(work["required"]) / 4, abs=1e-3)
    assert work["on_queue"] == ""


def test_without_demands_nothing_is_said_of_the_placement(tmp_path: Path) -> None:
    write_requirement(tmp_path / "r.csv", PLAN.requirement)
    assert _read(tmp_path / "r.csv")[-1]["required"] == ""
