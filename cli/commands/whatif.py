"""shiftcast whatif: scenarios beside a plan, or one number swept through a range."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import session


def whatif(
    scenarios: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SCENARIO]...", help="Scenario files (TOML).", show_default=False),
    ] = None,
    workspace: options.Workspace = options.HERE,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            help="Name of the base plan.",
            show_default="the newest",
            autocompletion=plan_names,
        ),
    ] = None,
    sweep: Annotated[
        str | None,
        typer.Option(
            "--sweep",
            metavar="KEY=FROM:TO:STEP",
            help="One key of a scenario, through a range: the cheapest value that meets the "
            "targets.",
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Sweep what is needed only, without rosters."),
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds",
            min=1,
            help="Time limit of each roster search.",
            show_default="as for the plan",
        ),
    ] = None,
    rounds: options.Rounds = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show what would follow from a scenario, side by side with a plan. Nothing is stored."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..sweep_view import sweep_result
        from ..whatif_view import whatif_result
        from ..workspace.trying import WhatIfWish, try_scenarios, try_sweep

        wish = WhatIfWish(tuple(scenarios or ()), plan, sweep, quick, seconds, rounds)
        wish.check()
        with console.progress() as progress:
            if sweep is None:
                tried = try_scenarios(workspace, wish, progress)
            else:
                swept = try_sweep(workspace, wish, progress)
        if sweep is None:
            console.warn(tried.base.warnings)
            console.deliver(whatif_result(tried.plan, wish.scenarios, tried.found))
        else:
            console.warn(swept.base.warnings)
            console.deliver(sweep_result(swept))
