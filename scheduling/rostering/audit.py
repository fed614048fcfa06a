"""The judge of every roster: each rule's check, and nothing of the engine that made it."""

from __future__ import annotations

from dataclasses import dataclass

from .problem import RosterProblem
from .roster import Roster, Violation
from .rules import RULES


@dataclass(frozen=True)
class RuleVerdict:
    """What the audit says of one rule."""

    rule: str
    violations: tuple[Violation, ...]

    @property
    def kept(self) -> bool:
        return not self.violations


def rule_report(problem: RosterProblem, roster: Roster) -> tuple[RuleVerdict, ...]:
    """Every rule with what breaks it."""
    return tuple(RuleVerdict(rule.name, tuple(rule.check(problem, roster))) for rule in RULES)


def audit(problem: RosterProblem, roster: Roster) -> tuple[Violation, ...]:
    """Every violation of every rule; empty for a legal roster."""
    return tuple(v for verdict in rule_report(problem, roster) for v in verdict.violations)
