"""The judge of every roster: each rule's check, and nothing of the engine that made it."""

from __future__ import annotations

from dataclasses import dataclass

from .problem import RosterProblem
from .roster import Roster, Violation
from .rules import RULES


@dataclass(frozen=True)
class RuleVerdict:
    """What the audit says of one rule. `price` is what a unit of breach costs in points; None for
    a hard rule."""

    rule: str
    violations: tuple[Violation, ...]
    price: float | None = None

    @property
    def kept(self) -> bool:
        return not self.violations

    @property
    def hard(self) -> bool:
        return self.price is None

    @property
    def points(self) -> float:
        """What the breaches of a soft rule cost."""
        return (self.price or 0.0) * sum(violation.amount for violation in self.violations)


def rule_report(problem: RosterProblem, roster: Roster) -> tuple[RuleVerdict, ...]:
    """Every rule with what breaks it."""
    return tuple(
        RuleVerdict(
            rule.name, tuple(rule.check(problem, roster)), problem.rules.price_of(rule.name)
        )
        for rule in RULES
    )


def audit(problem: RosterProblem, roster: Roster) -> tuple[Violation, ...]:
    """Every violation of every hard rule; empty for a legal roster."""
    return tuple(
        v for verdict in rule_report(problem, roster) if verdict.hard for v in verdict.violations
    )
