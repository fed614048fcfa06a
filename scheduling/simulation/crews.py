"""From a roster to the comings and goings of its agents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre, Routing
from ...data.people import Agent
from ...data.targets import Channel
from ..rostering.roster import Assignment, QueueSpan, Roster
from .arrivals import generator
from .engine.inputs import Changes, Kind
from .routing import Pool

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_ABSENCES = 1_000_000
"""Stream of the random numbers that say who is absent; those of queues count from 0."""


@dataclass(frozen=True)
class Crew:
    """The agents of a roster as changes in order of time, before anybody is absent.

    `pools` and `homes` (the queue that a pool is rostered on) share their order. `speed` (agents,
    queues of the centre) says how many times as fast as usual each agent works; `day` and
    `shrinkage` say for each change of an agent which of its days it belongs to and with which
    probability the agent is absent from it.
    """

    pools: tuple[Pool, ...]
    homes: tuple[str, ...]
    speed: Array
    days: int
    changes: Changes
    day: Ints
    shrinkage: Array

    def present(self, seed: int, replication: int) -> Changes:
        """The changes of one replication: who is absent stays off duty.

        Agents are absent for a whole shift, each alone, and under every roster of a centre on the
        same days.
        """
        luck = generator(seed, replication, _ABSENCES).random((len(self.speed), self.days))
        absent = luck[self.changes.who, self.day] < self.shrinkage
        return self.changes._replace(where=np.where(absent, -1, self.changes.where))


class _Change(NamedTuple):
    """Sorts by time, at one moment queues before agents."""

    time: float
    kind: int
    who: int
    where: int
    day: int = 0
    shrinkage: float = 0.0

    @property
    def order(self) -> tuple[float, bool]:
        return self.time, self.kind in (Kind.MOVE, Kind.RETURN)


_OWN, _FIRST, _SECOND = range(3)
"""Ranks of an agent's queues: the rostered one, those of its skills, those to help out on."""


class _Pools:
    """Numbers the pools as they are met: by rostered queue and the queues to help out on."""

    def __init__(self, centre: Centre, route_by: Routing) -> None:
        self.profiles = {profile.name: profile for profile in centre.queues}
        self._agents = {agent.id: agent for agent in centre.agents}
        self._by_skill = route_by is Routing.SKILLS
        self._found: dict[tuple[str, tuple[tuple[str, int], ...]], int] = {}

    def number(self, agent: str, queue: str) -> int:
        others = self._others(self._agents.get(agent)) if self._by_skill else ()
        return self._found.setdefault((queue, others), len(self._found))

    def _others(self, agent: Agent | None) -> tuple[tuple[str, int], ...]:
        """Queues that an agent serves, with their ranks: skills before second skills."""
        if agent is None:
            return ()
        # An e-mail once begun is finished: who is there for calls does not begin one.
        return tuple(
            (profile.name, _SECOND if profile.skill in agent.second_skills else _FIRST)
            for profile in self.profiles.values()
            if profile.skill in agent.skills and profile.channel is not Channel.EMAIL
        )

    @property
    def homes(self) -> tuple[str, ...]:
        return tuple(home for home, _ in self._found)

    @property
    def pools(self) -> tuple[Pool, ...]:
        """The rostered queue goes first, both ways."""
        ranks = [{**dict(others), home: _OWN} for home, others in self._found]
        return tuple(Pool(own, own) for own in ranks)


def roster_crew(centre: Centre, roster: Roster, route_by: Routing) -> Crew:
    """The agents of `roster` as the simulation moves them, on the queues that the roster names or,
    routed by skill, on all others that they can serve as well. What lies before the grid's start is
    left out; a shift that begins within the grid is worked to its end."""
    agents = [agent.id for agent in centre.agents]
    agents += sorted({assignment.agent for assignment in roster.assignments} - set(agents))
    numbers = {agent: row for row, agent in enumerate(agents)}
    pools = _Pools(centre, route_by)
    found = list(_openings(centre, roster))
    for assignment in roster.assignments:
        day = min(max(assignment.day + 1, 0), roster.grid.days)
        found += _moves(assignment, pools, numbers[assignment.agent], day)
    found.sort(key=lambda change: change.order)
    # A copy, so that each is on end: for times with gaps the simulation would be compiled anew.
    parts = np.array(found, dtype=float).reshape(-1, 6).T.copy()
    time, kind, who, where, day_of, shrinkage = parts
    return Crew(
        pools=pools.pools,
        homes=pools.homes,
        speed=_speeds(centre, len(agents)),
        days=roster.grid.days + 1,
        changes=Changes(time, *(part.astype(np.int64) for part in (kind, who, where))),
        day=day_of.astype(np.int64),
        shrinkage=shrinkage,
    )


def _speeds(centre: Centre, agents: int) -> Array:
    """The agents of the centre come first; others, and who lacks a queue's skill, work as usual."""
    speed = np.ones((agents, len(centre.queues)))
    for row, agent in enumerate(centre.agents):
        levels = dict(agent.proficiency)
        speed[row] = [levels.get(profile.skill, 1.0) for profile in centre.queues]
    return speed


def _moves(assignment: Assignment, pools: _Pools, agent: int, day: int) -> Iterator[_Change]:
    """The queues of one shift, and the times off them."""
    spans = sorted(assignment.queues, key=lambda span: span.start)
    kind = Kind.MOVE
    nexts: list[QueueSpan | None] = [*spans[1:], None]
    for span, later in zip(spans, nexts, strict=False):
        profile = pools.profiles.get(span.queue)
        if span.end <= 0 or profile is None:
            continue
        where, away = pools.number(assignment.agent, span.queue), profile.shrinkage
        begin = max(span.start, 0) * 60.0
        yield _Change(begin, kind, agent, where, day, away)
        kind = Kind.MOVE
        if later is None or later.start > span.end:
            yield _Change(span.end * 60.0, Kind.MOVE, agent, -1, day)
            kind = Kind.RETURN


def _openings(centre: Centre, roster: Roster) -> Iterator[_Change]:
    """When queues of customers who wait open and close."""
    width = roster.grid.interval_min * 60.0
    for q, profile in enumerate(centre.queues):
        if profile.channel is Channel.EMAIL:
            continue
        open_ = np.concatenate([[True], centre.open_mask(profile, roster.grid), [False]])
        for i in np.flatnonzero(np.diff(open_)):
            kind = Kind.OPEN if open_[i + 1] else Kind.CLOSE
            yield _Change(i * width, kind, 0, q)
