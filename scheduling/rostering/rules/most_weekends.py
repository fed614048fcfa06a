"""Most weekends worked in so many weeks. A weekend is worked if a shift starts on a day of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Day, DayWork, Rule, State, Step, Tally
from .weeks import above_most, blocks


@dataclass(frozen=True)
class WeekendCounter:
    """State: whether the weekend that lies in the present week is worked already."""

    def start(self) -> State:
        return False

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        worked = bool(state) or (day.weekend and work.worked)
        return Step(worked and day.left_in_week > 0, units=int(worked and not state))


def tallies(problem: RosterProblem, agent: Agent) -> Iterator[Tally]:
    limit = problem.terms_of[agent.id].max_weekends
    if limit is not None:
        most, weeks = limit
        yield Tally.up_to(WeekendCounter(), blocks(problem, weeks), most)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        limit = problem.terms_of[agent.id].max_weekends
        if limit is None:
            continue
        most, weeks = limit
        days = [shift.day for shift in timeline[agent.id] if _weekend(problem, shift.day)]
        weekends = [(day, problem.week(day)) for day in days]
        for last, worked, above in above_most(blocks(problem, weeks), weekends, most):
            params = {"weekends": worked, "most": most, "weeks": weeks}
            yield Violation(RULE.name, agent.id, last, params, amount=above)


def _weekend(problem: RosterProblem, day: int) -> bool:
    return problem.weekday(day) in problem.rules.weekend_days


RULE = Rule("most_weekends", check, tallies=tallies, unit="weekends")
