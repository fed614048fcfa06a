"""What `simulate` found: one result for programs, tables for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan
from typing import Any

import pandas as pd

from ..data.centre import Centre
from ..scheduling.kpis import Kpis
from ..scheduling.planning.summary import horizon_totals
from ..scheduling.simulation.kpis import ALL_QUEUES, SimulatedKpis
from ..scheduling.simulation.targets import Measure
from .console import Console, Result
from .report.attention import promise
from .report.wording import MISSING, Wording

WORST = 5


@dataclass(frozen=True)
class Figure:
    """A simulated figure, the interval that holds its expected value with 95 % confidence, and
    what the formulas say."""

    value: float
    low: float
    high: float
    formula: float


@dataclass(frozen=True)
class QueueServed:
    """A queue over all days; `measure` names its headline, which `service` is."""

    queue: str
    contacts: float
    measure: str
    service: Figure
    asa_s: Figure
    abandonment: Figure
    occupancy: Figure


@dataclass(frozen=True)
class TargetLine:
    """A target of a queue over all days: its limit, what is reached, and the chance to meet it."""

    queue: str
    target: str
    limit: float
    reached: float
    chance: float
    chance_low: float
    chance_high: float


@dataclass(frozen=True)
class DayLine:
    """A queue's headline on one day, and the chance that the day meets all targets of the queue
    that are asked of it alone (the least of their chances)."""

    queue: str
    date: date
    contacts: float
    service: float
    chance: float


@dataclass(frozen=True)
class IntervalLine:
    """One of the intervals that cost a queue most of its headline."""

    queue: str
    start: datetime
    contacts: float
    service: float
    low: float
    high: float
    target: float


@dataclass(frozen=True)
class SimulateResult(Result):
    plan: str
    first_day: date
    last_day: date
    replications: int
    seed: int
    routing: str
    queues: tuple[QueueServed, ...]
    targets: tuple[TargetLine, ...]
    days: tuple[DayLine, ...]
    worst: tuple[IntervalLine, ...]
    file: str | None

    def show(self, console: Console) -> None:
        wording = Wording(console.language)
        period = wording.week(self.first_day, self.last_day)
        number = wording.number(self.replications)
        console.heading("simulation.heading", period=period, number=number)
        _show_queues(console, wording, self.queues)
        console.say("simulation.legend")
        _show_targets(console, wording, self.targets)
        _show_worst(console, wording, self.worst)
        if self.file is not None:
            console.say("simulation.file", file=self.file)


def simulate_result(
    plan: str,
    centre: Centre,
    simulated: SimulatedKpis,
    expected: Kpis,
    routing: str,
    file: str | None,
) -> SimulateResult:
    """Everything that is said of a simulation; `expected` are the formulas' KPIs."""
    days = simulated.day["start"]
    return SimulateResult(
        plan=plan,
        first_day=days.min(),
        last_day=days.max(),
        replications=simulated.replications,
        seed=simulated.seed,
        routing=routing,
        queues=tuple(_queues(centre, simulated, expected)),
        targets=tuple(
            TargetLine(
                row["queue"],
                row["target"],
                row["limit"],
                row["reached"],
                row["chance"],
                row["chance_low"],
                row["chance_high"],
            )
            for row in simulated.total_targets.to_dict("records")
        ),
        days=tuple(_days(centre, simulated)),
        worst=tuple(_worst(centre, simulated)),
        file=file,
    )


def _queues(centre: Centre, simulated: SimulatedKpis, expected: Kpis) -> Iterator[QueueServed]:
    formulas = {row["queue"]: row for row in horizon_totals(expected).to_dict("records")}
    found = {row["queue"]: row for row in simulated.total.to_dict("records")}
    for profile in centre.queues:
        row, formula = found[profile.name], formulas[profile.name]
        measure = promise(profile).measure
        yield QueueServed(
            queue=profile.name,
            contacts=float(row["contacts"]),
            measure=measure,
            service=_figure(row, formula, measure),
            asa_s=_figure(row, formula, "asa_s"),
            abandonment=_figure(row, formula, "abandonment"),
            occupancy=_figure(row, formula, "occupancy"),
        )


def _figure(row: dict[Any, Any], formula: dict[Any, Any], name: str) -> Figure:
    values = (row[name], row[f"{name}_low"], row[f"{name}_high"], formula[name])
    return Figure(*(float(value) for value in values))


def _days(centre: Centre, simulated: SimulatedKpis) -> Iterator[DayLine]:
    chances = simulated.day_targets.groupby(["queue", "start"])["chance"].min()
    measures = {profile.name: promise(profile).measure for profile in centre.queues}
    for row in simulated.day.to_dict("records"):
        queue = row["queue"]
        if queue != ALL_QUEUES:
            chance = float(chances.get((queue, row["start"]), float("nan")))
            service = float(row[measures[queue]])
            yield DayLine(queue, row["start"], float(row["contacts"]), service, chance)


def _worst(centre: Centre, simulated: SimulatedKpis) -> list[IntervalLine]:
    """The intervals in which most contacts fall short of the target of their queue."""
    found = []
    for profile in centre.queues:
        measure, share = promise(profile).measure, promise(profile).share
        if share is None:
            continue
        rows = simulated.interval[simulated.interval["queue"] == profile.name]
        for row in rows[rows[measure] < share].to_dict("records"):
            found.append(
                IntervalLine(
                    queue=profile.name,
                    start=pd.Timestamp(row["start"]).to_pydatetime(),
                    contacts=float(row["contacts"]),
                    service=float(row[measure]),
                    low=float(row[f"{measure}_low"]),
                    high=float(row[f"{measure}_high"]),
                    target=share,
                )
            )
    found.sort(key=lambda line: line.contacts * (line.service - line.target))
    return found[:WORST]


def _columns(console: Console, *names: str) -> list[str]:
    return [console.text(f"simulation.column.{name}") for name in names]


def _range(figure: Figure, wording: Wording) -> str:
    if isnan(figure.low):
        return MISSING
    return f"{wording.share(figure.low)}–{wording.share(figure.high)}"


def _show_queues(console: Console, wording: Wording, lines: tuple[QueueServed, ...]) -> None:
    columns = _columns(
        console,
        "queue",
        "contacts",
        "service",
        "range",
        "formula",
        "asa",
        "abandonment",
        "occupancy",
    )
    rows = [
        (
            line.queue,
            wording.number(line.contacts),
            wording.share(line.service.value),
            _range(line.service, wording),
            wording.share(line.service.formula),
            wording.seconds(line.asa_s.value),
            wording.share(line.abandonment.value),
            wording.share(line.occupancy.value),
        )
        for line in lines
    ]
    console.table(columns, rows)


def _show_targets(console: Console, wording: Wording, lines: tuple[TargetLine, ...]) -> None:
    if not lines:
        return
    console.heading("simulation.targets")

    def said(measure: str, value: float) -> str:
        return wording.seconds(value) if measure == Measure.ASA else wording.share(value)

    rows = [
        (
            line.queue,
            console.text(f"simulation.target.{line.target}"),
            said(line.target, line.limit),
            said(line.target, line.reached),
            wording.share(line.chance),
        )
        for line in lines
    ]
    columns = _columns(console, "queue", "target", "limit", "reached", "chance")
    console.table(columns, rows, text_columns=2)
    console.say("simulation.chance_legend")


def _show_worst(console: Console, wording: Wording, lines: tuple[IntervalLine, ...]) -> None:
    if not lines:
        return
    console.heading("simulation.worst")
    rows = [
        (
            f"{wording.day(line.start.date())} {line.start:%H:%M}",
            line.queue,
            wording.number(line.contacts, 1),
            wording.share(line.service),
            f"{wording.share(line.low)}–{wording.share(line.high)}",
        )
        for line in lines
    ]
    columns = _columns(console, "interval", "queue", "contacts", "service", "range")
    console.table(columns, rows, text_columns=2)
