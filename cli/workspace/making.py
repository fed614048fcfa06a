"""A workspace's plan or roster made from what its folder holds: what the commands render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...forecasting.forecast import Forecast
from ...scheduling.planning.carried import carried_shares
from ...scheduling.planning.plan import Judgement, Plan, judge, plan_week
from ...scheduling.planning.rosters import roster_problem
from ...scheduling.planning.stages import (
    Progress,
    StageClock,
    roster_stage,
    staffing_stage,
    stage_generators,
)
from ...scheduling.rostering.engine import SolveLimit
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import RosterResult
from .folder import (
    Workspace,
    assignments_before,
    default_start,
    open_workspace,
    previous_rows,
    read_history_of,
    warnings_for,
)
from .forecaster import forecaster_of
from .plan_files import sources_of, store_plan
from .plans import StoredPlan


@dataclass(frozen=True)
class SearchWish:
    """What a planner may ask of the roster search; None leaves it to shiftcast.toml."""

    seconds: float | None = None
    rounds: int | None = None
    seed: int | None = None
    previous: Path | None = None
    correct: int | None = None

    def limit(self, place: Workspace) -> SolveLimit:
        return SolveLimit(self.seconds or place.settings.roster_seconds, self.rounds)

    def chosen_seed(self, place: Workspace) -> int:
        return place.settings.roster_seed if self.seed is None else self.seed

    def correct_rounds(self, place: Workspace) -> int:
        return place.settings.correct_rounds if self.correct is None else self.correct


@dataclass(frozen=True)
class MadePlan:
    """A plan, the workspace it was made of, where it is stored, and the seconds of every stage,
    reading and writing among them."""

    plan: Plan
    place: Workspace
    stored: StoredPlan
    timings: Mapping[str, float]


@dataclass(frozen=True)
class MadeRoster:
    """A roster alone, judged under the forecast it was made for."""

    problem: RosterProblem
    result: RosterResult
    judgement: Judgement


def make_plan(
    folder: Path,
    start: date | None,
    days: int,
    wish: SearchWish,
    language: str,
    progress: Progress,
) -> MadePlan:
    """Reads the workspace, plans `days` days from `start` (None: the first week that is neither
    known nor published) and stores the plan. Raises InputError and NoSolutionError."""
    clock = StageClock(progress)
    with clock.stage("read"):
        place = open_workspace(folder)
        known = read_history_of(place, start)
        grid = place.grid(start or default_start(place, known.history), days)
        previous = assignments_before(previous_rows(place, wish.previous), grid)
    limit = wish.limit(place)
    plan = plan_week(
        place.centre,
        known.history,
        grid,
        previous=previous,
        limit=limit,
        seed=wish.chosen_seed(place),
        progress=progress,
        forecaster=forecaster_of(folder),
        warnings=(*warnings_for(place, grid), *known.warnings),
        correct=wish.correct_rounds(place),
    )
    with clock.stage("write"):
        stored = store_plan(
            folder,
            plan,
            sources_of(place, limit.seconds),
            language=language,
            currency=place.settings.currency,
            cleaning=known.report,
        )
    read, write = clock.timings["read"], clock.timings["write"]
    return MadePlan(plan, place, stored, {"read": read, **plan.timings, "write": write})


def make_roster(
    place: Workspace, forecast: Forecast, wish: SearchWish, progress: Progress
) -> MadeRoster:
    """A roster for the agents that a forecast needs. Raises InputError and NoSolutionError."""
    centre, grid = place.centre, forecast.grid
    clock = StageClock(progress)
    with clock.stage("staff"):
        requirement, demands = staffing_stage(centre, forecast)
    before = assignments_before(previous_rows(place, wish.previous), grid)
    carried = carried_shares(before, grid, centre.rules)
    problem = roster_problem(centre, demands, grid, before, carried)
    _, rng = stage_generators(wish.chosen_seed(place))
    with clock.stage("roster"):
        problem, result = roster_stage(centre, requirement, problem, wish.limit(place), rng, clock)
    judgement = judge(centre, forecast, requirement, problem, result, wish.chosen_seed(place))
    return MadeRoster(problem, result, judgement)
