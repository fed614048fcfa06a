"""shiftcast check: everything that is wrong with the inputs, or with a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import Console, Result, session
from ..law_lines import LawLine, law_line

if TYPE_CHECKING:
    from ...data.errors import Problem
    from ...data.grid import TimeGrid
    from ..breaches import Breach
    from ..workspace.folder import Workspace
    from ..workspace.history import History
    from ..workspace.manifest import Manifest
    from ..workspace.roster_reader import RosterRow

BROKEN = 1
_MOST_FINDINGS = 30


@dataclass(frozen=True)
class CleaningLine:
    """One finding about the history, with what was done."""

    kind: str
    queue: str
    first: str
    last: str
    amount: float
    finding: str
    action: str


@dataclass(frozen=True)
class InputsResult(Result):
    """A workspace without errors: what is in it, what cleaning did to the history, and how it
    stands to its laws."""

    agents: int
    shifts: int
    queues: tuple[str, ...]
    first_day: str
    last_day: str
    warnings: int
    cleaning: tuple[CleaningLine, ...]
    law: tuple[LawLine, ...]

    def show(self, console: Console) -> None:
        queues = console.text("planning.list_join").join(self.queues)
        console.say("cli.check.centre", agents=self.agents, shifts=self.shifts, queues=queues)
        console.say("cli.check.history", first=self.first_day, last=self.last_day)
        if self.cleaning:
            console.heading("cli.check.cleaning")
            for line in self.cleaning[:_MOST_FINDINGS]:
                place = " – ".join(dict.fromkeys(part for part in (line.first, line.last) if part))
                console.line(
                    "  " + " ".join(filter(None, (place, line.queue, line.finding, line.action)))
                )
            if len(self.cleaning) > _MOST_FINDINGS:
                more = len(self.cleaning) - _MOST_FINDINGS
                console.say("cli.check.more_findings", count=more)
        if self.law:
            console.heading("cli.check.law")
            for article in self.law:
                where = {"law": article.law, "article": article.article}
                console.line("  " + console.text("law.row", **where, text=article.says))
                console.line(f"    → {article.standing}")
            console.say("cli.check.law_note")
        console.line()
        console.say("cli.check.fine" if not self.warnings else "cli.check.warned")


@dataclass(frozen=True)
class RosterResult(Result):
    """The audit of a roster file; `priced` are breaches of rules that the planner made soft."""

    file: str
    first_day: str
    last_day: str
    shifts: int
    rules: int
    breaches: tuple[Breach, ...]
    priced: tuple[Breach, ...]

    def show(self, console: Console) -> None:
        from ..breaches import show_breaches

        period = {"first": self.first_day, "last": self.last_day}
        console.say("cli.check.roster", file=self.file, shifts=self.shifts, **period)
        if not self.breaches:
            console.say("cli.check.rules_kept", rules=self.rules)
        else:
            console.say("cli.check.rules_broken", count=len(self.breaches))
            show_breaches(self.breaches, console)
        if self.priced:
            points = sum(breach.points or 0.0 for breach in self.priced)
            console.say("cli.check.rules_priced", count=len(self.priced), points=points)
            show_breaches(self.priced, console)


def check(
    workspace: options.Workspace = options.HERE,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="FILE", help="A roster.csv, also one edited by hand."),
    ] = None,
    start: Annotated[
        date | None,
        typer.Option(
            "--start",
            parser=options.a_date,
            metavar="YYYY-MM-DD",
            help="First day to judge, with --roster.",
            show_default="the file's first week",
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="Days of the roster.", show_default=False)
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="PLAN",
            help="With --roster: the plan whose days it is for, and whose absences it knows.",
            show_default="the one that the file lies with",
            autocompletion=plan_names,
        ),
    ] = None,
    previous: options.Previous = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Check every input file, or judge a roster by every rule."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..workspace.checking import read_everything
        from ..workspace.folder import check_workspace

        check_workspace(workspace)
        if roster is None:
            place, known = read_everything(workspace)
            warnings = (*place.inputs.warnings, *known.warnings)
            console.warn(warnings)
            console.deliver(_inputs_result(place, known, warnings, console.language))
            return
        asked = _Asked(roster, plan, start, days, previous)
        result = _judge(workspace, asked, console.language)
        console.deliver(result)
        if result.breaches:
            raise typer.Exit(BROKEN)


def _inputs_result(
    place: Workspace, known: History, warnings: tuple[Problem, ...], language: str
) -> InputsResult:
    frame = known.report.frame(language)
    grid = known.history.grid
    return InputsResult(
        agents=len(place.centre.agents),
        shifts=len(place.centre.shifts),
        queues=tuple(queue.name for queue in place.centre.queues),
        first_day=grid.first_day.isoformat(),
        last_day=grid.last_day.isoformat(),
        warnings=len(warnings),
        cleaning=tuple(CleaningLine(*row) for row in frame.itertuples(index=False)),
        law=tuple(law_line(row, language) for row in place.centre.law.rows),
    )


@dataclass(frozen=True)
class _Asked:
    """A roster to judge: its file, the plan that it is of, its days, and what was before."""

    file: Path
    plan: str | None
    start: date | None
    days: int | None
    previous: Path | None

    def manifest(self, workspace: Path) -> Manifest | None:
        """The manifest of the plan that is named or, without one, that the file lies with."""
        from ..workspace.manifest import MANIFEST_FILE, read_manifest
        from ..workspace.plans import find_plan

        if self.plan is not None:
            return find_plan(workspace, self.plan).manifest
        beside = self.file.parent
        return read_manifest(beside) if (beside / MANIFEST_FILE).exists() else None


def _judge(workspace: Path, asked: _Asked, language: str) -> RosterResult:
    from ...scheduling.planning.rosters import no_demands, roster_problem
    from ...scheduling.rostering.audit import rule_report
    from ..breaches import breach_line
    from ..workspace.as_planned import as_planned
    from ..workspace.edited import roster_of
    from ..workspace.folder import assignments_before, open_workspace, previous_rows
    from ..workspace.roster_reader import read_roster

    place, manifest = open_workspace(workspace), asked.manifest(workspace)
    centre = place.centre if manifest is None else as_planned(place.centre, manifest)
    rows = read_roster(asked.file, centre)
    grid = _grid_of(place, asked, manifest, rows)
    before = assignments_before(previous_rows(place, asked.previous), grid)
    problem = roster_problem(centre, no_demands(centre, grid), grid, before)
    report = rule_report(problem, roster_of(rows, problem, asked.file.name))
    return RosterResult(
        file=str(asked.file),
        first_day=grid.first_day.isoformat(),
        last_day=grid.last_day.isoformat(),
        shifts=len(rows),
        rules=len(report),
        breaches=tuple(
            breach_line(violation, problem.grid, language)
            for verdict in report
            for violation in verdict.broken
        ),
        priced=tuple(
            breach_line(violation, problem.grid, language, points)
            for verdict in report
            for violation, points in verdict.priced
        ),
    )


def _grid_of(
    place: Workspace, asked: _Asked, manifest: Manifest | None, rows: tuple[RosterRow, ...]
) -> TimeGrid:
    """The days a roster is for: as told, else its plan's, else the whole weeks that its shifts lie
    in (weekly rules count whole weeks)."""
    start, days = asked.start, asked.days
    if start is None and manifest is not None:
        return place.grid(manifest.start, days or manifest.days)
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    if start is None:
        start = first - timedelta(days=(first.weekday() - place.centre.first_weekday) % 7)
    weeks = -(-((last - start).days + 1) // 7)
    return place.grid(start, days or max(weeks, 1) * 7)
