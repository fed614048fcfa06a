"""Most agents on a break at the same time: a number, or a share of those present, rounded up. The
gap of a split shift is no break."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import FAR, Band, Rule, Where
from .headcount import by_day, clock_of, on_break, planned_and_past, present

ROUNDED_UP = 99
"""Hundredths of people that may be on a break beyond the share: it is rounded up."""


def bands(problem: RosterProblem) -> Iterator[Band]:
    rules, slots = problem.rules, problem.slots + problem.overhang
    everybody = np.ones(len(problem.agents), dtype=np.int64)
    nothing = np.full(slots, -FAR)
    if rules.breaks_at_once is not None:
        yield Band(everybody, Where.ON_BREAK, nothing, np.full(slots, rules.breaks_at_once))
    if rules.breaks_at_once_share is not None:
        most = np.full(slots, ROUNDED_UP)
        yield Band(everybody, Where.ON_BREAK, nothing, most, share=rules.breaks_at_once_share)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    everybody = frozenset(agent.id for agent in problem.agents)
    away = planned_and_past(problem, roster, everybody, on_break)
    most = problem.rules.breaks_at_once
    if most is not None:
        planned, past = away
        above = np.maximum(planned + past - most, 0) - np.maximum(past - most, 0)
        for day, at, hours in by_day(problem, above):
            params = {
                "away": int(planned[at] + past[at]),
                "most": most,
                "time": clock_of(problem, at),
            }
            yield Violation(RULE.name, None, day, params, "number", amount=hours)
    share = problem.rules.breaks_at_once_share
    if share is not None:
        there = planned_and_past(problem, roster, everybody, present)
        planned, past = (100 * a - share * t for a, t in zip(away, there, strict=True))
        above = np.maximum(planned + past - ROUNDED_UP, 0) - np.maximum(past - ROUNDED_UP, 0)
        for day, at, hundredths in by_day(problem, above):
            params = {
                "away": int(away[0][at] + away[1][at]),
                "present": int(there[0][at] + there[1][at]),
                "share": share,
                "time": clock_of(problem, at),
            }
            yield Violation(RULE.name, None, day, params, "share", hundredths / 100)


RULE = Rule("breaks_at_once", check, bands=bands, unit="hours")
