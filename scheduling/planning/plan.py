"""The whole road: history → forecast → agents needed → roster → expected service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ...data.centre import Centre
from ...data.errors import Problem
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...forecasting.forecast import Forecast, Forecaster
from ...forecasting.notes import forecast_warnings
from ..kpis import Kpis, expected_kpis
from ..rostering.engine import SolveLimit
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster, RosterResult
from ..staffing.reach import reach_warnings
from ..staffing.requirement import StaffingRequirement
from .carried import carried_shares
from .closed_loop import Rostered, rostering_stage
from .correction import NO_FACTORS, Correction, Factors
from .rosters import request_table, roster_problem, rule_table, site_clocks
from .stages import (
    ForecastStage,
    Progress,
    StageClock,
    forecast_stage,
    staffing_stage,
    stage_generators,
)


@dataclass(frozen=True)
class Plan:
    """One plan of a centre and everything it was made of.

    `model_forecast` is the model's own, `forecast` has the planner's `adjustments` applied (frame
    of `apply_adjustments`). `requests` has the columns agent, date, kind, value, weight, met;
    `rules` has rule, kept, checked, breaches; `timings` are seconds by stage. The result always
    holds a roster. `requirement` is what `correction` raised it to; None if no correction was asked
    for.
    """

    centre: Centre
    history: ContactHistory
    model_forecast: Forecast
    forecast: Forecast
    adjustments: pd.DataFrame
    requirement: StaffingRequirement
    problem: RosterProblem
    result: RosterResult
    kpis: Kpis
    requests: pd.DataFrame
    rules: pd.DataFrame
    timings: Mapping[str, float]
    seed: int
    warnings: tuple[Problem, ...] = ()
    correction: Correction | None = None

    def __post_init__(self) -> None:
        if self.result.roster is None:
            raise ValueError("a plan without a roster is no plan")

    @property
    def grid(self) -> TimeGrid:
        return self.problem.grid

    @property
    def correct(self) -> int:
        """How many rounds of correction were asked for."""
        return 0 if self.correction is None else self.correction.asked

    @property
    def factors(self) -> Factors:
        """What the contacts of each queue and day were raised by to staff for."""
        return NO_FACTORS if self.correction is None else self.correction.factors

    @property
    def roster(self) -> Roster:
        """The roster, of which a plan has one always."""
        assert self.result.roster is not None
        return self.result.roster


def plan_week(
    centre: Centre,
    history: ContactHistory,
    grid: TimeGrid,
    *,
    previous: tuple[Assignment, ...] = (),
    limit: SolveLimit,
    seed: int,
    progress: Progress | None = None,
    start_roster: Roster | None = None,
    forecaster: Forecaster | None = None,
    warnings: tuple[Problem, ...] = (),
    correct: int = 0,
) -> Plan:
    """Plans every day of `grid` (a week, or any number of days).

    `previous` holds the published assignments of the weeks before, on the same grid (negative day
    numbers): rest and runs hold across the first day, nights and weekends are shared fairly with
    them. The roster search gets `limit` and may start from `start_roster`; within it the
    requirement is raised in up to `correct` rounds where the simulated roster misses a target.
    Raises InputError if the history does not serve the centre, NoSolutionError if no roster keeps
    every rule.
    """
    clock = StageClock(progress)
    forecast_rng, roster_rng = stage_generators(seed)
    with clock.stage("forecast"):
        forecast = forecast_stage(centre, history, grid, forecast_rng, forecaster)
    with clock.stage("staff"):
        requirement, demands = staffing_stage(centre, forecast.adjusted)
    carried = carried_shares(previous, site_clocks(centre, grid), centre.rules, centre.requests)
    problem = roster_problem(centre, demands, grid, previous, carried)
    rostered = rostering_stage(
        centre,
        forecast.adjusted,
        requirement,
        problem,
        limit,
        roster_rng,
        clock,
        rounds=correct,
        seed=seed,
        start=start_roster,
    )
    told = (
        *warnings,
        *forecast_warnings(history, forecast.model),
        *reach_warnings(requirement),
    )
    return judged_plan(centre, history, forecast, rostered, seed, clock, told)


def judged_plan(
    centre: Centre,
    history: ContactHistory,
    forecast: ForecastStage,
    rostered: Rostered,
    seed: int,
    clock: StageClock,
    warnings: tuple[Problem, ...] = (),
    kpis: Kpis | None = None,
) -> Plan:
    """The plan around a roster: promised KPIs (made anew if not given), requests met, rules
    kept."""
    requirement, problem, result = rostered.requirement, rostered.problem, rostered.result
    with clock.stage("kpis"):
        verdict = judge(centre, forecast.adjusted, requirement, problem, result, seed, kpis)
    return Plan(
        centre=centre,
        history=history,
        model_forecast=forecast.model,
        forecast=forecast.adjusted,
        adjustments=forecast.adjustments,
        requirement=requirement,
        problem=problem,
        result=result,
        kpis=verdict.kpis,
        requests=verdict.requests,
        rules=verdict.rules,
        timings=dict(clock.timings),
        seed=seed,
        warnings=warnings,
        correction=rostered.correction,
    )


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a roster: expected KPIs, and the frames of `Plan`."""

    kpis: Kpis
    requests: pd.DataFrame
    rules: pd.DataFrame


def judge(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    result: RosterResult,
    seed: int,
    kpis: Kpis | None = None,
) -> Judgement:
    """Judges the roster of a result; ValueError if it has none. KPIs that are not given are
    simulated (see `promised.py`, imported late: it compiles)."""
    roster = result.roster
    if roster is None:
        raise ValueError("there is no roster to judge")
    if kpis is None:
        from ..promised import promised_kpis

        # Shifts that began on the eve still serve the first morning.
        present = Roster(problem.grid, (*problem.history, *roster.assignments))
        placed = {demand.queue: demand.required for demand in problem.demands}
        expected = expected_kpis(centre, forecast, requirement, present, placed=placed)
        kpis = promised_kpis(centre, forecast, present, expected, seed)
    return Judgement(kpis, request_table(problem, roster), rule_table(problem, roster))
