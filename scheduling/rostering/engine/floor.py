"""Everybody's shifts and meetings on one floor: who is away for a meeting is off the queues.

The search knows nothing of meetings. They are placed in its finished roster (`meetings`), and then
moved together with the breaks of a day (`polish`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ....data.presence import Meeting
from ..meetings import meeting_record, owed, windows
from ..roster import Roster
from .compile import Compiled
from .cover import Cover
from .gathering import AWAY, BACK, step_away
from .told_breaks import ToldBreaks
from .weeks import Weeks, enter, leave


@dataclass(frozen=True)
class Session:
    """People who meet at one time: `members` by position, `length` slots, the slots at which it
    may begin; where it is held (`at`, −1 nowhere) and who is `present` then. `kept` are those who
    were there on a day that may not change: they are there again. `told` are (member, slot, points
    of another one)."""

    meeting: Meeting
    members: tuple[int, ...]
    length: int
    starts: tuple[int, ...]
    at: int = -1
    present: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    told: tuple[tuple[int, int, float], ...] = ()

    @property
    def points(self) -> float:
        """What it costs that members miss it, or come at another time than they were told."""
        missed = self.meeting.weight * (len(self.members) - len(self.present))
        return missed + sum(p for a, at, p in self.told if a in self.present and at != self.at)


def sessions_of(compiled: Compiled, told: ToldBreaks | None = None) -> list[Session]:
    """The sessions that a problem asks for, those of many people first. What the base roster held
    on days that may not change stays when it was."""
    problem, slot = compiled.problem, compiled.problem.slot_min
    number = {agent.id: a for a, agent in enumerate(problem.agents)}
    members: dict[Meeting, list[int]] = {}
    for meeting, agent in owed(problem):
        members.setdefault(meeting, []).append(number[agent])
    held = _held_before(compiled)
    found = []
    for meeting, who in members.items():
        starts = tuple(
            start
            for first, last in windows(problem, meeting)
            for start in range(-(-first // slot), (last - meeting.minutes) // slot + 1)
        )
        for group in [tuple(who)] if meeting.one_time else [(a,) for a in who]:
            kept = tuple(a for a in group if (meeting, a) in held)
            chosen = tuple({held[meeting, a] for a in kept}) or starts
            length, known = meeting.minutes // slot, {} if told is None else told.meetings
            before = tuple((a, *known[meeting, a]) for a in group if (meeting, a) in known)
            found.append(Session(meeting, group, length, chosen, kept=kept, told=before))
    return sorted(found, key=lambda session: -len(session.members) * session.length)


def _held_before(compiled: Compiled) -> dict[tuple[Meeting, int], int]:
    """The slot of each meeting that somebody (by position) had on days that may not change."""
    problem = compiled.problem
    if problem.base is None:
        return {}
    sessions = sessions_in(compiled, problem.base)
    before = (s for s in sessions if problem.is_frozen(s.at * problem.slot_min))
    return {(session.meeting, session.present[0]): session.at for session in before}


def sessions_in(compiled: Compiled, roster: Roster) -> list[Session]:
    """What is met in a roster, one session an attendance."""
    problem, slot = compiled.problem, compiled.problem.slot_min
    number = {agent.id: a for a, agent in enumerate(problem.agents)}
    found = []
    for attendance in meeting_record(problem, roster).attendances:
        if attendance.span is not None:
            who, at = (number[attendance.agent],), attendance.span.start // slot
            length = attendance.meeting.minutes // slot
            found.append(Session(attendance.meeting, who, length, (at,), at, who))
    return found


class Floor:
    """Weeks, cover and sessions that change together: the cover holds whoever is at work and at no
    meeting. Breaks and meetings that were `told` cost points at other times."""

    def __init__(
        self,
        compiled: Compiled,
        weeks: Weeks,
        cover: Cover,
        sessions: Iterable[Session] = (),
        told: ToldBreaks | None = None,
    ) -> None:
        self.compiled, self.weeks, self.cover = compiled, weeks, cover
        self.sessions, self.told = list(sessions), told

    def told_points(self, a: int) -> float:
        """Points of an agent's breaks at other times than told."""
        if self.told is None:
            return 0.0
        return self.told.cost(self.weeks, self.compiled.options, a)

    def meetings_of(self, a: int) -> list[tuple[int, int]]:
        """(first slot, end) of an agent's meetings."""
        return [(s.at, s.at + s.length) for s in self.sessions if a in s.present]

    def out(self, a: int) -> float:
        """Takes an agent off the floor; the change of cost."""
        crew, change = self.compiled.crew, -self.told_points(a)
        for first, last in self.meetings_of(a):
            change += step_away(np.array([a]), crew.group, first, last, self.cover, BACK)
        return change + leave(a, self.weeks, crew, self.cover, self.compiled.options)

    def back(self, a: int) -> float:
        """Brings an agent back to the floor, as shifts and meetings are now."""
        crew = self.compiled.crew
        change = self.told_points(a)
        change += enter(a, self.weeks, crew, self.cover, self.compiled.options)
        for first, last in self.meetings_of(a):
            change += step_away(np.array([a]), crew.group, first, last, self.cover, AWAY)
        return change

    def hold(self, number: int, at: int, present: Sequence[int]) -> float:
        """Holds a session at a slot (−1: not at all), whoever is present free of other things
        then; the change of cost."""
        session = self.sessions[number]
        held = replace(session, at=at, present=tuple(present))
        self.sessions[number] = held
        change = held.points - session.points
        return change + self._away(session, BACK) + self._away(held, AWAY)

    def moved(self, number: int, at: int) -> float:
        """Moves a session of people who are all off the floor; the change of its own points."""
        session = self.sessions[number]
        self.sessions[number] = replace(session, at=at)
        return self.sessions[number].points - session.points

    def step_away(self) -> float:
        """Lets everybody go to the meetings who is in the cover as if there were none; the change
        of cost, the meetings' own points included."""
        points = sum(session.points for session in self.sessions)
        return points + sum(self._away(session, AWAY) for session in self.sessions)

    def _away(self, session: Session, sign: int) -> float:
        """Those present go or come back; the change of cost."""
        return step_away(
            np.array(session.present, dtype=np.int64),
            self.compiled.crew.group,
            session.at,
            session.at + session.length,
            self.cover,
            sign,
        )
