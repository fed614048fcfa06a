"""The sample's calendar as its planner keeps it: what happened, and what is planned.

Public holidays come from the country and are not in it; nor is the outage, which cleaning finds.
"""

from __future__ import annotations

from datetime import date, timedelta

from ..calendar import Calendar, DayKind, Promotion, SpecialDay
from ..messages import DEFAULT_LANGUAGE, text
from .holidays import MAKE_UP_WORKDAYS, stretches
from .promotions import Phase, phases

DAYS_AHEAD = 60


def sample_calendar(first: date, week: date, language: str = DEFAULT_LANGUAGE) -> Calendar:
    """Everything from `first` until some weeks after the week to plan, which starts on `week`."""
    last = week + timedelta(days=DAYS_AHEAD)
    workdays = [
        SpecialDay(day, day, DayKind.WORKDAY, _workday_name(holiday, language))
        for day, holiday in MAKE_UP_WORKDAYS.items()
    ]
    beside = [
        SpecialDay(s.first, s.last, DayKind.SPECIAL, text(f"sample.{s.key}", language))
        for s in stretches()
    ]
    special = (d for d in (*workdays, *beside) if d.last >= first and d.first <= last)
    promotions = (_promotion(phase, language) for phase in phases(first, last))
    return Calendar("CN", tuple(special), tuple(promotions))


def _workday_name(holiday: str, language: str) -> str:
    return text("sample.workday", language, holiday=text(f"sample.holiday.{holiday}", language))


def _promotion(phase: Phase, language: str) -> Promotion:
    key = "_".join(word for word in (phase.type, phase.phase) if word)
    name = text(f"sample.promotion.{key}", language, year=phase.first.year)
    return Promotion(phase.first, phase.last, phase.type, name, phase.size, phase=phase.phase)
