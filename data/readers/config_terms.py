"""`[[contract]]` and `[rules]` of shiftcast.toml → contracts and the centre's rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..people import Contract
from ..rules import ALWAYS_HARD, RULE_NAMES, Rotation, Rules
from . import values
from .config_errors import TomlPath
from .config_models import ContractTable, LimitsTable, RulesTable
from .config_place import Place

HOURS = {
    "rest_hours": "min_rest_min",
    "weekly_rest_hours": "min_weekly_rest_min",
    "max_day_hours": "max_day_min",
    "max_week_hours": "max_week_min",
    "max_average_week_hours": "max_average_week_min",
    "overtime_hours": "overtime_min",
}
"""Keys in hours → limits in minutes."""

LIMITS = {
    "max_consecutive_days": "max_consecutive_days",
    "min_consecutive_days": "min_run_days",
    "min_consecutive_days_off": "min_run_days_off",
    "average_weeks": "average_weeks",
    "max_weekends": "max_weekends",
    "free_weekend_every": "free_weekend_every",
    "whole_weekends": "whole_weekends",
    "max_nights": "max_nights",
    "max_consecutive_nights": "max_consecutive_nights",
    "morning_after_night": "morning_after_night",
    "shift_limits": "shift_limits",
    "shift_limit_weeks": "shift_limit_weeks",
    "rotation": "rotation",
}
"""Other keys → limits."""


def build_contract(index: int, table: ContractTable, place: Place) -> Contract | None:
    """The contract of the table number `index`; None, and why, if its parts contradict."""
    at: TomlPath = ("contract", index)
    before = len(place.problems.errors)
    min_days, max_days = table.days_per_week
    hours, period = table.hours_per_week, table.hours_per_period
    ranges = {
        "days_per_week": table.days_per_week, "hours_per_week": hours, "hours_per_period": period
    }  # fmt: skip
    for key, ends in ranges.items():
        if ends is not None and ends[0] > ends[1]:
            place.tell("config.range_order", (*at, key), least=ends[0], most=ends[1])
    if min_days + table.days_off_together > 7:
        place.tell(
            "config.days_off_impossible",
            (*at, "days_off_together"),
            days_off=table.days_off_together,
            days=min_days,
        )
    limits = _limits(table, at, place)
    if len(place.problems.errors) > before:
        return None
    spread = table.start_spread_hours
    return Contract(
        id=table.id,
        shift_codes=tuple(dict.fromkeys(table.shifts)),
        min_days=min_days,
        max_days=max_days,
        min_minutes=0 if hours is None else _minutes(hours[0]),
        max_minutes=None if hours is None else _minutes(hours[1]),
        min_days_off_together=table.days_off_together,
        max_start_spread_min=None if spread is None else _minutes(spread),
        hourly_cost=table.hourly_cost,
        opt_out=table.opt_out,
        min_period_min=0 if period is None else _minutes(period[0]),
        max_period_min=None if period is None else _minutes(period[1]),
        period_weeks=table.period_weeks,
        **limits,
    )


def build_rules(table: RulesTable, place: Place) -> Rules:
    """The centre's rules; what has no meaning is told and left at its default."""
    night = place.read(("rules", "night"), values.night, table.night, (0, 300))
    no_days: frozenset[int] = frozenset()
    weekend = [
        place.read(("rules", "weekend"), values.weekdays, day, no_days) for day in table.weekend
    ]
    limits = _limits(table, ("rules",), place)
    for key, text in (("early_before", table.early_before), ("late_after", table.late_after)):
        if text is not None:
            limits[key] = place.read(("rules", key), values.clock_minute, text, 0)
    most: tuple[int | None, int | None] = (None, None)
    if table.breaks_at_once is not None:
        said = str(table.breaks_at_once)
        most = place.read(("rules", "breaks_at_once"), values.number_or_share, said, most)
    return Rules(
        seats=table.seats,
        night_from=night[0],
        night_to=night[1],
        weekend_days=frozenset(day for days in weekend for day in days),
        soft=_soft(table.soft, place),
        breaks_at_once=most[0],
        breaks_at_once_share=most[1],
        **limits,
    )


def check_terms(rules: Rules, contracts: Iterable[tuple[TomlPath, Contract]], place: Place) -> None:
    """Under every contract (with the path of its table) the shortest run of working days is no
    longer than the longest, and what a morning is has been said where it matters."""
    every: list[tuple[TomlPath, Rules]] = [(("rules",), rules)]
    every += [(at, contract.terms(rules)) for at, contract in contracts]
    for at, terms in every:
        least, most = terms.min_run_days, terms.max_consecutive_days
        if least > most:
            key = (*at, "min_consecutive_days")
            place.tell("config.range_order", key, least=least, most=most)
        if not terms.morning_after_night and not rules.early_before:
            place.tell("config.what_is_early", (*at, "morning_after_night"))


def _limits(table: LimitsTable, at: TomlPath, place: Place) -> dict[str, Any]:
    """Limits by their name in `Rules`, for the keys that are there."""
    found: dict[str, Any] = {}
    for key, limit in HOURS.items():
        hours = getattr(table, key)
        if hours is not None:
            found[limit] = _minutes(hours)
    for key, limit in LIMITS.items():
        value = getattr(table, key)
        if value is None:
            continue
        if key == "shift_limits":
            value = tuple(value.items())
        elif key == "rotation":
            value = Rotation(value)
        elif isinstance(value, list):
            value = tuple(value)
            if value[1] < 1:
                place.tell("config.in_weeks", (*at, key), most=value[0])
                continue
        found[limit] = value
    return found


def _soft(prices: Mapping[str, float], place: Place) -> tuple[tuple[str, float], ...]:
    found = []
    may_be_soft = [name for name in RULE_NAMES if name not in ALWAYS_HARD]
    for name, points in prices.items():
        if name in may_be_soft:
            found.append((name, points))
            continue
        known = values.suggestion(name, may_be_soft) or ", ".join(may_be_soft)
        code = "config.always_hard" if name in ALWAYS_HARD else "config.unknown_rule"
        place.tell(code, ("rules", "soft", name), value=name, known=known)
    return tuple(found)


def _minutes(hours: float) -> int:
    return round(hours * 60)
