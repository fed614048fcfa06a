"""Going home early, unpaid, where a roster has more people than it needs: whom to ask, and what a
roster is if they go. Nobody is told to."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster

MOST_OFFERS = 5
WORTH_ASKING = 2.0  # agent-hours
WORTH_GOING = 0.5  # agent-hours


@dataclass(frozen=True)
class EarlyLeave:
    """Who could go home at a minute of the grid, and the agent-hours over that this takes."""

    shift: Assignment
    at: int
    hours: float


def early_leaves(problem: RosterProblem, roster: Roster, since: int) -> tuple[EarlyLeave, ...]:
    """Ends of shifts, not before the minute `since`, in which the agent's queues have the agent's
    work too much all the time: the longest first, one an agent and `MOST_OFFERS` at most."""
    found: dict[str, EarlyLeave] = {}

    def room(shift: Assignment) -> int:
        return 0 if shift.agent in found else shift.end - shift.start

    for leave in _longest_first(problem, roster, since, WORTH_ASKING, room):
        found[leave.shift.agent] = leave
        if len(found) == MOST_OFFERS:
            break
    return tuple(found.values())


def leaves_taken(
    problem: RosterProblem, roster: Roster, minutes: Mapping[str, int]
) -> tuple[EarlyLeave, ...]:
    """Who goes home early if everybody takes what is offered: up to so many minutes a week by
    contract, wherever the agent's queues have the agent's work too much to the end of the shift."""
    left: dict[tuple[str, int], int] = {}

    def room(shift: Assignment) -> int:
        offered = minutes.get(problem.contract_of[shift.agent].id, 0)
        return left.get((shift.agent, problem.week(shift.day)), offered)

    found = []
    for leave in _longest_first(problem, roster, 0, WORTH_GOING, room):
        shift = leave.shift
        left[shift.agent, problem.week(shift.day)] = room(shift) - (shift.end - leave.at)
        found.append(leave)
    return tuple(found)


def gone_home(roster: Roster, leaves: Iterable[EarlyLeave]) -> Roster:
    """The roster with the shifts ended where people go home; nobody goes from a break, but before
    it."""
    ends = {(leave.shift.agent, leave.shift.start): leave.at for leave in leaves}
    return Roster(
        roster.grid,
        tuple(
            _ended(shift, ends.get((shift.agent, shift.start), shift.end))
            for shift in roster.assignments
        ),
    )


def _ended(shift: Assignment, at: int) -> Assignment:
    if at == shift.end:
        return shift
    for pause in sorted(shift.breaks, key=lambda one: -one.start):
        if pause.start < at <= pause.end:
            at = pause.start
    return replace(
        shift,
        end=at,
        breaks=tuple(pause for pause in shift.breaks if pause.end <= at),
        queues=tuple(replace(s, end=min(s.end, at)) for s in shift.queues if s.start < at),
    )


def _longest_first(
    problem: RosterProblem,
    roster: Roster,
    since: int,
    least: float,
    room: Callable[[Assignment], int],
) -> Iterator[EarlyLeave]:
    """One end of a shift after another, the one of most hours each time, while they have the
    `least`; each counts as gone for those after it. `room` are the minutes that may be cut off a
    shift, which never become more. Who has hours off in a shift already is not asked."""
    required = np.array([demand.required for demand in problem.demands])
    everyone = Roster(problem.grid, (*problem.history, *roster.assignments))
    over = problem.supply(everyone) - required
    shifts = [shift for shift in roster.assignments if not shift.away]
    # What an end is worth only shrinks, so that only the first in the heap is looked at again.
    heap = [(-np.inf, number) for number in range(len(shifts))]
    while heap:
        _, number = heapq.heappop(heap)
        leave = _early_end(problem, shifts[number], over, since, room(shifts[number]))
        if leave.hours < least:
            continue
        if heap and leave.hours < -heap[0][0]:
            heapq.heappush(heap, (-leave.hours, number))
            continue
        yield leave
        gone = Roster(problem.grid, (_from(leave.shift, leave.at),))
        over = over - problem.supply(gone)


def _early_end(
    problem: RosterProblem,
    shift: Assignment,
    over: NDArray[np.float64],
    since: int,
    room: int,
) -> EarlyLeave:
    """The earliest minute, at an interval's start, from which on nobody would miss the agent."""
    step, proficiency = problem.grid.interval_min, problem.proficiency
    queue_of = {queue: q for q, queue in enumerate(problem.queues)}
    work = [proficiency.of(shift.agent, queue) / proficiency.unit for queue in problem.queues]
    earliest = max(since, shift.end - room)
    at, minutes = shift.end, 0
    last = min(-(-shift.end // step), over.shape[1])
    for i in range(last - 1, max(shift.start, 0) // step - 1, -1):
        begin, end = i * step, (i + 1) * step
        if max(begin, shift.start) < earliest:
            break
        if any(m.start < end and m.end > begin for m in shift.meetings):
            break
        spans = [
            (queue_of[s.queue], min(s.end, end) - max(s.start, begin))
            for s in shift.queues
            if s.start < end and s.end > begin
        ]
        if any(over[q, i] < work[q] * length / step - 1e-9 for q, length in spans):
            break
        at, minutes = max(begin, shift.start), minutes + sum(length for _, length in spans)
    return EarlyLeave(shift, at, minutes / 60)


def _from(shift: Assignment, at: int) -> Assignment:
    """The part of a shift's time on queues from a minute on."""
    later = tuple(replace(s, start=max(s.start, at)) for s in shift.queues if s.end > at)
    return replace(shift, queues=later)
