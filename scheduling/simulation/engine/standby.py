"""Agents who could take a contact: one line by pool and contacts in hand, longest idle first."""

from __future__ import annotations

from .compiled import compiled, inlined
from .world import World


@inlined
def stand_by(world: World, a: int, now: float) -> None:
    """Puts an agent, who stands nowhere, in the line that fits what it holds, if it can take
    more."""
    agent = world.agents[a]
    if agent.leaving:
        return
    level = agent.level
    if level >= agent.room:
        if not world.queues[world.hands[a, 0].queue].interruptible:
            return
        level = world.stands.shape[1] - 1
    stand = world.stands[agent.pool, level]
    agent.before = stand.tail
    agent.behind = -1
    if stand.tail < 0:
        stand.head = a
    else:
        world.agents[stand.tail].behind = a
    stand.tail = a
    agent.listed = level
    agent.listed_since = now


@inlined
def stand_down(world: World, a: int) -> None:
    """Takes an agent out of its line, if it stands in one."""
    agent = world.agents[a]
    if agent.listed < 0:
        return
    stand = world.stands[agent.pool, agent.listed]
    if agent.before < 0:
        stand.head = agent.behind
    else:
        world.agents[agent.before].behind = agent.behind
    if agent.behind < 0:
        stand.tail = agent.before
    else:
        world.agents[agent.behind].before = agent.before
    agent.listed = -1


@inlined
def free_agent(world: World, q: int) -> int:
    """Who takes a contact that arrives: the pool of lowest rank with anybody free, in it the agent
    with the fewest contacts in hand, of these the longest idle; −1 if nobody is free."""
    queue, agents = world.queues[q], world.agents
    best, best_rank, best_level = -1, 0, 0
    for at in range(queue.route, queue.route_end):
        route = world.routes[at]
        if best >= 0 and route.rank > best_rank:
            break
        for level in range(queue.slots):
            a = world.stands[route.to, level].head
            if a < 0:
                continue
            earlier = best >= 0 and agents[a].listed_since < agents[best].listed_since
            if best < 0 or level < best_level or (level == best_level and earlier):
                best, best_rank, best_level = a, route.rank, level
            break
    return best


@compiled
def interruptible_agent(world: World, q: int) -> int:
    """Who lays work aside for a customer who would wait, −1 if nobody can."""
    queue = world.queues[q]
    for at in range(queue.route, queue.route_end):
        a = world.stands[world.routes[at].to, world.stands.shape[1] - 1].head
        if a >= 0:
            return a
    return -1
