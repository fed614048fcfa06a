"""A plan whose roster was edited by hand becomes a plan of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...data.errors import InputError, Problem
from ...scheduling.planning.closed_loop import Rostered
from ...scheduling.planning.plan import Plan, judged_plan
from ...scheduling.planning.rosters import judged_result
from ...scheduling.planning.stages import ForecastStage, StageClock
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster
from .load import plan_inputs
from .plan_files import Sources, store_plan
from .plans import StoredPlan
from .roster_reader import RosterRow, read_roster


def roster_of(rows: tuple[RosterRow, ...], problem: RosterProblem, file: str) -> Roster:
    """The roster of rows that all lie in the problem's days. InputError names those that do not."""
    outside = [row for row in rows if not 0 <= problem.grid.day_number(row.day) < problem.grid.days]
    if outside:
        first, last = problem.grid.first_day, problem.grid.last_day
        raise InputError(
            Problem("roster.outside_plan", {"date": row.day, "first": first, "last": last}, file)
            for row in outside
        )
    return Roster(problem.grid, tuple(row.assignment(problem.grid) for row in rows))


def edited_plan(base: Plan, file: Path) -> Plan:
    """The base plan with the roster of a file in place of its own, judged anew.

    Raises InputError if the file cannot be read or holds days outside the plan.
    """
    roster = roster_of(read_roster(file, base.centre), base.problem, file.name)
    result = judged_result(base.problem, roster, base.result.lower_bound)
    forecast = ForecastStage(base.model_forecast, base.forecast, base.adjustments)
    plan = judged_plan(
        base.centre,
        base.history,
        forecast,
        Rostered(base.requirement, base.problem, result, base.correction),
        base.seed,
        StageClock(),
    )
    return replace(plan, warnings=base.warnings)


def store_edited(workspace: Path, stored: StoredPlan, plan: Plan, language: str) -> StoredPlan:
    """Stores an `edited_plan` of a stored plan under a name of its own."""
    inputs = plan_inputs(stored)
    manifest = stored.manifest
    sources = Sources(
        inputs.files,
        manifest.inputs,
        manifest.contacts,
        manifest.roster_seconds,
        edited_from=stored.name,
        absent=manifest.absent,
        forecast_from=manifest.forecast_from,
        prefer=manifest.prefer,
    )
    return store_plan(
        workspace, plan, sources, language=language, currency=inputs.settings.currency
    )
