"""What a plan is based on: which contacts, which forecast, which people, and when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ...scheduling.planning.plan import Plan
from .wording import Wording


@dataclass(frozen=True)
class Basis:
    """Where a plan comes from, as far as it is known: its `name`, when it was `made`, the file of
    the contacts, the SHA-256 hash of every input by file name, where another forecast came from,
    and the plan that was edited by hand or mended into it."""

    name: str = ""
    made: datetime | None = None
    contacts: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    forecast_from: str | None = None
    edited_from: str | None = None
    repaired_from: str | None = None


UNKNOWN = Basis()


def basis_words(plan: Plan, basis: Basis, wording: Wording) -> list[tuple[str, str]]:
    """(label, words), in the order of the road from contacts to roster."""
    return [
        (wording.say(f"basis.{label}"), wording.say("sentence_join").join(said))
        for label, words in (
            ("plan", _plan(plan, basis, wording)),
            ("contacts", _contacts(plan, basis, wording)),
            ("forecast", _forecast(plan, basis, wording)),
            ("people", _people(plan, wording)),
        )
        if (said := tuple(words))
    ]


def _plan(plan: Plan, basis: Basis, wording: Wording) -> Iterator[str]:
    if basis.name and basis.made is not None:
        made = basis.made.astimezone(ZoneInfo(plan.centre.tz))
        day = wording.say("past.day", day=wording.day(made.date()), year=made.year)
        yield wording.say("basis.made", plan=basis.name, day=day, clock=f"{made:%H:%M}")
    if basis.edited_from is not None:
        yield wording.say("basis.edited", plan=basis.edited_from)
    if basis.repaired_from is not None:
        yield wording.say("basis.repaired", plan=basis.repaired_from)


def _contacts(plan: Plan, basis: Basis, wording: Wording) -> Iterator[str]:
    grid = plan.history.grid
    first, last = (
        wording.say("past.day", day=wording.day(day), year=day.year)
        for day in (grid.first_day, min(grid.last_day, plan.grid.first_day))
    )
    days = wording.number(grid.days)
    yield wording.say("basis.history", first=first, last=last, days=days)
    if basis.contacts:
        yield wording.say("basis.file", file=basis.contacts)


def _forecast(plan: Plan, basis: Basis, wording: Wording) -> Iterator[str]:
    if basis.forecast_from is None:
        yield wording.say("basis.model")
    else:
        yield wording.say("basis.elsewhere", source=basis.forecast_from)
    grid = plan.grid
    changes = [
        change
        for change in plan.centre.adjustments
        if change.first <= grid.last_day and change.last >= grid.first_day
    ]
    if changes:
        yield wording.count("basis.adjusted", len(changes))


def _people(plan: Plan, wording: Wording) -> Iterator[str]:
    grid, problem = plan.grid, plan.problem
    away = [
        off for off in problem.time_off if off.first <= grid.last_day and off.last >= grid.first_day
    ]
    yield wording.say(
        "basis.crew",
        agents=wording.number(len(problem.agents)),
        away=wording.number(len(away)),
        asked=wording.number(len(plan.requests)),
    )
    if problem.history:
        yield wording.say("basis.before", shifts=wording.number(len(problem.history)))
