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
    from ...scheduling.risk.requirement import QueueRisk
    from ...scheduling.rostering.problem import Demand
    from ...scheduling.staffing.requirement import StaffingRequirement


@dataclass(frozen=True)
class NeedLine:
    """One day of one queue: agent-hours to be rostered, the most agents at once, and what the
    requirement is made of (`RequirementForm`)."""

    queue: str
    date: date
    hours: float
    peak: float
    form: str


@dataclass(frozen=True)
class RiskLine:
    """What keeping the promise in `share` of the weeks (days) takes of a queue, in agent-hours,
    beside staffing for the expected contacts; `kept` of the weeks simulated keep it."""

    queue: str
    share: float
    each: str
    hours: float
    hours_expected: float
    kept: float
    kept_expected: float
    reached: bool


@dataclass(frozen=True)
class SharedLine:
    """Rostered agent-hours that queues need each for itself, and together where agents take
    contacts of several; `met` tells whether every target was met in simulation."""

    queues: tuple[str, ...]
    hours_alone: float
    hours: float
    met: bool


@dataclass(frozen=True)
class StaffResult(Result):
    first_day: date
    last_day: date
    demand: str
    needs: tuple[NeedLine, ...]
    file: str | None
    risks: tuple[RiskLine, ...] = ()
    shared: SharedLine | None = None

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
        for risk in self.risks:
            more = risk.hours - risk.hours_expected
            console.say(
                f"cli.staff.risk_{risk.each}" if risk.reached else "cli.staff.risk_missed",
                queue=risk.queue,
                share=wording.share(risk.share),
                hours=wording.number(risk.hours, 1),
                more=f"{'+' if more >= 0 else '−'}{wording.number(abs(more), 1)}",
                expected=wording.number(risk.hours_expected, 1),
                kept=wording.share(risk.kept),
                kept_expected=wording.share(risk.kept_expected),
            )
        if self.shared is not None:
            console.say(
                "cli.staff.shared" if self.shared.met else "cli.staff.shared_missed",
                queues=", ".join(self.shared.queues),
                hours=wording.number(self.shared.hours, 1),
                alone=wording.number(self.shared.hours_alone, 1),
            )
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
    risk: Annotated[
        float | None,
        typer.Option(
            "--risk",
            min=0.5,
            max=0.99,
            help="Keep every promise in this share of weeks: 0.9 is nine of ten.",
            show_default="as in shiftcast.toml",
        ),
    ] = None,
    risk_each: Annotated[
        Literal["week", "day"],
        typer.Option("--risk-each", help="What the share counts: weeks, or each day's own."),
    ] = "week",
    calibrate: Annotated[
        Path | None,
        typer.Option(
            "--calibrate",
            metavar="CALLS",
            help="Instead: estimate patience, handle time and shrinkage from single contacts.",
        ),
    ] = None,
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
        if calibrate is not None:
            _calibrate(console, workspace, calibrate)
            return
        from ...data.errors import InputError, Problem
        from ...scheduling.planning.stages import risk_stage, staffing_stage
        from ...scheduling.risk.shares import risk_shares
        from ...scheduling.staffing.reach import reach_warnings
        from ..exports.requirement_csv import write_requirement
        from ..workspace import forecasting
        from ..workspace.folder import open_workspace

        if risk is not None and demand != "mean":
            raise InputError(Problem("cli.staff.risk_and_demand", {"demand": demand}))
        with console.progress() as progress:
            progress.stage("read")
            place = open_workspace(workspace)
            job = forecasting.of_workspace_or_file(place, forecast, start, days, seed)
            progress.stage("forecast")
            made = job.run()
            progress.stage("staff")
            shares = risk_shares(place.centre, risk) if demand == "mean" else {}
            risks: tuple[QueueRisk, ...] = ()
            if shares:
                staffed, demands = risk_stage(place.centre, made, shares, risk_each)
                requirement, risks = staffed.requirement, staffed.risks
            else:
                requirement, demands = staffing_stage(place.centre, made, demand)
        if output is not None:
            write_requirement(output, requirement, demands)
        console.warn((*job.warnings, *reach_warnings(requirement)))
        file = None if output is None else str(output)
        grid = made.grid
        console.deliver(
            StaffResult(
                grid.first_day,
                grid.last_day,
                demand,
                need_lines(requirement, demands),
                file,
                tuple(risk_line(risk) for risk in risks),
                shared_line(requirement),
            )
        )


def _calibrate(console: Console, workspace: Path, calls: Path) -> None:
    from ..calibrate_view import calibrate_result
    from ..workspace.calibrating import calibrate
    from ..workspace.folder import open_workspace

    with console.progress() as progress:
        progress.stage("read")
        place = open_workspace(workspace)
        progress.stage("calibrate")
        found = calibrate(place, calls)
    console.deliver(calibrate_result(found, calls.name))


def shared_line(requirement: StaffingRequirement) -> SharedLine | None:
    gain = requirement.pooling
    return None if gain is None else SharedLine(gain.queues, gain.lone_hours, gain.hours, gain.met)


def risk_line(risk: QueueRisk) -> RiskLine:
    return RiskLine(
        risk.queue,
        risk.share,
        risk.each,
        risk.hours,
        risk.hours_expected,
        risk.kept,
        risk.kept_expected,
        risk.reached,
    )


def need_lines(
    requirement: StaffingRequirement, demands: tuple[Demand, ...]
) -> tuple[NeedLine, ...]:
    """Day by day, queue by queue."""
    import numpy as np

    grid = requirement.grid
    forms = {queue.queue: queue.form.value for queue in requirement.queues}
    first = grid.day_first[:-1]
    hours = [np.add.reduceat(d.required, first) * grid.interval_min / 60 for d in demands]
    peaks = [np.maximum.reduceat(d.required, first) for d in demands]
    return tuple(
        NeedLine(demand.queue, day, float(hours[q][d]), float(peaks[q][d]), forms[demand.queue])
        for d, day in enumerate(grid.dates)
        for q, demand in enumerate(demands)
    )
