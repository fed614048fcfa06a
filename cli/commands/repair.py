"""shiftcast repair: a plan mended after sickness, another absence or a changed forecast."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import session

BROKEN = 1


def repair(
    plan: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]",
            help="Name of a plan.",
            show_default="the one published for now",
            autocompletion=plan_names,
        ),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            "--absent",
            metavar="AGENT:DATE[@HH:MM][..DATE|HH:MM]",
            help="Who is absent, besides what time_off.csv says: days, or A017:2026-12-08@14:00 "
            "(leaves), @..11:00 (comes), @09:00..11:00; may be given again.",
        ),
    ] = None,
    swap: Annotated[
        list[str] | None,
        typer.Option(
            "--swap",
            metavar="AGENT:DATE=AGENT:DATE",
            help="Let two agents swap these days, if every rule allows it; may be given again.",
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="AGENT:DATE=SHIFT[@HH:MM]",
            help="Another shift for an agent's day, or `off`, if every rule allows it; may be "
            "given again.",
        ),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            parser=options.a_moment,
            metavar="TIME",
            help="What begins before stays as it is.",
            show_default="now, or the plan's first day",
        ),
    ] = None,
    forecast: Annotated[
        Path | None,
        typer.Option(
            "--forecast", metavar="FILE", help="Another forecast for the rest of the plan's days."
        ),
    ] = None,
    reforecast: Annotated[
        bool,
        typer.Option("--reforecast", help="Forecast the rest anew from what came, as track does."),
    ] = False,
    actuals: Annotated[
        Path | None,
        typer.Option(
            "--actuals",
            metavar="FILE",
            help="Contacts that came, with --reforecast.",
            show_default="the workspace's contacts",
        ),
    ] = None,
    breaks_only: Annotated[
        bool, typer.Option("--breaks-only", help="Keep all shifts; place breaks and meetings anew.")
    ] = False,
    seconds: options.Seconds = None,
    rounds: options.Rounds = None,
    workspace: options.Workspace = options.HERE,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Mend a plan after sickness or a changed forecast with few changes; check and make swaps."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        if forecast is not None and reforecast:
            raise typer.BadParameter("give --forecast or --reforecast, and not both")
        if actuals is not None and not reforecast:
            raise typer.BadParameter("--actuals needs --reforecast")
        if (swap or change) and (forecast or reforecast or breaks_only):
            raise typer.BadParameter("--swap and --change go with --absent and --from alone")
        from ..repair_view import repair_result
        from ..workspace.exchanges import AskedWishes
        from ..workspace.folder import check_workspace
        from ..workspace.manifest import now
        from ..workspace.repairing import RepairWish, make_exchange, make_repair

        check_workspace(workspace)
        asked = AskedWishes(tuple(swap or ()), tuple(change or ()))
        wish = RepairWish(
            plan,
            tuple(absent or ()),
            since,
            forecast,
            reforecast=reforecast,
            actuals=actuals,
            breaks_only=breaks_only,
            seconds=seconds,
            rounds=rounds,
        )
        with console.progress() as progress:
            if swap or change:
                made = make_exchange(workspace, plan, since, wish.absent, asked, now(), progress)
            else:
                made = make_repair(workspace, wish, now(), progress)
            stored = None
            if not (dry_run or made.broken):
                progress.stage("write")
                stored = made.store(console.language)
        mended = made.repair.plan
        console.warn(mended.warnings)
        name = None if stored is None else stored.name
        command = None if name is None else options.publish_command(name, workspace)
        console.deliver(repair_result(made, name, command, console.language))
        if made.broken or mended.result.violations:
            raise typer.Exit(BROKEN)
