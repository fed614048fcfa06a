"""From the searches' arrays to a `Roster`, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ....data.shifts import ShiftKind
from ..roster import Assignment, Break, MeetingSpan, QueueSpan, Roster
from .compile import Compiled
from .cover import Cover
from .floor import Session
from .queue_time import queue_time
from .weeks import Weeks


def to_roster(
    compiled: Compiled, weeks: Weeks, cover: Cover, sessions: Sequence[Session] = ()
) -> Roster:
    """The roster with its breaks and meetings, and each agent's queue in every slot."""
    problem, slot = compiled.problem, compiled.problem.slot_min
    universe = compiled.universe
    served = queue_time(compiled, weeks, cover, sessions)
    meetings = _meetings(sessions, slot)
    assignments = []
    for a, agent in enumerate(problem.agents):
        for day in range(problem.grid.days):
            o = int(weeks.option[a, day])
            if o < 0:
                continue
            shift = problem.shifts[universe.template[o]]
            breaks = tuple(
                Break(int(start) * slot, int(start) * slot + rule.minutes, rule.paid, rule.kind)
                for rule, start in zip(shift.breaks, weeks.breaks[a, day], strict=False)
            )
            start, end = int(universe.start[o]), int(universe.end[o])
            held = tuple(span for span in meetings.get(a, ()) if start <= span.start < end)
            bare = Assignment(agent.id, day, shift.code, start, end, breaks, meetings=held)
            serves = bool(problem.demands) and shift.kind is ShiftKind.WORK
            own = served[a] if serves else None
            spans = _spans(compiled, bare, own, int(compiled.skills[compiled.crew.group[a]]))
            assignments.append(replace(bare, queues=spans))
    return Roster(problem.grid, tuple(assignments))


def _meetings(sessions: Sequence[Session], slot: int) -> dict[int, list[MeetingSpan]]:
    """Meetings of each agent (by position) in order of time."""
    found: dict[int, list[MeetingSpan]] = {}
    for session in sorted(sessions, key=lambda session: session.at):
        span = MeetingSpan(
            session.at * slot, (session.at + session.length) * slot, session.meeting.name
        )
        for a in session.present:
            found.setdefault(a, []).append(span)
    return found


def _spans(
    compiled: Compiled, shift: Assignment, served: NDArray[np.int64] | None, skills: int
) -> tuple[QueueSpan, ...]:
    """The shift's time on queues. After the grid's end the last queue goes on."""
    if served is None:
        return ()
    slot, queues = compiled.problem.slot_min, compiled.problem.queues
    last = (skills & -skills).bit_length() - 1
    spans: list[QueueSpan] = []
    for start, end in shift.working():
        for minute in range(start, end, slot):
            if minute // slot < len(served):
                last = int(served[minute // slot])
            name = queues[last]
            if spans and spans[-1].end == minute and spans[-1].queue == name:
                spans[-1] = QueueSpan(spans[-1].start, minute + slot, name)
            else:
                spans.append(QueueSpan(minute, minute + slot, name))
    return tuple(spans)


def from_roster(compiled: Compiled, roster: Roster) -> tuple[Weeks, NDArray[np.bool_]]:
    """The weeks of a roster to start from, and whether every shift of each agent is an option
    here: shape (agents,)."""
    weeks = compiled.nobody()
    known = np.ones(compiled.agents, dtype=bool)
    universe, slot = compiled.universe, compiled.problem.slot_min
    codes = {shift.code: k for k, shift in enumerate(compiled.problem.shifts)}
    place = {(int(universe.template[o]), int(universe.start[o])): o for o in range(universe.size)}
    agents = {agent.id: a for a, agent in enumerate(compiled.problem.agents)}
    for shift in roster.assignments:
        a = agents.get(shift.agent, -1)
        o = place.get((codes.get(shift.shift_code, -1), shift.start), -1)
        if a < 0:
            continue
        if o < 0 or not compiled.crew.allowed[a, o]:
            known[a] = False
            continue
        day = int(universe.day[o])
        weeks.option[a, day] = o
        for b in range(min(len(shift.breaks), weeks.breaks.shape[2])):
            weeks.breaks[a, day, b] = shift.breaks[b].start // slot
    return weeks, known
