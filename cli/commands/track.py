"""shiftcast track: a stored forecast against what came, and the rest of it anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..console import session


def track(
    plan: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]",
            help="Name of a plan.",
            show_default="the one published for the days that are known",
        ),
    ] = None,
    forecast: Annotated[
        Path | None,
        typer.Option(
            "--forecast",
            metavar="FILE",
            help="A forecast in place of a plan's: interval_start, queue, mean, p10, p50, p90.",
        ),
    ] = None,
    paths: Annotated[
        Path | None,
        typer.Option("--paths", metavar="FILE", help="Its sample paths, with --forecast."),
    ] = None,
    actuals: Annotated[
        Path | None,
        typer.Option(
            "--actuals",
            metavar="FILE",
            help="Contacts that came; with --forecast no workspace is needed.",
            show_default="the workspace's contacts",
        ),
    ] = None,
    now: Annotated[
        datetime | None,
        typer.Option(
            "--now",
            parser=options.a_moment,
            metavar="TIME",
            help="Until when contacts are looked at.",
            show_default="the end of what came",
        ),
    ] = None,
    reforecast: Annotated[
        bool, typer.Option("--reforecast", help="Forecast the rest of today and of the days anew.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="CSV of the new forecast."),
    ] = None,
    daily_output: Annotated[
        Path | None, typer.Option("--daily-output", metavar="FILE", help="CSV of its whole days.")
    ] = None,
    paths_output: Annotated[
        Path | None,
        typer.Option("--paths-output", metavar="FILE", help="Parquet of its sample paths."),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE", help="HTML page to write, with charts."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of everything random.")] = 1,
    workspace: options.Workspace = options.HERE,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Hold a forecast against what came; warn of drift; forecast the rest of it anew."""
    files = forecast is not None and actuals is not None
    bare = files and not (workspace / "shiftcast.toml").exists()
    with session(None if bare else workspace, lang, as_json=json, quiet=quiet) as console:
        _check_options(plan, forecast, paths, reforecast, (output, daily_output, paths_output))
        from ...forecasting.tables import write_daily, write_forecast, write_paths
        from ..track_result import forecast_anew, track_result
        from ..workspace.tracking import source_of_files, source_of_workspace

        with console.progress() as progress:
            progress.stage("read")
            if bare and forecast is not None and actuals is not None:
                source = source_of_files(forecast, paths, actuals, now)
            else:
                source = source_of_workspace(workspace, plan, forecast, paths, actuals, now)
            anew = None
            written: list[str] = []
            if reforecast:
                progress.stage("reforecast")
                anew = forecast_anew(source, seed)
                for path, write in (
                    (output, write_forecast),
                    (daily_output, write_daily),
                    (paths_output, write_paths),
                ):
                    if path is not None:
                        write(path, anew)
                        written.append(str(path))
            progress.stage("track")
            if page is not None:
                written.append(str(page))
            result = track_result(source, seed, console.language, anew, tuple(written))
            if page is not None:
                from ..report.track_page import write_track_page

                stored = source.stored.forecast
                write_track_page(page, result, stored, source.actuals, anew, console.language)
        console.warn(source.warnings)
        console.deliver(result)


def _check_options(
    plan: str | None,
    forecast: Path | None,
    paths: Path | None,
    reforecast: bool,
    outputs: tuple[Path | None, ...],
) -> None:
    """Options that only mean something together."""
    if plan is not None and forecast is not None:
        raise typer.BadParameter("name a plan or give --forecast, not both")
    if paths is not None and forecast is None:
        raise typer.BadParameter("--paths needs --forecast")
    if any(path is not None for path in outputs) and not reforecast:
        raise typer.BadParameter("--output, --daily-output and --paths-output need --reforecast")
