"""Shortest run of worked days."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Rule
from .runs import ShortRunCounter, short_runs


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    least = problem.terms_of[agent.id].min_run_days
    return ShortRunCounter(least, of_work=True) if least > 1 else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    for agent in problem.agents:
        least = problem.terms_of[agent.id].min_run_days
        runs = short_runs(problem, agent.id, timeline[agent.id], least, of_work=True)
        for day, length in runs:
            params = {"days": length, "least": least}
            yield Violation(RULE.name, agent.id, day, params, amount=least - length)


RULE = Rule("shortest_run", check, counter=counter, unit="days")
