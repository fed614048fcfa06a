"""Simulation of groups of like agents, by their number in each interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrivals import draw_contacts
from .engine.inputs import Changes, Contacts, Frame, Kind
from .queues import SimulatedQueue, engine_queues
from .replications import Replications, Scene, replicate
from .routing import Pool, routing

Array = NDArray[np.float64]


@dataclass(frozen=True)
class AgentGroup:
    """`agents` (intervals,) like agents, in whole numbers, who serve what `pool` says."""

    name: str
    agents: NDArray[np.int64]
    pool: Pool


def simulate_groups(
    queues: Sequence[SimulatedQueue],
    contacts: Array,
    groups: Sequence[AgentGroup],
    interval_s: float,
    *,
    replications: int,
    seed: int,
    counted: bool = False,
) -> Replications:
    """Plays the days that `contacts` describes with the agents of `groups`.

    `contacts` has shape (queues, intervals), or (paths, queues, intervals): replication r takes
    path r modulo paths. They are expected numbers, or the numbers themselves if `counted`. Where a
    group gets smaller, idle agents go first, then whoever finishes a contact. After the last
    interval the agents stay until nothing waits. The same seed brings the same contacts, whatever
    the groups are. ValueError where shapes do not fit.
    """
    paths = np.asarray(contacts, dtype=float)
    paths = paths[None] if paths.ndim == 2 else paths
    shape = (len(queues), paths.shape[-1])
    if paths.shape[1:] != shape or any(group.agents.shape != shape[1:] for group in groups):
        raise ValueError(f"contacts are {paths.shape} and agents differ from {shape[1:]}")
    scene = Scene(
        frame=Frame(interval_s, shape[1], seed),
        queues=engine_queues(queues),
        routing=routing(queues, [group.pool for group in groups]),
        named=np.zeros((0, len(queues))),
        nameless=np.array([group.agents.max(initial=0) for group in groups]),
    )
    changes = _changes(groups, interval_s)

    def draw(r: int) -> tuple[Contacts, Changes]:
        path = paths[r % len(paths)]
        drawn = draw_contacts(queues, path, interval_s, seed=seed, replication=r, counted=counted)
        return drawn, changes

    names = [queue.name for queue in queues], [group.name for group in groups]
    return replicate(scene, *names, replications, seed, draw)


def _changes(groups: Sequence[AgentGroup], interval_s: float) -> Changes:
    """One change for each agent who comes or goes."""
    times, kinds, pools = [], [], []
    for p, group in enumerate(groups):
        step = np.diff(group.agents, prepend=0)
        for i in np.flatnonzero(step):
            number = abs(int(step[i]))
            times += [i * interval_s] * number
            kinds += [int(Kind.JOIN if step[i] > 0 else Kind.DROP)] * number
            pools += [p] * number
    order = np.argsort(np.array(times, dtype=float), kind="stable")
    return Changes(
        np.array(times, dtype=float)[order],
        np.array(kinds, dtype=np.int64)[order],
        np.full(len(times), -1, dtype=np.int64),
        np.array(pools, dtype=np.int64)[order],
    )
