"""Most agents present at once, breaks included: a split gap is time away. The last day's shifts
count to their end, which may lie after the grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import FAR, Band, Rule, Where


def bands(problem: RosterProblem) -> Iterator[Band]:
    if problem.rules.seats is not None:
        slots = problem.slots + problem.overhang
        everybody = np.ones(len(problem.agents), dtype=np.int64)
        most = np.full(slots, problem.rules.seats)
        yield Band(everybody, Where.PRESENT, np.full(slots, -FAR), most, others=1)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    most = problem.rules.seats
    if most is None:
        return
    begins = problem.grid.day_minute[:-1].tolist()
    end = max([int(problem.grid.day_minute[-1]), *(shift.end for shift in roster.assignments)])
    planned = _present(roster.assignments, end)
    past = _present(problem.history, end)
    # Where nobody is planned, only a past that cannot be changed fills the seats.
    present = np.where(planned > 0, planned + past, 0)
    above = np.maximum(planned + past - most, 0) - np.maximum(past - most, 0)
    for day, (first, last) in enumerate(pairwise([*begins, end])):
        peak = int(present[first:last].max())
        if peak > most:
            hours = float(above[first:last].sum()) / 60
            params = {"present": peak, "seats": most}
            yield Violation(RULE.name, None, day, params, amount=hours)


def _present(shifts: tuple[Assignment, ...], end: int) -> NDArray[np.int64]:
    """People present in each minute from the grid's start to `end`."""
    change = np.zeros(end + 1, dtype=np.int64)
    for shift in shifts:
        for start, stop in shift.pieces:
            change[min(max(start, 0), end)] += 1
            change[min(max(stop, 0), end)] -= 1
    present: NDArray[np.int64] = np.cumsum(change[:-1])
    return present


RULE = Rule("seats", check, bands=bands, unit="hours")
