"""Weekends are worked whole or not at all. Days of leave fit either; days before the grid of which
nothing is known, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State, Step
from .weekends import weekends


@dataclass(frozen=True)
class WeekendCounter:
    """State: what the weekend's days so far were: worked (True), off (False), nothing yet (None),
    or both ("broken")."""

    def start(self) -> State:
        return None

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        if not day.weekend:
            return Step(None)
        if state == "broken" or work.kind not in (DayKind.SHIFT, DayKind.OFF):
            return Step(state)
        if state is not None and state != work.worked:
            return Step("broken", breach=1)
        return Step(work.worked)


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    return WeekendCounter() if problem.terms_of[agent.id].whole_weekends else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        if not problem.terms_of[agent.id].whole_weekends:
            continue
        worked = {shift.day for shift in timeline[agent.id]}
        for days in weekends(problem):
            known = [
                d
                for d in days
                if d in worked
                or ((agent.id, d) not in problem.leave and (d >= 0 or problem.history))
            ]
            other = [d for d in known if (d in worked) != (known[0] in worked)]
            if other and other[0] >= 0:
                yield Violation(RULE.name, agent.id, other[0])


RULE = Rule("whole_weekends", check, counter=counter, unit="weekends")
