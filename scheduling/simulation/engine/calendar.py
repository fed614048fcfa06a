"""What happens next: binary heaps of agents (who move in it) and of timers (which stay)."""

from __future__ import annotations

import numpy as np

from .compiled import compiled, inlined
from .world import World


@inlined
def next_finish(world: World) -> float:
    """When the next contact is finished; infinity if none is in hand."""
    return world.calendar[0].time if world.clock[0].working > 0 else np.inf


@inlined
def next_timer(world: World) -> float:
    return world.timers[0].time if world.clock[0].timers > 0 else np.inf


@inlined
def schedule(world: World, a: int, time: float) -> None:
    """Puts an agent's next finish at `time`, or moves it there."""
    clock, spot = world.clock[0], world.agents[a].spot
    if spot < 0:
        clock.working += 1
        _rise(world, a, time, clock.working - 1)
    elif time < world.calendar[spot].time:
        _rise(world, a, time, spot)
    else:
        _sink(world, a, time, spot)


@compiled
def cancel(world: World, a: int) -> None:
    """Takes an agent out, if it is in."""
    clock, spot = world.clock[0], world.agents[a].spot
    if spot < 0:
        return
    world.agents[a].spot = -1
    clock.working -= 1
    last = world.calendar[clock.working]
    moved, time = last.agent, last.time
    if moved == a:
        return
    if time < world.calendar[spot].time:
        _rise(world, moved, time, spot)
    else:
        _sink(world, moved, time, spot)


@inlined
def _rise(world: World, a: int, time: float, spot: int) -> None:
    agents, heap = world.agents, world.calendar
    while spot > 0:
        parent = (spot - 1) >> 1
        if heap[parent].time <= time:
            break
        heap[spot].time = heap[parent].time
        heap[spot].agent = heap[parent].agent
        agents[heap[spot].agent].spot = spot
        spot = parent
    heap[spot].time = time
    heap[spot].agent = a
    agents[a].spot = spot


@inlined
def _sink(world: World, a: int, time: float, spot: int) -> None:
    agents, heap, size = world.agents, world.calendar, world.clock[0].working
    while True:
        child = 2 * spot + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1].time < heap[child].time:
            child += 1
        if heap[child].time >= time:
            break
        heap[spot].time = heap[child].time
        heap[spot].agent = heap[child].agent
        agents[heap[spot].agent].spot = spot
        spot = child
    heap[spot].time = time
    heap[spot].agent = a
    agents[a].spot = spot


@compiled
def remind(world: World, c: int, time: float) -> None:
    """Looks at a contact again at `time`."""
    timers, clock = world.timers, world.clock[0]
    spot = clock.timers
    clock.timers += 1
    while spot > 0:
        parent = (spot - 1) >> 1
        if timers[parent].time <= time:
            break
        timers[spot].time = timers[parent].time
        timers[spot].contact = timers[parent].contact
        spot = parent
    timers[spot].time = time
    timers[spot].contact = c


@compiled
def take_reminder(world: World) -> int:
    """The contact of the earliest reminder, which is taken out."""
    timers, clock = world.timers, world.clock[0]
    found = timers[0].contact
    clock.timers -= 1
    size = clock.timers
    contact, time = timers[size].contact, timers[size].time
    spot = 0
    while True:
        child = 2 * spot + 1
        if child >= size:
            break
        if child + 1 < size and timers[child + 1].time < timers[child].time:
            child += 1
        if timers[child].time >= time:
            break
        timers[spot].time = timers[child].time
        timers[spot].contact = timers[child].contact
        spot = child
    timers[spot].time = time
    timers[spot].contact = contact
    return found
