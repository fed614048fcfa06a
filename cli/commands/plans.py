"""shiftcast plans: what has been planned, and what holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..report.wording import Wording
    from ..workspace.plans import StoredPlan
    from ..workspace.published import Published


@dataclass(frozen=True)
class PlanEntry:
    """One plan; `holds` counts its published days that no later plan took over. `edited_from` is
    the plan whose roster was edited by hand into this one, `repaired_from` the one that was mended
    into it, `prefer` what was preferred."""

    plan: str
    first_day: date
    last_day: date
    created: str
    status: str
    gap: float | None  # of the roster's points
    gap_hours: float | None  # agent-hours short that cost as much
    gap_of_hours: float | None  # as a share of the hours needed
    violations: int
    holds: int
    paid_hours: float
    cost: float
    requests: int
    requests_met: int
    edited_from: str | None
    repaired_from: str | None
    prefer: str | None


@dataclass(frozen=True)
class PublicationEntry:
    """A plan published or withdrawn, for its days, and when."""

    at: str
    act: str
    plan: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class PlansResult(Result):
    plans: tuple[PlanEntry, ...]
    history: tuple[PublicationEntry, ...]
    with_history: bool

    def show(self, console: Console) -> None:
        from ..report.wording import MISSING, Wording

        wording = Wording(console.language)
        if not self.plans:
            console.say("workspace.no_plans")
            return
        columns = ("plan", "created", "status", "gap", "paid", "requests", "published")
        rows = [
            (
                entry.plan,
                entry.created,
                console.text(
                    "cli.status.broken" if entry.violations else f"cli.status.{entry.status}"
                ),
                _gap(entry, console, wording),
                wording.number(entry.paid_hours),
                f"{entry.requests_met}/{entry.requests}" if entry.requests else MISSING,
                str(entry.holds) if entry.holds else MISSING,
            )
            for entry in self.plans
        ]
        console.table([console.text(f"cli.column.{c}") for c in columns], rows, text_columns=3)
        if self.with_history:
            console.heading("cli.plans.history")
            for entry in self.history:
                said = {"plan": entry.plan, "first": entry.first_day, "last": entry.last_day}
                console.say(f"cli.plans.{entry.act}", at=entry.at, **said)


def plans(
    workspace: options.Workspace = options.HERE,
    history: Annotated[
        bool, typer.Option("--history", help="Also when plans were published and withdrawn.")
    ] = False,
    fairness: Annotated[
        bool,
        typer.Option(
            "--fairness", help="Instead: who carries what from the last four published weeks."
        ),
    ] = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """List the plans of the workspace and the days they are published for."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ..workspace.folder import check_workspace
        from ..workspace.plans import all_plans
        from ..workspace.published import read_published

        check_workspace(workspace)
        if fairness:
            from ..fairness_view import fairness_result
            from ..workspace.folder import open_workspace

            console.deliver(fairness_result(open_workspace(workspace)))
            return
        published = read_published(workspace)
        acts = published.history
        console.deliver(
            PlansResult(
                tuple(_entry(stored, published) for stored in all_plans(workspace)),
                tuple(
                    PublicationEntry(_clock(act.at), act.act.value, act.plan, act.first, act.last)
                    for act in acts
                ),
                history,
            )
        )


def _entry(stored: StoredPlan, published: Published) -> PlanEntry:
    from ..workspace.plan_summary import read_summary

    manifest, summary = stored.manifest, read_summary(stored.folder)
    return PlanEntry(
        plan=stored.name,
        first_day=manifest.start,
        last_day=manifest.last_day,
        created=_clock(manifest.created),
        status=manifest.result.status.value,
        gap=manifest.result.gap,
        gap_hours=summary.roster.gap_hours,
        gap_of_hours=summary.roster.gap_of_hours,
        violations=manifest.result.violations,
        holds=len(published.holds(stored.name)),
        paid_hours=summary.paid_hours,
        cost=summary.cost,
        requests=summary.roster.requests,
        requests_met=summary.roster.requests_met,
        edited_from=manifest.edited_from,
        repaired_from=manifest.repaired_from,
        prefer=manifest.prefer,
    )


def _gap(entry: PlanEntry, console: Console, wording: Wording) -> str:
    """What longer searching could save at the most, as `plan` and the report tell it."""
    from ..report.wording import MISSING

    if entry.gap_hours is None or entry.gap_of_hours is None:
        return MISSING
    hours, share = wording.number(entry.gap_hours, 1), wording.share(entry.gap_of_hours)
    return console.text("cli.plans.gap", hours=hours, share=share)


def _clock(moment: datetime) -> str:
    """The clock of whoever asks."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
