"""kpis.csv of a stored plan → KPIs as they were promised."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...scheduling.kpis import KPI_COLUMNS, PROMISED_COLUMNS, Kpis, paid_by_day
from ...scheduling.rostering.roster import Roster

_NUMBERS = [name for name in (*KPI_COLUMNS, *PROMISED_COLUMNS) if name not in ("queue", "start")]


def read_kpis(folder: Path, centre: Centre, roster: Roster) -> Kpis:
    """The KPIs that a plan's folder holds. Hours and cost are those of the roster."""
    table = pd.read_csv(folder / "kpis.csv", encoding="utf-8-sig", dtype={"start": str})
    table = table.reindex(columns=["level", "queue", "start", *_NUMBERS])
    table[_NUMBERS] = table[_NUMBERS].astype(float)
    paid = paid_by_day(centre, roster)
    summary = json.loads((folder / "kpis.json").read_text(encoding="utf-8"))
    return Kpis(
        interval=_intervals(table, roster.grid),
        day=_dated(table, "day"),
        week=_dated(table, "week"),
        paid_hours=float(paid["paid_hours"].sum()),
        cost=float(paid["cost"].sum()),
        paid_by_day=paid,
        replications=int(summary.get("replications", 0)),
    )


def _intervals(table: pd.DataFrame, grid: TimeGrid) -> pd.DataFrame:
    rows = _level(table, "interval")
    moments = pd.to_datetime(rows["start"], utc=True).dt.tz_convert(grid.tz)
    return rows.assign(start=moments.astype(grid.starts.dtype))


def _dated(table: pd.DataFrame, level: str) -> pd.DataFrame:
    rows = _level(table, level)
    return rows.assign(start=[date.fromisoformat(text) for text in rows["start"]])


def _level(table: pd.DataFrame, level: str) -> pd.DataFrame:
    rows = table[table["level"] == level].drop(columns="level")
    return rows.reset_index(drop=True)[[*KPI_COLUMNS, *PROMISED_COLUMNS]]
