"""Why there is no roster, told as problems that name the rules in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...data.errors import Problem
from ...data.messages import DEFAULT_LANGUAGE, text
from ..rostering.roster import Conflict, RosterResult


@dataclass(frozen=True)
class ConflictProblem(Problem):
    """A conflict between `rules` (names of rules), whose words are looked up when it is told."""

    rules: tuple[str, ...] = ()

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(self.code, language, **self._words(language))

    def hint(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(f"{self.code}.hint", language, **self._words(language))

    def _words(self, language: str) -> dict[str, Any]:
        names = [text(f"rule.{rule}.name", language) for rule in self.rules]
        return {**self.params, "rules": text("planning.list_join", language).join(names)}


def conflict_problems(result: RosterResult) -> tuple[Problem, ...]:
    """A problem for each conflict of an infeasible result; at least one."""
    found = tuple(_problem(conflict) for conflict in result.conflicts)
    return found or (Problem("planning.no_roster_unexplained"),)


def _problem(conflict: Conflict) -> Problem:
    if conflict.agent is None:
        return ConflictProblem("planning.no_roster", rules=conflict.rules)
    return ConflictProblem(
        "planning.no_roster_for_agent", {"agent": conflict.agent}, rules=conflict.rules
    )
