"""shiftcast withdraw: a published plan holds no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import Console, Result, session


@dataclass(frozen=True)
class WithdrawResult(Result):
    """The days that the plan held for, and what holds for them now (`open_days`: nothing)."""

    plan: str
    first_day: date
    last_day: date
    back: tuple[str, ...]
    open_days: int
    written: bool

    def show(self, console: Console) -> None:
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        said = "cli.withdraw.done" if self.written else "cli.withdraw.would"
        console.say(said, plan=self.plan, first=first, last=last)
        for other in self.back:
            console.say("cli.withdraw.back", plan=other)
        if self.open_days:
            console.say("cli.withdraw.open", count=self.open_days)


def withdraw(
    plan: Annotated[
        str,
        typer.Argument(metavar="PLAN", help="Name of a published plan.", autocompletion=plan_names),
    ],
    workspace: options.Workspace = options.HERE,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Withdraw a published plan: its days go back to the plan published before, or to none."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ...data.errors import InputError, Problem
        from ..workspace.folder import check_workspace
        from ..workspace.manifest import now
        from ..workspace.plans import find_plan
        from ..workspace.published import read_published, write_published

        check_workspace(workspace)
        name = find_plan(workspace, plan).name
        published = read_published(workspace)
        held = published.holds(name)
        if not held:
            raise InputError(Problem("cli.withdraw.not_published", {"plan": name}))
        after = published.without_plan(name, now())
        if not dry_run:
            write_published(workspace, after)
        back = {after.days[day] for day in held if day in after.days}
        open_days = sum(day not in after.days for day in held)
        console.deliver(
            WithdrawResult(
                name, held[0], held[-1], tuple(sorted(back)), open_days, written=not dry_run
            )
        )
