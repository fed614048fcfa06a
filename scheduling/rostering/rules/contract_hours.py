"""Paid hours a week that the contract asks for. A day of paid leave counts as the contract's
average day; a day of unpaid leave lowers the least number by as much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State
from .weeks import week_totals


def average_day(contract: Contract) -> int:
    """Minutes that a day of leave stands for."""
    week = contract.min_minutes if contract.max_minutes is None else contract.max_minutes
    return round(week / contract.max_days) if contract.max_days else 0


@dataclass(frozen=True)
class HoursCounter:
    """State: (minutes counted, minutes excused, whether a shift of the grid was worked) of the
    current week. `longest` is the longest paid shift, which bounds what the days left can add."""

    least: int
    most: int | None
    leave_min: int
    longest: int

    def start(self) -> State:
        return (0, 0, False)

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        assert isinstance(state, tuple)
        minutes, excused, worked = state
        worked = worked or (work.kind is DayKind.SHIFT and strict)
        if work.kind is DayKind.SHIFT:
            minutes += work.minutes
        elif work.kind is DayKind.PAID_LEAVE:
            minutes += self.leave_min
        elif work.kind is DayKind.UNPAID_LEAVE:
            excused += self.leave_min
        if self.most is not None and minutes > self.most:
            if worked and strict:
                return None
            minutes = self.most
        if self.most is None:
            minutes = min(minutes, self.least)
        excused = min(excused, self.least)
        if strict and minutes + excused + day.left_in_week * self.longest < self.least:
            return None
        return (minutes, excused, worked) if day.left_in_week else self.start()


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
        least, most, leave_min = contract.min_minutes, contract.max_minutes, average_day(contract)
        for week in week_totals(problem, agent, timeline[agent.id]):
            counted = week.minutes + week.paid_leave * leave_min
            possible = counted + week.unpaid_leave * leave_min + week.open_days * longest
            hours = round(counted / 60, 2)
            if week.planned and most is not None and counted > most:
                params = {"hours": hours, "most": round(most / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "many")
            elif possible < least:
                params = {"hours": hours, "least": round(least / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, "few")


RULE = Rule("contract_hours", check, counter=counter)
