"""Which limits of contracts a roster uses up: whoever would break one if it were a little tighter.

Nothing but the rules' own checks is asked, once as the limits are and once a step tighter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ....data.people import Contract
from ....data.rules import limit_faults
from ..problem import RosterProblem
from ..roster import Roster
from ..rules import RULES
from ..rules.base import Rule
from .contract_dials import LIMITS, Limit, Value, limit_of

DAYS_A_WEEK = 7

_RULES = {rule.name: rule for rule in RULES}
_OTHER_SIDE: dict[str, dict[str, Value]] = {
    "max_days": {"min_days": 0},
    "min_days": {"max_days": DAYS_A_WEEK},
    "max_minutes": {"min_minutes": 0},
    "min_minutes": {"max_minutes": None},
    "max_period_min": {"min_period_min": 0},
    "min_period_min": {"max_period_min": None},
}
"""What has to be open for a limit to be tightened alone."""


@dataclass(frozen=True)
class Reached:
    """A limit of a contract under a rule, what it is now (`value`, in days, hours, shifts), whether
    it is a most (`upper`) or a least, and who is at it, of how many (`crew`) on the contract."""

    rule: str
    contract: str
    value: float
    upper: bool
    agents: tuple[str, ...]
    crew: int


def reached_limits(problem: RosterProblem, roster: Roster) -> tuple[Reached, ...]:
    """Every limit that somebody is at, rule by rule. What is either kept or not (such as a free
    choice of starts) has no step, and what cannot be looser limits nobody: both are left out."""
    return tuple(found for limit in LIMITS for found in _reached(problem, roster, limit))


def _reached(problem: RosterProblem, roster: Roster, limit: Limit) -> Iterator[Reached]:
    tighter = {
        contract.id: found
        for contract in problem.contracts
        if (found := _tighter(problem, contract, limit)) is not None
    }
    if not tighter:
        return
    rule = _RULES[limit.rule]
    tight = tuple(tighter.get(contract.id, contract) for contract in problem.contracts)
    reached = _breakers(rule, replace(problem, contracts=tight), roster)
    reached -= _breakers(rule, problem, roster)
    for contract in problem.contracts:
        crew = [agent.id for agent in problem.agents if agent.contract == contract.id]
        there = tuple(agent for agent in crew if agent in reached)
        if there and contract.id in tighter:
            now = limit_of(problem, contract, limit)
            upper = _is_upper(limit, now)
            yield Reached(limit.rule, contract.id, limit.number(now), upper, there, len(crew))


def _tighter(problem: RosterProblem, contract: Contract, limit: Limit) -> Contract | None:
    """The contract with the limit a day, minute or shift tighter; None if there is no such."""
    now = limit_of(problem, contract, limit)
    if now is None or isinstance(now, bool) or not isinstance(now, int | tuple):
        return None
    if next(iter(limit.looser(now)), None) is None:
        return None
    step = -1 if _is_upper(limit, now) else 1
    value = (now[0] + step, *now[1:]) if isinstance(now, tuple) else now + step
    changed = {**_OTHER_SIDE.get(limit.field, {}), limit.field: value}
    beyond_week = limit.field == "min_days" and now == DAYS_A_WEEK
    return None if beyond_week or any(limit_faults(changed)) else replace(contract, **changed)


def _is_upper(limit: Limit, now: Value) -> bool:
    """Whether looser means more."""
    return limit.number(next(iter(limit.looser(now)))) > limit.number(now)


def _breakers(rule: Rule, problem: RosterProblem, roster: Roster) -> set[str]:
    return {fault.agent for fault in rule.check(problem, roster) if fault.agent is not None}
