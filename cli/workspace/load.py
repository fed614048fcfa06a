"""Reads a stored plan back, from its own copies of the inputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.errors import InputError, Problem, Severity
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...data.readers.settings import CentreInputs
from ...data.readers.workspace import read_centre, read_centre_history
from ...forecasting.tables import read_forecast
from ...scheduling.planning.carried import carried_shares
from ...scheduling.planning.closed_loop import Rostered
from ...scheduling.planning.correction import NO_FACTORS
from ...scheduling.planning.plan import Plan, judged_plan
from ...scheduling.planning.rosters import no_demands, roster_problem, site_clocks
from ...scheduling.planning.service import with_curves
from ...scheduling.planning.stages import (
    ForecastStage,
    StageClock,
    adjusted_forecast,
    queue_demands,
)
from ...scheduling.rostering.audit import audit
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster, RosterResult
from ...scheduling.staffing.staff import staff, with_rostered
from .as_planned import as_planned
from .folder import assignments_before
from .history import cleaned
from .inputs_copy import copied_centre
from .kpis_file import read_kpis
from .manifest import hashes
from .names import PREVIOUS_ROSTER_FILE
from .parts_file import PARTS_FILE, with_parts
from .plan_files import EFFECTS_FILE, MODEL_FOLDER, REQUIREMENT_FILE
from .plans import StoredPlan
from .roster_reader import read_roster


def plan_inputs(stored: StoredPlan) -> CentreInputs:
    """The centre and settings as they were when the plan was made, its weights as preferred, with
    those who were absent besides what the files say."""
    inputs = read_centre(copied_centre(stored.inputs))
    return replace(inputs, centre=as_planned(inputs.centre, stored.manifest))


def load_roster(stored: StoredPlan, inputs: CentreInputs) -> tuple[RosterProblem, Roster]:
    """The roster of a plan and the problem it is judged by, without its demand."""
    grid = _grid(stored, inputs)
    problem = _problem(stored, inputs, grid)
    rows = read_roster(stored.roster, inputs.centre)
    return problem, Roster(grid, tuple(row.assignment(grid) for row in rows))


def load_plan(workspace: Path, stored: StoredPlan) -> Plan:
    """The whole plan. Its history comes from the workspace's contacts, the days before the plan
    only; a warning tells if that file has changed since."""
    inputs = plan_inputs(stored)
    centre = inputs.centre
    history, warnings = _history(workspace, stored, inputs)
    problem, roster = load_roster(stored, inputs)
    clock = StageClock()
    forecast = load_forecast(stored, inputs)
    # What was needed, and where the roster placed deadline work, is what the file says.
    needs = stored_needs(stored.folder / REQUIREMENT_FILE)
    correction = stored.manifest.correction
    factors = NO_FACTORS if correction is None else correction.factors
    requirement = with_rostered(staff(forecast.adjusted, centre), centre, needs)
    requirement = with_curves(centre, forecast.adjusted, requirement, factors)
    problem = replace(problem, demands=queue_demands(centre, requirement, needs))
    outcome = stored.manifest.result
    result = RosterResult(
        outcome.status,
        roster,
        outcome.cost,
        outcome.lower_bound,
        outcome.cpu_seconds,
        audit(problem, roster),
    )
    seed = stored.manifest.seed
    kpis = read_kpis(stored.folder, centre, roster)
    rostered = Rostered(requirement, problem, result, correction)
    plan = judged_plan(centre, history, forecast, rostered, seed, clock, warnings, kpis)
    return replace(plan, timings=stored.manifest.timings)


def _grid(stored: StoredPlan, inputs: CentreInputs) -> TimeGrid:
    manifest, centre = stored.manifest, inputs.centre
    return TimeGrid(manifest.start, manifest.days, centre.interval_min, centre.tz)


def _problem(stored: StoredPlan, inputs: CentreInputs, grid: TimeGrid) -> RosterProblem:
    centre = inputs.centre
    previous = copied_centre(stored.inputs) / PREVIOUS_ROSTER_FILE
    rows = read_roster(previous, centre, past=True) if previous.exists() else ()
    before = assignments_before(rows, grid)
    carried = carried_shares(before, site_clocks(centre, grid), centre.rules, centre.requests)
    return roster_problem(centre, no_demands(centre, grid), grid, before, carried)


def load_forecast(stored: StoredPlan, inputs: CentreInputs) -> ForecastStage:
    """The forecast of a plan, as the model said it and as the planner adjusted it."""
    grid = _grid(stored, inputs)
    model_folder = stored.folder / MODEL_FOLDER
    folder = model_folder if model_folder.exists() else stored.folder
    queues = [queue.name for queue in inputs.centre.queues]
    model = read_forecast(folder / "forecast.csv", grid, queues, folder / "paths.parquet")
    model = replace(model, effects=_effects(stored.folder / EFFECTS_FILE, grid))
    model = with_parts(stored.folder / PARTS_FILE, model)
    return adjusted_forecast(inputs.centre, model)


def stored_needs(path: Path) -> dict[str, NDArray[np.float64]]:
    """Rostered agents that each queue needs, as a plan's requirement.csv holds them."""
    frame = pd.read_csv(path, encoding="utf-8-sig")
    return {
        str(queue): rows["required"].to_numpy(dtype=float) for queue, rows in frame.groupby("queue")
    }


def _effects(path: Path, grid: TimeGrid) -> dict[tuple[str, str], NDArray[np.float64]]:
    frame = pd.read_csv(path, encoding="utf-8-sig")
    found: dict[tuple[str, str], NDArray[np.float64]] = {}
    for (queue, event), rows in frame.groupby(["queue", "event"], sort=False):
        added = np.zeros(grid.size)
        moments = pd.to_datetime(rows["interval_start"], utc=True)
        added[grid.starts.get_indexer(pd.DatetimeIndex(moments))] = rows["contacts"]
        found[str(queue), str(event)] = added
    return found


def _history(
    workspace: Path, stored: StoredPlan, inputs: CentreInputs
) -> tuple[ContactHistory, tuple[Problem, ...]]:
    """The workspace's contacts, read as the plan's settings say."""
    contacts = workspace / stored.manifest.contacts
    if not contacts.is_file():
        raise InputError(Problem("workspace.no_contacts", {"plan": stored.name}, contacts.name))
    raw = read_centre_history(replace(inputs, files={**inputs.files, "contacts": contacts}))
    history = cleaned(raw, stored.manifest.start, centre=inputs.centre).history
    changed = hashes([contacts])[contacts.name] != stored.manifest.inputs.get(contacts.name)
    warning = Problem(
        "workspace.history_changed",
        {"file": contacts.name, "plan": stored.name},
        severity=Severity.WARNING,
    )
    return history, (warning,) if changed else ()
