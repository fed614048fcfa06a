"""The event loop: arrivals, finishes, comings and goings, in order of time."""

from __future__ import annotations

import numpy as np

from .calendar import next_finish, next_timer, take_reminder
from .compiled import compiled, inlined, kept
from .duty import account, after_finish, close, come_back, drop, join, move, resume
from .inputs import Changes, Kind
from .standby import free_agent, interruptible_agent
from .tallies import count, count_finish, interval_of
from .waiting import clear_line, consider_redial, first_waiting, join_line, leave_line, lose
from .work import finish, hand_over, lay_aside
from .world import AWAY, BLOCKED, OFFERED, WAITED, WAITING, World

_MOVE, _RETURN = int(Kind.MOVE), int(Kind.RETURN)
_JOIN, _DROP, _OPEN = int(Kind.JOIN), int(Kind.DROP), int(Kind.OPEN)


@kept
def run(world: World, changes: Changes) -> None:
    """Plays one replication of a new world and counts what happens.

    At one moment contacts are finished first, then customers give up or call again, then agents
    and queues change, then contacts arrive. After the last change nobody comes or goes any more:
    whoever is on duty serves until nothing is left.
    """
    q, arrival = _next_arrival(world)
    changed, last = 0, changes.time.size
    while True:
        done, timer = next_finish(world), next_timer(world)
        change = changes.time[changed] if changed < last else np.inf
        now = min(min(done, timer), min(change, arrival))
        if now == np.inf:
            break
        if done == now:
            a = world.calendar[0].agent
            if world.agents[a].pool < 0:
                resume(world, a, now)
            else:
                finish(world, a, now)
                after_finish(world, a, now)
        elif timer == now:
            _look_again(world, now)
        elif change == now:
            _apply(world, changes.kind[changed], changes.who[changed], changes.where[changed], now)
            changed += 1
        else:
            queue = world.queues[q]
            queue.upcoming += 1
            arrive(world, queue.upcoming - 1, now)
            q, arrival = _next_arrival(world)
    _end(world)


@inlined
def _next_arrival(world: World) -> tuple[int, float]:
    """(queue, time) of the next first call; infinity if there is none left."""
    found, time = 0, np.inf
    for q in range(world.queues.size):
        queue = world.queues[q]
        if queue.upcoming < queue.end and world.contacts[queue.upcoming].arrival < time:
            found, time = q, world.contacts[queue.upcoming].arrival
    return found, time


@inlined
def arrive(world: World, c: int, now: float) -> None:
    """A contact comes: to a free agent, into the line, or away if every line is taken."""
    contact = world.contacts[c]
    contact.interval = interval_of(world, now)
    q = contact.queue
    queue = world.queues[q]
    count(world, c, OFFERED)
    if queue.in_house >= queue.lines:
        count(world, c, BLOCKED)
        if queue.redial > 0.0:
            consider_redial(world, c, now)
        return
    queue.in_house += 1
    a = free_agent(world, q)
    if a < 0:
        count(world, c, WAITED)
        if not queue.deferrable:
            a = interruptible_agent(world, q)
            if a >= 0:
                lay_aside(world, a, now)
    if a >= 0:
        hand_over(world, a, c, now)
    else:
        join_line(world, c)


@compiled
def _look_again(world: World, now: float) -> None:
    """A reminder is due: the customer gives up, or calls again if the queue is open, or has been
    served in the meantime."""
    c = take_reminder(world)
    contact = world.contacts[c]
    waits = contact.status == WAITING and contact.give_up <= now
    returns = contact.status == AWAY and contact.arrival <= now
    if waits:
        leave_line(world, c)
        lose(world, c, now)
    elif returns and not world.queues[contact.queue].closed:
        arrive(world, c, now)


@compiled
def _apply(world: World, kind: int, who: int, where: int, now: float) -> None:
    if kind == _MOVE:
        move(world, who, where, now)
    elif kind == _RETURN:
        come_back(world, who, where, now)
    elif kind == _JOIN:
        join(world, where, now)
    elif kind == _DROP:
        drop(world, where, now)
    elif kind == _OPEN:
        world.queues[where].closed = 0
    else:
        close(world, where, now)


@compiled
def _end(world: World) -> None:
    """Nobody is left to serve: customers leave when their patience ends, at the end of the grid
    at the latest; deferrable work stays undone. Who is on duty was there to the end."""
    horizon = world.clock[0].horizon_s
    for q in range(world.queues.size):
        queue = world.queues[q]
        if not queue.deferrable:
            queue.closed = 1
            clear_line(world, q, horizon)
            continue
        c = first_waiting(world, q, horizon)
        while c >= 0:
            leave_line(world, c)
            count_finish(world, c, np.inf)
            c = first_waiting(world, q, horizon)
    for a in range(world.agents.size):
        if world.agents[a].pool >= 0:
            account(world, a, horizon)
