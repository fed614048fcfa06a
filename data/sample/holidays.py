"""The sample's public holidays and what they truly do to contacts.

Days off and make-up workdays of China follow the State Council's notices for 2024 to 2026. In the
sample a holiday has a weekend's pattern at a factor of its own, and a make-up workday is a weekday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..calendar import each_day

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2026, 12, 31)
"""The days for which the tables below are complete."""

NEW_YEAR = "new_year"
SPRING_FESTIVAL = "spring_festival"
TOMB_SWEEPING = "tomb_sweeping"
LABOUR = "labour"
DRAGON_BOAT = "dragon_boat"
MID_AUTUMN = "mid_autumn"
NATIONAL = "national"

LUNAR_NEW_YEAR = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
}

# (holiday, first day off, last day off): swapped days off and the weekends between included.
DAYS_OFF = (
    (NEW_YEAR, date(2024, 1, 1), date(2024, 1, 1)),
    (SPRING_FESTIVAL, date(2024, 2, 10), date(2024, 2, 17)),
    (TOMB_SWEEPING, date(2024, 4, 4), date(2024, 4, 6)),
    (LABOUR, date(2024, 5, 1), date(2024, 5, 5)),
    (DRAGON_BOAT, date(2024, 6, 8), date(2024, 6, 10)),
    (MID_AUTUMN, date(2024, 9, 15), date(2024, 9, 17)),
    (NATIONAL, date(2024, 10, 1), date(2024, 10, 7)),
    (NEW_YEAR, date(2025, 1, 1), date(2025, 1, 1)),
    (SPRING_FESTIVAL, date(2025, 1, 28), date(2025, 2, 4)),
    (TOMB_SWEEPING, date(2025, 4, 4), date(2025, 4, 6)),
    (LABOUR, date(2025, 5, 1), date(2025, 5, 5)),
    (DRAGON_BOAT, date(2025, 5, 31), date(2025, 6, 2)),
    (NATIONAL, date(2025, 10, 1), date(2025, 10, 8)),
    (NEW_YEAR, date(2026, 1, 1), date(2026, 1, 3)),
    (SPRING_FESTIVAL, date(2026, 2, 15), date(2026, 2, 23)),
    (TOMB_SWEEPING, date(2026, 4, 4), date(2026, 4, 6)),
    (LABOUR, date(2026, 5, 1), date(2026, 5, 5)),
    (DRAGON_BOAT, date(2026, 6, 19), date(2026, 6, 21)),
    (MID_AUTUMN, date(2026, 9, 25), date(2026, 9, 27)),
    (NATIONAL, date(2026, 10, 1), date(2026, 10, 7)),
)

# (weekend day worked, the holiday whose days off it pays for)
MAKE_UP_WORKDAYS = {
    date(2024, 2, 4): SPRING_FESTIVAL,
    date(2024, 2, 18): SPRING_FESTIVAL,
    date(2024, 4, 7): TOMB_SWEEPING,
    date(2024, 4, 28): LABOUR,
    date(2024, 5, 11): LABOUR,
    date(2024, 9, 14): MID_AUTUMN,
    date(2024, 9, 29): NATIONAL,
    date(2024, 10, 12): NATIONAL,
    date(2025, 1, 26): SPRING_FESTIVAL,
    date(2025, 2, 8): SPRING_FESTIVAL,
    date(2025, 4, 27): LABOUR,
    date(2025, 9, 28): NATIONAL,
    date(2025, 10, 11): NATIONAL,
    date(2026, 1, 4): NEW_YEAR,
    date(2026, 2, 14): SPRING_FESTIVAL,
    date(2026, 2, 28): SPRING_FESTIVAL,
    date(2026, 5, 9): LABOUR,
    date(2026, 9, 20): NATIONAL,
    date(2026, 10, 10): NATIONAL,
}

HOLIDAY_FACTOR = {
    NEW_YEAR: 0.92,
    TOMB_SWEEPING: 0.90,
    LABOUR: 0.86,
    DRAGON_BOAT: 0.90,
    MID_AUTUMN: 0.90,
    NATIONAL: 0.84,
}
MAKE_UP_WORKDAY_FACTOR = 0.97

# By days after lunar new year's day: quiet already on the eve, lowest on the day, then slowly back.
SPRING_FESTIVAL_FACTOR = {
    -2: 0.52,
    -1: 0.42,
    0: 0.30,
    1: 0.32,
    2: 0.36,
    3: 0.41,
    4: 0.47,
    5: 0.54,
    6: 0.61,
    7: 0.68,
}

BEFORE_SPRING_FESTIVAL = "before_spring_festival"
AFTER_SPRING_FESTIVAL = "after_spring_festival"


@dataclass(frozen=True)
class Stretch:
    """Days beside a holiday with a true factor of their own; `key` names them in the calendar."""

    key: str
    first: date
    last: date
    factor: float


def stretches() -> tuple[Stretch, ...]:
    """Couriers pause before each Spring Festival, and the parcels held back arrive after it."""
    found = []
    for key, first, last in DAYS_OFF:
        if key == SPRING_FESTIVAL:
            before = (first - timedelta(days=6), first - timedelta(days=1))
            after = (last + timedelta(days=1), last + timedelta(days=7))
            found.append(Stretch(BEFORE_SPRING_FESTIVAL, *before, factor=0.78))
            found.append(Stretch(AFTER_SPRING_FESTIVAL, *after, factor=1.22))
    return tuple(found)


def days_off() -> dict[date, str]:
    """Holiday by date, for every day off of `DAYS_OFF`."""
    return {day: key for key, first, last in DAYS_OFF for day in each_day(first, last)}


def factors() -> dict[date, float]:
    """True factor on contacts by date; a date that is not in it has factor 1."""
    found = dict.fromkeys(MAKE_UP_WORKDAYS, MAKE_UP_WORKDAY_FACTOR)
    for stretch in stretches():
        for day in each_day(stretch.first, stretch.last):
            found[day] = found.get(day, 1.0) * stretch.factor
    for day, key in days_off().items():
        if key == SPRING_FESTIVAL:
            found[day] = SPRING_FESTIVAL_FACTOR[(day - LUNAR_NEW_YEAR[day.year]).days]
        else:
            found[day] = HOLIDAY_FACTOR[key]
    return found
