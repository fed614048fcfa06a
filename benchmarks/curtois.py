"""The published shift-scheduling instances of Curtois and Qu, solved with the product's own engine.

    python -m benchmarks.curtois INSTANCE.txt --cpu-seconds S --seed N --output ROSTER.csv

Reads the text format described beside the instances, writes employee,day_index,shift_id for the
checker that lies there too, and prints status, cost, lower bound, gap and CPU seconds as JSON. The
instances name no clock times: a shift here starts at midnight and lasts as long as it is paid, and
what may follow what is left to the list of forbidden followers.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, FixedAssignment, Request, RequestKind
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import ShiftTemplate, WantedShift
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster

MONDAY = date(2024, 1, 1)
NO_WEIGHTS = Weights(0, 0, evenness=0, request=1, fairness=0, steady_start=0, queue_change=0)
Rows = dict[str, list[list[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--cpu-seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    problem = read_problem(asked.instance.read_text())
    limit = SolveLimit(seconds=asked.cpu_seconds, cpu_time=True)
    result = solve(problem, limit, np.random.default_rng(asked.seed))
    if result.roster is not None:
        write_roster(result.roster, asked.output)
    used = os.times()
    report = {
        "instance": asked.instance.stem,
        "status": result.status,
        "cost": result.cost,
        "lower_bound": result.lower_bound,
        "gap": result.gap,
        "cpu_seconds": round(
            used.user + used.system + used.children_user + used.children_system, 2
        ),
        "violations": len(result.violations),
    }
    print(json.dumps(report))


def read_problem(text: str) -> RosterProblem:
    """The instance as a roster problem of the product."""
    rows = _sections(text)
    days = int(rows["HORIZON"][0][0])
    grid = TimeGrid(MONDAY, days, 60)
    staff = [_employee(row, days) for row in rows["STAFF"]]
    return RosterProblem(
        grid,
        (),
        tuple(employee.agent for employee in staff),
        tuple(employee.contract for employee in staff),
        tuple(_shift(row) for row in rows["SHIFTS"]),
        Rules(min_rest_min=0, max_consecutive_days=days),
        NO_WEIGHTS,
        requests=tuple(
            Request(row[0], _day(row[1]), kind, float(row[3]), shift_code=row[2])
            for section, kind in (
                ("SHIFT_ON_REQUESTS", RequestKind.SHIFT),
                ("SHIFT_OFF_REQUESTS", RequestKind.SHIFT_OFF),
            )
            for row in rows.get(section, ())
        ),
        fixed=tuple(
            FixedAssignment(row[0], _day(day), None)
            for row in rows.get("DAYS_OFF", ())
            for day in row[1:]
        ),
        wanted=tuple(
            WantedShift(_day(day), shift, int(wanted), float(under), float(over))
            for day, shift, wanted, under, over in rows["COVER"]
        ),
    )


def _sections(text: str) -> Rows:
    found: Rows = {}
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            found[line.removeprefix("SECTION_")] = rows = []
        elif line and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split(",")])
    return found


def _day(index: str) -> date:
    return MONDAY + timedelta(days=int(index))


def _shift(row: list[str]) -> ShiftTemplate:
    code, minutes, followers = row
    forbidden = frozenset(followers.split("|")) - {""}
    return ShiftTemplate(code, int(minutes), 0, 0, not_before=forbidden)


@dataclass(frozen=True)
class Employee:
    """One employee with a contract of their own."""

    agent: Agent
    contract: Contract


def _employee(row: list[str], days: int) -> Employee:
    name, shifts, *numbers = row
    most_minutes, least_minutes, most_run, least_run, least_off, most_weekends = map(int, numbers)
    limits = [(code, int(most)) for code, most in (item.split("=") for item in shifts.split("|"))]
    contract = Contract(
        name,
        tuple(code for code, most in limits if most > 0) or ("none",),
        max_days=7,
        min_period_min=least_minutes,
        max_period_min=most_minutes,
        period_weeks=days // 7,
        max_consecutive_days=most_run,
        min_run_days=least_run,
        min_run_days_off=least_off,
        max_weekends=(most_weekends, days // 7),
        shift_limits=tuple((code, most) for code, most in limits if most > 0),
    )
    return Employee(Agent(name, name, name, frozenset()), contract)


def write_roster(roster: Roster, path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["employee", "day_index", "shift_id"])
        for shift in roster.assignments:
            writer.writerow([shift.agent, shift.day, shift.shift_code])


if __name__ == "__main__":
    main()
