"""Why agents who could each work have no roster together: the smallest sets of rules and people."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...problem import RosterProblem
from ...roster import Conflict
from ...rules.base import Rule
from ..compile import compile_problem
from ..limit import Clock, SolveLimit
from ..search import sweep
from .alone import acting_rules, hard_rules, only_agents
from .limits import Limits
from .pricing import STEPS, OutOfTimeError, Proof, proof_of
from .smallest import Chosen, smallest_sets

MOST_SETS = 4
SECONDS = 30.0
PROOF_SHARE = 0.3  # of the time, for the first proof; the rest makes it as small as can be
SWEEPS = 20
FEW_SWEEPS = 5  # where a proof is looked for if they find no rosters
LEGAL = 1.0  # points: with every other price at 0, only broken limits cost anything

Rules = tuple[Rule, ...]


def group_conflicts(problem: RosterProblem, seconds: float = SECONDS) -> tuple[Conflict, ...]:
    """The smallest sets of rules and people found in conflict, where everybody alone has a legal
    roster: each is proven. Empty if nothing is proven, for which a share of the seconds is spent.
    Where there is no time to find the smallest, the set comes back that was proven till then: it
    may name more people and rules than it must."""
    clock = Clock(SolveLimit(seconds))
    rules = acting_rules(problem)
    limits = Limits(problem, rules)
    first = _first_proof(limits, rules, Clock(SolveLimit(PROOF_SHARE * seconds)))
    if first is None:
        return ()
    proof, found = first, [(first.people, rules)]
    try:
        for fewer, needed in _fewer_rules(limits, first, rules, clock):
            proof, found = fewer, [(fewer.people, needed)]
        found = _smallest(limits, proof, rules, clock)
    except OutOfTimeError:
        pass
    return tuple(Conflict(None, tuple(rule.name for rule in kept), who) for who, kept in found)


def have_rosters(problem: RosterProblem, people: tuple[str, ...]) -> bool:
    """Whether a short search finds rosters of these people that keep all hard rules together."""
    return _found(only_agents(problem, people), hard_rules(problem), SWEEPS)


def _first_proof(limits: Limits, rules: Rules, clock: Clock) -> Proof | None:
    try:
        return proof_of(limits, limits.concerned(rules), rules, clock)
    except OutOfTimeError:
        return None


def _fewer_rules(
    limits: Limits, proof: Proof, rules: Rules, clock: Clock
) -> Iterator[tuple[Proof, Rules]]:
    """Proofs of ever fewer of the rules: each is dropped if it can be spared, first those that the
    prices at hand can spare."""
    needed = rules
    for steps in (1, STEPS):
        for rule in needed:
            fewer = tuple(other for other in needed if other is not rule)
            found = proof_of(limits, proof.people, fewer, clock, proof, steps)
            if found is not None:
                proof, needed = found, fewer
                yield proof, needed


def _smallest(
    limits: Limits, proof: Proof, rules: Rules, clock: Clock
) -> list[tuple[tuple[str, ...], Rules]]:
    """The smallest sets among the people of a proof and the rules."""
    people = proof.people

    def parts(chosen: Chosen) -> tuple[tuple[str, ...], Rules]:
        """The people, who are numbered first, and the rules of a set."""
        who = tuple(people[i] for i in sorted(chosen) if i < len(people))
        return who, tuple(rules[i - len(people)] for i in sorted(chosen) if i >= len(people))

    def holds(chosen: Chosen) -> bool:
        who, kept = parts(chosen)
        if not who or _found(only_agents(limits.problem, who), kept, FEW_SWEEPS):
            return True
        return proof_of(limits, who, kept, clock, proof) is None

    return [parts(chosen) for chosen in smallest_sets(len(people) + len(rules), holds, MOST_SETS)]


def _found(group: RosterProblem, rules: Rules, sweeps: int) -> bool:
    compiled = compile_problem(group, rules)
    weeks, scratch = compiled.nobody(), compiled.scratch()
    crew, tables, options = compiled.crew, compiled.tables, compiled.options
    cover, cost = compiled.cover(group.weights), compiled.empty_cost()
    rng = np.random.default_rng(1)
    for _ in range(sweeps):
        scratch.noise[:] = rng.random(compiled.slots)
        order = rng.permutation(compiled.agents)
        cost += sweep(order, False, weeks, crew, tables, cover, options, scratch)
        if not np.isfinite(cost):
            return False
        if cost < LEGAL:
            return True
    return False
