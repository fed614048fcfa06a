"""From the searches' arrays to a `Roster`, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..roster import Assignment, Break, QueueSpan, Roster
from .compile import Compiled
from .cover import Cover
from .search import Weeks


def to_roster(compiled: Compiled, weeks: Weeks, cover: Cover) -> Roster:
    """The roster with its breaks, and each agent's queue in every slot."""
    problem, slot = compiled.problem, compiled.problem.slot_min
    universe = compiled.universe
    queues = _queue_by_slot(compiled, weeks, cover)
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
            bare = Assignment(agent.id, day, shift.code, start, end, breaks)
            spans = _spans(compiled, a, bare, queues.get(a, {}))
            assignments.append(Assignment(agent.id, day, shift.code, start, end, breaks, spans))
    return Roster(problem.grid, tuple(assignments))


def _queue_by_slot(compiled: Compiled, weeks: Weeks, cover: Cover) -> dict[int, dict[int, int]]:
    """Queue of each agent in each slot: who can stay where they were stays."""
    at_work: list[list[int]] = [[] for _ in range(compiled.slots)]
    slot = compiled.problem.slot_min
    for a in range(compiled.agents):
        for o, starts in zip(weeks.option[a], weeks.breaks[a], strict=True):
            if o < 0:
                continue
            shift = compiled.problem.shifts[compiled.universe.template[o]]
            away: set[int] = set()
            for rule, start in zip(shift.breaks, starts, strict=False):
                away.update(range(int(start), int(start) + rule.minutes // slot))
            for t in range(compiled.options.start[o], compiled.options.end[o]):
                if t < compiled.slots and t not in away:
                    at_work[t].append(a)
    served: dict[int, dict[int, int]] = {}
    before: dict[int, int] = {}
    for t, present in enumerate(at_work):
        left = cover.spread[t].copy()
        now: dict[int, int] = {}
        for a in present:
            group, queue = compiled.crew.group[a], before.get(a, -1)
            if queue >= 0 and left[group, queue] > 0:
                left[group, queue] -= 1
                now[a] = queue
        for a in present:
            if a not in now:
                group = compiled.crew.group[a]
                now[a] = int(np.argmax(left[group]))
                left[group, now[a]] -= 1
            served.setdefault(a, {})[t] = now[a]
        before |= now
    return served


def _spans(
    compiled: Compiled, a: int, shift: Assignment, served: dict[int, int]
) -> tuple[QueueSpan, ...]:
    """The shift's time on queues. After the grid's end the last queue goes on."""
    slot, queues = compiled.problem.slot_min, compiled.problem.queues
    skills = int(compiled.skills[compiled.crew.group[a]])
    last = (skills & -skills).bit_length() - 1
    spans: list[QueueSpan] = []
    for start, end in shift.working():
        for minute in range(start, end, slot):
            last = served.get(minute // slot, last)
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
        for b, pause in enumerate(shift.breaks):
            weeks.breaks[a, day, b] = pause.start // slot
    return weeks, known
