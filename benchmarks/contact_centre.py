"""The published contact-centre rostering instances, solved with the product's own engine.

    python -m benchmarks.contact_centre INSTANCE.json --cpu-seconds S --seed N --output ROSTER.csv
                                        [--assignments FILE.csv]

Reads the instance format described beside the instances, writes the roster (and, for several
queues, the assignments) for the checker that lies there too, and prints status, cost, lower bound,
gap and CPU seconds as JSON. CPU seconds are user + system of this process and its children.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, Request, RequestKind, TimeOff
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule, ShiftTemplate
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.problem import Demand, RosterProblem
from shiftcast.scheduling.rostering.roster import Roster


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--cpu-seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--assignments", type=Path)
    asked = parser.parse_args()
    instance = json.loads(asked.instance.read_text())
    problem = read_problem(instance)
    limit = SolveLimit(seconds=asked.cpu_seconds, cpu_time=True)
    result = solve(problem, limit, np.random.default_rng(asked.seed))
    if result.roster is not None:
        write_roster(result.roster, asked.output)
        if asked.assignments is not None:
            write_assignments(result.roster, asked.assignments)
    used = os.times()
    cpu = used.user + used.system + used.children_user + used.children_system
    # The instances price an agent-interval, the product an agent-hour of the same size.
    report = {
        "instance": instance["name"],
        "status": result.status,
        "cost": result.cost,
        "lower_bound": result.lower_bound,
        "gap": result.gap,
        "cpu_seconds": round(cpu, 2),
        "violations": len(result.violations),
    }
    print(json.dumps(report))


def read_problem(instance: dict[str, Any]) -> RosterProblem:
    """The instance as a roster problem of the product."""
    first = date.fromisoformat(instance["start"])
    grid = TimeGrid(first, instance["days"], instance["interval_minutes"])
    an_hour = 60 / grid.interval_min
    weights = instance["weights"]
    rules = instance["rules"]
    return RosterProblem(
        grid,
        tuple(
            Demand(queue, queue, np.array(instance["requirement"][queue], dtype=float))
            for queue in instance["queues"]
        ),
        tuple(_agent(raw) for raw in instance["agents"]),
        tuple(_contract(raw) for raw in instance["contracts"]),
        tuple(_shift(raw) for raw in instance["shift_types"]),
        Rules(
            min_rest_min=rules["min_rest_minutes"],
            max_consecutive_days=rules["max_consecutive_days"],
        ),
        Weights(
            under=weights["under"] * an_hour,
            over=weights["over"] * an_hour,
            evenness=0.0,
            request=1.0,
            fairness=0.0,
            steady_start=0.0,
            queue_change=0.0,
        ),
        time_off=tuple(
            TimeOff(raw["id"], grid.dates[day], grid.dates[day])
            for raw in instance["agents"]
            for day in raw.get("time_off", ())
        ),
        requests=tuple(r for raw in instance["agents"] for r in _requests(raw, grid)),
    )


def _agent(raw: dict[str, Any]) -> Agent:
    windows = raw.get("availability") or [None] * 7
    return Agent(
        raw["id"],
        raw["id"],
        raw["contract"],
        frozenset(raw["skills"]),
        availability=tuple(
            None if window is None else (window[0], window[1]) for window in windows
        ),
    )


def _contract(raw: dict[str, Any]) -> Contract:
    return Contract(
        raw["id"],
        tuple(raw["shift_types"]),
        min_days=raw["days_per_week"],
        max_days=raw["days_per_week"],
        min_days_off_together=raw.get("min_consecutive_days_off", 0),
        max_start_spread_min=raw.get("max_start_spread_minutes"),
    )


def _shift(raw: dict[str, Any]) -> ShiftTemplate:
    return ShiftTemplate(
        raw["id"],
        raw["paid_minutes"],
        raw["earliest_start"],
        raw["latest_start"],
        raw["grid_minutes"],
        tuple(
            BreakRule(b["minutes"], b["paid"], b["earliest_offset"], b["latest_offset"])
            for b in raw["breaks"]
        ),
    )


def _requests(raw: dict[str, Any], grid: TimeGrid) -> list[Request]:
    found = [
        Request(raw["id"], grid.dates[day], RequestKind.DAY_OFF, weight)
        for day, weight in raw.get("day_off_requests", ())
    ]
    for day, kind, minute, weight in raw.get("shift_requests", ()):
        found.append(Request(raw["id"], grid.dates[day], RequestKind(kind), weight, minute=minute))
    return found


def write_roster(roster: Roster, path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["agent_id", "day", "shift_type", "start_minute", "break_starts"])
        for shift in roster.assignments:
            midnight = shift.day * 1440
            breaks = ";".join(str(b.start - midnight) for b in shift.breaks)
            row = [shift.agent, shift.day, shift.shift_code, shift.start - midnight, breaks]
            writer.writerow(row)


def write_assignments(roster: Roster, path: Path) -> None:
    step = roster.grid.interval_min
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["agent_id", "interval_index", "queue"])
        for shift in roster.assignments:
            for span in shift.queues:
                for interval in range(span.start // step, span.end // step):
                    if interval < roster.grid.size:
                        writer.writerow([shift.agent, interval, span.queue])


if __name__ == "__main__":
    main()
