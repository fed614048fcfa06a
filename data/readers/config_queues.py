"""The `[[queue]]` tables of shiftcast.toml → queue profiles."""

from __future__ import annotations

from collections.abc import Mapping

from ..targets import (
    Arrivals,
    Channel,
    Hold,
    Objective,
    OpeningHours,
    QueueProfile,
    ServiceLevelDefinition,
    ServiceTarget,
)
from . import values
from .config_errors import TomlPath
from .config_models import QueueTable
from .config_place import Place
from .config_replies import check_lines, reply_target

Spans = tuple[tuple[int, int], ...]


def build_queue(index: int, table: QueueTable, place: Place) -> QueueProfile | None:
    """The queue of the table number `index`; None, and why, if its parts do not go together."""
    at: TomlPath = ("queue", index)
    before = len(place.problems.errors)
    if (table.service_level is None) != (table.within_seconds is None):
        place.tell("config.service_level_pair", at, queue=table.name)
    if table.channel == "email" and table.deadline_hours is None:
        place.tell("config.email_deadline", at, queue=table.name)
    if table.channel == "email" and table.objective == "service":
        place.tell("config.email_objective", (*at, "objective"), queue=table.name)
    if table.handle_time_by_concurrency[0] != 1.0:
        place.tell("config.concurrency_start", (*at, "handle_time_by_concurrency"))
    check_lines(at, table, place)
    reply = reply_target(at, table, place)
    opening = _opening((*at, "opening"), table.opening, place)
    if len(place.problems.errors) > before:
        return None
    return QueueProfile(
        name=table.name,
        channel=Channel(table.channel),
        target=ServiceTarget(
            service_level=table.service_level,
            within_s=table.within_seconds,
            definition=ServiceLevelDefinition(table.definition),
            max_asa_s=table.max_asa_seconds,
            max_abandonment=table.max_abandonment,
            max_occupancy=table.max_occupancy,
            deadline_min=None if table.deadline_hours is None else table.deadline_hours * 60,
            deadline_share=table.deadline_share,
            max_wait_s=table.max_wait_seconds,
            wait_percentile=table.wait_percentile,
            max_blocked=table.max_blocked,
            reply=reply,
        ),
        opening=opening,
        skill=table.skill,
        aht_s=table.handle_seconds,
        patience_s=table.patience_seconds,
        aht_by_concurrency=tuple(table.handle_time_by_concurrency),
        shrinkage=table.shrinkage,
        weight=table.weight,
        hold=Hold(table.hold),
        arrivals=Arrivals(table.arrivals),
        handle_cv=table.handle_cv,
        risk=table.risk,
        lines=table.lines,
        redial_share=table.redial_share,
        redial_min=table.redial_minutes,
        objective=Objective(table.objective),
    )


def _opening(path: TomlPath, table: Mapping[str, str] | None, place: Place) -> OpeningHours:
    """Weekdays that the table does not name are closed; without a table all hours are open."""
    if table is None:
        return OpeningHours.always()
    week: list[Spans] = [()] * 7
    named: set[int] = set()
    no_days: frozenset[int] = frozenset()
    no_hours: Spans = ()
    for key, hours in table.items():
        days = place.read((*path, key), values.weekdays, key, no_days)
        if days & named:
            place.tell("config.weekday_twice", (*path, key), value=key)
        named |= days
        spans = place.read((*path, key), values.opening, hours, no_hours)
        for day in days:
            week[day] = spans
    return OpeningHours(tuple(week))
