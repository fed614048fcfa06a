"""Paid hours of several weeks together, as the contract asks for. A day of paid leave counts as the
contract's average day; a day of unpaid leave, or of an unknown past, lowers the least number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Day, DayKind, DayWork, Rule, State, Step, Tally
from .weeks import blocks


@dataclass(frozen=True)
class MinutesCounter:
    """Counts paid minutes, and so many for a day of paid leave."""

    leave_min: int

    def start(self) -> State:
        return None

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        leave = self.leave_min if work.kind is DayKind.PAID_LEAVE else 0
        return Step(None, units=work.minutes if work.worked else leave)


def average_day(contract: Contract) -> int:
    """Minutes that a day of leave stands for."""
    most = contract.max_period_min
    period = contract.min_period_min if most is None else most
    days = contract.period_weeks * contract.max_days
    return round(period / days) if days else 0


def tallies(problem: RosterProblem, agent: Agent) -> Iterator[Tally]:
    contract = problem.contract_of[agent.id]
    if contract.max_period_min is None and contract.min_period_min == 0:
        return
    spans = blocks(problem, contract.period_weeks)
    least = [contract.min_period_min - excused(problem, agent, *span) for span in spans]
    yield Tally(
        MinutesCounter(average_day(contract)),
        tuple(last for _, last in spans),
        spans[0][0],
        tuple(max(minutes, 0) for minutes in least),
        (contract.max_period_min,) * len(spans),
        unit=1 / 60,
    )


def excused(problem: RosterProblem, agent: Agent, first: int, last: int) -> int:
    """Minutes that the least number is lowered by."""
    days = 0
    for day in range(first, last + 1):
        off = problem.leave.get((agent.id, day))
        unknown = day < 0 and not problem.history and off is None
        days += unknown or (off is not None and not off.paid)
    return days * average_day(problem.contract_of[agent.id])


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        if contract.max_period_min is None and contract.min_period_min == 0:
            continue
        for first, last in blocks(problem, contract.period_weeks):
            least = contract.min_period_min - excused(problem, agent, first, last)
            yield from _judge(problem, agent, timeline[agent.id], (first, last), least)


def _judge(
    problem: RosterProblem,
    agent: Agent,
    shifts: list[Assignment],
    span: tuple[int, int],
    least: int,
) -> Iterator[Violation]:
    counted = _counted(problem, agent, shifts, *span)
    most = problem.contract_of[agent.id].max_period_min
    hours = round(counted / 60, 2)
    before = _counted(problem, agent, shifts, span[0], min(span[1], -1))
    if most is not None and counted > max(most, before):
        params = {"hours": hours, "most": round(most / 60, 2)}
        amount = (counted - max(most, before)) / 60
        yield Violation(RULE.name, agent.id, span[1], params, "many", amount)
    if counted < least:
        params = {"hours": hours, "least": round(least / 60, 2)}
        yield Violation(RULE.name, agent.id, span[1], params, "few", (least - counted) / 60)


def _counted(
    problem: RosterProblem, agent: Agent, shifts: list[Assignment], first: int, last: int
) -> int:
    inside = [shift for shift in shifts if first <= shift.day <= last]
    worked = {shift.day for shift in inside}
    leave = [
        day
        for day in range(first, last + 1)
        if day not in worked
        and (off := problem.leave.get((agent.id, day))) is not None
        and off.paid
    ]
    average = average_day(problem.contract_of[agent.id])
    return sum(shift.paid_minutes for shift in inside) + len(leave) * average


RULE = Rule("period_hours", check, tallies=tallies, unit="hours")
