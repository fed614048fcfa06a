"""Writes a plan into its folder: everything, or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...data.cleaning_report import CleaningReport
from ...forecasting.forecast import Forecast
from ...forecasting.tables import write_forecast, write_paths
from ...scheduling.planning.plan import Plan
from ..explain_parts import plan_parts
from ..exports.kpi_files import write_kpis_csv, write_kpis_json
from ..exports.requirement_csv import write_requirement
from ..exports.whole_file import write_csv
from ..report.basis import Basis
from ..report.closing import NOT_SOUGHT, Closing
from ..report.page import write_report
from .folder import Workspace
from .inputs_copy import copied_centre, copy_inputs
from .law_file import LAW_COSTS_FILE, write_law_costs
from .manifest import MANIFEST_FILE, Absent, Manifest, hashes, now, outcome_of, versions
from .names import PREVIOUS_ROSTER_FILE
from .parts_file import PARTS_FILE, write_parts
from .plans import StoredPlan, store
from .roster_csv import write_assignments, write_roster

MODEL_FOLDER = "model"  # the forecast before the planner's adjustments
REQUIREMENT_FILE = "requirement.csv"
EFFECTS_FILE = "effects.csv"
CLEANING_FILE = "cleaning.csv"
EFFECTS_COLUMNS = ("queue", "event", "interval_start", "contacts")


@dataclass(frozen=True)
class Sources:
    """What a plan was made of: the input files to be kept with it, the SHA-256 hashes of all
    inputs by file name, where the contacts are (seen from the workspace), the search's limit, the
    plan whose roster was edited by hand or that was mended, if one was, who is absent besides what
    the files say, where another forecast came from, and what was preferred."""

    files: Mapping[str, Path]
    hashes: Mapping[str, str]
    contacts: str
    seconds: float
    edited_from: str | None = None
    repaired_from: str | None = None
    absent: tuple[Absent, ...] = ()
    forecast_from: str | None = None
    prefer: str | None = None


def sources_of(place: Workspace, seconds: float, prefer: str | None = None) -> Sources:
    """The sources of a plan made of a workspace as it is now."""
    files = place.inputs.files
    contacts = os.path.relpath(files["contacts"], place.folder)
    return Sources(files, hashes(files.values()), contacts, seconds, prefer=prefer)


def store_plan(
    workspace: Path,
    plan: Plan,
    sources: Sources,
    *,
    language: str,
    currency: str,
    closing: Closing = NOT_SOUGHT,
    cleaning: CleaningReport | None = None,
) -> StoredPlan:
    """Makes the plan's folder: inputs, tables, report in `language` with what would close the hours
    short, and manifest."""

    def write(folder: Path, name: str) -> None:
        _write_inputs(sources.files, plan, folder / "inputs")
        _write_forecast(folder, plan)
        write_requirement(folder / REQUIREMENT_FILE, plan.requirement, plan.problem.demands)
        write_roster(folder / "roster.csv", plan.problem, plan.roster)
        write_kpis_csv(folder / "kpis.csv", plan.kpis)
        write_kpis_json(folder / "kpis.json", plan)
        if closing.law:
            write_law_costs(folder / LAW_COSTS_FILE, closing.law, plan.problem.queues)
        if cleaning is not None:
            frame = cleaning.frame(language)
            write_csv(folder / CLEANING_FILE, tuple(frame.columns), frame.itertuples(index=False))
        manifest = Manifest(
            plan=name,
            start=plan.grid.first_day,
            days=plan.grid.days,
            created=now(),
            seed=plan.seed,
            roster_seconds=sources.seconds,
            edited_from=sources.edited_from,
            repaired_from=sources.repaired_from,
            absent=sources.absent,
            forecast_from=sources.forecast_from,
            prefer=sources.prefer,
            contacts=sources.contacts,
            inputs=dict(sources.hashes),
            versions=versions(),
            result=outcome_of(plan.result),
            timings={stage: round(spent, 2) for stage, spent in plan.timings.items()},
            warnings=tuple(str(problem) for problem in plan.warnings),
            correction=plan.correction,
        )
        report = folder / "report.html"
        basis = basis_of(manifest)
        write_report(plan, report, language, currency=currency, basis=basis, closing=closing)
        content = manifest.model_dump_json(indent=2) + "\n"
        (folder / MANIFEST_FILE).write_text(content, encoding="utf-8")

    return store(workspace, plan.grid.first_day, plan.grid.days, write)


def basis_of(manifest: Manifest) -> Basis:
    """What a plan was made of, for its report."""
    return Basis(
        manifest.plan,
        manifest.created,
        manifest.contacts,
        manifest.inputs,
        manifest.forecast_from,
        manifest.edited_from,
        manifest.repaired_from,
    )


def _write_inputs(files: Mapping[str, Path], plan: Plan, target: Path) -> None:
    copy_inputs(files, target)
    if plan.problem.history:
        previous = copied_centre(target) / PREVIOUS_ROSTER_FILE
        write_assignments(previous, plan.problem, plan.problem.history)


def _write_forecast(folder: Path, plan: Plan) -> None:
    """The forecast as planned with; what the model said goes beside it if that differs."""
    write_forecast(folder / "forecast.csv", plan.forecast)
    write_paths(folder / "paths.parquet", plan.forecast)
    write_csv(folder / EFFECTS_FILE, EFFECTS_COLUMNS, _effects(plan.forecast))
    write_parts(folder / PARTS_FILE, plan_parts(plan))
    if plan.model_forecast is not plan.forecast:
        write_forecast(folder / MODEL_FOLDER / "forecast.csv", plan.model_forecast)
        write_paths(folder / MODEL_FOLDER / "paths.parquet", plan.model_forecast)


def _effects(forecast: Forecast) -> list[tuple[str, str, str, float]]:
    starts = [start.isoformat() for start in forecast.grid.starts]
    return [
        (queue, event, starts[i], round(float(added[i]), 4))
        for (queue, event), added in forecast.effects.items()
        for i in added.nonzero()[0]
    ]
