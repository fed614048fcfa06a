"""What can be changed in the terms of a contract, rule by rule, smallest steps first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ....data.people import Agent, Contract
from ....data.rules import Rotation
from ..problem import RosterProblem
from .changes import Apply, Change, Dial

HALF_HOUR = 30
WEEK_MIN = 7 * 1440
MOST_RUN = 14
MOST_WEEKENDS_APART = 12

Value = Any  # a number, (number, weeks), a switch or a rotation: whatever a limit of a contract is


@dataclass(frozen=True)
class Limit:
    """A limit of a contract (or, where the contract has none of its own, of the centre's rules)
    under the same `field`. `looser` are its looser values, the nearest first; `number` is what the
    sentence ``why.change.<what>`` says of a value."""

    rule: str
    what: str
    field: str
    looser: Callable[[Value], Iterable[Value]]
    number: Callable[[Value], float] = float


def _hours(minutes: Value) -> float:
    return float(minutes) / 60


def _first(pair: Value) -> float:
    """The number of (number, weeks)."""
    return float(pair[0])


def _lower(step: int, least: int = 0) -> Callable[[Value], Iterable[Value]]:
    """Multiples of a step below, down to the least."""
    return lambda now: range((now - 1) // step * step, least - 1, -step)


def _higher(step: int, most: int) -> Callable[[Value], Iterable[Value]]:
    """More by one step after another, up to `most`."""
    return lambda now: range(now + step, most + 1, step)


def _more_of(most: int) -> Callable[[Value], Iterable[Value]]:
    """A larger number in the same weeks."""
    return lambda now: ((number, now[1]) for number in range(now[0] + 1, most + 1))


def _only(loosest: Value) -> Callable[[Value], Iterable[Value]]:
    """Nothing but the loosest value."""
    return lambda now: () if now == loosest else (loosest,)


LIMITS = (
    Limit("contract_days", "days_least", "min_days", _lower(1)),
    Limit("contract_days", "days_most", "max_days", _higher(1, 7)),
    Limit("contract_hours", "hours_least", "min_minutes", _lower(HALF_HOUR), _hours),
    Limit("contract_hours", "hours_most", "max_minutes", _higher(HALF_HOUR, WEEK_MIN), _hours),
    Limit("contract_hours", "overtime_most", "overtime_min", _higher(HALF_HOUR, WEEK_MIN), _hours),
    Limit("overtime", "hours_most", "max_minutes", _higher(HALF_HOUR, WEEK_MIN), _hours),
    Limit("period_hours", "period_least", "min_period_min", _lower(60), _hours),
    Limit("period_hours", "period_most", "max_period_min", _higher(60, 8 * WEEK_MIN), _hours),
    Limit("longest_day", "longest_day", "max_day_min", _higher(HALF_HOUR, 1440), _hours),
    Limit("week_hours", "week_hours", "max_week_min", _higher(HALF_HOUR, WEEK_MIN), _hours),
    Limit("average_hours", "average_hours", "max_average_week_min",
          _higher(HALF_HOUR, WEEK_MIN), _hours),
    Limit("consecutive_days", "consecutive_days", "max_consecutive_days", _higher(1, MOST_RUN)),
    Limit("shortest_run", "shortest_run", "min_run_days", _lower(1, 1)),
    Limit("shortest_days_off", "shortest_days_off", "min_run_days_off", _lower(1, 1)),
    Limit("days_off_together", "days_off_together", "min_days_off_together", _lower(1)),
    Limit("start_spread", "start_spread", "max_start_spread_min", _higher(HALF_HOUR, 1440), _hours),
    Limit("rotation", "rotation", "rotation", _only(Rotation.NONE), lambda how: how != "none"),
    Limit("rest", "rest", "min_rest_min", _lower(HALF_HOUR), _hours),
    Limit("weekly_rest", "weekly_rest", "min_weekly_rest_min", _lower(HALF_HOUR), _hours),
    Limit("nights", "nights", "max_nights", _more_of(56), _first),
    Limit("consecutive_nights", "consecutive_nights", "max_consecutive_nights",
          _higher(1, MOST_RUN)),
    Limit("morning_after_night", "morning_after_night", "morning_after_night", _only(True)),
    Limit("most_weekends", "most_weekends", "max_weekends", _more_of(8), _first),
    Limit("whole_weekends", "whole_weekends", "whole_weekends", _only(False)),
    Limit("free_weekends", "free_weekends", "free_weekend_every", _higher(1, MOST_WEEKENDS_APART)),
)  # fmt: skip


def looser_terms(problem: RosterProblem, agent: Agent, rule: str) -> Iterator[Dial]:
    """The limits of a rule in the agent's contract."""
    contract = problem.contract_of[agent.id]
    for limit in LIMITS:
        now = limit_of(problem, contract, limit)
        if limit.rule == rule and now is not None:
            values = limit.looser(now)
            yield Dial(tuple(_loosened(limit, contract, now, value) for value in values))


def limit_of(problem: RosterProblem, contract: Contract, limit: Limit) -> Value | None:
    """The value that holds under a contract; None if nothing is limited."""
    own = getattr(contract, limit.field)
    return getattr(problem.rules, limit.field, None) if own is None else own


def _loosened(limit: Limit, contract: Contract, now: Value, value: Value) -> Change:
    before, after = limit.number(now), limit.number(value)
    return Change(
        limit.rule,
        limit.what,
        {"contract": contract.id, "before": before, "after": after},
        None,
        abs(after - before),
        with_contract(with_term(contract, limit.field, value)),
    )


def more_of_a_shift(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """More shifts of a type that is limited."""
    contract, limits = problem.contract_of[agent.id], problem.terms_of[agent.id].shift_limits
    for code, now in limits:
        changes = []
        for most in range(now + 1, problem.grid.days + 1):
            changed = tuple((c, most if c == code else n) for c, n in limits)
            params = {"contract": contract.id, "shift": code, "before": now, "after": most}
            apply = with_contract(with_term(contract, "shift_limits", changed))
            size = float(most - now)
            changes.append(Change("shift_limits", "shift_limits", params, None, size, apply))
        yield Dial(tuple(changes))


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


def with_term(contract: Contract, field: str, value: Value) -> Contract:
    """The contract with one of its limits changed."""
    changed: dict[str, Any] = {field: value}
    return replace(contract, **changed)


def with_contract(changed: Contract) -> Apply:
    """The change of the contract of the same id."""

    def apply(problem: RosterProblem) -> RosterProblem:
        contracts = tuple(changed if c.id == changed.id else c for c in problem.contracts)
        return replace(problem, contracts=contracts)

    return apply
