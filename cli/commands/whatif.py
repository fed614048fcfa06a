"""shiftcast whatif: scenarios beside a plan, or one number swept through a range."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import Console, session

if TYPE_CHECKING:
    from ..workspace.trying import WhatIfWish


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
            show_default="3, and 1 more for every 15 agents; the plan's if that is less",
        ),
    ] = None,
    rounds: options.Rounds = None,
    output: options.Page = None,
    audience: options.Audience = "planner",
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show what would follow from a scenario, side by side with a plan. Nothing is stored."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ...data.errors import InputError, Problem
        from ..workspace.trying import WhatIfWish

        wish = WhatIfWish(tuple(scenarios or ()), plan, sweep, quick, seconds, rounds)
        wish.check()
        if audience == "manager" and output is None:
            raise InputError(Problem("whatif.page_needs_output"))
        if sweep is None:
            _scenarios(console, workspace, wish, output, with_names=audience == "planner")
        else:
            _sweep(console, workspace, wish, output)


def _scenarios(
    console: Console, workspace: Path, wish: WhatIfWish, output: Path | None, *, with_names: bool
) -> None:
    from ..exports.whole_file import write_whole
    from ..whatif_view import whatif_result
    from ..workspace.trying import try_scenarios

    with console.progress() as progress:
        tried = try_scenarios(workspace, wish, progress)
    if output is not None:
        from ..report.whatif_page import whatif_page

        page = whatif_page(
            tried.plan,
            tried.base,
            tried.found,
            console.language,
            currency=tried.currency,
            with_names=with_names,
        )
        write_whole(output, page.encode())
    console.warn(tried.base.warnings)
    console.deliver(whatif_result(tried, wish.scenarios, _name(output)))


def _sweep(console: Console, workspace: Path, wish: WhatIfWish, output: Path | None) -> None:
    from ..exports.whole_file import write_whole
    from ..sweep_view import sweep_result
    from ..workspace.trying import try_sweep

    with console.progress() as progress:
        swept = try_sweep(workspace, wish, progress)
    result = sweep_result(swept, console.language, _name(output))
    if output is not None:
        from ..report.sweep_page import sweep_page
        from ..report.wording import Wording

        grid = swept.base.grid
        period = Wording(console.language).week(grid.first_day, grid.last_day)
        page = sweep_page(result, swept.judged_by, period, console.language)
        write_whole(output, page.encode())
    console.warn(swept.base.warnings)
    console.deliver(result)


def _name(output: Path | None) -> str | None:
    return None if output is None else str(output)
