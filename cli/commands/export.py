"""shiftcast export: the files that are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..completion import export_templates
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..exports.templates.template import Template

MOST_FILES = 12  # that are named one by one


@dataclass(frozen=True)
class ExportResult(Result):
    """What was written, or (`written` False) would be."""

    plan: str
    folder: str
    files: tuple[str, ...]
    calendars: int
    calendars_folder: str
    published: bool
    written: bool

    def show(self, console: Console) -> None:
        if not self.published:
            console.say("cli.export.not_published", plan=self.plan)
        said = "cli.export.done" if self.written else "cli.export.would"
        if self.files:
            console.say(said, plan=self.plan, folder=self.folder)
        for name in self.files[:MOST_FILES]:
            console.line(f"  {name}", wrap=False)
        if len(self.files) > MOST_FILES:
            console.say("cli.export.more", count=len(self.files) - MOST_FILES)
        if self.calendars:
            folder = self.calendars_folder
            console.say("cli.export.calendars", count=self.calendars, folder=folder)


@dataclass(frozen=True)
class TemplateEntry:
    """A template and what it needs, in the planner's words."""

    name: str
    about: str
    format: str
    own: bool
    needs: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class TemplateList(Result):
    templates: tuple[TemplateEntry, ...]

    def show(self, console: Console) -> None:
        console.heading("cli.export.list")
        names = ("template", "about", "needs")
        rows = [
            (
                console.text("cli.export.own", name=entry.name) if entry.own else entry.name,
                entry.about,
                "; ".join(entry.needs),
            )
            for entry in self.templates
        ]
        columns = [console.text(f"cli.column.{name}") for name in names]
        console.table(columns, rows, text_columns=3)


@dataclass(frozen=True)
class CopyResult(Result):
    """The planner's own copy of a template, and the files with a column `system` to fill in."""

    file: str
    to_fill: tuple[str, ...]
    system: str
    written: bool

    def show(self, console: Console) -> None:
        said = "cli.export.copied" if self.written else "cli.export.would_copy"
        console.say(said, file=self.file)
        for file in self.to_fill:
            console.say("cli.export.fill", file=file, column=self.system)


def export(
    plan: options.PlanName = None,
    workspace: options.Workspace = options.HERE,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="NAME",
            help="Template of the system to export to; may be given again.",
            show_default="roster grid, HR file, calendars",
            autocompletion=export_templates,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder to write to.", show_default="exports/PLAN"),
    ] = None,
    hr_template: Annotated[
        Path | None,
        typer.Option(
            "--hr-template", help="Template of the HR file.", show_default="hr_export.toml"
        ),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook", metavar="FILE", help="Workbook of the other system, to be filled in."
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Show the templates and what each needs.")
    ] = False,
    copy: Annotated[
        str | None,
        typer.Option(
            "--copy",
            metavar="NAME",
            help="Copy a template into exports/templates to change it.",
            autocompletion=export_templates,
        ),
    ] = None,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Hand out a plan: roster grid, HR file, calendars; or what another system imports."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..workspace.folder import check_workspace

        check_workspace(workspace)
        if listed:
            console.deliver(_template_list(workspace, console))
        elif copy is not None:
            console.deliver(_copied(workspace, copy, dry_run=dry_run))
        else:
            from ..workspace.feeds import CALENDARS_FOLDER
            from ..workspace.hand_out import Wish, hand_out
            from ..workspace.names import EXPORTS_FOLDER
            from ..workspace.plans import find_plan
            from ..workspace.published import read_published

            stored = find_plan(workspace, plan)
            wish = Wish(tuple(to or ()), output, hr_template, workbook)
            made = hand_out(workspace, stored, wish, console.language)
            if not dry_run:
                made.write()
            console.warn(made.warnings)
            console.deliver(
                ExportResult(
                    stored.name,
                    str(made.folder),
                    tuple(made.files),
                    made.calendars,
                    str(workspace / EXPORTS_FOLDER / CALENDARS_FOLDER),
                    published=bool(read_published(workspace).holds(stored.name)),
                    written=not dry_run,
                )
            )


def _template_list(workspace: Path, console: Console) -> TemplateList:
    from ..exports.templates.catalogue import TEMPLATES_FOLDER
    from ..exports.templates.library import all_templates
    from ..exports.templates.template import in_language
    from ..workspace.names import EXPORTS_FOLDER

    folder = workspace / EXPORTS_FOLDER / TEMPLATES_FOLDER
    return TemplateList(
        tuple(
            TemplateEntry(
                template.name,
                in_language(template.about, console.language),
                template.format.value,
                (folder / f"{template.name}.toml").exists(),
                tuple(_needs(template, console)),
                template.source,
            )
            for template in all_templates(folder)
        )
    )


def _needs(template: Template, console: Console) -> list[str]:
    from ..exports.templates.template import FileFormat

    needs = []
    if template.format is FileFormat.WORKBOOK:
        needs.append(console.text("cli.export.needs_workbook"))
    if template.empty_values:
        names = ", ".join(template.empty_values)
        needs.append(console.text("cli.export.needs_values", names=names))
    if template.employees_needed:
        needs.append(console.text("cli.export.needs_employees"))
    if template.shifts_needed:
        needs.append(console.text("cli.export.needs_shifts"))
    for column in template.columns:
        if column.required and column.field in ("email", "team"):
            needs.append(console.text("cli.export.needs_field", field=column.field))
    return needs


def _copied(workspace: Path, name: str, *, dry_run: bool) -> CopyResult:
    from ..workspace.folder import open_workspace
    from ..workspace.own_templates import own_template

    made = own_template(open_workspace(workspace), name)
    if not dry_run:
        made.write()
    to_fill = tuple(str(path) for path in made.to_fill)
    return CopyResult(str(made.file), to_fill, made.system, written=not dry_run)
