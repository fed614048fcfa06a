"""Two real banks planned with the product's own command line, two weeks each.

    python -m benchmarks.banks [small|large|both] [--output DIR] [--roster-seconds S]

takes the call volumes from the folder that SHIFTCAST_DATA names, makes a workspace for each bank
in DIR (which must not hold one yet; a temporary folder if left out), plans a week of August with
`shiftcast plan`, judges the written roster with `shiftcast check --roster`, exports and publishes
it, and does the same for the week after on the published one. Prints what was measured of each
plan and, with --output, writes it as DIR/banks.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .bank_scores import Edge, ForecastError, across_the_edge, forecast_error
from .bank_workspace import BANKS, Bank, read_volumes, write_contacts, write_workspace
from .folders import DATA, named_folder

ROSTER_SECONDS = {"small": 30.0, "large": 60.0}


@dataclass(frozen=True)
class Answer:
    """What a command of the product said as JSON, its exit status, and its wall time."""

    status: int
    said: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class PlanMeasure:
    """What was measured of one plan. `seconds` are by stage, the whole command as `total`, the
    hand-out of every file as `export`; `broken` counts what the audit found in the written roster;
    `edge` is None for a first week, which has no published one before it."""

    bank: str
    week: date
    forecast: ForecastError
    seconds: dict[str, float]
    roster: dict[str, Any]
    queues: list[dict[str, Any]]
    broken: int
    rules: int
    edge: Edge | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bank", nargs="?", choices=[*BANKS, "both"], default="both")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--roster-seconds", type=float)
    asked = parser.parse_args()
    data = named_folder(DATA)
    names = list(BANKS) if asked.bank == "both" else [asked.bank]
    measured = []
    with TemporaryDirectory() as temporary:
        folder = asked.output or Path(temporary)
        for name in names:
            for measure in run_bank(BANKS[name], data, folder / name, asked.roster_seconds):
                print("\n".join(lines_of(measure)), flush=True)
                measured.append(measure)
    if asked.output is not None:
        content = json.dumps([asdict(measure) for measure in measured], default=str, indent=2)
        (asked.output / "banks.json").write_text(content + "\n", encoding="utf-8")


def run_bank(
    bank: Bank, data: Path, folder: Path, roster_seconds: float | None = None
) -> Iterator[PlanMeasure]:
    """Plans both weeks of a bank in a new workspace, the second on the published first."""
    write_workspace(bank, folder)
    volumes = read_volumes(bank, data)
    seconds = roster_seconds or ROSTER_SECONDS[bank.name]
    before: Path | None = None
    for week in bank.weeks:
        write_contacts(volumes, week, folder)
        plan = _shiftcast(
            "plan", "-w", str(folder), "--start", str(week), "--seconds", str(seconds)
        )
        made = Path(plan.said["folder"])
        roster = made / "roster.csv"
        check = _shiftcast("check", "-w", str(folder), "--roster", str(roster))
        export = _shiftcast("export", made.name, "-w", str(folder))
        _shiftcast("publish", made.name, "-w", str(folder))
        yield PlanMeasure(
            bank=bank.name,
            week=week,
            forecast=forecast_error(made, volumes, week),
            seconds={
                **plan.said["timings"],
                "total": plan.seconds,
                "export": export.seconds,
            },
            roster=plan.said["view"]["roster"],
            queues=plan.said["view"]["queues"],
            broken=len(check.said["breaches"]),
            rules=check.said["rules"],
            edge=None if before is None else across_the_edge(before, roster),
        )
        before = roster


def _shiftcast(*words: str) -> Answer:
    """Runs a command as a planner would; ends with its own words if it cannot do its work.

    Status 1 says that a rule or a target is broken, which is a figure here and no failure.
    """
    begin = time.perf_counter()
    command = [sys.executable, "-m", "shiftcast.cli", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"shiftcast {' '.join(words)}: status {done.returncode}\n{done.stderr}")
    return Answer(done.returncode, json.loads(done.stdout), time.perf_counter() - begin)


def lines_of(measure: PlanMeasure) -> Sequence[str]:
    """A plan's figures, a line a subject."""
    error, roster = measure.forecast, measure.roster
    stages = ", ".join(f"{name} {spent:.1f}" for name, spent in measure.seconds.items())
    requests = f"requests {roster['requests_met']} of {roster['requests']}"
    lines = [
        f"{measure.bank} bank, week of {measure.week:%a %d %b %Y}",
        f"  forecast  WAPE {error.wape:.1%} by interval, {error.wape_day:.1%} by day, bias "
        f"{error.bias:+.1%}; {error.actual:,.0f} contacts came, and {error.unserved:.1%} of the "
        "week's while closed",
        f"  seconds   {stages}",
        f"  roster    {roster['status']}: cost {roster['points']:,.0f}, bound "
        f"{roster['lower_bound']:,.0f}, gap {roster['gap']:.1%}; {roster['agents']} agents, "
        f"{roster['shifts']} shifts, {roster['paid_hours']:,.0f} paid hours, {requests}",
        f"  audit     {roster['violations']} violations in the plan, {measure.broken} of "
        f"{measure.rules} rules broken in the written roster.csv",
    ]
    lines += [_queue_line(queue) for queue in measure.queues]
    if measure.edge is not None:
        edge = measure.edge
        lines.append(
            f"  edge      {edge.agents_in_both} agents in both weeks: shortest rest "
            f"{edge.shortest_rest_h:.1f} h, longest run {edge.longest_run_days} days"
        )
    return lines


def _queue_line(queue: dict[str, Any]) -> str:
    return (
        f"  service   {queue['queue']}: {queue['service']:.1%} within {queue['within_s']:.0f} s "
        f"(target {queue['target']:.0%}), {queue['abandonment']:.1%} give up, occupancy "
        f"{queue['occupancy']:.1%}; {queue['required_hours']:,.0f} hours needed, "
        f"{queue['under_hours']:,.0f} short, {queue['over_hours']:,.0f} over"
    )


if __name__ == "__main__":
    main()
