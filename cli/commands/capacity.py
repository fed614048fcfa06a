"""shiftcast capacity: agents and hours needed in the weeks to come, and when to hire."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..console import session


def capacity(
    workspace: options.Workspace = options.HERE,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=52, help="How many weeks to look ahead.")
    ] = 13,
    start: options.Start = None,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            metavar="FILE",
            help="A scenario (TOML) that holds for all of these weeks.",
            show_default="none",
        ),
    ] = None,
    fit: Annotated[
        float,
        typer.Option(
            "--fit",
            min=0.5,
            max=1.0,
            help="Share of the hours on queues that falls where it is needed.",
        ),
    ] = 0.95,
    lead_weeks: Annotated[
        int,
        typer.Option(
            "--lead-weeks", min=0, max=52, help="Weeks from hiring to an agent's first contact."
        ),
    ] = 4,
    seed: options.Seed = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="CSV to write.", show_default="none"),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page", metavar="FILE", help="HTML page to write, with charts.", show_default="none"
        ),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Agents and hours needed week by week against those on the books: when to hire, whom to
    train."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..capacity_view import CAPACITY_COLUMNS, capacity_result, capacity_rows
        from ..exports.whole_file import write_csv, write_whole
        from ..workspace.capacity import CapacityWish, make_capacity

        wish = CapacityWish(weeks, start, scenario, fit, lead_weeks, seed)
        with console.progress() as progress:
            made = make_capacity(workspace, wish, progress)
        if output is not None:
            write_csv(output, CAPACITY_COLUMNS, capacity_rows(made.capacity))
        if page is not None:
            from ..report.capacity_page import capacity_page

            write_whole(page, capacity_page(made, console.language).encode("utf-8"))
        console.warn(made.warnings)
        csv, html = (None if file is None else str(file) for file in (output, page))
        console.deliver(capacity_result(made, console.language, csv, html))
