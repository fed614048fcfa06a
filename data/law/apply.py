"""Law put on a centre: its limits beside the planner's own, the stricter of the two holding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ..people import Contract
from ..rules import Rules
from . import Article, BreakDuty, Law, LawLimit

RULE_OF_LIMIT = {
    "min_rest_min": "rest",
    "min_weekly_rest_min": "weekly_rest",
    "max_day_min": "longest_day",
    "max_week_min": "week_hours",
    "max_average_week_min": "average_hours",
    "max_minutes": "contract_hours",
    "max_days": "contract_days",
}
"""The roster's rule that keeps a limit."""

A_WEEK = 7 * 24 * 60
"""Minutes: an average without a limit."""

_WEEKS = "average_weeks"
# Limits of contracts that the centre's rules do not have, and the least that goes with each.
_OF_CONTRACTS = {"max_minutes": "min_minutes", "max_days": "min_days"}


class LawStatus(StrEnum):
    """How a roster stands to what a law says."""

    HELD = "held"  # the law's number is the roster's limit
    STRICTER = "stricter"  # something stricter holds
    ADJUSTED = "adjusted"  # the planner has put another number in its place
    SHIFTS = "shifts"  # a duty of breaks: shift templates are checked against it
    TOLD = "told"  # no roster can hold it


@dataclass(frozen=True)
class LawRow:
    """One article of a law and how it is held.

    `value` is the law's number and `used` what holds for the centre, in minutes or days, an
    average over `weeks`; `rule` names the roster's rule that keeps it, `price` its points if that
    rule is soft. `contracts` had looser numbers of their own; for those `opted_out` it does not
    hold. `duty` are the breaks that it asks for. `why` is the key (``law.why.``) of what the roster
    does not hold of it.
    """

    law: str
    article: Article
    status: LawStatus
    limit: str | None = None
    value: int | None = None
    used: int | None = None
    weeks: int | None = None
    rule: str | None = None
    price: float | None = None
    contracts: tuple[str, ...] = ()
    opted_out: tuple[str, ...] = ()
    duty: BreakDuty | None = None
    why: str | None = None

    @property
    def is_days(self) -> bool:
        """Whether `value` and `used` are days, not minutes."""
        return self.limit == "max_days"


@dataclass(frozen=True)
class LawReport:
    """Every article of the laws that a centre keeps, in their order."""

    rows: tuple[LawRow, ...] = ()

    @property
    def adjusted(self) -> tuple[LawRow, ...]:
        return tuple(row for row in self.rows if row.status is LawStatus.ADJUSTED)


def apply_law(
    rules: Rules,
    contracts: Sequence[Contract],
    laws: Sequence[Law],
    adjusted: Mapping[str, int],
) -> tuple[Rules, tuple[Contract, ...], LawReport]:
    """Rules and contracts that keep the laws, and how each article is held.

    Of several numbers for a limit the strictest holds: of the laws', the planner's own rules and,
    for its agents, the contract's. `adjusted` holds numbers by limit that the planner puts in the
    place of the law's and of the rules' own. Where every law that has a limit lets those who agree
    do without it, contracts with `opt_out` have the planner's own number, or none. Nothing given is
    changed.
    """
    limits = {name: adjusted.get(name, value) for name, value in _strictest(laws).items()}
    new_rules = _rules(rules, limits, adjusted)
    waivable = _waivable(laws)
    new_contracts = tuple(
        _opted_out(contract, limits, waivable, rules)
        if contract.opt_out
        else _contract(contract, limits)
        for contract in contracts
    )
    rows: list[LawRow] = []
    for law in laws:
        for limit in law.limits:
            used = limits[limit.limit]
            if limit.limit not in _OF_CONTRACTS:
                used = getattr(new_rules, limit.limit)
            row = _limit_row(law, limit, used, limit.limit in adjusted, new_rules)
            looser = [
                old.id
                for old, new in zip(contracts, new_contracts, strict=True)
                if getattr(old, limit.limit, None) != getattr(new, limit.limit, None)
            ]
            out = [each.id for each in contracts if each.opt_out and limit.limit in waivable]
            strict = tuple(id for id in looser if id not in out)
            rows.append(replace(row, contracts=strict, opted_out=tuple(out)))
        rows += [LawRow(law.key, duty.article, LawStatus.SHIFTS, duty=duty) for duty in law.breaks]
        rows += [LawRow(law.key, told.article, LawStatus.TOLD, why=told.why) for told in law.told]
    return new_rules, new_contracts, LawReport(tuple(rows))


def _strictest(laws: Sequence[Law]) -> dict[str, int]:
    """The strictest number of each limit. For an average the fewest weeks of any law go with it:
    that keeps them all."""
    found: dict[str, int] = {}
    for law in laws:
        for limit in law.limits:
            found[limit.limit] = _stricter(limit.limit, limit.value, found.get(limit.limit))
            if limit.weeks is not None:
                found[_WEEKS] = _stricter(_WEEKS, limit.weeks, found.get(_WEEKS))
    return found


def _stricter(name: str, one: int, other: int | None) -> int:
    if other is None:
        return one
    return max(one, other) if name.startswith("min_") else min(one, other)


def _rules(rules: Rules, limits: Mapping[str, int], adjusted: Mapping[str, int]) -> Rules:
    changes: dict[str, Any] = {}
    for name in limits.keys() - _OF_CONTRACTS.keys():
        own = getattr(rules, name)
        if name == _WEEKS and rules.max_average_week_min is None:
            own = None  # weeks of an average that there is not
        changes[name] = limits[name] if name in adjusted else _stricter(name, limits[name], own)
    return replace(rules, **changes)


def _contract(contract: Contract, limits: Mapping[str, int]) -> Contract:
    """The contract with its own numbers made as strict as the law's."""
    changes: dict[str, Any] = {}
    for name, value in limits.items():
        own = getattr(contract, name)
        if name in _OF_CONTRACTS:
            changes[name] = _stricter(name, value, own)
            least = _OF_CONTRACTS[name]
            changes[least] = min(getattr(contract, least), changes[name])
        elif own is not None:
            changes[name] = _stricter(name, value, own)
    return replace(contract, **changes)


def _waivable(laws: Sequence[Law]) -> frozenset[str]:
    """Limits that who agrees can do without, whichever of the laws has them."""
    every = [limit for law in laws for limit in law.limits]
    held = {limit.limit for limit in every if not limit.opt_out}
    return frozenset(limit.limit for limit in every) - held


def _opted_out(
    contract: Contract, limits: Mapping[str, int], waivable: frozenset[str], rules: Rules
) -> Contract:
    """The contract of agents who have agreed to do without the waivable limits: its own numbers or
    the planner's rules hold there, or nothing but the length of the week."""
    held = {name: value for name, value in limits.items() if name not in waivable}
    own: dict[str, Any] = {
        name: getattr(contract, name) or getattr(rules, name) or A_WEEK for name in waivable
    }
    return replace(_contract(contract, held), **own)


def _limit_row(law: Law, limit: LawLimit, used: int, adjusted: bool, rules: Rules) -> LawRow:
    status = LawStatus.HELD if used == limit.value else LawStatus.STRICTER
    rule = RULE_OF_LIMIT[limit.limit]
    return LawRow(
        law.key,
        limit.article,
        LawStatus.ADJUSTED if adjusted else status,
        limit=limit.limit,
        value=limit.value,
        used=used,
        weeks=limit.weeks,
        rule=rule,
        price=rules.price_of(rule),
        why=None if limit.weeks is None else "weeks",
    )
