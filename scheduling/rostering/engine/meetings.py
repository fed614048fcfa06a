"""Meetings placed in a roster, each at the time where it costs least.

A meeting costs what the queues lose, and its weight for each member who cannot be there. Breaks
make room where they can. Before the search the shifts are drawn to the times that look best, so
that members are at work then: missing such a time has the meeting's weight as its price.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ....data.presence import Meeting
from .breaks import are_clear, day_at_work, move_breaks
from .compile import Compiled
from .floor import Floor, Session
from .gathering import losses
from .one_agent import Scratch, price_agent
from .week import FloatArray

BoolArray = NDArray[np.bool_]
PASSES = 2  # over all meetings: what was placed first may have a better place when all are there
COMING = 0.2  # of a meeting's weight: what it costs to bring somebody in who could be there


def place_meetings(floor: Floor, scratch: Scratch) -> float:
    """Places every session of the floor as well as can be, one after another; the change of
    cost."""
    scratch.noise[:] = 0.0
    rounds = PASSES * [*range(len(floor.sessions))]
    return sum(_place(floor, scratch, number) for number in rounds)


def _place(floor: Floor, scratch: Scratch, number: int) -> float:
    change = floor.hold(number, -1, ())
    session = floor.sessions[number]
    there = _there(floor, session)
    if session.kept:
        at, length = session.starts[0], session.length
        on_shift = dict(zip(session.members, there[:, 0].tolist(), strict=True))
        again = [a for a in session.kept if on_shift[a] and _has_room(floor, a, at, length)]
        return change + _hold(floor, scratch, number, at, again)
    weight = session.meeting.weight
    cost = _losses(floor, session, there) - weight * there.sum(axis=0)
    cost += _told_points(session, there)
    least, at, present = -1e-9, -1, np.zeros(0, dtype=np.int64)
    for i in np.argsort(cost, kind="stable"):
        if cost[i] >= least:
            break
        members = np.array(session.members)[there[:, i]]
        free = np.array([_has_room(floor, a, session.starts[i], session.length) for a in members])
        missing = weight * np.count_nonzero(~free)
        if cost[i] + missing < least:
            least, at, present = cost[i] + missing, session.starts[i], members[free]
    if at < 0:
        return change
    return change + _hold(floor, scratch, number, at, present.tolist())


def _hold(floor: Floor, scratch: Scratch, number: int, at: int, members: list[int]) -> float:
    """Holds a session, breaks of those who come moved out of its way; the change of cost."""
    length = floor.sessions[number].length
    change = sum(_make_room(floor, scratch, a, at, length) for a in members)
    return change + floor.hold(number, at, members)


def _losses(floor: Floor, session: Session, there: BoolArray) -> FloatArray:
    """What the queues lose at each start, if everybody who is there attends."""
    out = np.zeros(len(session.starts))
    members, starts = np.array(session.members), np.array(session.starts, dtype=np.int64)
    losses(members, there, starts, session.length, floor.compiled.crew.group, floor.cover, out)
    return out


def _told_points(session: Session, there: BoolArray) -> FloatArray:
    """Points at each start of those who are there and were told another one."""
    starts, row = np.array(session.starts), {a: i for i, a in enumerate(session.members)}
    points = np.zeros(len(starts))
    for a, at, price in session.told:
        points += price * (there[row[a]] & (starts != at))
    return points


def _there(floor: Floor, session: Session) -> BoolArray:
    """Who is on shift, and at no other meeting, all through a session: (members, starts)."""
    first = np.array(session.starts, dtype=np.int64)
    last = first + session.length
    found = np.zeros((len(session.members), len(first)), dtype=bool)
    options = floor.compiled.options
    for row, a in zip(found, session.members, strict=True):
        mine = floor.weeks.option[a]
        for o in mine[mine >= 0]:
            if options.covers[options.template[o]]:
                row |= (options.start[o] <= first) & (last <= options.end[o])
        for begin, end in floor.meetings_of(a):
            row &= (last <= begin) | (end <= first)
    return found


def _has_room(floor: Floor, a: int, at: int, length: int) -> bool:
    """Whether an agent's breaks keep clear of a time, or could."""
    day, span = day_at_work(floor, a, at), (at, at + length)
    if are_clear(floor, a, day, [span]):
        return True
    spans = [span, *floor.meetings_of(a)]
    kept = floor.weeks.breaks[a, day].copy()
    free = np.zeros(floor.compiled.slots + floor.compiled.overhang + 1)
    move_breaks(floor, a, day, spans, free, free)
    clear = are_clear(floor, a, day, spans)
    floor.weeks.breaks[a, day] = kept
    return clear


def _make_room(floor: Floor, scratch: Scratch, a: int, at: int, length: int) -> float:
    """Moves an agent's breaks out of a time, to where they cost least; the change of cost."""
    day, span = day_at_work(floor, a, at), (at, at + length)
    if are_clear(floor, a, day, [span]):
        return 0.0
    change = floor.out(a)
    compiled = floor.compiled
    price_agent(a, compiled.crew, floor.cover, compiled.options, scratch)
    spans = [span, *floor.meetings_of(a)]
    move_breaks(floor, a, day, spans, scratch.prefix, scratch.pause)
    return change + floor.back(a)


def drawn_to_meetings(floor: Floor) -> Compiled:
    """The floor's problem with a price on not being at work when the meetings are best held."""
    compiled = floor.compiled
    own, off = compiled.crew.own_cost.copy(), compiled.crew.off_cost.copy()
    days = compiled.problem.grid.day_minute // compiled.problem.slot_min
    reachable: dict[Meeting, BoolArray] = {}
    for session in floor.sessions:
        there = _there(floor, session)
        if not session.starts or (not session.meeting.one_time and there.any()):
            continue
        could = reachable.setdefault(session.meeting, _could(compiled, session))
        at = _best_time(floor, session, there, could[list(session.members)])
        day = int(np.searchsorted(days, at, side="right")) - 1
        holds = _holds(compiled, np.array([at]), session.length)[:, 0]
        today = compiled.universe.day == day
        for a in session.members:
            off[a, day] += session.meeting.weight
            own[a, today & ~holds] += session.meeting.weight
            own[a, ~today & holds] -= session.meeting.weight
    return replace(compiled, crew=compiled.crew._replace(own_cost=own, off_cost=off))


def _best_time(floor: Floor, session: Session, there: BoolArray, could: BoolArray) -> int:
    """The start that costs least, if those who could be there come."""
    coming = could & ~there
    points = COMING * coming.sum(axis=0) + (~there & ~could).sum(axis=0)
    cost = _losses(floor, session, there) + session.meeting.weight * points
    return session.starts[int(cost.argmin())]


def _could(compiled: Compiled, session: Session) -> BoolArray:
    """Which agents may work a shift that holds the session, by start: (agents, starts)."""
    holds = _holds(compiled, np.array(session.starts, dtype=np.int64), session.length)
    reached: BoolArray = compiled.crew.allowed.astype(np.float32) @ holds.astype(np.float32) > 0
    return reached


def _holds(compiled: Compiled, starts: NDArray[np.int64], length: int) -> BoolArray:
    """Which options are at work all through a session: (options, starts)."""
    options = compiled.options
    covers = options.covers[options.template][:, None] > 0
    begun = options.start[:, None] <= starts
    held: BoolArray = covers & begun & (starts + length <= options.end[:, None])
    return held
