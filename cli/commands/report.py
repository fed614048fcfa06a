"""shiftcast report: a plan's page again, in any language and for other readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..workspace.plans import StoredPlan


@dataclass(frozen=True)
class ReportResult(Result):
    """The file written, or for agents the folder of their pages."""

    plan: str
    file: str
    audience: str
    pages: int
    written: bool

    def show(self, console: Console) -> None:
        if not self.written:
            console.say("cli.report.would", plan=self.plan, count=self.pages, file=self.file)
        elif self.audience == "agent":
            console.say("cli.report.pages", plan=self.plan, count=self.pages, folder=self.file)
        else:
            console.say("cli.report.done", plan=self.plan, file=self.file)


def report(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    audience: Annotated[
        Literal["planner", "manager", "agent"],
        typer.Option(
            "--audience",
            help="Who reads it; manager: without names; agent: a page for each, with their own "
            "days only.",
        ),
    ] = "planner",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="File to write, for agents a folder.",
            show_default="exports/PLAN/report.html",
        ),
    ] = None,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the report of a plan anew: in another language, without names, or agent by agent."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..exports.whole_file import write_whole
        from ..workspace.folder import check_workspace
        from ..workspace.names import EXPORTS_FOLDER
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        folder = workspace / EXPORTS_FOLDER / stored.name
        if audience == "agent":
            place = output or folder / "agents"
            pages = _agent_pages(stored, place, console.language)
        else:
            place = output or folder / _PAGES[audience]
            pages = _report(workspace, stored, place, console, with_names=audience == "planner")
        if not dry_run:
            for path, page in pages.items():
                write_whole(path, page.encode())
        written = not dry_run
        console.deliver(ReportResult(stored.name, str(place), audience, len(pages), written))


_PAGES = {"planner": "report.html", "manager": "report_manager.html"}


def _report(
    workspace: Path, stored: StoredPlan, file: Path, console: Console, *, with_names: bool
) -> dict[Path, str]:
    from ..report.closing import sought
    from ..report.page import nameless, report_page
    from ..workspace.law_file import LAW_COSTS_FILE, read_law_costs
    from ..workspace.load import load_plan, plan_inputs
    from ..workspace.plan_files import basis_of

    with console.progress() as progress:
        progress.stage("read")
        made = load_plan(workspace, stored)
        progress.stage("why")
        costs = read_law_costs(stored.folder / LAW_COSTS_FILE, made.problem.queues)
        closing = sought(made, costs)
        progress.stage("write")
        shown = made if with_names else nameless(made)
        page = report_page(
            shown,
            console.language,
            currency=plan_inputs(stored).settings.currency,
            basis=basis_of(stored.manifest),
            closing=closing,
        )
    console.warn(made.warnings)
    return {file: page}


def _agent_pages(stored: StoredPlan, folder: Path, language: str) -> dict[Path, str]:
    from ..report.agent_page import agent_pages
    from ..workspace.load import load_roster, plan_inputs

    inputs = plan_inputs(stored)
    problem, roster = load_roster(stored, inputs)
    queues = tuple(queue.name for queue in inputs.centre.queues)
    pages = agent_pages(inputs.centre.name, problem, roster, queues, language)
    return {folder / name: page for name, page in pages}
