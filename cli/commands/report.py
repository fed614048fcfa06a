"""shiftcast report: a plan's page again, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..console import Console, Result, session


@dataclass(frozen=True)
class ReportResult(Result):
    plan: str
    file: str

    def show(self, console: Console) -> None:
        console.say("cli.report.done", plan=self.plan, file=self.file)


def report(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="File to write.", show_default="exports/PLAN/report.html"
        ),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the report of a plan anew, for example in another language."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..report.page import write_report
        from ..workspace.folder import check_workspace
        from ..workspace.load import load_plan, plan_inputs
        from ..workspace.names import EXPORTS_FOLDER
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        file = output or workspace / EXPORTS_FOLDER / stored.name / "report.html"
        with console.progress() as progress:
            progress.stage("read")
            made = load_plan(workspace, stored)
            progress.stage("write")
            currency = plan_inputs(stored).settings.currency
            inputs = stored.manifest.inputs
            write_report(made, file, console.language, currency=currency, inputs=inputs)
        console.warn(made.warnings)
        console.deliver(ReportResult(stored.name, str(file)))
