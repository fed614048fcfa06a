"""What the `holidays` library knows of a country, and where it knows less than a roster needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..calendar import Calendar, DayKind, each_day
from ..errors import Problem, Severity

# Countries that move days off by a yearly official notice, without which their calendar is wrong.
COUNTRIES_WITH_NOTICE = frozenset({"CN"})


def public_holidays(country: str | None, years: Iterable[int]) -> dict[date, str]:
    """Name by date of a country's public holidays; empty without a country."""
    if country is None:
        return {}
    from holidays import country_holidays

    return dict(country_holidays(country, years=list(years)))


def notice_missing(calendar: Calendar, years: Iterable[int]) -> list[int]:
    """The years whose make-up workdays nobody knows: neither the planner's calendar nor the
    library, which gives such a year's statutory days without a word about the moved ones."""
    if calendar.country not in COUNTRIES_WITH_NOTICE:
        return []
    from holidays import country_holidays

    told = {
        day.year
        for entry in calendar.special_days
        if entry.kind is DayKind.WORKDAY
        for day in each_day(entry.first, entry.last)
    }
    missing = []
    for year in sorted(set(years) - told):
        workdays = getattr(country_holidays(calendar.country, years=year), "weekend_workdays", ())
        if not any(day.year == year for day in workdays):
            missing.append(year)
    return missing


def notice_warnings(calendar: Calendar, years: Iterable[int]) -> tuple[Problem, ...]:
    """A warning for each year of `notice_missing`."""
    return tuple(
        Problem(
            "input.notice_missing",
            {"country": calendar.country, "year": year},
            file="calendar.csv",
            severity=Severity.WARNING,
        )
        for year in notice_missing(calendar, years)
    )
