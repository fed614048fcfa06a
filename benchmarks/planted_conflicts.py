"""Contradictions planted in centres: are exactly they found, and do remedies work?

    python -m benchmarks.planted_conflicts [--json]

Each case names the smallest sets of rules in conflict, and whom they concern. A case is right if
the engine finds no roster, exactly these sets come back, and a roster is found after each change
that is proposed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import numpy as np
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Conflict, SolveStatus
from shiftcast.scheduling.rostering.why.remedies import Remedy, agent_reasons, group_remedies

from .planted import Case, cases

LIMIT = SolveLimit(60.0, rounds=4)


@dataclass(frozen=True)
class Verdict:
    """What became of a case: whether no roster was found, whether exactly the planted sets came
    back, and how many of the remedies work."""

    name: str
    infeasible: bool
    exact: bool
    found: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    remedies: int
    work: int
    seconds: float

    @property
    def right(self) -> bool:
        return self.infeasible and self.exact and self.remedies > 0 and self.work == self.remedies


def judge(case: Case) -> Verdict:
    """Asks the engine about a case."""
    begun = time.perf_counter()
    result = solve(case.problem, LIMIT, np.random.default_rng(1))
    conflicts = result.conflicts
    found = frozenset((_people(c), frozenset(c.rules)) for c in conflicts)
    told = list(_remedies(case.problem, conflicts))
    return Verdict(
        case.name,
        result.status is SolveStatus.INFEASIBLE,
        found == case.planted,
        tuple((tuple(sorted(people)), tuple(sorted(rules))) for people, rules in found),
        len(told),
        sum(works(case.problem, people, remedy) for people, remedy in told),
        time.perf_counter() - begun,
    )


def works(problem: RosterProblem, people: frozenset[str], remedy: Remedy) -> bool:
    """Whether the engine finds a roster of these people after the changes."""
    changed = remedy.applied(problem)
    theirs = replace(changed, agents=tuple(a for a in changed.agents if a.id in people))
    result = solve(theirs, LIMIT, np.random.default_rng(1))
    return result.status in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE)


def _people(conflict: Conflict) -> frozenset[str]:
    return frozenset(conflict.people if conflict.agent is None else (conflict.agent,))


def _remedies(
    problem: RosterProblem, conflicts: tuple[Conflict, ...]
) -> Iterator[tuple[frozenset[str], Remedy]]:
    """What is proposed, with the people it is proposed for."""
    for conflict in conflicts:
        if conflict.agent is None:
            for remedy in group_remedies(problem, conflict):
                yield frozenset(conflict.people), remedy
    for reasons in agent_reasons(problem, conflicts):
        for remedy in reasons.remedies:
            yield frozenset({reasons.agent}), remedy


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    told = parser.parse_args()
    verdicts = [judge(case) for case in cases()]
    if told.json:
        print(json.dumps([asdict(verdict) for verdict in verdicts], indent=2))
    else:
        for verdict in verdicts:
            mark = " " if verdict.right else "!"
            work = f"{verdict.work} of {verdict.remedies} remedies work"
            print(f"{mark} {verdict.name:<48} {work:<24} {verdict.seconds:5.1f} s")
            if not verdict.right:
                print(f"    found: {verdict.found}")
        right = sum(verdict.right for verdict in verdicts)
        print(f"{right} of {len(verdicts)} right")
    return 0 if all(verdict.right for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
