"""Which day of last year a day is to be held against: the same day of the same event where the
calendar knows one, else the same weekday."""

from __future__ import annotations

from datetime import date, timedelta

from ...data.calendar import Calendar, Promotion, SpecialDay, each_day

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKS_OF_A_YEAR = 52 * WEEK
_NEAREST = tuple(timedelta(weeks=weeks) for weeks in (52, 51, 53, 50, 54))
_LEAST_APART = timedelta(days=200)  # events of one name that lie closer are not a year apart


def day_last_year(day: date, calendar: Calendar, queue: str) -> tuple[date, str]:
    """The day, and the name of its event, which both days are of (empty: they are ordinary days).

    A promotion is known by its type and phase, another special day by kind and name. An ordinary
    day is held against one that was ordinary too, up to two weeks off where events lay on the
    nearest.
    """
    for event in _events(day, calendar, queue):
        before = [
            past
            for past in _all(calendar, queue)
            if _alike(past) == _alike(event) and event.first - past.first >= _LEAST_APART
        ]
        if before:
            latest = max(before, key=lambda past: past.first)
            return _within(latest, event, day), latest.name
    ordinary = (day - back for back in _NEAREST if not _events(day - back, calendar, queue))
    if _events(day, calendar, queue):
        return day - WEEKS_OF_A_YEAR, ""
    return next(ordinary, day - WEEKS_OF_A_YEAR), ""


def _within(past: Promotion | SpecialDay, event: Promotion | SpecialDay, day: date) -> date:
    """As far into the past event as the day is into this one; in one of a week and more the same
    weekday that is nearest."""
    same = min(past.first + (day - event.first), past.last)
    inside = each_day(past.first, past.last)
    weekdays = [one for one in inside if one.weekday() == day.weekday()]
    if past.last - past.first < WEEK - DAY:
        return same
    return min(weekdays, key=lambda one: abs(one - same))


def _events(day: date, calendar: Calendar, queue: str) -> list[Promotion | SpecialDay]:
    return [event for event in _all(calendar, queue) if event.first <= day <= event.last]


def _all(calendar: Calendar, queue: str) -> tuple[Promotion | SpecialDay, ...]:
    """Promotions first: they move contacts most."""
    days = (day for day in calendar.special_days if day.queue in (None, queue))
    return (*calendar.promotions_of(queue), *days)


def _alike(event: Promotion | SpecialDay) -> tuple[str, str]:
    if isinstance(event, Promotion):
        return event.type, event.phase
    return event.kind.value, event.name
