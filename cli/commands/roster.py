"""shiftcast roster: a roster for a plan's requirement, or for one computed now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..plan_view import QueueLine, RosterLine
    from ..why_view import WayLine

BROKEN = 1


@dataclass(frozen=True)
class RosterOnlyResult(Result):
    first_day: date
    last_day: date
    queues: tuple[QueueLine, ...]
    roster: RosterLine
    ways: tuple[WayLine, ...]  # that would close the hours short
    base: str | None  # the plan whose roster was stayed near
    changed_agents: tuple[str, ...]
    changed_days: int
    changed_breaks: int | None  # shifts whose breaks moved, where only breaks were to
    moved_breaks: int | None  # how many of them, meetings counted too
    file: str | None

    def show(self, console: Console) -> None:
        from ..plan_view import roster_sentences, show_queues
        from ..why_view import show_ways

        show_queues(console, self.queues)
        console.line()
        for line in roster_sentences(console, self.roster):
            console.line(line)
        if self.changed_breaks is not None:
            shifts, breaks = f"{self.changed_breaks:,}", f"{self.moved_breaks:,}"
            console.say("cli.roster.breaks_only", plan=self.base, shifts=shifts, breaks=breaks)
        elif self.base is not None:
            agents = len(self.changed_agents)
            days = self.changed_days
            console.say("cli.roster.changed", plan=self.base, agents=agents, days=days)
        show_ways(console, self.ways)
        if self.file is not None:
            console.say("cli.roster.done", file=self.file)


def roster(
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            help="Take the forecast of this plan.",
            show_default=False,
            autocompletion=plan_names,
        ),
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
    prefer: options.Prefer = None,
    base: Annotated[
        str | None,
        typer.Option("--from", metavar="PLAN", help="Stay near the roster of this plan."),
    ] = None,
    change_from: Annotated[
        date | None,
        typer.Option(
            "--change-from",
            parser=options.a_date,
            metavar="YYYY-MM-DD",
            help="With --from or --breaks-only: days before this one stay as they are.",
        ),
    ] = None,
    breaks_only: Annotated[
        str | None,
        typer.Option(
            "--breaks-only",
            metavar="PLAN",
            help="Keep the shifts of this plan; place breaks and meetings anew.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="roster.csv to write."),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="AGENT",
            help="Say why this agent works like this; with --plan, of the plan's own roster.",
        ),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Search a roster alone, for a plan's requirement or for one worked out now."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..plan_view import queue_lines, roster_line
        from ..story_view import agent_called, story_result
        from ..why_view import way_lines
        from ..workspace import forecasting
        from ..workspace.folder import open_workspace
        from ..workspace.making import SearchWish, make_roster
        from ..workspace.roster_csv import write_roster

        if plan is not None and explain is not None:
            _explain_stored(console, workspace, plan, explain)
            return
        if plan is not None and forecast is not None:
            raise typer.BadParameter("give --plan or --forecast, and not both")
        if change_from is not None and base is None and breaks_only is None:
            raise typer.BadParameter("--change-from needs --from or --breaks-only")
        if breaks_only is not None and (plan or base or explain):
            raise typer.BadParameter("--breaks-only goes without --plan, --from and --explain")
        base = breaks_only or base
        with console.progress() as progress:
            progress.stage("read")
            place = open_workspace(workspace)
            who = None if explain is None else agent_called(place.centre.agents, explain)
            asked = plan if forecast is not None or plan is not None else base
            if asked is not None:
                job = forecasting.of_plan(place, asked)
            else:
                job = forecasting.of_workspace_or_file(place, forecast, start, days, seed)
            progress.stage("forecast")
            expected = job.run()
            wish = SearchWish(
                seconds,
                rounds,
                seed,
                previous,
                prefer=prefer,
                base=base,
                change_from=change_from,
                breaks_only=breaks_only is not None,
            )
            made = make_roster(place, expected, wish, progress, job.factors)
        found = made.result.roster
        assert found is not None  # a search that finds none says why
        if output is not None:
            write_roster(output, made.problem, found)
        console.warn(job.warnings)
        if who is not None:
            console.deliver(story_result(made.problem, found, who))
            return
        said = made.judgement
        console.deliver(
            RosterOnlyResult(
                expected.grid.first_day,
                expected.grid.last_day,
                queue_lines(place.centre, said.kpis),
                roster_line(
                    made.problem,
                    made.result,
                    said.kpis,
                    said.rules,
                    said.requests,
                    console.language,
                    place.settings.currency,
                ),
                way_lines(console, made.problem, found),
                base,
                made.changed_agents,
                made.changed_days,
                None if breaks_only is None else made.moved.shifts,
                None if breaks_only is None else made.moved.breaks,
                None if output is None else str(output),
            )
        )
        if made.result.violations:
            raise typer.Exit(BROKEN)


def _explain_stored(console: Console, workspace: Path, plan: str, name: str) -> None:
    """Why an agent works as a stored plan says."""
    from ..story_view import agent_called, story_result
    from ..workspace.load import load_plan
    from ..workspace.plans import find_plan

    loaded = load_plan(workspace, find_plan(workspace, plan))
    who = agent_called(loaded.problem.agents, name)
    console.deliver(story_result(loaded.problem, loaded.roster, who))
