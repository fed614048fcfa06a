"""The tables of shiftcast.toml about who is there, with whom, and when breaks are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..presence import Company, Hours, LeastStaffing, Pairing, SeatLimit
from ..shifts import SHIFT_STEP_MIN, BreakPlan, BreakRule, earliest_break_end
from . import values
from .config_errors import TomlPath
from .config_models import (
    BreaksTable,
    ConfigFile,
    HoursTable,
    LeastStaffingTable,
    PairingTable,
    SeatLimitTable,
)
from .config_place import Place
from .shifts import breaks


def break_plans(tables: Sequence[BreaksTable], place: Place) -> tuple[BreakPlan, ...]:
    """The breaks by length of shift; of two from the same length on the second is told."""
    found: dict[int, BreakPlan] = {}
    for index, table in enumerate(tables):
        at: TomlPath = ("breaks", index)
        nothing: tuple[BreakRule, ...] = ()
        rules = place.read((*at, "breaks"), breaks, table.breaks, nothing)
        paid = round(table.from_hours * 60)
        if paid in found:
            place.tell("config.breaks_twice", (*at, "from_hours"), hours=table.from_hours)
        elif earliest_break_end(rules) is None:
            place.tell("config.breaks_order", (*at, "breaks"), value=table.breaks)
        elif any(minute % SHIFT_STEP_MIN for rule in rules for minute in _minutes_of(rule)):
            place.tell("config.breaks_off_grid", (*at, "breaks"), step=SHIFT_STEP_MIN)
        else:
            found[paid] = BreakPlan(paid, rules)
    return tuple(found.values())


def least_staffing(
    tables: Sequence[LeastStaffingTable], skills: Mapping[str, str], place: Place
) -> tuple[LeastStaffing, ...]:
    """The least staffing; `skills` holds the skill of each queue, by which a queue is meant."""
    found = []
    for index, table in enumerate(tables):
        at: TomlPath = ("least_staffing", index)
        if table.queue and table.queue not in skills:
            names = sorted(skills)
            near = values.suggestion(table.queue, names) or ", ".join(names)
            place.tell("input.unknown_queue", (*at, "queue"), value=table.queue, known=near)
        if table.queue and table.skill:
            place.tell("config.queue_or_skill", (*at, "queue"))
        entry = LeastStaffing(
            agents=table.agents,
            skill=table.skill or skills.get(table.queue, ""),
            team=table.team,
            site=table.site,
            people=frozenset(table.people),
            hours=_hours(at, table, place),
            points=table.soft,
        )
        found.append(entry)
    return tuple(found)


def seat_limits(tables: Sequence[SeatLimitTable], place: Place) -> tuple[SeatLimit, ...]:
    return tuple(
        SeatLimit(
            table.seats,
            table.site,
            _hours(("seat_limit", index), table, place),
            table.soft,
        )
        for index, table in enumerate(tables)
    )


def pairings(config: ConfigFile, place: Place) -> tuple[Pairing, ...]:
    """Those who work together, then those who work apart."""
    found = []
    tables: tuple[tuple[Company, list[PairingTable]], ...] = (
        (Company.TOGETHER, config.together),
        (Company.APART, config.apart),
    )
    for company, entries in tables:
        for index, table in enumerate(entries):
            if len(set(table.agents)) < len(table.agents):
                place.tell("config.named_twice", (company.value, index, "agents"))
                continue
            found.append(Pairing(tuple(table.agents), company, table.soft))
    return tuple(found)


def _hours(at: TomlPath, table: HoursTable, place: Place) -> Hours:
    whole_week = Hours()
    days = place.read((*at, "days"), values.weekdays, table.days, whole_week.weekdays)
    whole_day = (whole_week.start, whole_week.end)
    start, end = place.read((*at, "hours"), values.span, table.hours, whole_day)
    return Hours(days, start, end)


def _minutes_of(rule: BreakRule) -> tuple[int, ...]:
    return rule.minutes, rule.earliest_offset, rule.latest_offset, rule.gap_min
