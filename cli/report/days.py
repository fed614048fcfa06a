"""The plan day by day: what each day brings, who is there, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from ...scheduling.planning.plan import Plan
from .attention import records, target_checks
from .findings import Finding
from .marks import effect_label, unlearned_marks
from .tiles import KpiGroup, KpiRow
from .wording import Wording


@dataclass(frozen=True)
class DayEvent:
    """An event of the calendar or an adjustment; `queues` are named if not all have it."""

    queues: str
    words: Markup


@dataclass(frozen=True)
class QueueDay:
    """A queue's figures of one day, as the table of all KPIs has them."""

    queue: str
    colour: str
    row: KpiRow


@dataclass(frozen=True)
class DayRow:
    """One day; `missed` names the queues that miss a target, `findings` are the day's own."""

    date: str
    label: str
    events: tuple[DayEvent, ...]
    at_work: str
    away: str
    short: str
    over: str
    missed: str
    queues: tuple[QueueDay, ...]
    findings: tuple[Finding, ...]


def day_rows(
    plan: Plan, groups: Sequence[KpiGroup], found: Sequence[Finding], wording: Wording
) -> list[DayRow]:
    """A row for each day of the plan, from the groups of the KPI table and what was found."""
    grid, problem = plan.grid, plan.problem
    events = _events(plan, wording)
    hours = plan.kpis.day.groupby("start")[["under_hours", "over_hours"]].sum()
    missed = _missed(plan)
    rows = []
    for day, date in enumerate(grid.dates):
        at_work = {shift.agent for shift in plan.roster.assignments if shift.day == day}
        away = sum((agent.id, day) in problem.time_off_days for agent in problem.agents)
        rows.append(
            DayRow(
                date=date.isoformat(),
                label=wording.day(date),
                events=tuple(events[day]),
                at_work=wording.number(len(at_work)),
                away=wording.number(away),
                short=wording.number(float(hours["under_hours"].iloc[day]), 1),
                over=wording.number(float(hours["over_hours"].iloc[day]), 1),
                missed=wording.join(missed[day]),
                queues=tuple(QueueDay(g.queue, g.colour, g.rows[day]) for g in groups),
                findings=tuple(one for one in found if one.day == day),
            )
        )
    return rows


def _missed(plan: Plan) -> list[list[str]]:
    """Queues that miss a part of their promise, by day."""
    missed: list[list[str]] = [[] for _ in plan.grid.dates]
    for profile in plan.centre.queues:
        for day, row in enumerate(records(plan.kpis.day, profile.name)):
            if any(not check.met for check in target_checks(profile, row)):
                missed[day].append(profile.name)
    return missed


def _events(plan: Plan, wording: Wording) -> list[list[DayEvent]]:
    """By day: events with the contacts that they add to all queues; what the model learned nothing
    of, with its queues unless it is on all of them."""
    grid = plan.grid
    added: dict[str, NDArray[np.float64]] = {}
    for (_, event), effect in plan.forecast.effects.items():
        added[event] = added.get(event, np.zeros(grid.size)) + effect
    queues = [profile.name for profile in plan.centre.queues]
    calendar, changes = plan.centre.calendar, plan.centre.adjustments
    others: list[dict[str, list[str]]] = [{} for _ in grid.dates]
    for queue in queues:
        for mark in unlearned_marks(plan.forecast, calendar, changes, queue, wording):
            for day in range(int(grid.day_of[mark.first]), int(grid.day_of[mark.last]) + 1):
                others[day].setdefault(mark.label, []).append(queue)
    found = []
    for day in range(grid.days):
        today = grid.day_of == day
        learned = [
            DayEvent("", Markup(effect_label(event, float(effect[today].sum()), wording)))
            for event, effect in added.items()
            if effect[today].any()
        ]
        named = [
            DayEvent("" if len(on) == len(queues) else wording.join(on), Markup(label))
            for label, on in others[day].items()
        ]
        found.append(learned + named)
    return found
