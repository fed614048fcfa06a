"""Agents at work: taking contacts, advancing them, finishing them, laying them aside."""

from __future__ import annotations

import numpy as np

from .calendar import cancel, schedule
from .compiled import compiled, inlined
from .inputs import UNLIMITED
from .standby import free_agent, stand_by, stand_down
from .tallies import count_answer, count_finish, count_replies, spread
from .waiting import first_waiting, leave_line, put_first
from .world import GONE, IN_HAND, World


@inlined
def advance(world: World, a: int, now: float) -> None:
    """Brings an agent's work up to now. Each contact in hand advances at the pace that belongs to
    their number."""
    agent = world.agents[a]
    since, level = agent.last, agent.level
    agent.last = now
    if level == 0 or now <= since:
        return
    filled = 0.0
    for s in range(level):
        hand = world.hands[a, s]
        hand.left -= (now - since) / world.pace[hand.queue, level - 1]
        filled += world.queues[hand.queue].share
    spread(world, agent.pool, since, now, 0.0, min(filled, 1.0), 1.0)


@inlined
def settle(world: World, a: int, now: float) -> None:
    """After a change of what an agent holds: when it finishes next, and where it stands by."""
    level = world.agents[a].level
    if level == 0:
        cancel(world, a)
    else:
        soonest = np.inf
        for s in range(level):
            hand = world.hands[a, s]
            soonest = min(soonest, hand.left * world.pace[hand.queue, level - 1])
        schedule(world, a, now + max(soonest, 0.0))
    stand_by(world, a, now)


@inlined
def begin(world: World, a: int, c: int, now: float) -> None:
    """An agent, up to date, takes a contact; `settle` has to follow."""
    stand_down(world, a)
    agent, contact = world.agents[a], world.contacts[c]
    queue = world.queues[contact.queue]
    hand = world.hands[a, agent.level]
    hand.contact = c
    hand.queue = contact.queue
    hand.left = contact.work / world.speed[a, contact.queue]
    agent.level += 1
    agent.room = min(agent.room, queue.slots)
    contact.status = IN_HAND
    if not contact.started:
        contact.started = 1
        count_answer(world, c, now)


@inlined
def put_down(world: World, a: int, slot: int) -> None:
    """Takes a contact out of an agent's hand."""
    agent, hands = world.agents[a], world.hands
    agent.level -= 1
    level = agent.level
    hands[a, slot].contact = hands[a, level].contact
    hands[a, slot].queue = hands[a, level].queue
    hands[a, slot].left = hands[a, level].left
    room = UNLIMITED
    for s in range(level):
        room = min(room, world.queues[hands[a, s].queue].slots)
    agent.room = room


@inlined
def finish(world: World, a: int, now: float) -> None:
    """The next contact of an agent is done; what follows is not decided here."""
    advance(world, a, now)
    level, slot, soonest = world.agents[a].level, 0, np.inf
    for s in range(level):
        hand = world.hands[a, s]
        time = hand.left * world.pace[hand.queue, level - 1]
        if time < soonest:
            slot, soonest = s, time
    c = world.hands[a, slot].contact
    contact = world.contacts[c]
    queue = world.queues[contact.queue]
    contact.status = GONE
    queue.in_house -= 1
    if queue.deferrable:
        count_finish(world, c, now)
    elif queue.slots > 1:
        count_replies(world, c, level)
    put_down(world, a, slot)


@inlined
def next_queue(world: World, a: int, now: float) -> int:
    """The queue whose first contact an agent takes next, −1 if nothing waits that it may take: by
    rank, then who has waited longest (deferrable work: what is due first)."""
    agent = world.agents[a]
    pool = world.pools[agent.pool]
    best, best_rank, best_key = -1, 0, 0.0
    for at in range(pool.route, pool.route_end):
        route = world.routes[at]
        if best >= 0 and route.rank > best_rank:
            break
        queue = world.queues[route.to]
        if agent.level >= min(queue.slots, agent.room):
            continue
        c = first_waiting(world, route.to, now)
        if c < 0:
            continue
        key = world.contacts[c].arrival
        if queue.deferrable:
            key += queue.deadline_s
        if best < 0 or key < best_key:
            best, best_rank, best_key = route.to, route.rank, key
    return best


@inlined
def take_up(world: World, a: int, now: float) -> None:
    """An agent, up to date, takes what waits, as much as it may."""
    q = next_queue(world, a, now)
    while q >= 0:
        c = world.queues[q].head
        leave_line(world, c)
        begin(world, a, c, now)
        q = next_queue(world, a, now) if world.agents[a].level < world.agents[a].room else -1
    settle(world, a, now)


@inlined
def hand_over(world: World, a: int, c: int, now: float) -> None:
    """A contact goes straight to an agent who stands by."""
    advance(world, a, now)
    begin(world, a, c, now)
    settle(world, a, now)


@compiled
def lay_aside(world: World, a: int, now: float) -> None:
    """The one piece of deferrable work in hand goes to whoever is free, or waits before all
    others with what is left of it; `settle` or going off duty has to follow."""
    advance(world, a, now)
    stand_down(world, a)
    hand = world.hands[a, 0]
    c, q = hand.contact, hand.queue
    world.contacts[c].work = max(hand.left, 0.0) * world.speed[a, q]
    put_down(world, a, 0)
    other = free_agent(world, q)
    if other < 0:
        put_first(world, c)
    else:
        hand_over(world, other, c, now)
