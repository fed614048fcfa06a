"""Most night shifts of an agent in so many weeks, those of the published past included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ....data.people import Agent
from ..options import is_night
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Day, DayWork, Rule, State, Step, Tally
from .weeks import above_most, blocks


def is_night_shift(problem: RosterProblem, shift: Assignment) -> bool:
    """Whether a shift is at work in the night hours, by its clock."""
    clock = np.array([problem.clocks.of(shift.shift_code).clock(shift.start)])
    return bool(is_night(problem.rules, clock, clock + shift.end - shift.start)[0])


@dataclass(frozen=True)
class NightCounter:
    """Counts night shifts."""

    def start(self) -> State:
        return None

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        return Step(None, units=int(work.worked and work.night))


def tallies(problem: RosterProblem, agent: Agent) -> Iterator[Tally]:
    limit = problem.terms_of[agent.id].max_nights
    if limit is not None:
        most, weeks = limit
        yield Tally.up_to(NightCounter(), blocks(problem, weeks), most)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        limit = problem.terms_of[agent.id].max_nights
        if limit is None:
            continue
        most, weeks = limit
        nights = [(s.day, s.day) for s in timeline[agent.id] if is_night_shift(problem, s)]
        for last, worked, above in above_most(blocks(problem, weeks), nights, most):
            params = {"nights": worked, "most": most, "weeks": weeks}
            yield Violation(RULE.name, agent.id, last, params, amount=above)


RULE = Rule("nights", check, tallies=tallies, unit="shifts")
