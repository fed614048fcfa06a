"""How the parts of a forecast are said, on the terminal and in the report alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ..data.messages import catalogue, text
from .explain_events import EventGroup, Range
from .explain_parts import FACTORS, AdjustmentParts, DayParts, MemberParts, QueueParts
from .report.wording import MISSING, Wording

_UNSEEN = 0.005  # a factor nearer to 1 is said as 0%
_SPARSE = ("holiday", "promotion", "hours")


@dataclass(frozen=True)
class ExplainWords:
    """Sentences of the catalogue under ``explain.``; numbers and dates as `wording` says them."""

    wording: Wording

    def phrase(self, key: str, /, **params: object) -> str:
        return text(f"explain.{key}", self.wording.language, **params)

    def column(self, name: str) -> str:
        return self.phrase(f"column.{name}")

    def percent(self, factor: float) -> str:
        """A factor as the change it makes: `+12%`, `−15%`, `0%`."""
        return self.phrase("percent", number=self.signed((factor - 1) * 100))

    def signed(self, value: float) -> str:
        """`+87`, `−12` or `0`."""
        return signed(value, self.wording.number)

    def span(self, first: date, last: date) -> str:
        if first == last:
            return self.wording.day(first)
        if (first.year, first.month) == (last.year, last.month):
            month = self._month(first)
            return self.phrase("days_of_month", first=first.day, last=last.day, month=month)
        return self.phrase("days", first=self._date(first), last=self._date(last))

    def when(self, group: EventGroup) -> str:
        days = self.span(group.first, group.last)
        return days if group.runs == 1 else self.phrase("runs", runs=group.runs, days=days)

    def effect(self, effect: Range) -> str:
        """`+55% (+45% to +66%)`; a dash where there is none, no range where there is no doubt."""
        if not has_effect(effect):
            return MISSING
        factor, low, high = map(self.percent, effect)
        return factor if low == high else self.phrase("range", factor=factor, low=low, high=high)

    def source(self, group: EventGroup) -> str:
        return self.phrase(f"source.{group.source}", seen=group.seen)

    def adjustment(self, change: AdjustmentParts) -> str:
        """`News release: +20%, Thu 10 Dec, 10:00–14:00 (+87 contacts)`."""
        when = self.span(change.first, change.last)
        if (change.from_minute, change.to_minute) != (0, 1440):
            clock = (_clock(change.from_minute), _clock(change.to_minute))
            when = self.phrase("at_hours", when=when, from_time=clock[0], to_time=clock[1])
        return self.phrase(
            "adjustment",
            reason=change.reason,
            amount=self._amount(change),
            when=when,
            contacts=self.signed(change.contacts),
        )

    def members(self, members: Sequence[MemberParts]) -> list[str]:
        """What share each method has and how far it was off, in a sentence or two each."""
        return [self._member(member, alone=len(members) == 1) for member in members]

    def notes(self, part: QueueParts) -> list[str]:
        """What is unusual in how the queue is forecast."""
        found = []
        if part.borrowed_from is not None:
            found.append(self.phrase("borrowed", queue=part.borrowed_from))
        if part.shifts:
            days = self.wording.join([str(day) for day in part.shifts])
            found.append(self.phrase("shifts", days=days))
        return found

    def legend(self, part: QueueParts) -> list[str]:
        """How the table of days is to be read, as far as it has columns that ask for it."""
        if not part.told:
            return [self.phrase("untold")]
        key = "days_legend_adjusted" if part.adjustments else "days_legend"
        explained = [name for name in ("members_say", "hours") if name in shown_factors(part)]
        return [self.phrase(key), *map(self.phrase, explained)]

    def events_legend(self, groups: Sequence[EventGroup]) -> list[str]:
        sources = {group.source for group in groups}
        told = [self.phrase(source) for source in ("learned", "pooled") if source in sources]
        return [self.phrase("events_legend"), *told]

    def cell(self, day: DayParts, name: str) -> str:
        """One of a day's `shown_columns`; blank where an event or a change has no part in it."""
        if name in day.factors:
            factor = day.factors[name]
            return "" if name in _SPARSE and _unseen(factor) else self.percent(factor)
        value = getattr(day, name)
        if name == "adjustments":
            return self.signed(value) if abs(value) >= 0.5 else ""
        return self.wording.number(math.nan if value is None else value)

    def _date(self, day: date) -> str:
        return self.phrase("date", day=day.day, month=self._month(day))

    def _month(self, day: date) -> str:
        return self.wording.say(f"month.{day.month}")

    def _amount(self, change: AdjustmentParts) -> str:
        size = change.percent if change.percent is not None else change.each_interval or 0.0
        digits = 0 if size == round(size) else 1
        number = signed(size, lambda value: self.wording.number(value, digits))
        return self.phrase(
            "percent" if change.percent is not None else "each_interval", number=number
        )

    def _member(self, member: MemberParts, *, alone: bool) -> str:
        key = f"explain.member.{member.name}"
        name = catalogue(self.wording.language).get(key, member.name)
        said = self.phrase("member_only", name=name)
        if not alone:
            weight = f"{self.wording.number(member.weight * 100)}%"
            said = self.phrase("member_share", name=name, weight=weight)
        if member.past_wape is None:
            return self.phrase("member_untested", said=said)
        return self.phrase("member_off", said=said, wape=self.wording.share(member.past_wape))


def signed(value: float, number: Callable[[float], str]) -> str:
    """A number with its sign, as `number` writes it; zero has none."""
    said = number(value)
    return f"+{said}" if value > 0 and said != number(0.0) else said


def has_effect(effect: Range) -> bool:
    return not all(map(_unseen, effect))


def shown_factors(part: QueueParts) -> list[str]:
    """The factors that change a day of the queue at all."""
    return [
        name
        for name in FACTORS
        if not all(_unseen(day.factors.get(name, 1.0)) for day in part.days)
    ]


def shown_columns(part: QueueParts) -> list[str]:
    """The numbers of a day that have something in them, in the order in which they make it."""
    changed = any(abs(day.adjustments) >= 0.5 for day in part.days)
    return [
        *(["level", *shown_factors(part)] if part.told else []),
        *(["model", "adjustments"] if changed or part.adjustments else []),
        "forecast",
    ]


def _unseen(factor: float) -> bool:
    return abs(factor - 1) < _UNSEEN


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
