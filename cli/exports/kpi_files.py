"""kpis.csv for spreadsheets and kpis.json for programs: the same expected KPIs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ...scheduling.kpis import KPI_COLUMNS, PROMISED_COLUMNS, Kpis
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.saving import most_saving
from .whole_file import write_csv, write_whole

KPI_SCHEMA_VERSION = 1
_COLUMNS = (*KPI_COLUMNS, *PROMISED_COLUMNS)
KPI_FILE_COLUMNS = ("level", *_COLUMNS)
_DIGITS = 6


def write_kpis_csv(path: Path, kpis: Kpis) -> None:
    """Every interval, day and week in one long table; `level` says which a row is.

    `start` is the interval's local time with offset, or the date. A number without a meaning is an
    empty cell.
    """
    levels = (("week", kpis.week), ("day", kpis.day), ("interval", kpis.interval))
    rows = (
        [level, *("" if value is None else value for value in record.values())]
        for level, frame in levels
        for record in _records(frame.reindex(columns=list(_COLUMNS)))
    )
    write_csv(path, KPI_FILE_COLUMNS, rows)


def write_kpis_json(path: Path, plan: Plan) -> None:
    """Weeks and days by queue with what was promised, paid hours, cost and the roster's status.

    Intervals are in kpis.csv. A number without a meaning is null.
    """
    result, saving = plan.result, most_saving(plan.problem, plan.result)
    content = {
        "schema_version": KPI_SCHEMA_VERSION,
        "centre": plan.centre.name,
        "time_zone": plan.grid.tz,
        "interval_minutes": plan.grid.interval_min,
        "first_day": plan.grid.first_day,
        "last_day": plan.grid.last_day,
        "replications": plan.kpis.replications,
        "paid_hours": plan.kpis.paid_hours,
        "cost": plan.kpis.cost,
        "queues": [
            {"queue": queue.name, "channel": queue.channel, "target": asdict(queue.target)}
            for queue in plan.centre.queues
        ],
        "week": list(_records(plan.kpis.week)),
        "day": list(_records(plan.kpis.day)),
        "paid_by_day": list(_records(plan.kpis.paid_by_day)),
        "roster": {
            "status": result.status,
            "cost_points": result.cost,
            "lower_bound": result.lower_bound,
            "gap": result.gap,
            "gap_hours": None if saving is None else saving.hours,
            "gap_of_hours": None if saving is None else saving.share,
            "violations": len(result.violations),
            "requests": len(plan.requests),
            "requests_met": int(plan.requests["met"].sum()),
        },
        "correction": None if plan.correction is None else asdict(plan.correction),
    }
    text = json.dumps(_plain(content), ensure_ascii=False, indent=2, allow_nan=False)
    write_whole(path, f"{text}\n".encode())


def _records(frame: pd.DataFrame) -> Iterable[dict[str, object]]:
    """Rows with plain values: rounded numbers, ISO dates, None for what has no meaning."""
    columns = [str(name) for name in frame.columns]
    for row in frame.itertuples(index=False):
        yield {name: _plain(value) for name, value in zip(columns, row, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, _DIGITS) if math.isfinite(value) else None
    return value
