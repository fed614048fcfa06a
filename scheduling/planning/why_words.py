"""Changes that would help, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from ...data.messages import text
from ..rostering.why.changes import Change
from ..rostering.why.closing import Way
from ..rostering.why.remedies import Remedy

DAY_MIN = 1440
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def remedy_words(remedy: Remedy, language: str) -> str:
    """All changes of a remedy, which are needed together."""
    said = [change_words(change, language) for change in remedy.changes]
    return text("why.and_join", language).join(said)


def change_words(change: Change | Way, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A change as a clause in the imperative, without a full stop. Agents are called by the
    `names` of their ids; who has none by the id."""
    params = {
        name: names.get(str(value), value) if name == "agent" else _said(name, value, language)
        for name, value in change.params.items()
    }
    return text(f"why.change.{change.what}", language, **params)


def rule_words(rules: Iterable[str], language: str) -> str:
    """The names of rules."""
    names = [text(f"rule.{rule}.name", language) for rule in rules]
    return text("planning.list_join", language).join(names)


def day_words(day: date, language: str) -> str:
    """`Tue 1 Dec` or `12月1日 周二`."""
    month = text(f"report.month.{day.month}", language)
    return text("report.day", language, weekday=_weekday(day.weekday(), language), day=day.day,
                month=month)  # fmt: skip


def clock_words(minute: int, language: str) -> str:
    """`22:00`; past midnight `06:00 the next day`."""
    days, minute_of_day = divmod(minute, DAY_MIN)
    clock = f"{minute_of_day // 60:02d}:{minute_of_day % 60:02d}"
    if days == 1 and minute_of_day == 0:
        return "24:00"
    return text("why.next_day", language, clock=clock) if days else clock


def _said(name: str, value: object, language: str) -> object:
    if name == "weekday":
        return _weekday(value, language)
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, tuple):
        return text("planning.list_join", language).join(map(str, value))
    if name in ("start", "end") and isinstance(value, int):
        return clock_words(value, language)
    return value


def _weekday(number: object, language: str) -> str:
    return text(f"report.weekday.{number}", language)
