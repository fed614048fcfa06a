"""What would give an agent a legal roster: the smallest changes, each made and solved again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..engine.conflicts.alone import hard_rules, has_roster, only_agent, smallest_conflicts
from ..engine.conflicts.together import have_rosters
from ..problem import RosterProblem
from ..roster import Conflict
from ..rules.base import Rule
from .changes import Change
from .dials import dials_of

MOST_REMEDIES = 5
MOST_OF_A_RULE = 2
MOST_CHANGES = 3  # in one remedy
MOST_HELPED = 8  # of the people in conflict, whose own data are looked at
MOST_WAYS = 3  # followed, where one change is not enough


@dataclass(frozen=True)
class Remedy:
    """Changes after which the agent has a legal roster: the kernel found one."""

    changes: tuple[Change, ...]

    @property
    def size(self) -> float:
        return sum(change.size for change in self.changes)

    def applied(self, problem: RosterProblem) -> RosterProblem:
        for change in self.changes:
            problem = change.applied(problem)
        return problem


@dataclass(frozen=True)
class Reasons:
    """Why an agent has no roster: the smallest `conflicts` (names of rules, proven), and what would
    help, the smallest changes first; empty if no `MOST_CHANGES` changes were found."""

    agent: str
    conflicts: tuple[tuple[str, ...], ...]
    remedies: tuple[Remedy, ...]


def agent_reasons(problem: RosterProblem, conflicts: tuple[Conflict, ...]) -> tuple[Reasons, ...]:
    """The reasons of each agent in the conflicts of a result."""
    by_agent: dict[str, list[tuple[str, ...]]] = {}
    for conflict in conflicts:
        if conflict.agent is not None:
            by_agent.setdefault(conflict.agent, []).append(conflict.rules)
    return tuple(
        Reasons(agent, tuple(sets), remedies(only_agent(problem, agent), tuple(sets)))
        for agent, sets in by_agent.items()
    )


def remedies(alone: RosterProblem, conflicts: tuple[tuple[str, ...], ...]) -> tuple[Remedy, ...]:
    """The smallest changes that give the only agent of a problem a legal roster.

    Each must break every conflict, so the rules of one conflict are where to look: for single
    changes those that are in all conflicts; if none is enough, for changes that break the first
    conflict, with what else is needed then.
    """
    for number in range(1, MOST_CHANGES + 1):
        found = list(_remedies(alone, conflicts, number))
        if found:
            return _best(found)
    return ()


def group_remedies(problem: RosterProblem, conflict: Conflict) -> tuple[Remedy, ...]:
    """The smallest single changes after which rosters of the conflict's people, that keep all hard
    rules together, were found."""
    people = conflict.people
    agents = [agent for agent in problem.agents if agent.id in people[:MOST_HELPED]]
    dials = [dial for agent in agents for dial in dials_of(problem, agent, conflict.rules)]
    # What several people have in common is one dial.
    different = list(dict.fromkeys(dials))
    turned = (
        dial.smallest(lambda change: have_rosters(change.applied(problem), people))
        for dial in different
    )
    return _best([Remedy((change,)) for change in turned if change is not None])


def _remedies(
    alone: RosterProblem, conflicts: tuple[tuple[str, ...], ...], number: int
) -> Iterator[Remedy]:
    """Remedies of exactly so many changes."""
    if number == 1:
        in_all = set.intersection(*map(set, conflicts))
        yield from (
            Remedy((change,))
            for change in _turned(
                alone, [r for r in conflicts[0] if r in in_all], hard_rules(alone)
            )
        )
        return
    kept = tuple(rule for rule in hard_rules(alone) if rule.name in conflicts[0])
    ways = sorted(_turned(alone, conflicts[0], kept), key=lambda change: change.size)
    for change in ways[:MOST_WAYS]:
        changed = change.applied(alone)
        left = tuple(tuple(r.name for r in rules) for rules in smallest_conflicts(changed))
        for more in _remedies(changed, left, number - 1) if left else ():
            yield Remedy((change, *more.changes))


def _turned(alone: RosterProblem, names: Iterable[str], kept: tuple[Rule, ...]) -> Iterator[Change]:
    """Of each dial of the named rules, the smallest change after which the rules `kept` leave the
    agent a roster."""
    for dial in dials_of(alone, alone.agents[0], names):
        change = dial.smallest(lambda change: has_roster(change.applied(alone), kept))
        if change is not None:
            yield change


def _best(found: list[Remedy]) -> tuple[Remedy, ...]:
    """The smallest remedies, few of the same rules, and none that is a detour of another."""
    chosen: list[Remedy] = []
    seen: list[set[Change]] = []
    of_rules: Counter[tuple[str, ...]] = Counter()
    for remedy in sorted(found, key=lambda remedy: remedy.size):
        rules = tuple(sorted(change.rule for change in remedy.changes))
        if of_rules[rules] < MOST_OF_A_RULE and set(remedy.changes) not in seen:
            chosen.append(remedy)
            seen.append(set(remedy.changes))
            of_rules[rules] += 1
    return tuple(chosen[:MOST_REMEDIES])
