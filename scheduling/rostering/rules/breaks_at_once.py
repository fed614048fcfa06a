"""Most agents on a break at the same time. The gap of a split shift is no break."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import FAR, Band, Rule, Where
from .headcount import by_day, clock_of, on_break, planned_and_past


def bands(problem: RosterProblem) -> Iterator[Band]:
    if problem.rules.breaks_at_once is not None:
        slots = problem.slots + problem.overhang
        everybody = np.ones(len(problem.agents), dtype=np.int64)
        most = np.full(slots, problem.rules.breaks_at_once)
        yield Band(everybody, Where.ON_BREAK, np.full(slots, -FAR), most)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    most = problem.rules.breaks_at_once
    if most is None:
        return
    everybody = frozenset(agent.id for agent in problem.agents)
    planned, past = planned_and_past(problem, roster, everybody, on_break)
    above = np.maximum(planned + past - most, 0) - np.maximum(past - most, 0)
    for day, at, hours in by_day(problem, above):
        params = {"away": int(planned[at] + past[at]), "most": most, "time": clock_of(problem, at)}
        yield Violation(RULE.name, None, day, params, amount=hours)


RULE = Rule("breaks_at_once", check, bands=bands, unit="hours")
