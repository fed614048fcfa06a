import csv
import json
import math
from pathlib import Path

import pytest
from shiftcast.cli.exports.kpi_files import (
    KPI_FILE_COLUMNS,
    KPI_SCHEMA_VERSION,
    write_kpis_csv,
    write_kpis_json,
)

from tests.factories_plan import make_plan

PLAN = make_plan(agents=12)


def test_the_table_holds_every_interval_day_and_week(tmp_path: Path) -> None:
    write_kpis_csv(tmp_path / "kpis.csv", PLAN.kpis)
    with (tmp_path / "kpis.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == KPI_FILE_COLUMNS
    counts = {level: sum(row["level"] == level for row in rows) for level in ("week", "day")}
    # Three queues and "all": one week, seven days each; 3 × 7 × 96 intervals.
    assert counts == {"week": 4, "day": 28}
    assert len(rows) == 4 + 28 + 3 * 7 * 96
    midnight = next(r for r in rows if r["level"] == "interval" and r["queue"] == "phone")
    assert midnight["start"] == "2026-11-30T00:00:00+08:00"
    assert midnight["service_level"] == ""
    assert next(r for r in rows if r["level"] == "day")["start"] == "2026-11-30"


def test_numbers_come_back_as_they_were(tmp_path: Path) -> None:
    write_kpis_csv(tmp_path / "kpis.csv", PLAN.kpis)
    with (tmp_path / "kpis.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "day"]
    for row, (_, day) in zip(rows, PLAN.kpis.day.iterrows(), strict=True):
        assert row["queue"] == day["queue"]
        for name in ("contacts", "service_level", "under_hours", "over_hours"):
            if math.isnan(day[name]):
                assert row[name] == ""
            else:
                assert float(row[name]) == pytest.approx(day[name], abs=1e-6)


def test_programs_read_weeks_days_promises_and_status(tmp_path: Path) -> None:
    write_kpis_json(tmp_path / "kpis.json", PLAN)
    text = (tmp_path / "kpis.json").read_text(encoding="utf-8")
    assert "NaN" not in text
    found = json.loads(text)
    assert found["schema_version"] == KPI_SCHEMA_VERSION
    assert (found["first_day"], found["last_day"]) == ("2026-11-30", "2026-12-06")
    assert found["queues"][0]["target"]["service_level"] == 0.8
    assert found["queues"][0]["target"]["definition"] == "offered"
    assert len(found["day"]) == 28
    assert found["week"][0]["deadline_met"] is None
    assert found["roster"]["status"] == "feasible"
    assert found["roster"]["gap"] == pytest.approx(310 / 4180, abs=1e-6)
    assert found["roster"]["requests"] == len(PLAN.requests)
    assert found["paid_hours"] == pytest.approx(PLAN.kpis.paid_hours)
