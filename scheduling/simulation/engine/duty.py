"""Agents come, go and change queues; queues open and close."""

from __future__ import annotations

from .calendar import cancel, schedule
from .compiled import compiled, inlined
from .standby import stand_down
from .tallies import spread
from .waiting import clear_line
from .work import advance, lay_aside, settle, take_up
from .world import World


@compiled
def move(world: World, a: int, pool: int, now: float) -> None:
    """A named agent serves `pool` from now on; −1 sends it off duty."""
    agent = world.agents[a]
    if agent.back >= 0:
        agent.back = pool
        if agent.pool < 0 and pool < 0:
            cancel(world, a)
    elif pool < 0:
        if agent.pool >= 0 and not agent.leaving:
            _leave(world, a, now)
    elif agent.pool < 0:
        _sign_on(world, a, pool, now)
    elif agent.pool != pool or agent.leaving:
        _change_pool(world, a, pool, now)


@compiled
def come_back(world: World, a: int, pool: int, now: float) -> None:
    """The end of a break, which is taken in full: whoever began it later comes back later."""
    agent = world.agents[a]
    if pool < 0 or (agent.pool >= 0 and not agent.leaving):
        move(world, a, pool, now)
    elif agent.pool >= 0:
        agent.back = pool
        agent.owed_s = now - agent.left_at
    elif agent.owed_s > 0.0:
        agent.back = pool
        schedule(world, a, now + agent.owed_s)
    else:
        _sign_on(world, a, pool, now)


@compiled
def resume(world: World, a: int, now: float) -> None:
    """Back at work at last."""
    cancel(world, a)
    pool = world.agents[a].back
    world.agents[a].back = -1
    _sign_on(world, a, pool, now)


@compiled
def join(world: World, p: int, now: float) -> None:
    """One more nameless agent; one that was still to go may stay."""
    pool = world.pools[p]
    if pool.pending > 0:
        pool.pending -= 1
        _count_takers(world, p, 1)
        return
    a = pool.spare
    if a < 0:
        _stay(world, p, now)
        return
    pool.spare = world.agents[a].behind
    _sign_on(world, a, p, now)


@compiled
def _stay(world: World, p: int, now: float) -> None:
    """Who was about to go, with contacts still in hand, stays: nobody else of the pool is left."""
    for a in range(world.clock[0].named, world.agents.size):
        agent = world.agents[a]
        if agent.pool == p and agent.leaving:
            agent.leaving = 0
            _count_takers(world, p, 1)
            advance(world, a, now)
            _start(world, a, now)
            return


@compiled
def drop(world: World, p: int, now: float) -> None:
    """One nameless agent less: an idle one, else the first to finish a contact."""
    idle = world.stands[p, 0].head
    _count_takers(world, p, -1)
    if idle >= 0:
        _sign_off(world, idle, now)
    else:
        world.pools[p].pending += 1
    _clear_closed(world, p, now)


@inlined
def after_finish(world: World, a: int, now: float) -> None:
    """What an agent does when a contact is finished: go if its time is over, else take more."""
    agent = world.agents[a]
    pool = world.pools[agent.pool]
    stand_down(world, a)
    if pool.pending > 0 and not agent.leaving:
        pool.pending -= 1
        agent.leaving = 1
    if not agent.leaving:
        take_up(world, a, now)
    elif agent.level > 0:
        settle(world, a, now)
    else:
        _sign_off(world, a, now)


@compiled
def close(world: World, q: int, now: float) -> None:
    """A queue closes; its line is cleared as soon as nobody is left to serve it."""
    queue = world.queues[q]
    queue.closed = 1
    if queue.takers == 0 and not queue.deferrable:
        clear_line(world, q, now)


@compiled
def _sign_on(world: World, a: int, pool: int, now: float) -> None:
    agent = world.agents[a]
    agent.pool = pool
    agent.on_since = now
    agent.last = now
    _count_takers(world, pool, 1)
    _start(world, a, now)


@compiled
def _start(world: World, a: int, now: float) -> None:
    """`take_up`, where it is not worth a copy of its code."""
    take_up(world, a, now)


@compiled
def _sign_off(world: World, a: int, now: float) -> None:
    """Off duty at once, with nothing in hand. A nameless agent is there to be called again."""
    stand_down(world, a)
    cancel(world, a)
    account(world, a, now)
    agent = world.agents[a]
    if a >= world.clock[0].named:
        pool = world.pools[agent.pool]
        agent.behind = pool.spare
        pool.spare = a
    agent.pool = -1
    agent.leaving = 0
    if agent.back >= 0:
        schedule(world, a, now + agent.owed_s)
    else:
        agent.owed_s = now - agent.left_at


@compiled
def _leave(world: World, a: int, now: float) -> None:
    """The end of a span: contacts in hand are finished first, deferrable work is laid aside."""
    agent = world.agents[a]
    pool = agent.pool
    stand_down(world, a)
    agent.leaving = 1
    agent.left_at = now
    _count_takers(world, pool, -1)
    if agent.level > 0 and world.queues[world.hands[a, 0].queue].deferrable:
        lay_aside(world, a, now)
    if agent.level == 0:
        _sign_off(world, a, now)
    _clear_closed(world, pool, now)


@compiled
def _change_pool(world: World, a: int, pool: int, now: float) -> None:
    """From one queue to another; a contact in hand comes along."""
    agent = world.agents[a]
    old = agent.pool
    advance(world, a, now)
    stand_down(world, a)
    account(world, a, now)
    if not agent.leaving:
        _count_takers(world, old, -1)
    agent.leaving = 0
    agent.pool = pool
    _count_takers(world, pool, 1)
    _start(world, a, now)
    _clear_closed(world, old, now)


@compiled
def _clear_closed(world: World, p: int, now: float) -> None:
    """Who waits for a closed queue that nobody serves any more leaves."""
    pool = world.pools[p]
    for at in range(pool.route, pool.route_end):
        queue = world.queues[world.routes[at].to]
        if queue.closed and queue.takers == 0 and not queue.deferrable:
            clear_line(world, world.routes[at].to, now)


@compiled
def _count_takers(world: World, p: int, more: int) -> None:
    pool = world.pools[p]
    for at in range(pool.route, pool.route_end):
        world.queues[world.routes[at].to].takers += more


@compiled
def account(world: World, a: int, now: float) -> None:
    """Counts an agent's time on duty up to now."""
    agent = world.agents[a]
    spread(world, agent.pool, agent.on_since, now, 1.0, 0.0, 0.0)
    agent.on_since = now
