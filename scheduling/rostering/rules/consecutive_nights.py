"""Most night shifts on days in a row, counted across the edge of the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step
from .nights import is_night_shift


@dataclass(frozen=True)
class NightRun:
    """State: nights in a row, up to today."""

    most: int

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, int)
        if not (work.worked and work.night):
            return Step(0)
        return Step(state + 1) if state < self.most else Step(self.most, breach=1)


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    most = problem.terms_of[agent.id].max_consecutive_nights
    return None if most is None else NightRun(most)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        most = problem.terms_of[agent.id].max_consecutive_nights
        if most is None:
            continue
        nights = {s.day for s in timeline[agent.id] if is_night_shift(problem, s)}
        for last in sorted(day for day in nights if day >= 0 and day + 1 not in nights):
            first = last
            while first - 1 in nights:
                first -= 1
            run = last - first + 1
            if run > most:
                # Only nights of the grid are to blame, not the run that led to it.
                amount = min(run - most, last - max(first, 0) + 1)
                params = {"nights": run, "most": most}
                yield Violation(RULE.name, agent.id, last, params, amount=amount)


RULE = Rule("consecutive_nights", check, counter=counter, unit="shifts")
