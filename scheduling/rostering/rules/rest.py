"""Least rest between the end of a shift and the start of the agent's next one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def rest_min(problem: RosterProblem, agent: Agent) -> int:
    own = problem.contract_of[agent.id].min_rest_min
    return problem.rules.min_rest_min if own is None else own


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        needed = rest_min(problem, agent)
        for before, after in pairwise(timeline[agent.id]):
            rest = after.start - before.end
            if after.day >= 0 and rest < needed:
                params = {"hours": round(rest / 60, 2), "needed": round(needed / 60, 2)}
                missing = (needed - rest) / 60
                yield Violation(RULE.name, agent.id, after.day, params, amount=missing)


RULE = Rule("rest", check, rest_min=rest_min, unit="hours")
