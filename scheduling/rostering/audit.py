"""The judge of every roster: each rule's check, and nothing of the engine that made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .problem import RosterProblem
from .roster import Roster, Violation
from .rules import RULES


@dataclass(frozen=True)
class RuleVerdict:
    """What the audit says of one rule: what breaks it, and (violation, points) of what breaks it at
    a price."""

    rule: str
    broken: tuple[Violation, ...]
    priced: tuple[tuple[Violation, float], ...]

    @property
    def kept(self) -> bool:
        return not self.broken

    @property
    def points(self) -> float:
        """What the breaches at a price cost."""
        return sum(points for _, points in self.priced)


def rule_report(problem: RosterProblem, roster: Roster) -> tuple[RuleVerdict, ...]:
    """Every rule with what breaks it."""
    verdicts = []
    for rule in RULES:
        found = [
            (violation, problem.points_of_entry(rule.name, violation.points))
            for violation in rule.check(problem, roster)
        ]
        broken = tuple(violation for violation, price in found if np.isinf(price))
        priced = tuple((v, price * v.amount) for v, price in found if np.isfinite(price))
        verdicts.append(RuleVerdict(rule.name, broken, priced))
    return tuple(verdicts)


def audit(problem: RosterProblem, roster: Roster) -> tuple[Violation, ...]:
    """Every violation of what is hard; empty for a legal roster."""
    return tuple(
        violation
        for rule in RULES
        if problem.may_forbid(rule.name)
        for violation in rule.check(problem, roster)
        if np.isinf(problem.points_of_entry(rule.name, violation.points))
    )
