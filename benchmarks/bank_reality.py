"""A real bank's days, predicted from the weeks before them.

    python -m benchmarks.bank_reality CALLS.csv --train-until YYYY-MM-DD [--until YYYY-MM-DD]

learns patience, handle times and the agents' readiness from the calls before the first date
(`shiftcast.scheduling.estimates`, the estimators of `shiftcast staff --calibrate`) and predicts the
later days of the file, up to the second date: of those days the model is told how many calls came
in each half-hour and which agents were at work, read from their service spells. Prints JSON: the
estimates; predicted and observed shares that waited, mean wait of all calls, service level within
20 and 60 s (answered in time ÷ offered) and abandonment with the relative bias, in aggregate, by
day, by hour of the day and by half-hour.

CALLS.csv holds one call a row: `queue_ts, q_time, outcome, ser_time, agent`. Phantom calls and
calls that hung up without queueing (no contacts of the queue) are left out; service times of 0 or
less are unknown; rows that name no agent count as answered, by nobody known.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.history import ContactRecords
from shiftcast.scheduling.estimates.calibration import (
    IntervalKpis,
    QueueEstimates,
    QueueKpis,
    calibrate_queue,
    observed_kpis,
    predict_queue,
)
from shiftcast.scheduling.estimates.log import ContactLog, contact_log

INTERVAL_MIN = 30
WITHIN_S = (20.0, 60.0)
QUEUE = "bank_total"


@dataclass(frozen=True)
class Compared:
    """One KPI; `bias` is predicted ÷ observed − 1, None where nothing was observed."""

    predicted: float
    observed: float
    bias: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("calls", type=Path)
    parser.add_argument("--train-until", type=date.fromisoformat, required=True)
    parser.add_argument("--until", type=date.fromisoformat)
    asked = parser.parse_args()
    log = read_calls(asked.calls)
    train = (asked.train_until - log.grid.first_day).days
    end = log.grid.days if asked.until is None else (asked.until - log.grid.first_day).days
    if not 0 < train < end <= log.grid.days:
        parser.error(f"the file holds {log.grid.first_day} to {log.grid.last_day}")
    print(json.dumps(_plain(measured(log, train, end)), indent=2))


def read_calls(path: Path) -> ContactLog:
    """The bank's calls as a log of one queue."""
    calls = pd.read_csv(path, parse_dates=["queue_ts"])
    answered = calls["outcome"] == "AGENT"
    queued = answered | ((calls["outcome"] == "HANG") & (calls["q_time"] > 0))
    queued &= calls["queue_ts"].notna() & calls["q_time"].notna()
    known = answered & (calls["ser_time"] > 0)
    frame = pd.DataFrame(
        {
            "entered": calls["queue_ts"].dt.tz_localize("UTC"),
            "queue": QUEUE,
            "wait_s": calls["q_time"].astype(float).clip(lower=0.0),
            "handle_s": calls["ser_time"].astype(float).where(known),
            "answered": answered,
            "agent": calls["agent"].fillna(""),
        }
    )[queued]
    frame = frame.sort_values("entered", kind="stable").reset_index(drop=True)
    return contact_log(ContactRecords(frame), INTERVAL_MIN, "UTC")


def measured(log: ContactLog, train: int, end: int) -> dict[str, Any]:
    """Estimates from the days before day number `train`; the days from there to `end` compared."""
    estimates = calibrate_queue(log, 0, train, WITHIN_S[0])
    predicted = predict_queue(log, 0, estimates, range(train, end), within_s=WITHIN_S)
    observed = observed_kpis(log, 0, WITHIN_S)
    grid = log.grid
    inside = (grid.day_of >= train) & (grid.day_of < end)
    days = [(grid.dates[day], grid.day_of == day) for day in range(train, end)]
    return {
        "learned": {
            "first_day": grid.first_day,
            "before": grid.dates[train],
            **_learned(estimates),
        },
        "aggregate": _compared(predicted.over(inside), observed.over(inside)),
        "days": [
            {"date": day, **_compared(predicted.over(kept), observed.over(kept))}
            for day, kept in days
            if observed.offered[kept].any()
        ],
        "hours": [
            {"hour": hour, **_compared(predicted.over(kept), observed.over(kept))}
            for hour in range(24)
            if observed.offered[kept := inside & (grid.minute_of_day // 60 == hour)].any()
        ],
        "intervals": _intervals(log, predicted, observed, inside),
    }


def _learned(estimates: QueueEstimates) -> dict[str, Any]:
    patience, handling, readiness = estimates.patience, estimates.handling, estimates.readiness
    return {
        "calls": estimates.contacts,
        "patience_s": asdict(patience.mean_s),
        "patience_median_s": patience.median_s,
        "patience_misfit": patience.misfit,
        "handle_s": None if handling is None else asdict(handling.mean_s),
        "handle_cv": None if handling is None else handling.cv,
        "after_call_s": asdict(estimates.returns.after_call_s),
        "hidden_s": asdict(estimates.returns.hidden_s),
        "readiness": None if readiness is None else asdict(readiness),
    }


def _compared(predicted: QueueKpis, observed: QueueKpis) -> dict[str, Any]:
    pairs = {
        "p_wait": (predicted.p_wait, observed.p_wait),
        "mean_wait_s": (predicted.mean_wait_s, observed.mean_wait_s),
        "abandonment": (predicted.abandonment, observed.abandonment),
    }
    for place, within in enumerate(WITHIN_S):
        levels = (predicted.service_level[place], observed.service_level[place])
        pairs[f"service_level_{within:.0f}s"] = levels
    found = {name: asdict(_bias(*pair)) for name, pair in pairs.items()}
    return {"offered": observed.offered, **found}


def _bias(predicted: float, observed: float) -> Compared:
    return Compared(predicted, observed, predicted / observed - 1 if observed else None)


def _intervals(
    log: ContactLog, predicted: IntervalKpis, observed: IntervalKpis, inside: NDArray[np.bool_]
) -> list[dict[str, Any]]:
    """Half-hours with calls: expected and counted numbers a call."""
    rows = []
    for place in np.flatnonzero(inside & (observed.offered > 0)):
        kept = np.arange(log.grid.size) == place
        start = log.grid.starts[place].strftime("%Y-%m-%dT%H:%M:%S")
        rows.append({"start": start, **_compared(predicted.over(kept), observed.over(kept))})
    return rows


def _plain(value: Any) -> Any:
    """Values that JSON knows: dates as text, NaN and infinity as null."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return str(value) if isinstance(value, date) else value


if __name__ == "__main__":
    main()
