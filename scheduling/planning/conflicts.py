"""Why there is no roster, told as problems that name the rules in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...data.errors import Problem
from ...data.messages import DEFAULT_LANGUAGE, text
from ..rostering.roster import RosterResult, SolveStatus

MOST_AGENTS = 12  # named in one sentence


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
        ways = [text(f"rule.{rule}.relax", language) for rule in self.rules]
        return {
            **self.params,
            "rules": text("planning.list_join", language).join(names),
            "ways": text("planning.ways_join", language).join(ways),
        }


def conflict_problems(result: RosterResult) -> tuple[Problem, ...]:
    """A problem for each set of rules in conflict, with the agents it concerns; at least one. If
    none is proven, the rules that the closest roster breaks."""
    if result.status is SolveStatus.UNKNOWN:
        broken = tuple(dict.fromkeys(violation.rule for violation in result.violations))
        return (ConflictProblem("planning.no_roster_found", rules=broken),)
    agents: dict[tuple[str, ...], list[str]] = {}
    for conflict in result.conflicts:
        agents.setdefault(conflict.rules, []).extend(filter(None, [conflict.agent]))
    found = tuple(_problem(rules, names) for rules, names in agents.items())
    return found or (Problem("planning.no_roster_unexplained"),)


def _problem(rules: tuple[str, ...], agents: list[str]) -> Problem:
    if not agents:
        return ConflictProblem("planning.no_roster", rules=rules)
    if len(agents) == 1:
        code, params = "planning.no_roster_for_agent", {"agent": agents[0]}
        return ConflictProblem(code, params, rules=rules)
    listed = ", ".join(agents[:MOST_AGENTS]) + (" …" if len(agents) > MOST_AGENTS else "")
    params = {"count": str(len(agents)), "agents": listed}
    return ConflictProblem("planning.no_roster_for_agents", params, rules=rules)
