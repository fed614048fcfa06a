"""Seats of a site, or of certain hours: most agents present at once, breaks included. An agent
belongs to a site by agents.csv."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import FAR, Band, Rule, Where
from .headcount import by_day, clock_of, planned_and_past, present, slots_in


def bands(problem: RosterProblem) -> Iterator[Band]:
    for limit in problem.seat_limits:
        counts = np.array(
            [limit.site in ("", agent.site) for agent in problem.agents], dtype=np.int64
        )
        most = np.where(slots_in(problem, limit.hours), limit.seats, FAR)
        yield Band(counts, Where.PRESENT, np.full(len(most), -FAR), most, points=limit.points)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for limit in problem.seat_limits:
        who = frozenset(a.id for a in problem.agents if limit.site in ("", a.site))
        planned, past = planned_and_past(problem, roster, who, present)
        # A published past that fills the seats is not to blame on the roster.
        above = np.maximum(planned + past - limit.seats, 0) - np.maximum(past - limit.seats, 0)
        above = np.where(slots_in(problem, limit.hours), above, 0)
        for day, at, hours in by_day(problem, above):
            params = {
                "site": limit.site or "—",
                "present": int(planned[at] + past[at]),
                "seats": limit.seats,
                "time": clock_of(problem, at),
            }
            yield Violation(RULE.name, None, day, params, amount=hours, points=limit.points)


RULE = Rule("seat_limits", check, bands=bands, unit="hours")
