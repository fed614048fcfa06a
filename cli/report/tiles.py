"""Expected service in numbers: a tile a queue, and the table by queue and day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...data.platforms import platforms
from ...data.replies import ReplyTarget
from ...data.targets import Channel, QueueProfile
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.summary import horizon_totals
from .attention import TargetCheck, records, served_measure, target_checks
from .palette import queue_colour
from .wording import Wording

_SHARES = (
    "service_level",
    "deadline_met",
    "abandonment",
    "occupancy",
    "blocked",
    "wait_within",
    "reply_rate",
)


@dataclass(frozen=True)
class Figure:
    """A labelled number; `goal` says its target and `met` whether it is reached (None: none)."""

    label: str
    value: str
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Tile:
    """What to expect of one queue over all days; `headline` is what it is judged by first."""

    queue: str
    channel: str
    colour: str
    headline: Figure
    definition: str
    figures: tuple[Figure, ...]
    missed_days: str

    @property
    def met(self) -> bool:
        """Whether every part of the queue's promise holds over all days."""
        return all(figure.met is not False for figure in (self.headline, *self.figures))


@dataclass(frozen=True)
class KpiRow:
    """One line of the table; `whole` marks the line of the whole horizon."""

    label: str
    cells: tuple[Figure, ...]
    whole: bool


@dataclass(frozen=True)
class KpiGroup:
    queue: str
    colour: str
    rows: tuple[KpiRow, ...]


def tiles(plan: Plan, wording: Wording) -> list[Tile]:
    """A tile for each queue, in the centre's order."""
    return [
        _tile(plan, profile, queue_colour(i), wording)
        for i, profile in enumerate(plan.centre.queues)
    ]


def kpi_groups(plan: Plan, wording: Wording) -> list[KpiGroup]:
    """Rows by queue: every day, then the whole horizon."""
    return [
        _group(plan, profile, queue_colour(i), wording)
        for i, profile in enumerate(plan.centre.queues)
    ]


def kpi_heading(wording: Wording) -> list[str]:
    measures = ("contacts", "served", "asa_s", "abandonment", "occupancy")
    hours = ("required", "rostered", "under_hours", "over_hours")
    return [wording.say("table.day"), *(wording.say(f"measure.{m}") for m in (*measures, *hours))]


def definition(profile: QueueProfile, wording: Wording) -> str:
    """What the headline is a share of, by name."""
    target = profile.target
    if profile.channel is Channel.EMAIL:
        hours = wording.number((target.deadline_min or 0) / 60)
        return wording.say("definition.deadline", hours=hours)
    if served_measure(profile) == "reply_rate" and target.reply is not None:
        return _reply_definition(target.reply, wording)
    if target.within_s is None:
        return wording.say("definition.none")
    key = f"definition.{target.definition.value}"
    return wording.say(key, seconds=wording.number(target.within_s))


def _reply_definition(reply: ReplyTarget, wording: Wording) -> str:
    """What a reply rate is a share of, and what its platform, if it is one's, calls it."""
    seconds = wording.number(reply.within_s)
    words = wording.say(f"replied.{reply.counts.value}", seconds=seconds)
    platform = platforms().get(reply.platform)
    if platform is None:
        return words
    return wording.say(
        "replied.on_platform",
        platform=platform.names[wording.language],
        metric=platform.rules[-1].metric[wording.language],
        definition=words,
    )


def _tile(plan: Plan, profile: QueueProfile, colour: str, wording: Wording) -> Tile:
    whole = _whole(plan, profile)
    checks = {check.measure: check for check in target_checks(profile, whole)}
    served = served_measure(profile)
    if profile.channel is Channel.EMAIL:
        shown = ["backlog_hours", "occupancy"]
    else:
        shown = ["asa_s", "abandonment", "occupancy"]
        shown += [measure for measure in checks if measure not in (served, *shown)]
    return Tile(
        queue=profile.name,
        channel=_channel(profile, wording),
        colour=colour,
        headline=_figure(served, whole, checks, wording),
        definition=definition(profile, wording),
        figures=(
            *_beside(served, whole, wording),
            *(
                _figure(measure, whole, checks, wording)
                for measure in ("contacts", *shown, "under_hours", "over_hours")
            ),
        ),
        missed_days=_missed_days(plan, profile, wording),
    )


def _beside(served: str, whole: Mapping[str, Any], wording: Wording) -> tuple[Figure, ...]:
    """What stands beside a simulated headline: the formulas' answer, and how sure the promise is;
    nothing where the headline is the formulas' own."""
    if math.isnan(whole["chance"]):
        return ()
    return (
        Figure(wording.say("measure.formula"), wording.share(whole[f"{served}_formula"])),
        Figure(wording.say("measure.chance"), wording.share(whole["chance"])),
    )


def _missed_days(plan: Plan, profile: QueueProfile, wording: Wording) -> str:
    """Days on which a part of the promise is missed, named; empty if every day keeps it."""
    name = wording.weekday if plan.grid.days <= 7 else wording.day
    missed = [
        name(pd.Timestamp(row["start"]).date())
        for row in records(plan.kpis.day, profile.name)
        if any(not check.met for check in target_checks(profile, row))
    ]
    if len(missed) > 1 and len(missed) == plan.grid.days:
        return wording.say("tile.missed_every_day")
    return wording.say("tile.missed_days", days=wording.join(missed)) if missed else ""


def _channel(profile: QueueProfile, wording: Wording) -> str:
    """The channel in words, unless the queue's name says it already."""
    channel = wording.say(f"channel.{profile.channel.value}")
    names = {channel.casefold(), profile.channel.value}
    return "" if profile.name.casefold() in names else channel


def _group(plan: Plan, profile: QueueProfile, colour: str, wording: Wording) -> KpiGroup:
    days = [
        _kpi_row(wording.day(pd.Timestamp(row["start"]).date()), profile, row, False, wording)
        for row in records(plan.kpis.day, profile.name)
    ]
    whole = _whole(plan, profile)
    total = _kpi_row(wording.say("table.whole"), profile, whole, True, wording)
    return KpiGroup(profile.name, colour, (*days, total))


def _kpi_row(
    label: str, profile: QueueProfile, kpis: Mapping[str, Any], whole: bool, wording: Wording
) -> KpiRow:
    checks = {check.measure: check for check in target_checks(profile, kpis)}
    measures = ("contacts", served_measure(profile), "asa_s", "abandonment", "occupancy")
    hours = ("required", "rostered", "under_hours", "over_hours")
    cells = tuple(_figure(measure, kpis, checks, wording) for measure in (*measures, *hours))
    return KpiRow(label, cells, whole)


def _figure(
    measure: str, kpis: Mapping[str, Any], checks: dict[str, TargetCheck], wording: Wording
) -> Figure:
    value = float(kpis[measure])
    check = checks.get(measure)
    label = wording.say(f"measure.{measure}")
    shown = say_measure(measure, value, wording)
    if check is None:
        return Figure(label, shown)
    goal = wording.seconds(check.target) if measure == "asa_s" else wording.goal(check.target)
    side = "at_least" if check.at_least else "at_most"
    met = None if math.isnan(value) else check.met
    return Figure(label, shown, wording.say(f"tile.{side}", goal=goal), met)


def say_measure(measure: str, value: float, wording: Wording) -> str:
    """A value of a `Kpis` column as the report says it."""
    if measure == "asa_s":
        return wording.seconds(value)
    if measure in _SHARES:
        return wording.share(value)
    if measure == "contacts":
        return wording.number(value)
    return wording.hours(value)


def _whole(plan: Plan, profile: QueueProfile) -> dict[str, Any]:
    """The queue over the whole horizon; what waits is what waits at its end."""
    (totals,) = records(horizon_totals(plan.kpis), profile.name)
    last_day = records(plan.kpis.day, profile.name)[-1]
    return {**totals, "backlog_hours": last_day["backlog_hours"]}
