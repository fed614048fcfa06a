"""Most shifts of a type in the plan, or in so many weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Day, DayWork, Rule, State, Step, Tally
from .weeks import above_most, blocks


@dataclass(frozen=True)
class ShiftCounter:
    """Counts the shifts of one type."""

    code: str

    def start(self) -> State:
        return None

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        return Step(None, units=int(work.worked and work.shift == self.code))


def tallies(problem: RosterProblem, agent: Agent) -> Iterator[Tally]:
    terms = problem.terms_of[agent.id]
    spans = blocks(problem, terms.shift_limit_weeks)
    for code, most in terms.shift_limits:
        yield Tally.up_to(ShiftCounter(code), spans, most)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        terms = problem.terms_of[agent.id]
        for code, most in terms.shift_limits:
            days = [(s.day, s.day) for s in timeline[agent.id] if s.shift_code == code]
            spans = blocks(problem, terms.shift_limit_weeks)
            for last, worked, above in above_most(spans, days, most):
                params = {"shift": code, "shifts": worked, "most": most}
                yield Violation(RULE.name, agent.id, last, params, amount=above)


RULE = Rule("shift_limits", check, tallies=tallies, unit="shifts")
