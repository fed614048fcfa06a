"""Forward rotation: on days in a row a shift never starts earlier, by the clock, than the one on
the day before. (A fixed rotation is a matter of steady starts.)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ....data.rules import Rotation
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step


@dataclass(frozen=True)
class ForwardCounter:
    """State: the clock minute at which the shift of the day before started, 0 without one."""

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, int)
        return Step(work.begin, breach=int(work.worked and work.begin < state))


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    forward = problem.terms_of[agent.id].rotation is Rotation.FORWARD
    return ForwardCounter() if forward else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        if problem.terms_of[agent.id].rotation is not Rotation.FORWARD:
            continue
        by_day = {shift.day: shift for shift in timeline[agent.id]}
        for day, shift in by_day.items():
            before = by_day.get(day - 1)
            if day >= 0 and before is not None:
                start, earlier = _clock(problem, shift), _clock(problem, before)
                if start < earlier:
                    params = {"start": start, "before": earlier}
                    yield Violation(RULE.name, agent.id, day, params)


def _clock(problem: RosterProblem, shift: Assignment) -> str:
    return f"{problem.clocks.of(shift.shift_code).moment(shift.start):%H:%M}"


RULE = Rule("rotation", check, counter=counter, unit="shifts")
