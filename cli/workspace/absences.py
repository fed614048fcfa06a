"""Absences as a planner types them: days, or hours of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from ...data.calendar import each_day
from ...data.errors import Problems
from ...data.people import Agent
from ...data.readers.values import BadValueError, clock_minute
from ...scheduling.planning.plan import Plan
from ...scheduling.rostering.hours_off import without_hours_off
from .exchanges import a_day, find_agent
from .manifest import Absent

DAY_MIN = 1440
_DAY, _CLOCK = r"\d{4}-\d\d-\d\d", r"\d{1,2}:\d\d"
_ABSENT = re.compile(
    rf"(?P<agent>.+?):(?P<first>{_DAY})(?:[@T ](?P<since>{_CLOCK})?)?"
    rf"(?:(?:\.\.|-)(?:(?P<last>{_DAY})(?:[@T ](?=\d))?)?(?P<until>{_CLOCK})?)?"
)


@dataclass(frozen=True)
class _Span:
    """Whose absence, from a clock minute of its first day to one of its last (None: to its end)."""

    agent: str
    first: date
    since: int
    last: date
    until: int | None

    def hours_of(self, day: date) -> tuple[int, int | None]:
        """The clock minutes away on one of the days."""
        begin = self.since if day == self.first else 0
        return begin, self.until if day == self.last else None


def read_absences(
    texts: Sequence[str], agents: Sequence[Agent], base: Plan, problems: Problems
) -> tuple[Absent, ...]:
    """The absences of texts like A017:2026-12-08, A017:2026-12-08..2026-12-10 or, by hours,
    A017:2026-12-08@14:00, …@..11:00, …@09:00..11:00, …@14:00..2026-12-09@11:00; the agent by id or
    name. Whole days come as runs of days on which the agent has a shift in the plan, which count as
    worked, and of others; a day is whole too if its hours leave nothing of the shift. `problems`
    takes every text that cannot be read and every day outside the plan's."""
    grid = base.grid
    found: list[Absent] = []
    for text in texts:
        span = _span(text)
        if span is None:
            problems.add("repair.bad_absence", text=text)
            continue
        agent = find_agent(span.agent, agents, problems)
        days = list(each_day(span.first, span.last))
        if not any(0 <= grid.day_number(day) < grid.days for day in days):
            first, last = grid.first_day, grid.last_day
            problems.add("repair.outside_plan", text=text, first=first, last=last)
        elif agent is not None:
            found += _absences(agent.id, span, days, base)
    return tuple(found)


def _span(text: str) -> _Span | None:
    match = _ABSENT.fullmatch(text.strip())
    if match is None or text.rstrip().endswith(("@", "-", "..")):
        return None
    first, last = a_day(match["first"]), a_day(match["last"] or match["first"])
    try:
        since = 0 if match["since"] is None else clock_minute(match["since"])
        until = None if match["until"] is None else clock_minute(match["until"])
    except BadValueError:
        return None
    end = DAY_MIN if until is None else until
    if first is None or last is None or last < first or since >= DAY_MIN:
        return None
    if not (since if first == last else 0) < end <= DAY_MIN:
        return None
    return _Span(match["agent"], first, since, last, until)


def _absences(agent: str, span: _Span, days: Iterable[date], base: Plan) -> Iterator[Absent]:
    at_work = {shift.day for shift in base.roster.of_agent(agent)}
    whole = []
    for day in days:
        begin, end = span.hours_of(day)
        hours = Absent(
            agent=agent, first=day, last=day, paid=True, from_minute=begin, to_minute=end
        )
        if hours.time_off().whole_days or _nothing_left(base, hours):
            whole.append(day)
        else:
            yield hours
    by_work = groupby(whole, key=lambda day: base.grid.day_number(day) in at_work)
    for paid, run in by_work:
        own = list(run)
        yield Absent(agent=agent, first=own[0], last=own[-1], paid=paid)


def _nothing_left(base: Plan, hours: Absent) -> bool:
    """Whether the agent has a shift on the day that lies in the hours from end to end."""
    asked = replace(base.problem, time_off=(hours.time_off(),))
    number = base.grid.day_number(hours.first)
    today = [shift for shift in base.roster.of_agent(hours.agent) if shift.day == number]
    return bool(today) and not any(without_hours_off(asked, shift).pieces for shift in today)
