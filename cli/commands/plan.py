"""shiftcast plan: the whole road from history to a plan folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..plan_view import PlanView
    from ..why_view import WayLine
    from ..worth_view import WorthLine

BROKEN = 1


@dataclass(frozen=True)
class PlanResult(Result):
    """A plan and where its files are."""

    plan: str
    folder: str
    view: PlanView
    ways: tuple[WayLine, ...]  # that would close the hours short
    worth: tuple[WorthLine, ...]  # what one more of something would bring
    timings: dict[str, float]
    files: dict[str, str]
    next: str  # the command that publishes the plan

    def show(self, console: Console) -> None:
        from ..plan_view import show_plan
        from ..why_view import show_ways
        from ..worth_view import show_worth

        show_plan(console, self.view)
        show_ways(console, self.ways)
        show_worth(console, self.worth)
        console.heading("cli.plan.files", plan=self.plan)
        names = {name: console.text(f"cli.file.{name}") for name in self.files}
        width = max(map(len, names.values()))
        for name, path in self.files.items():
            console.line(f"  {names[name]:<{width}}  {path}", wrap=False)
        console.line()
        console.line(console.text("cli.plan.next", command=self.next), wrap=False)


def plan(
    workspace: options.Workspace = options.HERE,
    start: options.Start = None,
    days: options.Days = 7,
    seconds: options.Seconds = None,
    rounds: options.Rounds = None,
    seed: options.Seed = None,
    correct: options.Correct = None,
    prefer: options.Prefer = None,
    previous: options.Previous = None,
    targets_must_hold: Annotated[
        bool,
        typer.Option("--targets-must-hold", help="End with status 1 if a target is missed."),
    ] = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Plan the next week: forecast, agents needed, roster, expected service, report."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..plan_view import plan_view, targets_missed
        from ..why_view import names_of, way_lines
        from ..workspace.making import SearchWish, make_plan
        from ..worth_view import WorthWords

        wish = SearchWish(seconds, rounds, seed, previous, correct, prefer)
        with console.progress() as progress:
            made = make_plan(workspace, start, days, wish, console.language, progress)
        plan, stored = made.plan, made.stored
        console.warn(plan.warnings)
        currency = made.place.settings.currency
        names = {} if console.as_json else names_of(plan.problem)
        worth = WorthWords(plan, console.language, currency, names).lines(made.closing.worth)
        files = {"report": stored.report, "roster": stored.roster, "kpis": stored.kpis}
        console.deliver(
            PlanResult(
                stored.name,
                str(stored.folder),
                plan_view(plan, console.language, currency, made.closing),
                way_lines(console, plan.problem, plan.roster, made.closing.ways),
                worth,
                dict(made.timings),
                {name: str(path) for name, path in files.items()},
                next=options.publish_command(stored.name, workspace),
            )
        )
        if plan.result.violations or (targets_must_hold and targets_missed(plan)):
            raise typer.Exit(BROKEN)
