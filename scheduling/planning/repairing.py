"""A plan mended after sickness, another absence or a changed forecast: as few changes as can be,
and none of what has begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.rules import Weights
from ...forecasting.forecast import Forecast
from ..kpis import expected_kpis
from ..rostering.engine import SolveLimit
from ..rostering.objective import same_shift
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster, RosterResult
from ..rostering.told import Moved, Told, moved_breaks
from ..staffing.requirement import StaffingRequirement
from .absences import fallen_shifts, set_apart, what_is_left
from .closed_loop import Rostered
from .comparing import Move, PlanComparison, compare_plans
from .correction import Factors
from .plan import Plan, judged_plan
from .raising import of_deadline_work, raised_requirement
from .roster_stage import breaks_stage, roster_stage
from .rosters import judged_result, roster_problem
from .stages import (
    ForecastStage,
    Progress,
    StageClock,
    adjusted_forecast,
    staffing_stage,
    stage_generators,
)
from .summary import ALL, horizon_totals

Days = Mapping[tuple[str, int], Assignment]

NOTICE = 2.0
"""A change on the day itself is dearer by so many times than one far ahead."""

LEAST_SHORT = 0.5
"""Agent-hours of a queue over all days that are worth a word."""

MOVED_BREAK = 0.025
"""Of the price of a changed day, for a break or a meeting at another time, unless the planner says
otherwise: as much as a minute and a half without an agent who is needed."""

BREAKS_SHARE = 0.15
"""Of the search, for the breaks beside those of shifts that stay as they are."""


@dataclass(frozen=True)
class ShortHours:
    """Agent-hours short under the mended plan's requirement: of the roster as it was, of what was
    left of it, and as mended."""

    before: float
    left: float
    mended: float


@dataclass(frozen=True)
class Repair:
    """A plan as it was and as mended. `fallen` are the shifts that fell out: of those who are
    absent or have left. `cut` are those that lost a part, as they are now: of those who come later
    or leave earlier."""

    base: Plan
    plan: Plan
    fallen: tuple[Assignment, ...]
    cut: tuple[Assignment, ...]
    comparison: PlanComparison
    moved: Moved
    short: ShortHours

    @property
    def changes(self) -> tuple[Move, ...]:
        """The days on which others work otherwise than they were told."""
        dates = self.base.grid.dates
        own = {(shift.agent, dates[shift.day]) for shift in (*self.fallen, *self.cut)}
        return tuple(m for m in self.comparison.moves if (m.agent, m.day) not in own)


def repair_plan(
    base: Plan,
    centre: Centre,
    frozen_until: int,
    *,
    limit: SolveLimit,
    forecast: Forecast | None = None,
    breaks_only: bool = False,
    progress: Progress | None = None,
) -> Repair:
    """Mends a plan for the centre as it is now, whose time off says who is absent, and for another
    `forecast` on the plan's days if there is one.

    What begins before the minute `frozen_until` of the plan's grid stays as it is, to the last
    break, unless its agent is absent; with `breaks_only` every other shift stays too. The search
    starts from what is left and pays for each day of an agent that changes, the more the sooner
    (see `change_price` and `nearness`). Breaks move on days that somebody is absent on, or works
    otherwise; on every day if the requirement is another; and where a shift stays, only if that is
    worth their price (see `break_price`). Who is away for hours of a shift keeps
    the rest of it, and every other shift. The requirement is the plan's, and what it was corrected
    by holds on. Raises NoSolutionError if no roster keeps every rule.
    """
    clock = StageClock(progress)
    stage, requirement, factors = _needs(base, centre, forecast, clock)
    demands = base.problem.demands
    bare = roster_problem(centre, demands, base.grid, base.problem.history, base.problem.carried)
    fallen = fallen_shifts(bare, base.roster)
    kept, cut = what_is_left(bare, base.roster, fallen, frozen_until)
    others = requirement is not base.requirement
    touched = set(range(base.grid.days)) if others else {shift.day for shift in (*fallen, *cut)}
    near_days, price = nearness(base.grid, frozen_until), break_price(centre.weights)
    told = Told(base.roster, tuple(price * factor for factor in near_days))
    _, rng = stage_generators(base.seed)
    with clock.stage("roster"):
        if breaks_only:
            problem, result = breaks_stage(
                centre,
                requirement,
                bare,
                kept,
                limit,
                rng,
                clock,
                factors,
                frozen_until,
                told=told,
            )
        else:
            near = replace(
                bare,
                base=kept,
                frozen_until=frozen_until,
                nearness=near_days,
                weights=replace(bare.weights, change=change_price(centre.weights)),
            )
            problem, result = _mended(
                centre, requirement, near, limit, rng, clock, factors, touched, told
            )
    assert result.roster is not None
    problem = replace(bare, demands=problem.demands)
    judged = replace(judged_result(problem, result.roster), cpu_seconds=result.cpu_seconds)
    rostered = Rostered(requirement, problem, judged, base.correction)
    plan = judged_plan(centre, base.history, stage, rostered, base.seed, clock, base.warnings)
    rosters = (base.roster, kept, result.roster)
    return Repair(
        base,
        plan,
        fallen,
        cut,
        compare_plans(base, plan),
        moved_breaks(base.roster, result.roster),
        ShortHours(
            *(
                short_hours(centre, stage.adjusted, requirement, problem, roster)
                for roster in rosters
            )
        ),
    )


def change_price(weights: Weights) -> float:
    """Points of a changed day far ahead: the planner's, else those of an hour without an agent who
    is needed. A change has to be worth more than it asks of people."""
    return weights.change or weights.under


def break_price(weights: Weights) -> float:
    """Points of a break or meeting at another time in a shift that stays, far ahead: the planner's,
    else a share of those of a changed day."""
    return weights.break_change or MOVED_BREAK * change_price(weights)


def nearness(grid: TimeGrid, frozen_until: int) -> tuple[float, ...]:
    """By how much a change is dearer the sooner its day is: 3 times on the day itself, 2 times on
    the next, 1 + 2 ÷ (1 + n) times n days ahead."""
    today = int(np.searchsorted(grid.day_minute, frozen_until, side="right")) - 1
    ahead = np.maximum(np.arange(grid.days) - today, 0)
    return tuple((1 + NOTICE / (1 + ahead)).tolist())


def _needs(
    base: Plan, centre: Centre, forecast: Forecast | None, clock: StageClock
) -> tuple[ForecastStage, StaffingRequirement, Factors]:
    """The forecast, the requirement raised as the plan's was, and the factors that work with
    deadlines is still to be raised by. The plan's own, unless forecast or queues are others."""
    stage = ForecastStage(base.model_forecast, base.forecast, base.adjustments)
    if forecast is not None:
        stage = adjusted_forecast(replace(centre, adjustments=()), forecast)
    elif centre.queues == base.centre.queues:
        return stage, base.requirement, of_deadline_work(base.requirement, base.factors)
    with clock.stage("staff"):
        requirement, _ = staffing_stage(centre, stage.adjusted)
    raised = raised_requirement(centre, stage.adjusted, requirement, base.factors)
    return stage, raised, of_deadline_work(raised, base.factors)


def _mended(
    centre: Centre,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    limit: SolveLimit,
    rng: np.random.Generator,
    clock: StageClock,
    factors: Factors,
    touched: set[int],
    told: Told,
) -> tuple[RosterProblem, RosterResult]:
    """The best roster near the problem's base. What has begun, and on days that are neither
    `touched` nor changed every shift that stays, is put back to the last break; the breaks of all
    others are placed beside it, beginning with those that were told."""
    part, was = limit.part(1 - BREAKS_SHARE), problem.base_days
    open_ones, apart = set_apart(problem)
    sought, result = roster_stage(
        centre, requirement, open_ones, part, rng, clock, open_ones.base, factors
    )
    assert result.roster is not None
    problem = replace(problem, demands=sought.demands)
    now = {(shift.agent, shift.day): shift for shift in (*result.roster.assignments, *apart)}
    open_days = touched | {k[1] for k in now.keys() | was.keys() if not _same(now, was, k)}
    stay = {
        key: shift
        for key, shift in was.items()
        if problem.is_frozen(shift.start) or key[1] not in open_days
    }
    known = {key: was[key] for key in now if _same(now, was, key)}
    together = Roster(problem.grid, tuple((now | known | stay).values()))
    rest, only = limit.part(BREAKS_SHARE), now.keys() - stay.keys()
    problem, placed = breaks_stage(
        centre, requirement, problem, together, rest, rng, clock, factors, only=only, told=told
    )
    return problem, replace(placed, cpu_seconds=result.cpu_seconds + placed.cpu_seconds)


def _same(now: Days, was: Days, key: tuple[str, int]) -> bool:
    return same_shift(now.get(key), was.get(key))


def short_hours(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    roster: Roster,
) -> float:
    """Agent-hours short, of all queues together, as `Kpis` counts them."""
    present = Roster(problem.grid, (*problem.history, *roster.assignments))
    placed = {demand.queue: demand.required for demand in problem.demands}
    week = expected_kpis(centre, forecast, requirement, present, placed=placed).week
    return float(week.loc[week["queue"] == ALL, "under_hours"].sum())


def short_queues(plan: Plan) -> frozenset[str]:
    """The queues that are short of people. Work with deadlines can wait where the roster has nobody
    for it, and is short only of what is done too late."""
    totals = horizon_totals(plan.kpis).set_index("queue")["under_hours"]
    return frozenset(str(q) for q in totals.index if totals[q] >= LEAST_SHORT and q != ALL)
