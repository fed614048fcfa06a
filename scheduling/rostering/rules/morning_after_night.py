"""No early shift on the day after a night shift's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step
from .nights import is_night_shift


@dataclass(frozen=True)
class MorningCounter:
    """State: whether the shift of the day before was a night shift."""

    def start(self) -> State:
        return False

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        return Step(work.night, breach=int(bool(state) and work.early))


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    return None if problem.terms_of[agent.id].morning_after_night else MorningCounter()


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        if problem.terms_of[agent.id].morning_after_night:
            continue
        nights = {s.day for s in timeline[agent.id] if is_night_shift(problem, s)}
        for shift in roster.of_agent(agent.id):
            begin = problem.clocks.of(shift.shift_code).moment(shift.start)
            early = begin.hour * 60 + begin.minute < problem.rules.early_before
            if early and shift.day - 1 in nights:
                yield Violation(RULE.name, agent.id, shift.day, {"start": f"{begin:%H:%M}"})


RULE = Rule("morning_after_night", check, counter=counter, unit="shifts")
