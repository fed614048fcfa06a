"""Days that are not like others: holidays, make-up workdays, promotions, closures, outages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    HOLIDAY = "holiday"  # people are off; contacts follow a holiday's pattern
    WORKDAY = "workday"  # a make-up workday: a weekend day worked as a weekday
    SPECIAL = "special"  # any named day with an effect of its own
    SCHOOL_HOLIDAY = "school_holiday"
    CLOSED = "closed"  # the centre (or the queue) does not open
    OUTAGE = "outage"  # systems were down: the day must not teach the forecast


@dataclass(frozen=True)
class SpecialDay:
    """A kind of day from `first` to `last`, both included; `queue` None is every queue."""

    first: date
    last: date
    kind: DayKind
    name: str
    queue: str | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.name} ends {self.last} before it begins {self.first}")


PHASES = ("preheat", "deposit", "opening", "eve", "peak", "shipping", "returns")
"""The phases of a promotion that have a name of ours; a calendar may use any other word."""


@dataclass(frozen=True)
class Promotion:
    """A promotion, or one phase of it, from `first` to `last`, both included.

    `type` is the kind of promotion (618, double11, …) and `phase` the part of it (one of `PHASES`,
    any other word, or blank for a promotion without phases). Promotions of one type and phase
    teach each other, those of one type or one phase do so less; `size` scales the learned uplift
    (2.0 is twice as large as usual). `effect`, if given, is the planner's own factor on contacts
    (1.8 = 80 % more) and `handle_effect` the one on handle time; each replaces what was learned.
    """

    first: date
    last: date
    type: str
    name: str
    size: float = 1.0
    effect: float | None = None
    queue: str | None = None
    phase: str = ""
    handle_effect: float | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.name} ends {self.last} before it begins {self.first}")
        if self.size < 0:
            raise ValueError(f"{self.name}: size is {self.size}, expected 0 or more")
        if self.effect is not None and self.effect < 0:
            raise ValueError(f"{self.name}: effect is {self.effect}, expected 0 or more")
        if self.handle_effect is not None and self.handle_effect <= 0:
            raise ValueError(
                f"{self.name}: handle_effect is {self.handle_effect}, expected more than 0"
            )


def unnamed(type_: str, phase: str) -> str:
    """What a promotion is called that has no name: `double11 peak`."""
    return f"{type_} {phase}".rstrip()


@dataclass(frozen=True)
class Calendar:
    """The planner's calendar. `country` adds the public holidays of that country (ISO code); what
    the calendar itself says of a date goes before them."""

    country: str | None = None
    special_days: tuple[SpecialDay, ...] = ()
    promotions: tuple[Promotion, ...] = ()

    def days(self, kind: DayKind, queue: str | None = None) -> dict[date, str]:
        """Name by date of the days of a kind that hold for a queue."""
        found: dict[date, str] = {}
        for entry in self.special_days:
            if entry.kind is kind and entry.queue in (None, queue):
                for day in each_day(entry.first, entry.last):
                    found[day] = entry.name
        return found

    def promotions_of(self, queue: str) -> tuple[Promotion, ...]:
        return tuple(p for p in self.promotions if p.queue in (None, queue))


def each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=d) for d in range((last - first).days + 1))
