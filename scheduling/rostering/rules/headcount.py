"""People there at once, slot by slot, for rules that bound their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ....data.presence import Hours
from ....data.shifts import BreakKind, ShiftKind
from ..problem import RosterProblem
from ..roster import Assignment, Roster

Spans = Callable[[Assignment], Sequence[tuple[int, int]]]


def slots_in(problem: RosterProblem, hours: Hours) -> NDArray[np.bool_]:
    """Which slots begin within the hours: shape (slots + overhang,). A time that the clock skips
    counts an hour later."""
    found = np.zeros(problem.slots + problem.overhang, dtype=bool)
    for day in range(-1, problem.grid.days + 1):
        if problem.weekday(day) in hours.weekdays:
            first, last = (_slot(problem, day, clock) for clock in (hours.start, hours.end))
            found[max(first, 0) : max(last, 0)] = True
    return found


def _slot(problem: RosterProblem, day: int, clock: int) -> int:
    """The first slot that begins at a clock time or after it."""
    moment = problem.grid.minute(day, clock)
    if moment is None:
        moment = problem.grid.minute(day, clock + 60)
    assert moment is not None
    return -(-moment // problem.slot_min)


def at_work(shift: Assignment) -> Sequence[tuple[int, int]]:
    return shift.working()


def present(shift: Assignment) -> Sequence[tuple[int, int]]:
    return shift.pieces


def on_break(shift: Assignment) -> Sequence[tuple[int, int]]:
    return [(b.start, b.end) for b in shift.breaks_taken if b.kind is BreakKind.BREAK]


def heads(problem: RosterProblem, shifts: Iterable[Assignment], spans: Spans) -> NDArray[np.int64]:
    """People there in each slot: shape (slots + overhang,). Who is on call is not there."""
    change = np.zeros(problem.slots + problem.overhang + 1, dtype=np.int64)
    for shift in shifts:
        template = problem.shift_of.get(shift.shift_code)
        if template is not None and template.kind is ShiftKind.ON_CALL:
            continue
        for start, end in spans(shift):
            first, last = max(start, 0) // problem.slot_min, -(-max(end, 0) // problem.slot_min)
            change[min(first, len(change) - 1)] += 1
            change[min(last, len(change) - 1)] -= 1
    counted: NDArray[np.int64] = np.cumsum(change[:-1])
    return counted


def planned_and_past(
    problem: RosterProblem, roster: Roster, agents: frozenset[str], spans: Spans
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Heads of some agents in a roster, and in the published past that reaches into the grid."""
    planned, past = (
        heads(problem, (s for s in shifts if s.agent in agents), spans)
        for shifts in (roster.assignments, problem.history)
    )
    return planned, past


def by_day(problem: RosterProblem, outside: NDArray[np.int64]) -> Iterator[tuple[int, int, float]]:
    """(grid day, slot with the most people outside their bounds, their hours) of each day with
    any; what comes after the grid belongs to its last day."""
    begins = (problem.grid.day_minute[:-1] // problem.slot_min).tolist()
    for day, (first, last) in enumerate(pairwise([*begins, len(outside)])):
        most = int(outside[first:last].max(initial=0))
        if most > 0:
            at = first + int(outside[first:last].argmax())
            yield day, at, float(outside[first:last].sum()) * problem.slot_min / 60


def clock_of(problem: RosterProblem, slot: int) -> str:
    """The local clock time at which a slot begins."""
    return f"{problem.grid.moment(slot * problem.slot_min):%H:%M}"
