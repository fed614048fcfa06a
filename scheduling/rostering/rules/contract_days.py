"""Days a week that the contract asks for: paid leave counts as worked, unpaid leave lowers the
least number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State
from .weeks import WeekTotals, week_totals


@dataclass(frozen=True)
class DaysCounter:
    """State: (days counted, days excused, whether a shift of the grid was worked) of the current
    week."""

    least: int
    most: int

    def start(self) -> State:
        return (0, 0, False)

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        assert isinstance(state, tuple)
        days, excused, worked = state
        worked = worked or (work.kind is DayKind.SHIFT and strict)
        if work.kind in (DayKind.SHIFT, DayKind.PAID_LEAVE):
            days += 1
        elif work.kind is DayKind.UNPAID_LEAVE:
            excused += 1
        # Leave and the past may exceed the contract's days; with a shift in the week they may not.
        if days > self.most and worked and strict:
            return None
        days, excused = min(days, self.most), min(excused, self.least)
        if strict and days + excused + day.left_in_week < self.least:
            return None
        return (days, excused, worked) if day.left_in_week else self.start()


def counter(problem: RosterProblem, agent: Agent) -> Counter:
    contract = problem.contract_of[agent.id]
    return DaysCounter(contract.min_days, contract.max_days)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        for week in week_totals(problem, agent, timeline[agent.id]):
            yield from _judge(agent, week, contract.min_days, contract.max_days)


def _judge(agent: Agent, week: WeekTotals, least: int, most: int) -> Iterator[Violation]:
    # `open_days` are days of the week after the grid, which may still be worked.
    counted = week.days + week.paid_leave
    if week.planned and counted > most:
        params = {"days": counted, "most": most}
        yield Violation(RULE.name, agent.id, week.last_day, params, "many")
    elif counted + week.unpaid_leave + week.open_days < least:
        params = {"days": counted, "least": least}
        yield Violation(RULE.name, agent.id, week.last_day, params, "few")


RULE = Rule("contract_days", check, counter=counter)
