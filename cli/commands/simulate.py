"""shiftcast simulate: a plan's roster played many times."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .. import options
from ..console import session


def simulate(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    replications: Annotated[
        int,
        typer.Option("--replications", "-n", min=2, max=2_000, help="How often it is played."),
    ] = 200,
    help_out: Annotated[
        Literal["never", "skills"],
        typer.Option(
            "--help-out",
            help="Whether agents serve other queues than the roster's where they have the skill.",
        ),
    ] = "never",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of everything random.")] = 1,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="CSV by queue, day and interval."),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Play a plan's roster against the forecast's sample paths: service, and how sure it is."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ...scheduling.rostering.roster import Roster
        from ...scheduling.simulation.crews import HelpOut
        from ...scheduling.simulation.rosters import simulate_roster
        from ..exports.simulation_csv import write_simulation_csv
        from ..simulate_view import simulate_result
        from ..workspace.folder import check_workspace
        from ..workspace.load import load_plan
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        with console.progress() as progress:
            progress.stage("read")
            made = load_plan(workspace, stored)
            progress.stage("simulate")
            # Shifts that began on the eve still serve the first morning.
            present = Roster(made.grid, (*made.problem.history, *made.roster.assignments))
            found = simulate_roster(
                made.centre,
                made.forecast,
                present,
                replications=replications,
                seed=seed,
                help_out=HelpOut(help_out),
            )
        if output is not None:
            write_simulation_csv(output, found)
        console.warn(made.warnings)
        file = None if output is None else str(output)
        console.deliver(simulate_result(stored.name, made.centre, found, made.kpis, help_out, file))
