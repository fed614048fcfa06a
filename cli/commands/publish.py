"""shiftcast publish: make a plan the one that holds, and the base of the next week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ...data.errors import Problem, ShiftcastError
from .. import options
from ..console import Console, Result, session


class BrokenRulesError(ShiftcastError):
    """The roster to be published breaks a rule."""

    exit_status = 1


@dataclass(frozen=True)
class PublishResult(Result):
    """What holds now, and for which of its days another plan held before."""

    plan: str
    first_day: date
    last_day: date
    replaced: tuple[str, ...]
    written: bool

    def show(self, console: Console) -> None:
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        said = "cli.publish.done" if self.written else "cli.publish.would"
        console.say(said, plan=self.plan, first=first, last=last)
        for other in self.replaced:
            console.say("cli.publish.replaced", plan=other)


def publish(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    edited: Annotated[
        Path | None,
        typer.Option("--roster", metavar="FILE", help="The plan's roster as edited by hand."),
    ] = None,
    despite_rules: Annotated[
        bool, typer.Option("--despite-rules", help="Also if the roster breaks a rule.")
    ] = False,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Publish a plan: it holds for its days, and the next plan builds on it."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..workspace.folder import check_workspace
        from ..workspace.manifest import now
        from ..workspace.plans import find_plan
        from ..workspace.published import read_published, write_published

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        if edited is not None:
            from ..workspace.edited import edited_plan, store_edited
            from ..workspace.load import load_plan

            plan_made = edited_plan(load_plan(workspace, stored), edited)
            _refuse(len(plan_made.result.violations), edited, despite_rules)
            if not dry_run:
                stored = store_edited(workspace, stored, plan_made, console.language)
        else:
            _refuse(stored.manifest.result.violations, stored.roster, despite_rules)
        manifest = stored.manifest
        before = read_published(workspace)
        held = {before.days[day] for day in before.days if manifest.covers(day)}
        first, last = manifest.start, manifest.last_day
        if not dry_run:
            write_published(workspace, before.with_plan(stored.name, first, last, now()))
        replaced = tuple(sorted(held - {stored.name}))
        console.deliver(PublishResult(stored.name, first, last, replaced, not dry_run))


def _refuse(violations: int, file: Path, despite_rules: bool) -> None:
    """Before anything is stored: a roster that breaks rules is published on demand only."""
    if violations and not despite_rules:
        params = {"count": violations, "file": file}
        raise BrokenRulesError(Problem("cli.publish.breaks_rules", params))
