"""A plan mended after sickness, another absence or a changed forecast: as few changes as can be,
and none of what has begun."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.rules import Weights
from ...forecasting.forecast import Forecast
from ..rostering.engine import SolveLimit
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster, RosterResult
from ..rostering.rules.time_off import day_away
from ..rostering.why.short import shortage
from ..staffing.requirement import StaffingRequirement
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
from .summary import changed_breaks

NOTICE = 2.0
"""A change on the day itself is dearer by so many times than one far ahead."""

BREAKS_SHARE = 0.15
"""Of the search, for the breaks beside those of shifts that have begun."""


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
    absent or have left."""

    base: Plan
    plan: Plan
    fallen: tuple[Assignment, ...]
    comparison: PlanComparison
    changed_breaks: int
    short: ShortHours

    @property
    def changes(self) -> tuple[Move, ...]:
        """The days on which others work otherwise than they were told."""
        dates = self.base.grid.dates
        own = {(shift.agent, dates[shift.day]) for shift in self.fallen}
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
    (see `change_price` and `nearness`). The requirement is the plan's, and what it was corrected by
    holds on. Raises NoSolutionError if no roster keeps every rule.
    """
    clock = StageClock(progress)
    stage, requirement, factors = _needs(base, centre, forecast, clock)
    demands = base.problem.demands
    bare = roster_problem(centre, demands, base.grid, base.problem.history, base.problem.carried)
    fallen = fallen_shifts(bare, base.roster)
    kept = Roster(base.grid, tuple(s for s in base.roster.assignments if s not in set(fallen)))
    _, rng = stage_generators(base.seed)
    with clock.stage("roster"):
        if breaks_only:
            problem, result = breaks_stage(
                centre, requirement, bare, kept, limit, rng, clock, factors, frozen_until
            )
        else:
            near = replace(
                bare,
                base=kept,
                frozen_until=frozen_until,
                nearness=nearness(base.grid, frozen_until),
                weights=replace(bare.weights, change=change_price(centre.weights)),
            )
            problem, result = _mended(centre, requirement, near, limit, rng, clock, factors)
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
        compare_plans(base, plan),
        changed_breaks(base.roster, result.roster),
        ShortHours(*(short_hours(problem, roster) for roster in rosters)),
    )


def change_price(weights: Weights) -> float:
    """Points of a changed day far ahead: the planner's, else those of an hour without an agent who
    is needed. A change has to be worth more than it asks of people."""
    return weights.change or weights.under


def nearness(grid: TimeGrid, frozen_until: int) -> tuple[float, ...]:
    """By how much a change is dearer the sooner its day is: 3 times on the day itself, 2 times on
    the next, 1 + 2 ÷ (1 + n) times n days ahead."""
    today = int(np.searchsorted(grid.day_minute, frozen_until, side="right")) - 1
    ahead = np.maximum(np.arange(grid.days) - today, 0)
    return tuple((1 + NOTICE / (1 + ahead)).tolist())


def fallen_shifts(problem: RosterProblem, roster: Roster) -> tuple[Assignment, ...]:
    """The shifts of agents who are absent on the day, or on the next if the shift reaches into it,
    or who are no longer there."""
    return tuple(
        shift
        for shift in roster.assignments
        if shift.agent not in problem.agent_of or day_away(problem, shift) is not None
    )


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
) -> tuple[RosterProblem, RosterResult]:
    """The best roster near the problem's base. Where shifts have begun they are put back to the
    last break, and the breaks of all others are placed beside them."""
    assert problem.base is not None
    begun = tuple(s for s in problem.base.assignments if problem.is_frozen(s.start))
    part = limit.part(1 - BREAKS_SHARE) if begun else limit
    problem, result = roster_stage(
        centre, requirement, problem, part, rng, clock, problem.base, factors
    )
    assert result.roster is not None
    if not begun:
        return problem, result
    later = (s for s in result.roster.assignments if not problem.is_frozen(s.start))
    together = Roster(problem.grid, (*begun, *later))
    rest, until = limit.part(BREAKS_SHARE), problem.frozen_until
    problem, placed = breaks_stage(
        centre, requirement, problem, together, rest, rng, clock, factors, until
    )
    return problem, replace(placed, cpu_seconds=result.cpu_seconds + placed.cpu_seconds)


def short_hours(problem: RosterProblem, roster: Roster) -> float:
    """Agent-hours short, of all queues together."""
    return float(shortage(problem, roster).sum()) * problem.grid.interval_min / 60
