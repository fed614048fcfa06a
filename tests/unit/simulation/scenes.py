"""Small scenes whose course can be followed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from shiftcast.scheduling.simulation.engine import run
from shiftcast.scheduling.simulation.engine.inputs import Changes, Contacts, Frame, Kind
from shiftcast.scheduling.simulation.engine.world import World, new_world
from shiftcast.scheduling.simulation.queues import SimulatedQueue, engine_queues
from shiftcast.scheduling.simulation.routing import Pool, routing


class Call(NamedTuple):
    """A contact: when it comes, how long it takes alone, how long its customer waits."""

    at: float
    work: float
    patience: float = np.inf
    queue: str = "phone"


class Move(NamedTuple):
    """Agent `who` is on pool number `pool` from `at` on; −1 is off duty."""

    at: float
    who: int
    pool: int
    kind: Kind = Kind.MOVE


class Turn(NamedTuple):
    """A queue opens or closes, or a nameless agent joins or leaves a pool."""

    at: float
    kind: Kind
    where: int


PHONE = SimulatedQueue("phone", 100.0, within_s=20.0)
MAIL = SimulatedQueue("mail", 100.0, deadline_s=300.0)
CHAT = SimulatedQueue("chat", 100.0, aht_by_concurrency=(1.0, 2.0), within_s=20.0)


def play(
    calls: Sequence[Call],
    changes: Sequence[Move | Turn],
    *,
    queues: Sequence[SimulatedQueue] = (PHONE,),
    pools: Sequence[Pool] = (Pool({"phone": 0}),),
    speeds: Sequence[Sequence[float]] | None = None,
    intervals: int = 10,
    interval_s: float = 100.0,
) -> World:
    """The world after the last event; `speeds` by agent and queue, usual if not given."""
    names = [queue.name for queue in queues]
    ordered = sorted(calls, key=lambda call: (names.index(call.queue), call.at))
    first = np.searchsorted([names.index(call.queue) for call in ordered], range(len(names) + 1))
    contacts = Contacts(
        first,
        np.array([call.at for call in ordered], dtype=float),
        np.array([call.work for call in ordered], dtype=float),
        np.array([call.patience for call in ordered], dtype=float),
    )
    named = max((move.who for move in changes if isinstance(move, Move)), default=-1) + 1
    world = new_world(
        Frame(interval_s, intervals, 1),
        contacts,
        engine_queues(queues),
        routing(queues, pools),
        np.ones((named, len(queues))) if speeds is None else np.array(speeds, dtype=float),
        _nameless(changes, len(pools)),
    )
    run(world, _changes(changes))
    return world


def _nameless(changes: Sequence[Move | Turn], pools: int) -> NDArray[np.int64]:
    """The most nameless agents that each pool has at a time."""
    now, most = np.zeros(pools, dtype=np.int64), np.zeros(pools, dtype=np.int64)
    for change in sorted(changes, key=lambda change: change.at):
        if isinstance(change, Turn) and change.kind in (Kind.JOIN, Kind.DROP):
            now[change.where] += 1 if change.kind is Kind.JOIN else -1
            most = np.maximum(most, now)
    return most


def _changes(changes: Sequence[Move | Turn]) -> Changes:
    rows = [
        (c.at, c.kind, c.who, c.pool) if isinstance(c, Move) else (c.at, c.kind, 0, c.where)
        for c in sorted(changes, key=lambda change: change.at)
    ]
    time, kind, who, where = np.array(rows, dtype=float).reshape(-1, 4).T.copy()
    return Changes(time, kind.astype(np.int64), who.astype(np.int64), where.astype(np.int64))


def total(world: World, column: int, queue: int = 0) -> float:
    """A column of the contact tally, all intervals together."""
    return float(world.tally[queue, :, column].sum())


def time_of(world: World, column: int, pool: int = 0) -> list[float]:
    """A column of the pool tally by interval."""
    return [round(float(value), 6) for value in world.time_tally[pool, :, column]]
