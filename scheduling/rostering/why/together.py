"""Why agents who could each work have no roster together: the smallest sets of rules and people."""

from __future__ import annotations

import numpy as np

from ..engine.compile import compile_problem
from ..engine.conflicts import acting_rules, hard_rules, only_agents
from ..engine.search import sweep
from ..engine.smallest import Chosen, smallest_sets
from ..problem import RosterProblem
from ..roster import Conflict
from ..rules.base import Rule
from .pricing import Limits, people_of_a_proof

MOST_AGENTS = 60  # priced together
MOST_SETS = 4
SWEEPS = 20
LEGAL = 1.0  # points: with every other price at 0, only broken limits cost anything


def group_conflicts(problem: RosterProblem) -> tuple[Conflict, ...]:
    """The smallest sets of rules and people found in conflict, where everybody alone has a legal
    roster: each is proven. Empty if nothing is proven, which happens where a conflict lies in how
    breaks fit together, and with more than `MOST_AGENTS` agents."""
    if len(problem.agents) > MOST_AGENTS:
        return ()
    rules = acting_rules(problem)
    limits = Limits(problem, rules)
    people = people_of_a_proof(limits, tuple(agent.id for agent in problem.agents), rules)
    if people is None:
        return ()

    def parts(chosen: Chosen) -> tuple[tuple[str, ...], tuple[Rule, ...]]:
        """The people, who are numbered first, and the rules of a set."""
        who = tuple(people[i] for i in sorted(chosen) if i < len(people))
        return who, tuple(rules[i - len(people)] for i in sorted(chosen) if i >= len(people))

    def holds(chosen: Chosen) -> bool:
        who, kept = parts(chosen)
        if not who or _found(only_agents(problem, who), kept):
            return True
        return people_of_a_proof(limits, who, kept) is None

    sets = [parts(chosen) for chosen in smallest_sets(len(people) + len(rules), holds, MOST_SETS)]
    return tuple(Conflict(None, tuple(rule.name for rule in kept), who) for who, kept in sets)


def have_rosters(problem: RosterProblem, people: tuple[str, ...]) -> bool:
    """Whether a short search finds rosters of these people that keep all hard rules together."""
    return _found(only_agents(problem, people), hard_rules(problem))


def _found(group: RosterProblem, rules: tuple[Rule, ...]) -> bool:
    compiled = compile_problem(group, rules)
    weeks, scratch = compiled.nobody(), compiled.scratch()
    crew, tables, options = compiled.crew, compiled.tables, compiled.options
    cover, cost = compiled.cover(group.weights), compiled.empty_cost()
    rng = np.random.default_rng(1)
    for _ in range(SWEEPS):
        scratch.noise[:] = rng.random(compiled.slots)
        order = rng.permutation(compiled.agents)
        cost += sweep(order, False, weeks, crew, tables, cover, options, scratch)
        if not np.isfinite(cost):
            return False
        if cost < LEGAL:
            return True
    return False
