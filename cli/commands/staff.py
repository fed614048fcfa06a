"""shiftcast staff: the agents that each queue needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ...forecasting.forecast import Forecast
    from ...scheduling.rostering.problem import Demand


@dataclass(frozen=True)
class NeedLine:
    """One day of one queue: agent-hours to be rostered, and the most agents at once."""

    queue: str
    date: date
    hours: float
    peak: float


@dataclass(frozen=True)
class StaffResult(Result):
    first_day: date
    last_day: date
    demand: str
    needs: tuple[NeedLine, ...]
    file: str | None

    def show(self, console: Console) -> None:
        from ..report.wording import Wording

        wording = Wording(console.language)
        console.heading("cli.staff.heading", first=self.first_day, last=self.last_day)
        queues = list(dict.fromkeys(line.queue for line in self.needs))
        rows: dict[date, list[str]] = {}
        for line in self.needs:
            hours, peak = wording.number(line.hours, 1), wording.number(line.peak, 1)
            cell = console.text("cli.staff.cell", hours=hours, peak=peak)
            rows.setdefault(line.date, []).append(cell)
        table = [(wording.day(day), *cells) for day, cells in rows.items()]
        console.table([console.text("cli.column.start"), *queues], table)
        if self.file is not None:
            console.say("cli.forecast.file", file=self.file)


def staff(
    forecast: Annotated[
        Path | None,
        typer.Option(
            "--forecast",
            metavar="FILE",
            help="Somebody else's forecast: interval_start, queue, mean, perhaps aht_s.",
            show_default="our own",
        ),
    ] = None,
    workspace: options.Workspace = options.HERE,
    start: options.Start = None,
    days: options.Days = 7,
    demand: Annotated[
        Literal["mean", "p10", "p50", "p90"],
        typer.Option("--demand", help="Which column of the forecast to staff for."),
    ] = "mean",
    seed: options.Seed = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="requirement.csv to write."),
    ] = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Work out the agents each queue needs, from our own or somebody else's forecast."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ...scheduling.planning.stages import staffing_stage
        from ..exports.requirement_csv import write_requirement
        from ..workspace import forecasting
        from ..workspace.folder import open_workspace

        with console.progress() as progress:
            progress.stage("read")
            place = open_workspace(workspace)
            job = forecasting.of_workspace_or_file(place, forecast, start, days, seed)
            progress.stage("forecast")
            made = job.run()
            progress.stage("staff")
            requirement, demands = staffing_stage(place.centre, made, demand)
        if output is not None:
            write_requirement(output, requirement, demands)
        console.warn(job.warnings)
        file = None if output is None else str(output)
        grid = made.grid
        console.deliver(
            StaffResult(grid.first_day, grid.last_day, demand, need_lines(made, demands), file)
        )


def need_lines(forecast: Forecast, demands: tuple[Demand, ...]) -> tuple[NeedLine, ...]:
    """Day by day, queue by queue."""
    import numpy as np

    grid = forecast.grid
    first = grid.day_first[:-1]
    hours = [np.add.reduceat(d.required, first) * grid.interval_min / 60 for d in demands]
    peaks = [np.maximum.reduceat(d.required, first) for d in demands]
    return tuple(
        NeedLine(demand.queue, day, float(hours[q][d]), float(peaks[q][d]))
        for d, day in enumerate(grid.dates)
        for q, demand in enumerate(demands)
    )
