"""Who may serve whom, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .engine.inputs import Routing
from .queues import SimulatedQueue

_AFTER_CUSTOMERS = 1_000_000
"""Deferrable work is taken up when no customer waits, whatever its rank."""


@dataclass(frozen=True)
class Pool:
    """Agents who serve the same queues.

    `serves` maps queues to the rank with which these agents choose among waiting contacts: lowest
    first, equal ranks by who has waited longest. `chosen` maps queues to the rank with which an
    arriving contact chooses among free agents: lowest first, equal ranks by who has been idle
    longest; 0 where it says nothing.
    """

    serves: Mapping[str, int]
    chosen: Mapping[str, int] = field(default_factory=dict)


def routing(queues: Sequence[SimulatedQueue], pools: Sequence[Pool]) -> Routing:
    """The routing in the arrays that the event loop reads. ValueError for an unknown queue."""
    names = [queue.name for queue in queues]
    for pool in pools:
        if unknown := set(pool.serves) - set(names):
            raise ValueError(f"agents serve {sorted(unknown)}, which are no queues")
    of_queue = [
        sorted((pool.chosen.get(name, 0), p) for p, pool in enumerate(pools) if name in pool.serves)
        for name in names
    ]
    of_pool = [
        sorted(
            (rank + _AFTER_CUSTOMERS * queues[names.index(name)].deferrable, names.index(name))
            for name, rank in pool.serves.items()
        )
        for pool in pools
    ]
    return Routing(*_flat(of_queue), *_flat(of_pool))


def _flat(lists: Sequence[Sequence[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(where each list begins, members, ranks)."""
    first = np.cumsum([0, *(len(entries) for entries in lists)])
    rank, member = np.array([pair for entries in lists for pair in entries]).reshape(-1, 2).T
    return first, member.astype(np.int64), rank.astype(np.int64)
