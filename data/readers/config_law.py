"""The laws that `[rules]` of shiftcast.toml names, and the planner's numbers in their place."""

from __future__ import annotations

from ..law import Law, law_named, laws, with_beside
from . import values
from .config_models import RulesTable
from .config_place import Place

ADJUSTABLE = {
    "rest_hours": ("min_rest_min", 60),
    "weekly_rest_hours": ("min_weekly_rest_min", 60),
    "max_day_hours": ("max_day_min", 60),
    "max_average_week_hours": ("max_average_week_min", 60),
    "average_weeks": ("average_weeks", 1),
    "hours_per_week": ("max_minutes", 60),
    "days_per_week": ("max_days", 1),
}
"""Keys of `law_adjusted` → limits, and how many minutes (or days, or weeks) their unit is."""


def chosen_laws(table: RulesTable, place: Place) -> tuple[Law, ...]:
    """The laws named, and those that hold beside them; a name that is not known is told."""
    found = []
    for name in table.law:
        law = law_named(name)
        if law is None:
            known = list(laws())
            near = values.suggestion(name, known) or ", ".join(known)
            place.tell("config.unknown_law", ("rules", "law"), value=name, known=near)
        else:
            found.append(law)
    return with_beside(tuple(found))


def adjusted_limits(table: RulesTable, chosen: tuple[Law, ...], place: Place) -> dict[str, int]:
    """The planner's numbers by limit; one that no chosen law limits is told."""
    if table.law_adjusted is None:
        return {}
    limited = {limit.limit for law in chosen for limit in law.limits}
    if any(limit.weeks is not None for law in chosen for limit in law.limits):
        limited.add("average_weeks")
    found = {}
    for key, (limit, unit) in ADJUSTABLE.items():
        value = getattr(table.law_adjusted, key)
        if value is None:
            continue
        found[limit] = round(value * unit)
        if limit not in limited:
            names = ", ".join(law.key for law in chosen) or "—"
            place.tell("config.nothing_adjusted", ("rules", "law_adjusted", key), laws=names)
    return found
