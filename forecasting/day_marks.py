"""What the calendar says of each day, for one queue: holidays, make-up workdays, promotions, …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar, DayKind, Promotion, SpecialDay
from ..data.public_holidays import PublicHolidays, public_holidays

# What the planner says of a date with these kinds replaces the country's public holiday there.
_OVERRIDING = (DayKind.HOLIDAY, DayKind.WORKDAY, DayKind.SPECIAL)


@dataclass(frozen=True)
class HolidayMark:
    """A day off: `key` names the holiday whose earlier years teach it, `label` is for people,
    `number` counts the days of one holiday in a row (1 is the first)."""

    key: str
    label: str
    number: int = 1


@dataclass(frozen=True)
class DayMarks:
    """The days from `first` on, one entry a day; `weekend` holds weekday numbers (Monday = 0)."""

    first: date
    weekend: frozenset[int]
    closed: NDArray[np.bool_]
    outage: NDArray[np.bool_]
    workday: NDArray[np.bool_]
    school: tuple[str, ...]
    special: tuple[str, ...]
    holiday: tuple[HolidayMark | None, ...]
    promotions: tuple[Promotion, ...]

    @property
    def days(self) -> int:
        return len(self.closed)

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Monday = 0 … Sunday = 6: shape (days,)."""
        return (np.arange(self.days) + self.first.weekday()) % 7

    def weekday_weights(self) -> NDArray[np.float64]:
        """The weekday whose pattern each day follows, one-hot: shape (days, 7). A make-up workday
        follows the mean of the working weekdays."""
        weights = np.eye(7)[self.weekday]
        working = np.array([day not in self.weekend for day in range(7)], dtype=np.float64)
        weights[self.workday] = working / working.sum()
        return weights

    def ordinary(self) -> NDArray[np.bool_]:
        """Days whose pattern a weekday's is learned from: shape (days,)."""
        named = np.array([mark is not None for mark in self.holiday])
        special = np.array([bool(name) for name in self.special])
        unlike: NDArray[np.bool_] = named | special | self.outage | self.workday
        return ~unlike

    def span(self, promotion: Promotion) -> slice:
        """The days of a promotion among these."""
        first = max((promotion.first - self.first).days, 0)
        return slice(first, max((promotion.last - self.first).days + 1, first))

    def before(self, days: int) -> DayMarks:
        """The first `days` days only."""
        return replace(
            self,
            closed=self.closed[:days],
            outage=self.outage[:days],
            workday=self.workday[:days],
            school=self.school[:days],
            special=self.special[:days],
            holiday=self.holiday[:days],
        )


class CalendarIndex:
    """A calendar sorted once by queue, so that every queue's days are read off quickly.

    Covers `days` days from `first`. Of one date, the planner's own entries go before the public
    holidays of the calendar's country, and a make-up workday goes before a holiday.
    """

    def __init__(self, calendar: Calendar, first: date, days: int) -> None:
        self._first, self._days = first, days
        last = first + timedelta(days=days - 1)
        self._entries: dict[str | None, list[SpecialDay]] = defaultdict(list)
        for entry in calendar.special_days:
            if entry.first <= last and entry.last >= first:
                self._entries[entry.queue].append(entry)
        self._promotions: dict[str | None, list[Promotion]] = defaultdict(list)
        for promotion in calendar.promotions:
            if promotion.first <= last and promotion.last >= first:
                self._promotions[promotion.queue].append(promotion)
        self._public = PublicHolidays({}, frozenset(), frozenset({5, 6}))
        if calendar.country is not None:
            years = tuple(range(first.year, last.year + 1))
            self._public = public_holidays(calendar.country, years)

    def marks(self, queue: str) -> DayMarks:
        entries = self._entries[None] + self._entries[queue]
        names = {kind: [""] * self._days for kind in DayKind}
        for entry in entries:
            for day in self._covered(entry):
                names[entry.kind][day] = entry.name or entry.kind.value
        own = [any(names[kind][day] for kind in _OVERRIDING) for day in range(self._days)]
        workday = self._flags(names[DayKind.WORKDAY])
        for day, date_ in enumerate(self._dates()):
            workday[day] |= date_ in self._public.workdays and not own[day]
        return DayMarks(
            first=self._first,
            weekend=self._public.weekend,
            closed=self._flags(names[DayKind.CLOSED]),
            outage=self._flags(names[DayKind.OUTAGE]),
            workday=workday,
            school=tuple(names[DayKind.SCHOOL_HOLIDAY]),
            special=tuple(names[DayKind.SPECIAL]),
            holiday=self._holiday_marks(names[DayKind.HOLIDAY], own, workday),
            promotions=tuple(self._promotions[None] + self._promotions[queue]),
        )

    def _holiday_marks(
        self, planned: list[str], own: list[bool], workday: NDArray[np.bool_]
    ) -> tuple[HolidayMark | None, ...]:
        marks: list[HolidayMark | None] = []
        for day, date_ in enumerate(self._dates()):
            public = self._public.names.get(date_, "")
            label = planned[day] or ("" if own[day] else public)
            if not label or workday[day]:
                marks.append(None)
                continue
            key = public or label
            before = marks[-1] if marks else None
            number = before.number + 1 if before is not None and before.key == key else 1
            marks.append(HolidayMark(key, label, number))
        return tuple(marks)

    def _covered(self, entry: SpecialDay) -> Iterable[int]:
        first = max((entry.first - self._first).days, 0)
        last = min((entry.last - self._first).days, self._days - 1)
        return range(first, last + 1)

    def _dates(self) -> Iterable[date]:
        return (self._first + timedelta(days=day) for day in range(self._days))

    @staticmethod
    def _flags(names: list[str]) -> NDArray[np.bool_]:
        return np.array([bool(name) for name in names], dtype=np.bool_)
