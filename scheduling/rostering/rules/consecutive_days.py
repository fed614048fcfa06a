"""Longest run of worked days, counted across the edge of the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State


def limit(problem: RosterProblem, agent: Agent) -> int:
    own = problem.contract_of[agent.id].max_consecutive_days
    return problem.rules.max_consecutive_days if own is None else own


@dataclass(frozen=True)
class RunCounter:
    """State: days worked in a row, up to today."""

    limit: int

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        assert isinstance(state, int)
        if work.kind is not DayKind.SHIFT:
            return 0
        if state < self.limit:
            return state + 1
        return None if strict else self.limit


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
            if day - first + 1 > most:
                yield Violation(RULE.name, agent.id, day, {"days": day - first + 1, "most": most})


RULE = Rule("consecutive_days", check, counter=counter)
