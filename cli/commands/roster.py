"""shiftcast roster: a roster for a plan's requirement, or for one computed now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..plan_view import QueueLine, RosterLine

BROKEN = 1


@dataclass(frozen=True)
class RosterOnlyResult(Result):
    first_day: date
    last_day: date
    queues: tuple[QueueLine, ...]
    roster: RosterLine
    file: str | None

    def show(self, console: Console) -> None:
        from ..plan_view import roster_sentences, show_queues

        show_queues(console, self.queues)
        console.line()
        for line in roster_sentences(console, self.roster):
            console.line(line)
        if self.file is not None:
            console.say("cli.roster.done", file=self.file)


def roster(
    plan: Annotated[
        str | None,
        typer.Option("--plan", help="Take the forecast of this plan.", show_default=False),
    ] = None,
    forecast: Annotated[
        Path | None,
        typer.Option("--forecast", metavar="FILE", help="Take somebody else's forecast."),
    ] = None,
    workspace: options.Workspace = options.HERE,
    start: options.Start = None,
    days: options.Days = 7,
    previous: options.Previous = None,
    seconds: options.Seconds = None,
    rounds: options.Rounds = None,
    seed: options.Seed = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="roster.csv to write."),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Search a roster alone, for a plan's requirement or for one worked out now."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..plan_view import queue_lines, roster_line
        from ..workspace import forecasting
        from ..workspace.folder import open_workspace
        from ..workspace.making import SearchWish, make_roster
        from ..workspace.roster_csv import write_roster

        if plan is not None and forecast is not None:
            raise typer.BadParameter("give --plan or --forecast, and not both")
        with console.progress() as progress:
            progress.stage("read")
            place = open_workspace(workspace)
            if plan is not None:
                job = forecasting.of_plan(place, plan)
            else:
                job = forecasting.of_workspace_or_file(place, forecast, start, days, seed)
            progress.stage("forecast")
            expected = job.run()
            made = make_roster(
                place, expected, SearchWish(seconds, rounds, seed, previous), progress
            )
        if output is not None and made.result.roster is not None:
            write_roster(output, made.problem, made.result.roster)
        console.warn(job.warnings)
        said = made.judgement
        console.deliver(
            RosterOnlyResult(
                expected.grid.first_day,
                expected.grid.last_day,
                queue_lines(place.centre, said.kpis),
                roster_line(
                    made.result, said.kpis, said.rules, said.requests, place.settings.currency
                ),
                None if output is None else str(output),
            )
        )
        if made.result.violations:
            raise typer.Exit(BROKEN)
