"""Why an agent has no legal roster: the smallest sets of rules that cannot hold together.

The kernel says of each set of rules whether the agent has a roster that keeps them, exactly: what
is called a conflict is proven to be one.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Hashable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from .....data.people import Agent
from .....data.presence import LeastStaffing, Pairing, SeatLimit
from .....data.rules import Weights
from ...options import ShiftOptions, shift_options
from ...problem import RosterProblem
from ...roster import Conflict
from ...rules import RULES
from ...rules.base import Rule
from ...rules.time_off import RULE as TIME_OFF
from ..compile import compile_problem
from ..one_agent import best_exactly, sum_prices, value_options
from .smallest import smallest_sets

Entry = TypeVar("Entry", LeastStaffing, SeatLimit, Pairing)
MOST_EXPLAINED = 20
MOST_SETS = 4  # smallest conflicts named for an agent
NO_WEIGHTS = Weights(
    0.0, 0.0, evenness=0.0, request=0.0, fairness=0.0, steady_start=0.0, queue_change=0.0,
    overtime=0.0,
)  # fmt: skip


def agent_conflicts(
    problem: RosterProblem, agents: list[int], seconds: float = np.inf
) -> tuple[Conflict, ...]:
    """The smallest conflicts of each of the agents (by position; the first `MOST_EXPLAINED`, the
    first of all and as many more as there is time for), none of whom has a legal roster: with any
    one rule of a conflict dropped, its others can be kept."""
    begun = time.perf_counter()
    known: dict[Hashable, list[tuple[Rule, ...]]] = {}
    found: list[Conflict] = []
    for a in agents[:MOST_EXPLAINED]:
        if found and time.perf_counter() - begun > seconds:
            break
        agent = problem.agents[a]
        alone = only_agent(problem, agent.id)
        situation = _situation(alone)
        if situation not in known:
            known[situation] = smallest_conflicts(alone)
        found += [Conflict(agent.id, tuple(r.name for r in rules)) for rules in known[situation]]
    return tuple(found)


def only_agents(problem: RosterProblem, agents: Collection[str]) -> RosterProblem:
    """The problem of some of its agents, for questions of what is possible: demand, wishes, shares
    and entries that may be broken have no say in that, and would only make the search larger."""

    def hard(rule: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        price = problem.points_of_entry
        return tuple(entry for entry in entries if np.isinf(price(rule, entry.points)))

    return replace(
        problem,
        agents=tuple(one for one in problem.agents if one.id in agents),
        weights=NO_WEIGHTS,
        time_off=tuple(off for off in problem.time_off if off.agent in agents),
        requests=(),
        fixed=tuple(entry for entry in problem.fixed if entry.agent in agents),
        wanted=(),
        least_staffing=hard("least_staffing", problem.least_staffing),
        seat_limits=hard("seat_limits", problem.seat_limits),
        pairings=hard("company", problem.pairings),
    )


def only_agent(problem: RosterProblem, agent: str) -> RosterProblem:
    """The problem of one of its agents."""
    return only_agents(problem, (agent,))


def hard_rules(problem: RosterProblem) -> tuple[Rule, ...]:
    """The rules that have no price, or an entry that has none."""
    return tuple(rule for rule in RULES if problem.may_forbid(rule.name))


def acting_rules(problem: RosterProblem) -> tuple[Rule, ...]:
    """The hard rules that can keep any of the agents from anything."""
    universe = shift_options(problem)
    # Entries of these act on days without a shift too, of which `allows` knows nothing.
    entries = {"fixed": problem.fixed, "time_off": problem.time_off, "frozen": problem.frozen_until}
    return tuple(
        rule
        for rule in hard_rules(problem)
        if entries.get(rule.name)
        or (rule.bands is not None and any(True for _ in rule.bands(problem)))
        or any(_acts(rule, problem, agent, universe) for agent in problem.agents)
    )


def _acts(rule: Rule, problem: RosterProblem, agent: Agent, universe: ShiftOptions) -> bool:
    return (
        (rule.allows is not None and not rule.allows(problem, agent, universe).all())
        or (rule.counter is not None and rule.counter(problem, agent) is not None)
        or (rule.tallies is not None and any(True for _ in rule.tallies(problem, agent)))
        or (rule.rest_min is not None and rule.rest_min(problem, agent) > 0)
        or (rule.spread_min is not None and rule.spread_min(problem, agent) is not None)
    )


def has_roster(alone: RosterProblem, rules: tuple[Rule, ...] | None = None) -> bool:
    """Whether the only agent of a problem has a roster that keeps the given rules, or (None) all
    hard ones."""
    asked = hard_rules(alone) if rules is None else rules
    if np.isfinite(alone.points_of(TIME_OFF.name)):
        asked = (*asked, TIME_OFF)  # a shift may lie on leave at a price; without one it is leave
    compiled = compile_problem(alone, asked)
    scratch = compiled.scratch()
    sum_prices(scratch)
    value_options(0, compiled.crew, compiled.options, scratch)
    found, _ = best_exactly(0, compiled.crew, compiled.tables, compiled.options, scratch)
    return bool(np.isfinite(found))


def smallest_conflicts(
    alone: RosterProblem, rules: tuple[Rule, ...] | None = None, most: int = MOST_SETS
) -> list[tuple[Rule, ...]]:
    """Every conflict of as few rules as any (of the hard rules, or those given), up to `most` of
    them; none if the only agent of the problem has a roster that keeps them all."""
    asked = acting_rules(alone) if rules is None else rules
    found = smallest_sets(
        len(asked), lambda chosen: has_roster(alone, tuple(asked[i] for i in sorted(chosen))), most
    )
    return [tuple(asked[i] for i in sorted(conflict)) for conflict in found]


def _situation(alone: RosterProblem) -> Hashable:
    """All that decides what an agent may do, the name left out."""
    agent = alone.agents[0]
    return (
        agent.contract,
        agent.availability,
        agent.first_day,
        agent.last_day,
        alone.skills_of[agent.id],
        tuple(replace(off, agent="") for off in alone.time_off),
        tuple((entry.day, entry.shift_code, entry.start_minute) for entry in alone.fixed),
        tuple((shift.start, shift.end) for shift in alone.history if shift.agent == agent.id),
    )
