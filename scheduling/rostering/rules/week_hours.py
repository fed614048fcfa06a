"""Most paid hours of a calendar week, overtime included. Leave is no work."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Rule
from .contract_hours import HoursCounter
from .weeks import week_totals


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    most = problem.terms_of[agent.id].max_week_min
    return None if most is None else HoursCounter(0, most, leave_min=0, longest=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        most = problem.terms_of[agent.id].max_week_min
        if most is None:
            continue
        for week in week_totals(problem, agent, timeline[agent.id]):
            past = 0 if week.past is None else max(0, week.past.minutes - most)
            above = max(0, week.minutes - most) - past
            if above > 0:
                params = {"hours": round(week.minutes / 60, 2), "most": round(most / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, amount=above / 60)


RULE = Rule("week_hours", check, counter=counter, unit="hours")
