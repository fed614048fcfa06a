"""A workspace's plan or roster made from what its folder holds: what the commands render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...data.centre import Centre
from ...data.errors import InputError, Problem
from ...data.grid import TimeGrid
from ...forecasting.forecast import Forecast
from ...scheduling.planning.carried import carried_shares
from ...scheduling.planning.closed_loop import rostering_stage
from ...scheduling.planning.correction import NO_FACTORS, Factors
from ...scheduling.planning.plan import Judgement, Plan, judge, plan_week
from ...scheduling.planning.prefer import preferred
from ...scheduling.planning.raising import raised_requirement
from ...scheduling.planning.roster_stage import breaks_stage
from ...scheduling.planning.rosters import roster_problem, site_clocks
from ...scheduling.planning.stages import (
    Progress,
    StageClock,
    staffing_stage,
    stage_generators,
)
from ...scheduling.planning.summary import changed_agents, changed_days
from ...scheduling.rostering.engine import SolveLimit
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster, RosterResult
from ...scheduling.rostering.told import UNMOVED, Moved, moved_breaks
from ..report.closing import Closing, sought
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
from .plans import StoredPlan, find_plan
from .roster_reader import read_roster


@dataclass(frozen=True)
class SearchWish:
    """What a planner may ask of the roster search; None leaves it to shiftcast.toml.

    `base` names a plan whose roster is to be stayed near, and whose days before `change_from` stay
    as they are; with `breaks_only` all of its shifts do.
    """

    seconds: float | None = None
    rounds: int | None = None
    seed: int | None = None
    previous: Path | None = None
    correct: int | None = None
    prefer: str | None = None
    base: str | None = None
    change_from: date | None = None
    breaks_only: bool = False

    def limit(self, place: Workspace) -> SolveLimit:
        return SolveLimit(self.seconds or place.settings.roster_seconds, self.rounds)

    def chosen_seed(self, place: Workspace) -> int:
        return place.settings.roster_seed if self.seed is None else self.seed

    def preferred(self, place: Workspace) -> Centre:
        """The workspace's centre with the weights that follow what is preferred."""
        return preferred(place.centre, self.preference(place))

    def preference(self, place: Workspace) -> str | None:
        return place.settings.prefer if self.prefer is None else self.prefer

    def correct_rounds(self, place: Workspace) -> int:
        return place.settings.correct_rounds if self.correct is None else self.correct


@dataclass(frozen=True)
class MadePlan:
    """A plan, the workspace it was made of, where it is stored, what would close the hours it is
    short of and what one more would be worth, and the seconds of every stage, reading and writing
    among them."""

    plan: Plan
    place: Workspace
    stored: StoredPlan
    closing: Closing
    timings: Mapping[str, float]


@dataclass(frozen=True)
class MadeRoster:
    """A roster alone, judged under the forecast it was made for, with the agents and the days of
    agents that differ from the base, if it has one, and the shifts whose breaks or meetings do."""

    problem: RosterProblem
    result: RosterResult
    judgement: Judgement
    changed_agents: tuple[str, ...] = ()
    changed_days: int = 0
    moved: Moved = UNMOVED


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
        wish.preferred(place),
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
    with clock.stage("why"):
        closing = sought(plan)
    with clock.stage("write"):
        stored = store_plan(
            folder,
            plan,
            sources_of(place, limit.seconds, wish.preference(place)),
            language=language,
            currency=place.settings.currency,
            closing=closing,
            cleaning=known.report,
        )
    read, why, write = (clock.timings[stage] for stage in ("read", "why", "write"))
    timings = {"read": read, **plan.timings, "why": why, "write": write}
    return MadePlan(plan, place, stored, closing, timings)


def make_roster(
    place: Workspace,
    forecast: Forecast,
    wish: SearchWish,
    progress: Progress,
    factors: Factors = NO_FACTORS,
) -> MadeRoster:
    """A roster for the agents that a forecast needs, raised by the factors. Raises InputError and
    NoSolutionError."""
    centre, grid = wish.preferred(place), forecast.grid
    clock = StageClock(progress)
    with clock.stage("staff"):
        requirement, demands = staffing_stage(centre, forecast)
    before = assignments_before(previous_rows(place, wish.previous), grid)
    carried = carried_shares(before, site_clocks(centre, grid), centre.rules, centre.requests)
    base = None if wish.base is None else _roster_of(place, wish.base, grid)
    frozen = 0 if wish.change_from is None else _frozen_until(grid, wish.change_from)
    seed = wish.chosen_seed(place)
    _, rng = stage_generators(seed)
    if base is not None and wish.breaks_only:
        problem = roster_problem(centre, demands, grid, before, carried)
        need = raised_requirement(centre, forecast, requirement, factors)
        with clock.stage("roster"):
            problem, result = breaks_stage(
                centre, need, problem, base, wish.limit(place), rng, clock, factors, frozen
            )
        judgement = judge(centre, forecast, need, problem, result, seed)
        moved = UNMOVED if result.roster is None else moved_breaks(base, result.roster)
        return MadeRoster(problem, result, judgement, moved=moved)
    problem = roster_problem(centre, demands, grid, before, carried, base, frozen)
    found = rostering_stage(
        centre,
        forecast,
        requirement,
        problem,
        wish.limit(place),
        rng,
        clock,
        rounds=0,
        seed=seed,
        start=base,
        factors=factors,
    )
    problem, result = found.problem, found.result
    judgement = judge(centre, forecast, found.requirement, problem, result, seed)
    if base is None or result.roster is None:
        return MadeRoster(problem, result, judgement)
    agents, days = changed_agents(base, result.roster), changed_days(base, result.roster)
    return MadeRoster(problem, result, judgement, agents, days)


def _roster_of(place: Workspace, plan: str, grid: TimeGrid) -> Roster:
    """The roster of a stored plan on the grid's days."""
    rows = read_roster(find_plan(place.folder, plan).roster, place.centre, past=True)
    days = range(grid.days)
    inside = (row for row in rows if grid.day_number(row.day) in days)
    return Roster(grid, tuple(row.assignment(grid) for row in inside))


def _frozen_until(grid: TimeGrid, change_from: date) -> int:
    """The minute at which a day of the grid begins; InputError if it is none of them."""
    day = grid.day_number(change_from)
    if not 0 <= day < grid.days:
        first, last = grid.first_day, grid.last_day
        values = {"date": change_from, "first": first, "last": last}
        raise InputError(Problem("cli.roster.change_from", values))
    return grid.minute_of_midnight(day)
