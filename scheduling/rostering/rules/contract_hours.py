"""Paid hours a week that the contract asks for. A day of paid leave counts as the contract's
average day; a day of unpaid leave lowers the least number by as much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State, Step
from .weeks import WeekTotals, week_totals


def average_day(contract: Contract) -> int:
    """Minutes that a day of leave stands for."""
    week = contract.min_minutes if contract.max_minutes is None else contract.max_minutes
    return round(week / contract.max_days) if contract.max_days else 0


@dataclass(frozen=True)
class HoursCounter:
    """State: (minutes counted, minutes excused, minutes worked) of the current week. `longest` is
    the longest paid shift, which bounds what the days left can add."""

    least: int
    most: int | None
    leave_min: int
    longest: int

    def start(self) -> State:
        return (0, 0, 0)

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        minutes, excused, worked = state
        before = self._breach(minutes, excused, worked, day.left_in_week + 1)
        if work.worked:
            minutes += work.minutes
            worked += work.minutes
        elif work.kind is DayKind.PAID_LEAVE:
            minutes += self.leave_min
        elif work.kind in (DayKind.UNPAID_LEAVE, DayKind.UNKNOWN):
            excused += self.leave_min
        breach = self._breach(minutes, excused, worked, day.left_in_week) - before
        after = (minutes, excused, worked) if day.left_in_week else self.start()
        return Step(after, breach / 60)

    def _breach(self, minutes: int, excused: int, worked: int, left: int) -> int:
        few = max(0, self.least - minutes - excused - left * self.longest)
        if self.most is None:
            return few
        return few + min(worked, max(0, minutes - self.most))


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    contract = problem.contract_of[agent.id]
    if contract.max_minutes is None and contract.min_minutes == 0:
        return None
    return HoursCounter(
        contract.min_minutes, contract.max_minutes, average_day(contract), longest_shift(problem)
    )


def longest_shift(problem: RosterProblem) -> int:
    return max((shift.paid_min for shift in problem.shifts), default=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    longest = longest_shift(problem)
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        for week in week_totals(problem, agent, timeline[agent.id]):
            many, few = _many(week, contract), _few(week, contract, longest)
            if week.past is not None:
                many -= _many(week.past, contract)
                few -= _few(week.past, contract, longest)
            hours = round(_counted(week, contract) / 60, 2)
            if many > 0:
                params = {"hours": hours, "most": round((contract.max_minutes or 0) / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "many", many / 60)
            if few > 0:
                params = {"hours": hours, "least": round(contract.min_minutes / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "few", few / 60)


def _counted(week: WeekTotals, contract: Contract) -> int:
    return week.minutes + week.paid_leave * average_day(contract)


def _many(week: WeekTotals, contract: Contract) -> int:
    if contract.max_minutes is None:
        return 0
    return min(week.minutes, max(0, _counted(week, contract) - contract.max_minutes))


def _few(week: WeekTotals, contract: Contract, longest: int) -> int:
    possible = _counted(week, contract) + week.unpaid_leave * average_day(contract)
    return max(0, contract.min_minutes - possible - week.open_days * longest)


RULE = Rule("contract_hours", check, counter=counter, unit="hours")
