"""Days a week that the contract asks for: paid leave counts as worked, unpaid leave lowers the
least number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State, Step
from .weeks import WeekTotals, week_totals


@dataclass(frozen=True)
class DaysCounter:
    """State: (days counted, days excused, days that break the rule) of the current week. Leave may
    exceed the contract's days; a shift on top of them breaks the rule."""

    least: int
    most: int

    def start(self) -> State:
        return (0, 0, 0)

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        days, excused, worked = state
        before = self._breach(days, excused, worked, day.left_in_week + 1)
        days += work.kind in (DayKind.SHIFT, DayKind.PAID_LEAVE)
        excused += work.kind in (DayKind.UNPAID_LEAVE, DayKind.UNKNOWN)
        worked += work.worked
        breach = self._breach(days, excused, worked, day.left_in_week) - before
        return Step((days, excused, worked) if day.left_in_week else self.start(), breach)

    def _breach(self, days: int, excused: int, worked: int, left: int) -> int:
        few = max(0, self.least - days - excused - left)
        return few + min(worked, max(0, days - self.most))


def counter(problem: RosterProblem, agent: Agent) -> Counter:
    contract = problem.contract_of[agent.id]
    return DaysCounter(contract.min_days, contract.max_days)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        for week in week_totals(problem, agent, timeline[agent.id]):
            yield from _judge(agent, week, contract)


def _judge(agent: Agent, week: WeekTotals, contract: Contract) -> Iterator[Violation]:
    counted = week.days + week.paid_leave
    many, few = _many(week, contract), _few(week, contract)
    if week.past is not None:
        many -= _many(week.past, contract)
        few -= _few(week.past, contract)
    if many > 0:
        params = {"days": counted, "most": contract.max_days}
        yield Violation(RULE.name, agent.id, week.last_day, params, "many", many)
    if few > 0:
        params = {"days": counted, "least": contract.min_days}
        yield Violation(RULE.name, agent.id, week.last_day, params, "few", few)


def _many(week: WeekTotals, contract: Contract) -> int:
    return min(week.days, max(0, week.days + week.paid_leave - contract.max_days))


def _few(week: WeekTotals, contract: Contract) -> int:
    # `open_days` are days of the week that come later, which may still be worked.
    possible = week.days + week.paid_leave + week.unpaid_leave + week.open_days
    return max(0, contract.min_days - possible)


RULE = Rule("contract_days", check, counter=counter, unit="days")
