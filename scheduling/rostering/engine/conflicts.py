"""Why an agent has no legal roster: the fewest rules that cannot hold together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..problem import RosterProblem
from ..roster import Conflict
from ..rules import RULES
from ..rules.base import Rule
from .compile import compile_problem
from .search import best_of, sum_prices, value_options

MOST_EXPLAINED = 20


def agent_conflicts(problem: RosterProblem, agents: list[int]) -> tuple[Conflict, ...]:
    """One minimal conflict for each of the agents (by position; the first `MOST_EXPLAINED`), none
    of whom has a legal roster: with any one of its rules dropped, the others can be kept."""
    return tuple(_conflict(problem, a) for a in agents[:MOST_EXPLAINED])


def _conflict(problem: RosterProblem, a: int) -> Conflict:
    # Wishes and shares have no say in what is possible, and would only make the search larger.
    weights = replace(problem.weights, fairness=0.0, steady_start=0.0)
    alone = replace(problem, agents=(problem.agents[a],), weights=weights)
    kept = list(RULES)
    for rule in RULES:
        fewer = [other for other in kept if other is not rule]
        if not has_roster(alone, tuple(fewer)):
            kept = fewer
    return Conflict(problem.agents[a].id, tuple(rule.name for rule in kept))


def has_roster(alone: RosterProblem, rules: tuple[Rule, ...]) -> bool:
    """Whether the only agent of a problem has a roster that keeps the given rules."""
    compiled = compile_problem(alone, rules)
    scratch = compiled.scratch()
    sum_prices(scratch)
    value_options(0, compiled.crew, compiled.options, scratch)
    found = best_of(0, compiled.crew, compiled.tables, compiled.options, scratch)
    return bool(np.isfinite(found))
