"""Counting: what becomes of contacts, and how agents spend their time."""

from __future__ import annotations

import numpy as np

from .compiled import compiled, inlined
from .world import (
    ABANDONED,
    ABANDONED_WAIT_S,
    ABANDONED_WITHIN,
    ANSWERED,
    ANSWERED_WAIT_S,
    ANSWERED_WITHIN,
    AVAILABLE,
    BUSY,
    DUE,
    ENGAGED,
    FINISHED,
    IN_TIME,
    REPLIED,
    WAITED_WITHIN,
    World,
)


@inlined
def interval_of(world: World, time: float) -> int:
    """The interval of a moment, −1 if it lies outside the grid."""
    clock = world.clock[0]
    if time < 0.0 or time >= clock.horizon_s:
        return -1
    return min(int(time / clock.interval_s), clock.intervals - 1)


@inlined
def count(world: World, c: int, column: int) -> None:
    """One more in `column` for a contact, by its arrival."""
    contact = world.contacts[c]
    if contact.interval >= 0:
        world.tally[contact.queue, contact.interval, column] += 1.0


@inlined
def count_answer(world: World, c: int, now: float) -> None:
    contact = world.contacts[c]
    if contact.interval >= 0:
        wait = now - contact.arrival
        q, i, queue = contact.queue, contact.interval, world.queues[contact.queue]
        world.tally[q, i, ANSWERED] += 1.0
        world.tally[q, i, ANSWERED_WAIT_S] += wait
        if wait <= queue.within_s:
            world.tally[q, i, ANSWERED_WITHIN] += 1.0
        if wait <= queue.reply_s:
            contact.prompt = 1
            world.tally[q, i, REPLIED] += queue.first_reply
        if wait <= queue.long_s:
            world.tally[q, i, WAITED_WITHIN] += 1.0


@compiled
def count_loss(world: World, c: int, time: float) -> None:
    contact = world.contacts[c]
    if contact.interval >= 0:
        wait = time - contact.arrival
        q, i, queue = contact.queue, contact.interval, world.queues[contact.queue]
        world.tally[q, i, ABANDONED] += 1.0
        world.tally[q, i, ABANDONED_WAIT_S] += wait
        if wait <= queue.within_s:
            world.tally[q, i, ABANDONED_WITHIN] += 1.0
        if wait <= queue.long_s:
            world.tally[q, i, WAITED_WITHIN] += 1.0


@inlined
def count_replies(world: World, c: int, level: int) -> None:
    """What the replies inside a chat add, finished by an agent who held `level` chats."""
    contact = world.contacts[c]
    if contact.interval >= 0 and (contact.prompt or not world.queues[contact.queue].prompt_only):
        gain = world.inside[contact.queue, level - 1]
        world.tally[contact.queue, contact.interval, REPLIED] += gain


@compiled
def count_finish(world: World, c: int, time: float) -> None:
    """Deferrable work that is done at `time`; infinite if it is not done."""
    contact, horizon = world.contacts[c], world.clock[0].horizon_s
    due = contact.arrival + world.queues[contact.queue].deadline_s
    if due <= horizon or time <= horizon:
        count(world, c, DUE)
        if time <= due:
            count(world, c, IN_TIME)
    done = interval_of(world, time)
    if done >= 0:
        world.tally[contact.queue, done, FINISHED] += 1.0


@inlined
def spread(
    world: World, pool: int, begin: float, end: float, available: float, busy: float, engaged: float
) -> None:
    """Adds the seconds from `begin` to `end`, times the three shares, to the intervals that they
    lie in; what lies outside the grid is left out."""
    clock, table = world.clock[0], world.time_tally
    width, last = clock.interval_s, clock.intervals - 1
    begin = max(begin, 0.0)
    end = min(end, clock.horizon_s)
    i = min(int(begin / width), last)
    while begin < end:
        edge = end if i >= last else min(end, width * (i + 1))
        span = max(edge - begin, 0.0)
        table[pool, i, AVAILABLE] += available * span
        table[pool, i, BUSY] += busy * span
        table[pool, i, ENGAGED] += engaged * span
        begin = max(begin, edge)
        i += 1


@compiled
def chance(world: World, c: int, draw: int) -> float:
    """A number in (0, 1) that depends on nothing but the seed and the arguments (the mixing
    function of SplitMix64: G. Steele, D. Lea and C. Flood, OOPSLA 2014)."""
    z = world.clock[0].seed + np.uint64(0x9E3779B97F4A7C15) * np.uint64(c * 1024 + draw + 1)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (float(z >> np.uint64(11)) + 0.5) / 9007199254740992.0
