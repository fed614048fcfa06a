"""shiftcast export: the files that are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..console import Console, Result, session


@dataclass(frozen=True)
class ExportResult(Result):
    plan: str
    folder: str
    files: tuple[str, ...]
    calendars: int
    published: bool

    def show(self, console: Console) -> None:
        if not self.published:
            console.say("cli.export.not_published", plan=self.plan)
        console.say("cli.export.done", plan=self.plan, folder=self.folder)
        for name in self.files:
            console.line(f"  {name}")
        console.say("cli.export.calendars", count=self.calendars)


def export(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Folder to write to.", show_default="exports/PLAN"),
    ] = None,
    hr_template: Annotated[
        Path | None,
        typer.Option(
            "--hr-template", help="Template of the HR file.", show_default="hr_export.toml"
        ),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Hand out a plan: roster grid, HR file, and a calendar file for every agent."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..workspace.folder import check_workspace
        from ..workspace.hand_out import hand_out
        from ..workspace.names import EXPORTS_FOLDER
        from ..workspace.plans import find_plan
        from ..workspace.published import read_published

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        folder = to or workspace / EXPORTS_FOLDER / stored.name
        written = hand_out(workspace, stored, folder, hr_template, console.language)
        console.deliver(
            ExportResult(
                stored.name,
                str(folder),
                tuple(path.name for path in written.files),
                written.calendars,
                published=bool(read_published(workspace).holds(stored.name)),
            )
        )
