"""Why there is no roster, told as problems that name the rules and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...data.errors import Problem
from ...data.messages import DEFAULT_LANGUAGE, text
from ..rostering.problem import RosterProblem
from ..rostering.roster import Conflict, RosterResult, SolveStatus
from ..rostering.why.remedies import Reasons, Remedy, agent_reasons, group_remedies
from .why_words import remedy_words, rule_words

MOST_AGENTS = 12  # named in one sentence

Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ConflictProblem(Problem):
    """Sets of rules (by name) in conflict and what was found to help, whose words are looked up
    when it is told. Without remedies each rule's own way of giving way is named."""

    sets: Sets = ()
    remedies: tuple[Remedy, ...] = ()

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        sets = [rule_words(rules, language) for rules in self.sets]
        rules = text("planning.sets_join", language).join(sets)
        return text(self.code, language, **{**self.params, "rules": rules})

    def hint(self, language: str = DEFAULT_LANGUAGE) -> str:
        if self.remedies:
            ways = [remedy_words(remedy, language) for remedy in self.remedies]
        else:
            named = dict.fromkeys(rule for rules in self.sets for rule in rules)
            ways = [text(f"rule.{rule}.relax", language) for rule in named]
        told = text("planning.ways_join", language).join(ways)
        return text(f"{self.code}.hint", language, **{**self.params, "ways": told})


def conflict_problems(problem: RosterProblem, result: RosterResult) -> tuple[Problem, ...]:
    """A problem for each conflict with the agents it concerns, and changes that were tried and
    would help; at least one. If nothing is proven, the rules that the closest roster breaks."""
    if result.status is SolveStatus.UNKNOWN:
        broken = tuple(dict.fromkeys(violation.rule for violation in result.violations))
        return (ConflictProblem("planning.no_roster_found", sets=(broken,)),)
    together = (_of_a_group(problem, one) for one in result.conflicts if one.agent is None)
    found = (*together, *_told_together(agent_reasons(problem, result.conflicts)))
    return found or (Problem("planning.no_roster_unexplained"),)


def _of_a_group(problem: RosterProblem, conflict: Conflict) -> Problem:
    listed = _listed(conflict.people)
    return ConflictProblem(
        "planning.no_roster_for_group",
        {"agents": listed, "count": str(len(conflict.people))},
        sets=(conflict.rules,),
        remedies=group_remedies(problem, conflict),
    )


def _told_together(all_reasons: tuple[Reasons, ...]) -> Iterator[Problem]:
    """A problem for agents in the same conflicts whom the same changes of their contract help,
    and one for each other agent."""
    together: dict[tuple[Sets, tuple[Remedy, ...]], list[Reasons]] = {}
    for reasons in all_reasons:
        shared = tuple(r for r in reasons.remedies if all(c.agent is None for c in r.changes))
        together.setdefault((reasons.conflicts, shared or reasons.remedies), []).append(reasons)
    for (sets, shared), group in together.items():
        ways = shared if len(group) > 1 else group[0].remedies
        yield _problem(sets, ways, [reasons.agent for reasons in group])


def _problem(sets: Sets, remedies: tuple[Remedy, ...], agents: list[str]) -> Problem:
    params: Mapping[str, object]
    if len(agents) == 1:
        code, params = "planning.no_roster_for_agent", {"agent": agents[0]}
    else:
        code = "planning.no_roster_for_agents"
        params = {"count": str(len(agents)), "agents": _listed(agents)}
    return ConflictProblem(code, params, sets=sets, remedies=remedies)


def _listed(agents: Sequence[str]) -> str:
    return ", ".join(agents[:MOST_AGENTS]) + (" …" if len(agents) > MOST_AGENTS else "")
