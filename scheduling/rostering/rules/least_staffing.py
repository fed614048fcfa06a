"""So many of certain people are at work at any time of certain hours: a senior is always there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.presence import LeastStaffing
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import FAR, Band, Rule, Where
from .headcount import at_work, by_day, clock_of, planned_and_past, slots_in


def bands(problem: RosterProblem) -> Iterator[Band]:
    for staffing in problem.least_staffing:
        counts = np.array([staffing.counts(agent) for agent in problem.agents], dtype=np.int64)
        least = np.where(_hours(problem, staffing), staffing.agents, -FAR)
        yield Band(counts, Where.AT_WORK, least, np.full(len(least), FAR), points=staffing.points)


def _hours(problem: RosterProblem, staffing: LeastStaffing) -> NDArray[np.bool_]:
    """The slots of the grid itself that it holds in: later ones are for the next plan."""
    inside = slots_in(problem, staffing.hours)
    inside[problem.slots :] = False
    return inside


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for staffing in problem.least_staffing:
        who = frozenset(agent.id for agent in problem.agents if staffing.counts(agent))
        there = sum(planned_and_past(problem, roster, who, at_work))
        missing = np.where(_hours(problem, staffing), staffing.agents - there, 0)
        for day, at, hours in by_day(problem, np.maximum(missing, 0)):
            params = {
                "who": " ".join(_words(staffing)) or "—",
                "there": staffing.agents - int(missing[at]),
                "least": staffing.agents,
                "time": clock_of(problem, at),
            }
            yield Violation(RULE.name, None, day, params, amount=hours, points=staffing.points)


def _words(staffing: LeastStaffing) -> list[str]:
    named = (staffing.skill, staffing.team, staffing.site, *sorted(staffing.people))
    return [word for word in named if word]


RULE = Rule("least_staffing", check, bands=bands, unit="hours")
