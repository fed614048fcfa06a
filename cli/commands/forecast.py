"""shiftcast forecast: contacts and handle times to expect, with or without a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ...forecasting.forecast import Forecast
    from ...forecasting.forecast_parts import EventEffect
    from ..explain_parts import QueueParts
    from ..report.wording import Wording
    from ..workspace.forecasting import ForecastJob

DEFAULT_SEED = 1


@dataclass(frozen=True)
class DayLine:
    """One day of one queue: expected contacts and the range of 8 in 10 futures."""

    queue: str
    date: date
    mean: float
    p10: float
    p90: float


@dataclass(frozen=True)
class ForecastResult(Result):
    """Days and events of every queue; `explanation` holds the queues that were asked about."""

    first_day: date
    last_day: date
    days: tuple[DayLine, ...]
    events: tuple[EventEffect, ...]
    explanation: tuple[QueueParts, ...]
    files: tuple[str, ...]

    def show(self, console: Console) -> None:
        from ..explain_view import show_event_lines, show_parts
        from ..report.wording import Wording

        wording = Wording(console.language)
        if self.explanation:
            show_parts(console, self.explanation)
            console.line()
        else:
            self._show_days(console, wording)
            show_event_lines(console, self.events)
        total = wording.number(sum(line.mean for line in self.days))
        days = (self.last_day - self.first_day).days + 1
        console.say("cli.forecast.done", days=days, first=self.first_day, contacts=total)
        for file in self.files:
            console.say("cli.forecast.file", file=file)

    def _show_days(self, console: Console, wording: Wording) -> None:
        queues = list(dict.fromkeys(line.queue for line in self.days))
        if len(queues) > _MOST_QUEUES_SHOWN:
            return
        by_day: dict[date, list[str]] = {}
        for line in self.days:
            low, high = wording.number(line.p10), wording.number(line.p90)
            cell = f"{wording.number(line.mean)} ({low}–{high})"
            by_day.setdefault(line.date, []).append(cell)
        rows = [(wording.day(day), *cells) for day, cells in by_day.items()]
        console.table([console.text("cli.column.start"), *queues], rows)


_MOST_QUEUES_SHOWN = 6


def forecast(
    history: options.HistoryFile = None,
    calendar: options.CalendarFile = None,
    country: options.Country = None,
    start: options.Start = None,
    days: options.Days = 7,
    interval: options.Interval = None,
    seed: options.Seed = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="CSV to write.")
    ] = None,
    daily_output: Annotated[
        Path | None, typer.Option("--daily-output", metavar="FILE", help="CSV of whole days.")
    ] = None,
    paths: Annotated[
        Path | None, typer.Option("--paths", metavar="FILE", help="Parquet of sample paths.")
    ] = None,
    settings: options.ForecastSettingsFile = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show where the forecast comes from: days, events, methods."
        ),
    ] = False,
    queue: Annotated[
        str | None,
        typer.Option(
            "--queue", metavar="NAME", help="Explain this queue only.", show_default="all queues"
        ),
    ] = None,
    workspace: options.Workspace = options.HERE,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Forecast contacts and handle times of a workspace, or of any tidy history."""
    place = workspace if history is None else None
    with session(place, lang, as_json=json, quiet=quiet) as console:
        if queue is not None and not explain:
            raise typer.BadParameter("--queue needs --explain")
        from ...forecasting.tables import write_daily, write_forecast, write_paths
        from ..explain_parts import forecast_parts
        from ..workspace import forecasting
        from ..workspace.folder import open_workspace

        with console.progress() as progress:
            progress.stage("read")
            if history is None:
                source = forecasting.of_workspace(open_workspace(workspace), start, days, seed)
            else:
                if start is None:
                    raise typer.BadParameter("--history needs --start")
                source = forecasting.of_file(
                    history,
                    calendar=calendar,
                    country=country,
                    start=start,
                    days=days,
                    interval_min=interval,
                    seed=DEFAULT_SEED if seed is None else seed,
                    settings=settings,
                )
            _check_queue(source, queue)
            progress.stage("forecast")
            stage = source.stages()
            made = stage.adjusted
            progress.stage("write")
            for path, write in (
                (output, write_forecast),
                (daily_output, write_daily),
                (paths, write_paths),
            ):
                if path is not None:
                    write(path, made)
        console.warn(source.told(stage))
        parts = forecast_parts(stage, source.adjustments) if explain else ()
        console.deliver(
            ForecastResult(
                made.grid.first_day,
                made.grid.last_day,
                day_lines(made),
                stage.model.events,
                tuple(part for part in parts if queue in (None, part.queue)),
                tuple(str(path) for path in (output, daily_output, paths) if path is not None),
            )
        )


def _check_queue(source: ForecastJob, queue: str | None) -> None:
    """Before the forecast is made, which takes a while."""
    if queue is not None and queue not in source.queues:
        from ...data.errors import InputError, Problem

        known = ", ".join(source.queues)
        raise InputError(Problem("explain.unknown_queue", {"queue": queue, "known": known}))


def day_lines(made: Forecast) -> tuple[DayLine, ...]:
    """Whole days, day by day; the range is that of the paths' daily totals."""
    import numpy as np

    totals = np.add.reduceat(made.paths, made.grid.day_first[:-1], axis=2)
    low, high = np.quantile(totals, (0.1, 0.9), axis=0)
    mean = made.daily_mean()
    return tuple(
        DayLine(queue, day, float(mean[q, d]), float(low[q, d]), float(high[q, d]))
        for d, day in enumerate(made.grid.dates)
        for q, queue in enumerate(made.queues)
    )
