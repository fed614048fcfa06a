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
    routing: Annotated[
        Literal["roster", "skills"] | None,
        typer.Option(
            "--routing",
            help="Agents serve the roster's queue only, or all that they have the skill for.",
            show_default="as in shiftcast.toml",
        ),
    ] = None,
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
        from ...data.centre import Routing
        from ...scheduling.kpis import expected_kpis
        from ...scheduling.planning.stages import staffing_stage
        from ...scheduling.rostering.roster import Roster
        from ...scheduling.simulation.rosters import simulate_roster
        from ..exports.simulation_csv import write_simulation_csv
        from ..simulate_view import simulate_result
        from ..workspace.folder import check_workspace
        from ..workspace.load import load_forecast, load_roster, plan_inputs
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        with console.progress() as progress:
            progress.stage("read")
            inputs = plan_inputs(stored)
            centre = inputs.centre
            problem, roster = load_roster(stored, inputs)
            forecast = load_forecast(stored, inputs).adjusted
            # Shifts that began on the eve still serve the first morning.
            present = Roster(problem.grid, (*problem.history, *roster.assignments))
            requirement, _ = staffing_stage(centre, forecast)
            expected = expected_kpis(centre, forecast, requirement, present)
            route_by = centre.routing if routing is None else Routing(routing)
            progress.stage("simulate")
            found = simulate_roster(
                centre,
                forecast,
                present,
                replications=replications,
                seed=seed,
                route_by=route_by,
            )
        if output is not None:
            write_simulation_csv(output, found)
        file = None if output is None else str(output)
        console.deliver(simulate_result(stored.name, centre, found, expected, route_by.value, file))
