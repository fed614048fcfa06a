"""Staffing where arrivals change within the hour, judged by the exact equations of the queue.

    python -m benchmarks.queueing.time_varying [FOLDER] [--quick]

FOLDER (left out: queueing/ in the one that SHIFTCAST_BENCHMARKS names) holds the exact results of
published examples, `tv_feldman_reference.csv` and `tv_sinusoid_reference.csv`. Three parts, one
JSON line each:

* feldman: λ(t) = 100 + 20 sin t, µ = 1, agents changed every 0.1. The probability of delay at each
  change, against that of exact staffing by the modified offered load.
* sinusoid: a day whose rate swings between 0 and twice its mean, in half-hours. Half-hours in which
  more than 1.1 × the 10 % wanted are delayed, and agent-hours, beside those of the reference.
* days: invented days of a contact centre, 80 % within 20 seconds. The lowest service level of any
  interval, and agent-hours against stationary staffing at each interval's highest rate.

Agents who go hand back the contact in hand in the first two (as in the reference) and in the worst
case of the third.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import Hold, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.transient import Leaving

from ..folders import INSTANCES, named_folder
from .days import invented_days
from .exact_day import STEPS, ExactDay

Array = NDArray[np.float64]
Row = dict[str, Any]

BACK = Leaving.HANDED_BACK
HOLDS = {Hold.DAY: "MOL-avg", Hold.INTERVAL: "MOL-max"}


def feldman(folder: Path) -> Iterator[Row]:
    """Every row of the modified offered load; the unit of time is an hour."""
    for row in _rows(folder / "tv_feldman_reference.csv"):
        if row["rule"] != "MOL":
            continue
        theta, alpha = float(row["theta"]), float(row["alpha"])
        target = ServiceTarget(1 - alpha, 0.0, max_occupancy=1.0, max_abandonment=1.0)
        profile = QueueProfile("q", target=target, patience_s=3600 / theta if theta else None)
        day = ExactDay(profile, lambda t: 100 * t - 20 * np.cos(t), 3600.0, 6, 252)
        agents = day.needed(Hold.DAY)
        delayed = day.by_interval(day.exactly(agents, BACK).p_wait)
        last = slice(-63, None)  # a period of 2π
        yield {
            "theta": theta,
            "alpha": alpha,
            "least": round(float(delayed[last].min()), 4),
            "most": round(float(delayed[last].max()), 4),
            "reference": [round(float(row[key]), 4) for key in ("Pdelay_min", "Pdelay_max")],
            "agents": round(float(agents[last].mean()), 2),
            "reference_agents": round(float(row["mean_s"]), 2),
        }


def sinusoid(folder: Path, largest: float) -> Iterator[Row]:
    """Every setting up to a mean load, both ways of holding the target."""
    reference: dict[tuple[float, float, float], dict[str, Row]] = {}
    for row in _rows(folder / "tv_sinusoid_reference.csv"):
        setting = (float(row["mean_load"]), float(row["mu_per_h"]), float(row["RA"]))
        reference.setdefault(setting, {})[row["method"]] = row
    turn = 2 * np.pi / 24
    target = ServiceTarget(0.9, 0.0, max_occupancy=1.0)
    for (load, mu, swing), methods in reference.items():
        if load > largest:
            continue
        pace = load * mu
        day = ExactDay(
            QueueProfile("q", target=target),
            lambda t, pace=pace, swing=swing: pace * (t - swing * np.cos(turn * t) / turn),
            3600 / mu,
            30,
            96,  # the second of two days counts
        )
        for hold, method in HOLDS.items():
            agents = day.needed(hold)
            delayed = day.by_interval(day.exactly(agents, BACK).p_wait)[48:]
            yield {
                "load": load,
                "aht_min": 60 / mu,
                "method": method,
                "above": int((delayed > 0.11).sum()),
                "reference_above": int(methods[method]["halfhours_above_1.1target"]),
                "most": round(float(delayed.max()), 4),
                "reference_most": round(float(methods[method]["max_Pdelay"]), 4),
                "hours": float(agents[48:].sum() / 2),
                "reference_hours": float(methods[method]["agent_hours"]),
            }


def days(quick: bool) -> Iterator[Row]:
    """Every invented day, held at every interval and over the day, beside stationary staffing."""
    for shape, day in invented_days():
        if quick and day.profile.patience_s is None:
            continue
        rules = {hold.value: day.needed(hold) for hold in Hold}
        rules["stationary, mean rate"] = day.stationary(highest=False)
        limit = day.stationary(highest=True).sum()
        row: Row = {
            "shape": shape,
            "peak_contacts_h": round(float(day.contacts().max() * 60 / day.interval_min)),
            "aht_s": day.aht_s,
            "patience_s": day.profile.patience_s,
            "interval_min": day.interval_min,
        }
        for name, agents in rules.items():
            line = day.exactly(agents, BACK)
            level = day.by_interval(line.answered_within)
            contacts = day.contacts(STEPS)
            row[name] = {
                "lowest": round(float(np.nanmin(level)), 3),
                "day": round(float(line.answered_within @ contacts / contacts.sum()), 3),
                "hours_above_limit": round(float(agents.sum() / limit - 1), 4),
            }
        yield row


def summary(rows: list[Row]) -> Row:
    """Of the invented days: the lowest interval and the dearest day by rule."""
    result: Row = {"days": len(rows)}
    for rule in (*(hold.value for hold in Hold), "stationary, mean rate"):
        found = [row[rule] for row in rows]
        result[rule] = {
            "lowest": min(each["lowest"] for each in found),
            "below_75": sum(each["lowest"] < 0.75 for each in found),
            "dearest": max(each["hours_above_limit"] for each in found),
            "mean": round(float(np.mean([each["hours_above_limit"] for each in found])), 4),
        }
    return result


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--quick", action="store_true", help="smaller loads, half of the days")
    asked = parser.parse_args()
    folder = asked.folder or named_folder(INSTANCES) / "queueing"
    begin = time.perf_counter()
    for row in feldman(folder):
        print(json.dumps({"part": "feldman"} | row), flush=True)
    for row in sinusoid(folder, 32.0 if asked.quick else np.inf):
        print(json.dumps({"part": "sinusoid"} | row), flush=True)
    measured = list(days(asked.quick))
    for row in measured:
        print(json.dumps({"part": "days"} | row), flush=True)
    seconds = round(time.perf_counter() - begin, 1)
    print(json.dumps({"part": "summary", "seconds": seconds} | summary(measured)))


if __name__ == "__main__":
    main()
