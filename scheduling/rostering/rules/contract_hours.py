"""Paid hours a week that the contract asks for, and overtime beyond its most as far as it is
allowed (`overtime` prices it). A day of paid leave counts as the contract's average day; a day of
unpaid leave lowers the least number by as much."""

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
    contract, most = problem.contract_of[agent.id], most_minutes(problem, agent)
    if most is None and contract.min_minutes == 0:
        return None
    return HoursCounter(contract.min_minutes, most, average_day(contract), longest_shift(problem))


def most_minutes(problem: RosterProblem, agent: Agent) -> int | None:
    """Most minutes a week with all overtime that is allowed."""
    most = problem.contract_of[agent.id].max_minutes
    return None if most is None else most + problem.terms_of[agent.id].overtime_min


def longest_shift(problem: RosterProblem) -> int:
    return max((shift.paid_min for shift in problem.shifts), default=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    longest = longest_shift(problem)
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract, most = problem.contract_of[agent.id], most_minutes(problem, agent)
        for week in week_totals(problem, agent, timeline[agent.id]):
            many, few = minutes_above(week, contract, most), _few(week, contract, longest)
            if week.past is not None:
                few -= _few(week.past, contract, longest)
            hours = round(counted_minutes(week, contract) / 60, 2)
            if many > 0:
                params = {"hours": hours, "most": round((most or 0) / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "many", many / 60)
            if few > 0:
                params = {"hours": hours, "least": round(contract.min_minutes / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "few", few / 60)


def counted_minutes(week: WeekTotals, contract: Contract) -> int:
    """Minutes worked in a week, and those that leave stands for."""
    return week.minutes + week.paid_leave * average_day(contract)


def minutes_above(week: WeekTotals, contract: Contract, most: int | None) -> int:
    """Worked minutes of a week above a most that the roster, not the published past, is to blame
    for."""
    if most is None:
        return 0
    above = min(week.minutes, max(0, counted_minutes(week, contract) - most))
    return above if week.past is None else above - minutes_above(week.past, contract, most)


def _few(week: WeekTotals, contract: Contract, longest: int) -> int:
    possible = counted_minutes(week, contract) + week.unpaid_leave * average_day(contract)
    return max(0, contract.min_minutes - possible - week.open_days * longest)


RULE = Rule("contract_hours", check, counter=counter, unit="hours")
