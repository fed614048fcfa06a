"""What the `holidays` library knows of a country, and where it knows less than a roster needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from .calendar import Calendar, DayKind, each_day
from .errors import InputError, Problem, Severity

# Countries that move days off by a yearly official notice, without which their calendar is wrong.
COUNTRIES_WITH_NOTICE = frozenset({"CN"})
_NAME_LANGUAGE = {"CN": "zh_CN", "HK": "zh_HK", "TW": "zh_TW", "MO": "zh_MO"}


@dataclass(frozen=True)
class PublicHolidays:
    """Public holidays with their names, make-up workdays, and the weekdays of the weekend
    (Monday = 0). `statutory` are the holidays themselves, without days off that make up for one."""

    names: dict[date, str]
    workdays: frozenset[date]
    weekend: frozenset[int]
    statutory: frozenset[date] = frozenset()


@cache
def public_holidays(country: str, years: tuple[int, ...]) -> PublicHolidays:
    """What the library knows of some years of a country.

    A swapped day off takes the name of the holiday next to it, and a weekend between two days of
    one holiday belongs to it, so that the days of a holiday are counted together. Raises
    InputError for a country that the holidays library does not know.
    """
    import holidays

    try:
        known = holidays.country_holidays(country, years=years)
    except NotImplementedError as error:
        raise InputError(Problem("forecast.unknown_country", {"country": country})) from error
    if "en_US" in known.supported_languages:
        known = holidays.country_holidays(country, years=years, language="en_US")
    weekend = frozenset(known.weekend)
    swapped = {day for day, name in known.items() if "substituted" in name}
    language = _NAME_LANGUAGE.get(country)
    if language is not None:
        known = holidays.country_holidays(country, years=years, language=language)
    names = {day: _plain(known[day]) for day in sorted(set(known) - swapped)}
    for day in sorted(swapped):
        neighbour = _next_holiday(day, -1, names, weekend) or _next_holiday(day, 1, names, weekend)
        names[day] = names[neighbour] if neighbour is not None else _plain(known[day])
    for day in sorted(names):
        before = _next_holiday(day, -1, names, weekend)
        if before is not None and names[before] == names[day]:
            for gap in range(1, (day - before).days):
                names[before + timedelta(days=gap)] = names[day]
    lawful = holidays.country_holidays(country, years=years, observed=False)
    statutory = frozenset(day for day in lawful if day not in swapped)
    return PublicHolidays(names, frozenset(known.weekend_workdays), weekend, statutory)


def _plain(name: str) -> str:
    """The first of several names of a day, without remarks such as (observed)."""
    return re.split(r"; | ?[(（]", name)[0].strip()


def _next_holiday(
    day: date, step: int, names: dict[date, str], weekend: frozenset[int]
) -> date | None:
    """The nearest holiday on one side of a day, with nothing but weekend days between."""
    other = day + timedelta(days=step)
    while other not in names and other.weekday() in weekend:
        other += timedelta(days=step)
    return other if other in names else None


def notice_missing(calendar: Calendar, years: Iterable[int]) -> list[int]:
    """The years whose make-up workdays nobody knows: neither the planner's calendar nor the
    library, which gives such a year's statutory days without a word about the moved ones."""
    if calendar.country is None or calendar.country not in COUNTRIES_WITH_NOTICE:
        return []
    told = {
        day.year
        for entry in calendar.special_days
        if entry.kind is DayKind.WORKDAY
        for day in each_day(entry.first, entry.last)
    }
    return [
        year
        for year in sorted(set(years) - told)
        if not any(day.year == year for day in public_holidays(calendar.country, (year,)).workdays)
    ]


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
