"""Contacts that wait, give up and call again."""

from __future__ import annotations

import numpy as np

from .calendar import remind
from .compiled import compiled, inlined
from .tallies import chance, count, count_loss
from .world import AWAY, GONE, REDIALLED, WAITING, World

_AGAIN, _DELAY, _PATIENCE, _DRAWS = 0, 1, 2, 3  # random numbers of one redial, and how many
_MOST_REDIALS = 100


@compiled
def join_line(world: World, c: int) -> None:
    """A contact goes to the end of its queue's line."""
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    contact.status = WAITING
    contact.ahead = queue.tail
    contact.after = -1
    if queue.tail < 0:
        queue.head = c
    else:
        world.contacts[queue.tail].after = c
    queue.tail = c
    if queue.timed and contact.give_up < np.inf:
        remind(world, c, contact.give_up)


@compiled
def put_first(world: World, c: int) -> None:
    """Work that was laid aside comes before all that waits."""
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    contact.status = WAITING
    contact.ahead = -1
    contact.after = queue.head
    if queue.head < 0:
        queue.tail = c
    else:
        world.contacts[queue.head].ahead = c
    queue.head = c


@inlined
def leave_line(world: World, c: int) -> None:
    """Takes a contact out of its line."""
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    if contact.ahead < 0:
        queue.head = contact.after
    else:
        world.contacts[contact.ahead].after = contact.after
    if contact.after < 0:
        queue.tail = contact.ahead
    else:
        world.contacts[contact.after].ahead = contact.ahead


@inlined
def first_waiting(world: World, q: int, now: float) -> int:
    """Who is first in line, −1 if nobody; those before who have given up are let go."""
    c = world.queues[q].head
    if c >= 0 and world.contacts[c].give_up <= now:
        c = _first_patient(world, q, now)
    return c


@compiled
def _first_patient(world: World, q: int, now: float) -> int:
    c = world.queues[q].head
    while c >= 0 and world.contacts[c].give_up <= now:
        leave_line(world, c)
        lose(world, c, world.contacts[c].give_up)
        c = world.queues[q].head
    return c


@compiled
def lose(world: World, c: int, time: float) -> None:
    """A customer who has left the line at `time` was not answered, and may call again."""
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    count_loss(world, c, time)
    queue.in_house -= 1
    contact.status = GONE
    if queue.redial > 0.0:
        consider_redial(world, c, time)


@compiled
def consider_redial(world: World, c: int, time: float) -> None:
    """A customer who was not answered may call again, with the patience of any customer of the
    queue; not while the queue is closed."""
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    if queue.closed or contact.redials == _MOST_REDIALS:
        return
    draw = _DRAWS * contact.redials
    if chance(world, c, draw + _AGAIN) >= queue.redial:
        return
    count(world, c, REDIALLED)
    contact.status = AWAY
    contact.redials += 1
    back = time - np.log(chance(world, c, draw + _DELAY)) * queue.redial_delay_s
    any_ = queue.first + int(chance(world, c, draw + _PATIENCE) * (queue.end - queue.first))
    other = world.contacts[any_]
    patience = other.give_up - other.arrival
    contact.arrival = back
    contact.give_up = back + patience
    remind(world, c, back)


@compiled
def clear_line(world: World, q: int, time: float) -> None:
    """Everybody in line leaves at `time`, or before if they gave up before."""
    c = first_waiting(world, q, time)
    while c >= 0:
        leave_line(world, c)
        lose(world, c, time)
        c = first_waiting(world, q, time)
