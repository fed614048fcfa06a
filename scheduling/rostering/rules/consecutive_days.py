"""Longest run of worked days, counted across the edge of the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step


def limit(problem: RosterProblem, agent: Agent) -> int:
    own = problem.contract_of[agent.id].max_consecutive_days
    return problem.rules.max_consecutive_days if own is None else own


@dataclass(frozen=True)
class RunCounter:
    """State: days worked in a row, up to today."""

    limit: int

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, int)
        if not work.worked:
            return Step(0)
        return Step(state + 1) if state < self.limit else Step(self.limit, breach=1)


def counter(problem: RosterProblem, agent: Agent) -> Counter:
    return RunCounter(limit(problem, agent))


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        worked = {assignment.day for assignment in timeline[agent.id]}
        most = limit(problem, agent)
        for day in sorted(d for d in worked if d >= 0 and d + 1 not in worked):
            first = day
            while first - 1 in worked:
                first -= 1
            run = day - first + 1
            if run > most:
                # Only days of the grid are to blame, not the run that led to it.
                amount = min(run - most, day - max(first, 0) + 1)
                yield Violation(
                    RULE.name, agent.id, day, {"days": run, "most": most}, amount=amount
                )


RULE = Rule("consecutive_days", check, counter=counter, unit="days")
