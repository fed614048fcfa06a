"""Of so many weekends in a row one is free: no shift starts on any of its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step
from .weekends import weekends


@dataclass(frozen=True)
class WeekendRun:
    """State: (weekends worked in a row before the present or coming one, up to `every` − 1; whether
    a day of the present one is worked, None between weekends)."""

    every: int

    def start(self) -> State:
        return (0, None)

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        run, worked = state
        if not day.weekend:
            if worked is not None:
                run = min(run + 1, self.every - 1) if worked else 0
            return Step((run, None))
        broken = work.worked and not worked and run == self.every - 1
        return Step((run, bool(worked) or work.worked), breach=float(broken))


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    every = problem.terms_of[agent.id].free_weekend_every
    return None if every is None else WeekendRun(every)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    earliest = min((shift.day for shift in problem.history), default=0)
    for agent in problem.agents:
        every = problem.terms_of[agent.id].free_weekend_every
        if every is None:
            continue
        worked = {shift.day for shift in timeline[agent.id]}
        run = 0
        for days in weekends(problem, before=7 - earliest):
            on_duty = [day for day in days if day in worked]
            run = run + 1 if on_duty else 0
            if run >= every and on_duty[0] >= 0:
                params = {"weekends": run, "every": every}
                yield Violation(RULE.name, agent.id, on_duty[0], params)


RULE = Rule("free_weekends", check, counter=counter, unit="weekends")
