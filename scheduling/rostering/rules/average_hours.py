"""Most paid hours a week on average of several weeks: those of the plan and the published ones
before it. Weeks of which nothing is known do not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule, Tally
from .period_hours import MinutesCounter
from .weeks import blocks


@dataclass(frozen=True)
class Span:
    """Grid days that an average is taken over, and how many weeks of them are known."""

    first: int
    last: int
    weeks: int


def spans(problem: RosterProblem, weeks: int) -> list[Span]:
    """The periods of so many weeks, the last of them ending with the plan."""
    known = min((shift.day for shift in problem.history), default=0)
    return [
        Span(first, last, -(-(last - max(first, known) + 1) // 7))
        for first, last in blocks(problem, weeks)
    ]


def tallies(problem: RosterProblem, agent: Agent) -> Iterator[Tally]:
    terms = problem.terms_of[agent.id]
    average = terms.max_average_week_min
    if average is not None:
        found = spans(problem, terms.average_weeks)
        yield Tally(
            MinutesCounter(leave_min=0),
            tuple(span.last for span in found),
            found[0].first,
            (0,) * len(found),
            tuple(average * span.weeks for span in found),
            unit=1 / 60,
        )


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        terms = problem.terms_of[agent.id]
        average = terms.max_average_week_min
        if average is None:
            continue
        for span in spans(problem, terms.average_weeks):
            inside = [s for s in timeline[agent.id] if span.first <= s.day <= span.last]
            minutes = sum(shift.paid_minutes for shift in inside)
            # What is published already no roster can make less.
            before = sum(shift.paid_minutes for shift in inside if shift.day < 0)
            above = minutes - max(average * span.weeks, before)
            if above > 0:
                hours = round(minutes / 60 / span.weeks, 2)
                params = {"hours": hours, "most": round(average / 60, 2), "weeks": span.weeks}
                yield Violation(RULE.name, agent.id, span.last, params, amount=above / 60)


RULE = Rule("average_hours", check, tallies=tallies, unit="hours")
