"""The sample centre with every kind of rule switched on, solved with the product's own engine.

    python -m benchmarks.all_rules --weeks 1|4 --seconds S --seed N [--problem FILE]

The shipped sample gets the rules below, its forecast and requirement are made by the product's own
stages, and a search of some seconds says where e-mail is worked. What remains is one problem, which
is solved within the limit on two threads. Prints cost, bound and gap as JSON, the gap in points, in
agent-hours at the price of one short, and as a share of the hours needed. `--problem` keeps the
problem (a pickle) to solve it again.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from shiftcast.cli.workspace import forecasting
from shiftcast.cli.workspace.folder import assignments_before, open_workspace, previous_rows
from shiftcast.data.sample.workspace import write_sample
from shiftcast.scheduling.planning.carried import carried_shares
from shiftcast.scheduling.planning.roster_stage import roster_stage
from shiftcast.scheduling.planning.rosters import roster_problem, site_clocks
from shiftcast.scheduling.planning.saving import most_saving
from shiftcast.scheduling.planning.stages import StageClock, staffing_stage
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.compile import HARD
from shiftcast.scheduling.rostering.engine.solver import warm_up
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem

MONDAY = date(2026, 12, 7)
PLACE_SECONDS = 5.0  # of the search that says where e-mail is worked

RULES = """
law = "DE"
weekly_rest_hours = 36
min_consecutive_days = 2
max_day_hours = 9
max_week_hours = 44
overtime_hours = 4
max_weekends = [3, 4]
max_nights = [8, 2]
max_consecutive_nights = 5
morning_after_night = false
shift_limits = { S8 = 3 }
shift_limit_weeks = 1
early_before = "08:30"
late_after = "22:00"
breaks_at_once = "25%"
soft = { most_weekends = 20 }
"""

TABLES = """
[[least_staffing]]
hours = "08:00-22:00"
agents = 2
skill = "phone"
team = "Orchid"

[[least_staffing]]
days = "sat-sun"
hours = "10:00-18:00"
agents = 4
skill = "chat"

[[least_staffing]]
hours = "09:00-20:00"
agents = 1
people = ["A001", "A016", "A031", "A046"]

[[seat_limit]]
days = "sat-sun"
seats = 44

[[together]]
agents = ["A003", "A005"]

[[apart]]
agents = ["A014", "A022"]
"""


@dataclass(frozen=True)
class Report:
    """One run; points, hours and seconds."""

    weeks: int
    cost: float
    cost_without_queue_changes: float
    lower_bound: float
    gap_hours: float
    gap_share: float
    short_hours: float
    over_hours: float
    hours_needed: float
    cpu_seconds: float
    first_roster_cpu_seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--problem", type=Path)
    asked = parser.parse_args()
    problem = made_problem(asked.weeks)
    if asked.problem is not None:
        asked.problem.write_bytes(pickle.dumps(problem))
    print(json.dumps(asdict(solved(problem, asked.weeks, asked.seconds, asked.seed)), indent=1))


def made_problem(weeks: int) -> RosterProblem:
    """The sample's weeks from Monday on, with all rules."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "centre"
        write_sample(folder)
        settings = folder / "shiftcast.toml"
        settings.write_text(with_all_rules(settings.read_text()))
        place = open_workspace(folder)
        job = forecasting.of_workspace(place, MONDAY, 7 * weeks, seed=1)
        forecast, centre = job.run(), place.centre
    requirement, demands = staffing_stage(centre, forecast)
    before = assignments_before(previous_rows(place, None), forecast.grid)
    carried = carried_shares(
        before, site_clocks(centre, forecast.grid), centre.rules, centre.requests
    )
    problem = roster_problem(centre, demands, forecast.grid, before, carried)
    placed, _ = roster_stage(
        centre,
        requirement,
        problem,
        SolveLimit(PLACE_SECONDS * weeks),
        np.random.default_rng(1),
        StageClock(),
    )
    return placed


def with_all_rules(settings: str) -> str:
    """The sample's settings with the rules above, and none of them twice."""
    assert settings.count("\n[rules]") == 1
    head, tail = re.split(r"(?<=\n)\[rules\][^\n]*\n", settings)
    return f"{head}[rules]\n{RULES}{tail}{TABLES}"


def solved(problem: RosterProblem, weeks: int, seconds: float, seed: int) -> Report:
    """The engine's best roster within so many seconds, two threads."""
    begun = time.process_time()
    first: list[float] = []

    def tell(_stage: str, cost: float) -> None:
        if not first and cost < HARD:
            first.append(time.process_time() - begun)

    warm_up()
    begun = time.process_time()
    result = solve(problem, SolveLimit(seconds), np.random.default_rng(seed), progress=tell)
    assert result.roster is not None
    assert result.cost is not None
    assert not result.violations
    saving = most_saving(problem, result)
    assert saving is not None
    assert result.lower_bound is not None
    wanted = np.stack([demand.required for demand in problem.demands])
    gap = wanted - problem.supply(result.roster)
    hour = problem.grid.interval_min / 60
    changes = cost_breakdown(problem, result.roster).queue_changes
    return Report(
        weeks,
        result.cost,
        result.cost - changes,
        result.lower_bound,
        saving.hours,
        saving.share,
        float(gap.clip(min=0).sum()) * hour,
        float(-gap.clip(max=0).sum()) * hour,
        float(wanted.sum()) * hour,
        result.cpu_seconds,
        first[0] if first else float("nan"),
    )


if __name__ == "__main__":
    main()
