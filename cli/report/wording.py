"""Numbers, dates and sentences as the report says them in one language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime

from ...data.messages import text

MISSING = "–"


@dataclass(frozen=True)
class Wording:
    """Everything is said through the message catalogue under ``report.``; a number that has no
    meaning (NaN) is said as a dash."""

    language: str

    def say(self, key: str, /, **params: object) -> str:
        return text(f"report.{key}", self.language, **params)

    def count(self, key: str, number: int, /, **params: object) -> str:
        """The sentence for one (`key`.one) or several (`key`.many)."""
        form = "one" if number == 1 else "many"
        return self.say(f"{key}.{form}", number=f"{number:,}", **params)

    def join(self, parts: list[str]) -> str:
        return self.say("list_join").join(parts)

    def share(self, value: float) -> str:
        """A fraction as per cent with one decimal, which the colour of a target goes by."""
        return MISSING if math.isnan(value) else f"{value * 100:.1f}%"

    def goal(self, value: float) -> str:
        """A target as the planner wrote it: 80 %, not 80.0 %."""
        return f"{value * 100:g}%"

    def number(self, value: float, digits: int = 0) -> str:
        if math.isnan(value):
            return MISSING
        # Rounding first: −0.02 is 0.0 and not −0.0.
        return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")

    def hours(self, value: float) -> str:
        return MISSING if math.isnan(value) else self.say("hours", number=self.number(value, 1))

    def seconds(self, value: float) -> str:
        if math.isnan(value):
            return MISSING
        if value < 90:
            return self.say("seconds", number=self.number(value))
        minutes, rest = divmod(round(value), 60)
        if minutes < 60:
            return self.say("minutes_seconds", minutes=minutes, seconds=f"{rest:02d}")
        return self.say("hours", number=self.number(value / 3600, 1))

    def weekday(self, day: date) -> str:
        return self.say(f"weekday.{day.weekday()}")

    def day(self, day: date) -> str:
        """`Tue 1 Dec` or `12月1日 周二`."""
        month = self.say(f"month.{day.month}")
        return self.say("day", weekday=self.weekday(day), day=day.day, month=month)

    def week(self, first: date, last: date) -> str:
        return self.say(
            "period",
            first=self.day(first),
            last=self.day(last),
            year=last.year,
        )

    def span(self, start: datetime, end: datetime) -> str:
        """`20:00–22:30`; an end at midnight is 24:00."""
        until = "24:00" if (end.hour, end.minute) == (0, 0) else f"{end:%H:%M}"
        return f"{start:%H:%M}–{until}"
