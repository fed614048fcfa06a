"""Paid hours above the contract's week. Overtime has its price (`weights.overtime`), which the
planning puts among the soft rules; how much of it is allowed is a matter of `contract_hours`."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Rule
from .contract_hours import HoursCounter, average_day, counted_minutes, minutes_above
from .weeks import week_totals


def _is_priced(problem: RosterProblem, agent: Agent) -> bool:
    has_most = problem.contract_of[agent.id].max_minutes is not None
    return has_most and problem.terms_of[agent.id].overtime_min > 0


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    if not _is_priced(problem, agent):
        return None
    contract = problem.contract_of[agent.id]
    return HoursCounter(0, contract.max_minutes, average_day(contract), longest=0)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        contract = problem.contract_of[agent.id]
        if contract.max_minutes is None or not _is_priced(problem, agent):
            continue
        for week in week_totals(problem, agent, timeline[agent.id]):
            above = minutes_above(week, contract, contract.max_minutes)
            if above > 0:
                hours = round(counted_minutes(week, contract) / 60, 2)
                params = {"hours": hours, "most": round(contract.max_minutes / 60, 2)}
                yield Violation(RULE.name, agent.id, week.last_day, params, amount=above / 60)


RULE = Rule("overtime", check, counter=counter, unit="hours")
