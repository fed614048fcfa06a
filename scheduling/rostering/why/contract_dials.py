"""What can be changed in the terms of a contract, rule by rule, smallest steps first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from .changes import Apply, Change, Dial

HALF_HOUR = 30
WEEK_MIN = 7 * 1440
MOST_RUN = 14


@dataclass(frozen=True)
class Limit:
    """A number of a contract (or, where the contract has none of its own, of the centre's rules)
    under the same `field`. `looser` are its looser values, the nearest first; `unit` 60 says
    minutes in hours. The sentence is ``why.change.<what>``."""

    rule: str
    what: str
    field: str
    looser: Callable[[int], Iterable[int]]
    unit: int = 1


def _lower(step: int) -> Callable[[int], Iterable[int]]:
    """Multiples of a step below, down to 0."""
    return lambda now: range((now - 1) // step * step, -1, -step)


def _higher(step: int, most: int) -> Callable[[int], Iterable[int]]:
    """More by one step after another, up to `most`."""
    return lambda now: range(now + step, most + 1, step)


LIMITS = (
    Limit("contract_days", "days_least", "min_days", _lower(1)),
    Limit("contract_days", "days_most", "max_days", _higher(1, 7)),
    Limit("contract_hours", "hours_least", "min_minutes", _lower(HALF_HOUR), 60),
    Limit("contract_hours", "hours_most", "max_minutes", _higher(HALF_HOUR, WEEK_MIN), 60),
    Limit("consecutive_days", "consecutive_days", "max_consecutive_days", _higher(1, MOST_RUN)),
    Limit("days_off_together", "days_off_together", "min_days_off_together", _lower(1)),
    Limit("start_spread", "start_spread", "max_start_spread_min", _higher(HALF_HOUR, 1440), 60),
    Limit("rest", "rest", "min_rest_min", _lower(HALF_HOUR), 60),
)


def looser_terms(problem: RosterProblem, agent: Agent, rule: str) -> Iterator[Dial]:
    """The numbers of a rule in the agent's contract."""
    contract = problem.contract_of[agent.id]
    for limit in LIMITS:
        now = limit_of(problem, contract, limit)
        if limit.rule == rule and now is not None:
            values = limit.looser(now)
            yield Dial(tuple(_loosened(limit, contract, now, value) for value in values))


def limit_of(problem: RosterProblem, contract: Contract, limit: Limit) -> int | None:
    """The value that holds under a contract; None if nothing is limited."""
    own: int | None = getattr(contract, limit.field)
    return getattr(problem.rules, limit.field, None) if own is None else own


def _loosened(limit: Limit, contract: Contract, now: int, value: int) -> Change:
    return Change(
        limit.rule,
        limit.what,
        {"contract": contract.id, "before": now / limit.unit, "after": value / limit.unit},
        None,
        abs(value - now) / limit.unit,
        with_contract(with_term(contract, limit.field, value)),
    )


def more_shifts(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """One more shift type of the contract."""
    contract = problem.contract_of[agent.id]
    for shift in problem.shifts if contract.shift_codes else ():
        if shift.code not in contract.shift_codes:
            more = replace(contract, shift_codes=(*contract.shift_codes, shift.code))
            params = {"contract": contract.id, "shift": shift.code}
            yield Dial(
                (Change("shift_type", "shift_code", params, None, 1.0, with_contract(more)),)
            )


def with_term(contract: Contract, field: str, value: int) -> Contract:
    """The contract with one of its numbers changed."""
    changed: dict[str, Any] = {field: value}
    return replace(contract, **changed)


def with_contract(changed: Contract) -> Apply:
    """The change of the contract of the same id."""

    def apply(problem: RosterProblem) -> RosterProblem:
        contracts = tuple(changed if c.id == changed.id else c for c in problem.contracts)
        return replace(problem, contracts=contracts)

    return apply
