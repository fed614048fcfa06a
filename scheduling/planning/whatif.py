"""What would follow if: a scenario planned from a base plan, and the two side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ...data.centre import Centre
from ...data.scenario import Scenario
from ...forecasting.forecast import Forecast, Forecaster
from ..kpis import Kpis
from ..rostering.engine import SolveLimit
from ..rostering.problem import Demand
from ..rostering.roster import Assignment, Roster
from ..staffing.requirement import StaffingRequirement
from .absences import fallen_shifts, set_apart
from .closed_loop import Rostered, rostering_stage
from .comparing import QUEUE_METRICS
from .correction import Factors
from .early_leaves import EarlyLeave, gone_home, leaves_taken
from .plan import Plan, judge, judged_plan
from .raising import unraised_requirement
from .rosters import judged_result, roster_problem
from .stages import (
    ForecastStage,
    Progress,
    StageClock,
    adjusted_forecast,
    forecast_stage,
    staffing_stage,
    stage_generators,
)
from .summary import ALL, changed_agents, changed_days, horizon_totals

STAGES = ("forecast", "staff", "roster")
"""What a scenario may make necessary to compute anew."""


@dataclass(frozen=True)
class Needs:
    """What a scenario asks of the roster. `anew` says that it is not what the base was asked.
    `factors` are what the requirement is still to be raised by: those of the base's correction."""

    centre: Centre
    forecast: ForecastStage
    requirement: StaffingRequirement
    demands: tuple[Demand, ...]
    factors: Factors
    anew: bool


@dataclass(frozen=True)
class WhatIf:
    """A scenario's plan beside its base, and what the scenario `needs`.

    `recomputed` names the stages that the scenario made necessary. `comparison` has the columns
    metric, queue ("all" for the centre), base, scenario. `fallen` are the base's shifts of those
    whom the scenario has away; beside them, `changed_agents` work another week.
    `leaves` is who goes home early: the roster has their whole shifts, the KPIs have not.
    `interrupted` says that the planner stopped the search: the roster is the best so far.
    """

    scenario: Scenario
    needs: Needs
    plan: Plan
    recomputed: tuple[str, ...]
    comparison: pd.DataFrame
    changed_agents: tuple[str, ...]
    fallen: tuple[Assignment, ...] = ()
    leaves: tuple[EarlyLeave, ...] = ()
    interrupted: bool = False


def what_if(
    base: Plan,
    scenario: Scenario,
    *,
    limit: SolveLimit,
    progress: Progress | None = None,
    forecaster: Forecaster | None = None,
    start: Roster | None = None,
) -> WhatIf:
    """Plans the scenario on the base plan's days, recomputing only what it changes.

    The seed is the base's, so that differences come from the scenario; the roster search starts
    from the base roster (or from `start`, that of a scenario much like this one) and stays near
    the base. It begins with what the base's requirement was raised by, and is corrected in as many
    rounds as the base was, so that both rosters are the best that the same loop has found. Raises
    what `plan_week` raises.

    In a mended plan, who is away for hours of a shift keeps the rest of it and every other shift,
    as in a repair.
    """
    clock = StageClock(progress)
    needs = scenario_needs(base, scenario, clock, forecaster)
    centre = needs.centre
    rostered = Rostered(base.requirement, base.problem, base.result, base.correction)
    if needs.anew or _working(centre) != _working(base.centre):
        rostered = _rostered(base, needs, limit, clock, start or base.roster)
    recomputed = tuple(stage for stage in STAGES if stage in clock.timings)
    leaves = _who_goes_early(scenario, rostered)
    kpis = _without(leaves, centre, needs, rostered, base.seed) if leaves else None
    plan = judged_plan(centre, base.history, needs.forecast, rostered, base.seed, clock, kpis=kpis)
    fallen = fallen_shifts(plan.problem, base.roster)
    kept = _without_fallen(base.roster, fallen)
    agents = _who_moves(base, kept, plan)
    return WhatIf(
        scenario,
        needs,
        plan,
        recomputed,
        comparison(base, kept, plan, agents),
        agents,
        fallen,
        leaves,
        clock.interrupted,
    )


def _rostered(
    base: Plan, needs: Needs, limit: SolveLimit, clock: StageClock, start: Roster
) -> Rostered:
    """The best roster near the base's. Shifts of agents with a cut one are beside the search, which
    could cut none."""
    _, rng = stage_generators(base.seed)
    centre, history, carried = needs.centre, base.problem.history, base.problem.carried
    bare = roster_problem(centre, needs.demands, base.grid, history, carried, base.roster)
    kept = _without_fallen(base.roster, fallen_shifts(bare, base.roster))
    near, apart = set_apart(replace(bare, base=kept))
    names = {shift.agent for shift in apart}
    begin = Roster(base.grid, tuple(s for s in start.assignments if s.agent not in names))
    found = rostering_stage(
        centre,
        needs.forecast.adjusted,
        needs.requirement,
        near,
        limit,
        rng,
        clock,
        rounds=base.correct,
        seed=base.seed,
        start=begin,
        factors=needs.factors,
    )
    if not apart or found.result.roster is None:
        return found
    problem = replace(bare, demands=found.problem.demands)
    whole = Roster(base.grid, (*found.result.roster.assignments, *apart))
    judged = replace(judged_result(problem, whole), cpu_seconds=found.result.cpu_seconds)
    return replace(found, problem=problem, result=judged)


def _without_fallen(roster: Roster, fallen: Collection[Assignment]) -> Roster:
    gone = set(fallen)
    return Roster(roster.grid, tuple(s for s in roster.assignments if s not in gone))


def _who_goes_early(scenario: Scenario, rostered: Rostered) -> tuple[EarlyLeave, ...]:
    problem, roster = rostered.problem, rostered.result.roster
    minutes = {one.id: scenario.voluntary_min_of(one.id) for one in problem.contracts}
    if roster is None or not any(minutes.values()):
        return ()
    return leaves_taken(problem, roster, minutes)


def _without(
    leaves: tuple[EarlyLeave, ...], centre: Centre, needs: Needs, rostered: Rostered, seed: int
) -> Kpis:
    """What is to be expected of a roster when people go home early."""
    roster = rostered.result.roster
    assert roster is not None
    gone = replace(rostered.result, roster=gone_home(roster, leaves))
    forecast, requirement, problem = needs.forecast.adjusted, rostered.requirement, rostered.problem
    return judge(centre, forecast, requirement, problem, gone, seed).kpis


def scenario_needs(
    base: Plan,
    scenario: Scenario,
    clock: StageClock,
    forecaster: Forecaster | None = None,
) -> Needs:
    """Forecast and staffing of a scenario, the base's own where it changes nothing about them."""
    centre = scenario.apply_to(base.centre, base.grid.first_day, base.grid.last_day)
    forecast = ForecastStage(base.model_forecast, base.forecast, base.adjustments)
    if centre.calendar != base.centre.calendar:
        forecast_rng, _ = stage_generators(base.seed)
        with clock.stage("forecast"):
            forecast = forecast_stage(centre, base.history, base.grid, forecast_rng, forecaster)
    forecast = scaled_forecast(forecast, scenario, centre)
    if forecast.adjusted is base.forecast and centre.queues == base.centre.queues:
        plain = unraised_requirement(centre, base.forecast, base.requirement, base.factors)
        return Needs(centre, forecast, plain, base.problem.demands, base.factors, False)
    with clock.stage("staff"):
        requirement, demands = staffing_stage(centre, forecast.adjusted)
    return Needs(centre, forecast, requirement, demands, base.factors, True)


def _working(centre: Centre) -> tuple[object, ...]:
    """What the roster depends on besides the requirement."""
    people = centre.agents, centre.contracts, centre.time_off, centre.fixed
    return *people, centre.shifts, centre.wanted_shifts, centre.rules


def _who_moves(base: Plan, kept: Roster, plan: Plan) -> tuple[str, ...]:
    """Agents of the base who work another week than what was kept of theirs; those who are new have
    no week to change."""
    known = {agent.id for agent in base.centre.agents}
    return tuple(agent for agent in changed_agents(kept, plan.roster) if agent in known)


def comparison(base: Plan, kept: Roster, plan: Plan, agents: tuple[str, ...]) -> pd.DataFrame:
    """Columns metric, queue, base, scenario; rows that say nothing in both are left out."""
    before = horizon_totals(base.kpis).set_index("queue")
    after = horizon_totals(plan.kpis).set_index("queue")
    rows: list[tuple[str, str, float, float]] = []
    for metric, for_all in QUEUE_METRICS:
        for queue in before.index:
            values = (float(before.loc[queue, metric]), float(after.loc[queue, metric]))
            if (queue != ALL or for_all) and not np.isnan(values).all():
                rows.append((metric, str(queue), *values))
    rows.append(("paid_hours", ALL, base.kpis.paid_hours, plan.kpis.paid_hours))
    rows.append(("cost", ALL, base.kpis.cost, plan.kpis.cost))
    rows.append(("requests_met", ALL, _requests_met(base), _requests_met(plan)))
    rows.append(("agents_changed", ALL, 0.0, float(len(agents))))
    rows.append(("days_changed", ALL, 0.0, float(changed_days(kept, plan.roster))))
    return pd.DataFrame(rows, columns=["metric", "queue", "base", "scenario"])


def _requests_met(plan: Plan) -> float:
    return float(plan.requests["met"].sum())


def scaled_forecast(forecast: ForecastStage, scenario: Scenario, centre: Centre) -> ForecastStage:
    """The scenario's factors on contacts and handle time; contacts that the planner adds by hand
    are not scaled. The same object if no factor differs from 1."""
    queues = forecast.model.queues
    volume = np.array([scenario.contacts_of(queue) for queue in queues])[:, None]
    handle_time = np.array([scenario.handle_time_of(queue) for queue in queues])[:, None]
    if (volume != 1.0).any():
        forecast = adjusted_forecast(centre, forecast.model.scaled(volume))
    if (handle_time != 1.0).any():
        forecast = ForecastStage(
            _slower(forecast.model, handle_time),
            _slower(forecast.adjusted, handle_time),
            forecast.adjustments,
        )
    return forecast


def _slower(forecast: Forecast, factor: np.ndarray) -> Forecast:
    return replace(forecast, aht_s=forecast.aht_s * factor)
