"""Most agents present at once, breaks included: a split gap is time away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def seats(problem: RosterProblem) -> int | None:
    return problem.rules.seats


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    most = seats(problem)
    if most is None:
        return
    ends = problem.grid.day_minute
    change = np.zeros(int(ends[-1]) + 1, dtype=np.int64)
    for shift in (*problem.history, *roster.assignments):
        for start, end in shift.pieces:
            if end > 0:
                change[min(max(start, 0), len(change) - 1)] += 1
                change[min(end, len(change) - 1)] -= 1
    present = np.cumsum(change[:-1])
    for day in range(problem.grid.days):
        peak = int(present[ends[day] : ends[day + 1]].max())
        if peak > most:
            yield Violation(RULE.name, None, day, {"present": peak, "seats": most})


RULE = Rule("seats", check, seats=seats)
