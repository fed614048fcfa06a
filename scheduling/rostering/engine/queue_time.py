"""Which queue each agent serves when: from numbers of agents to people, with few changes.

The search knows only how many of a group, of equal skills and proficiency, serve each queue in a
slot. Here each agent keeps the queue they are on while they can; then changes that gain less than
they cost are undone, a stretch of one agent's time at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compile import Compiled
from .cover import Cover
from .floor import Session
from .weeks import Weeks

Served = NDArray[np.int64]  # (agents, slots): queue, or −1 where not at work


def queue_time(
    compiled: Compiled, weeks: Weeks, cover: Cover, sessions: Sequence[Session] = ()
) -> Served:
    """Queue of each agent in each slot of the grid, −1 where not at work, or at a meeting."""
    at_work = _at_work(compiled, weeks)
    for session in sessions:
        at_work[list(session.present), session.at : session.at + session.length] = False
    served = _named(compiled, cover, at_work)
    price = compiled.problem.weights.queue_change
    if price > 0 and len(compiled.problem.queues) > 1:
        _settle_down(compiled, cover, served, price)
    return served


def _at_work(compiled: Compiled, weeks: Weeks) -> NDArray[np.bool_]:
    options = compiled.options
    at_work = np.zeros((compiled.agents, compiled.slots + compiled.overhang), dtype=bool)
    for a, d in np.argwhere(weeks.option >= 0):
        o = weeks.option[a, d]
        k = options.template[o]
        if not (options.covers[k] and compiled.problem.demands):
            continue
        at_work[a, options.start[o] : options.end[o]] = True
        for b in range(options.breaks[k]):
            first = weeks.breaks[a, d, b]
            at_work[a, first : first + options.break_len[k, b]] = False
    return at_work[:, : compiled.slots]


def _named(compiled: Compiled, cover: Cover, at_work: NDArray[np.bool_]) -> Served:
    """People for the numbers in the cover: who can stay on their queue stays."""
    served = np.full(at_work.shape, -1, dtype=np.int64)
    last = np.full(compiled.agents, -1, dtype=np.int64)
    group = compiled.crew.group
    for t in range(compiled.slots):
        left = cover.spread[t].copy()
        present = np.flatnonzero(at_work[:, t])
        movers = []
        for a in present:
            if last[a] >= 0 and left[group[a], last[a]] > 0:
                left[group[a], last[a]] -= 1
                served[a, t] = last[a]
            else:
                movers.append(a)
        for a in movers:
            served[a, t] = last[a] = int(np.argmax(left[group[a]]))
            left[group[a], last[a]] -= 1
    return served


def _settle_down(compiled: Compiled, cover: Cover, served: Served, price: float) -> None:
    """Changes whole stretches of one agent's time to another queue while that lowers cover cost
    plus `price` points a change."""
    supply = cover.supply.copy()
    skills, work = (part[compiled.crew.group] for part in (compiled.skills, compiled.work))
    able = [a for a in range(compiled.agents) if int(skills[a]).bit_count() > 1]
    improved = True
    while improved:
        improved = False
        for a in able:
            for first, last in _stretches(served[a]):
                mine = _Agent(served[a], int(skills[a]), work[a])
                improved |= _improve(cover, supply, mine, first, last, price)


def _stretches(row: NDArray[np.int64]) -> list[tuple[int, int]]:
    """(first, end) of each run of slots on one queue."""
    edges = np.flatnonzero(np.diff(row)) + 1
    bounds = [0, *edges.tolist(), len(row)]
    return [(i, j) for i, j in pairwise(bounds) if row[i] >= 0]


class _Agent(NamedTuple):
    """Queue by slot, queues as bits, and units of work on each."""

    row: NDArray[np.int64]
    skills: int
    work: NDArray[np.int64]


def _improve(
    cover: Cover,
    supply: NDArray[np.int32],
    agent: _Agent,
    first: int,
    end: int,
    price: float,
) -> bool:
    """Moves one stretch to the queue where it costs least; whether it moved."""
    row, skills, work = agent
    now = int(row[first])
    if now != row[end - 1]:
        return False  # an earlier move of this round has joined it with a neighbour
    sides = [int(row[t]) for t in (first - 1, end) if 0 <= t < len(row) and row[t] >= 0]
    slots = np.arange(first, end)
    saved = _points(cover, now, slots, supply[now, slots] - work[now], work[now])
    best, target = -1e-9, now
    for queue in set(sides) - {now}:
        if not (skills >> queue) & 1:
            continue
        gained = _points(cover, queue, slots, supply[queue, slots], work[queue])
        changes = sum(side != queue for side in sides) - sum(side != now for side in sides)
        change = gained - saved + price * changes
        if change < best:
            best, target = change, queue
    if target == now:
        return False
    row[first:end] = target
    supply[now, slots] -= work[now]
    supply[target, slots] += work[target]
    return True


def _points(
    cover: Cover, queue: int, slots: NDArray[np.int64], before: NDArray[np.int32], units: int
) -> float:
    """What so many units on top of those `before` (slots,) cost on a queue in all the slots."""
    at = before[:, None] + np.arange(units)
    top = cover.marginal.shape[2] - 1
    return float(cover.marginal[queue, slots[:, None], np.clip(at, 0, top)].sum())
