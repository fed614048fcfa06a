"""The requirement of queues that share agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.targets import Channel
from ..staffing.demand import QueueDemand
from ..staffing.requirement import AgentRequirement, PoolingGain, StaffingRequirement
from .correction import corrected_groups, just_enough
from .covering import shared_out
from .crew import Crew, crew_of
from .needs import lone_needs
from .recipe import Setting
from .trial import Trial

Array = NDArray[np.float64]

SEED = 20_261
_CONTACTS, _MIX_CONTACTS = 400_000, 120_000
"""Contacts of a trial: of the whole horizon, and of the days on which the mix is found."""

_LEAST_REPLICATIONS, _MOST_REPLICATIONS = 5, 80

_THERE = 5 / 7
"""Share of a group that is at work on a day."""


def with_shared_agents(
    centre: Centre, demands: Sequence[QueueDemand], requirement: StaffingRequirement
) -> StaffingRequirement:
    """`requirement`, of queues each for itself, lowered where agents take contacts of several.

    The cheapest mix of the centre's skill groups that meets every target of the phone and chat
    queues over the horizon, corrected by simulation with routing by skill, is shared out to the
    queues in proportion to what each needs alone. Unchanged if no two queues share agents; queues
    that nobody can serve stay as they are.
    """
    grid, live = requirement.grid, _live(centre, demands)
    names = tuple(demand.profile.name for demand in live)
    crew = crew_of(centre, names)
    if not (crew.serves.sum(axis=1) > 1).any():
        return requirement
    crew = replace(crew, headcount=np.ceil(crew.headcount * _THERE))
    some = _two_days(live, grid)
    part = Setting(crew, lone_needs(some, grid.interval_min))
    recipe = corrected_groups(part, _trial(some, crew, grid, _MIX_CONTACTS)).recipe
    whole = Setting(crew, lone_needs(live, grid.interval_min))
    found = just_enough(whole, _trial(live, crew, grid, _CONTACTS), recipe)
    alone = whole.needs.agents
    shared = shared_out(crew, found.agents, alone)
    part_of_alone = np.divide(shared, alone, out=np.ones_like(alone), where=alone > 0)
    lowered = {
        queue.queue: _lowered(queue, part_of_alone[names.index(queue.queue)])
        for queue in requirement.queues
        if isinstance(queue, AgentRequirement) and queue.queue in names
    }
    return replace(
        requirement,
        queues=tuple(lowered.get(queue.queue, queue) for queue in requirement.queues),
        pooling=PoolingGain(
            names, _hours(requirement, names), _hours_of(lowered.values(), grid), found.met
        ),
    )


def _lowered(queue: AgentRequirement, part: Array) -> AgentRequirement:
    return replace(queue, on_queue=queue.on_queue * part, rostered=queue.rostered * part)


def _hours(requirement: StaffingRequirement, names: tuple[str, ...]) -> float:
    live = [
        queue
        for queue in requirement.queues
        if isinstance(queue, AgentRequirement) and queue.queue in names
    ]
    return _hours_of(live, requirement.grid)


def _hours_of(queues: Iterable[AgentRequirement], grid: TimeGrid) -> float:
    return float(sum(queue.rostered.sum() for queue in queues)) * grid.interval_min / 60.0


def _live(centre: Centre, demands: Sequence[QueueDemand]) -> tuple[QueueDemand, ...]:
    """Queues whose customers wait and whom somebody can serve."""
    waiting = [demand for demand in demands if demand.profile.channel is not Channel.EMAIL]
    unserved = crew_of(centre, [demand.profile.name for demand in waiting]).unserved
    return tuple(demand for demand in waiting if demand.profile.name not in unserved)


def _two_days(demands: Sequence[QueueDemand], grid: TimeGrid) -> tuple[QueueDemand, ...]:
    """The busiest day and one in the middle, on which the mix of skills is found; what it takes in
    units of √load holds for the others."""
    first = grid.day_first
    work = sum(demand.contacts * demand.aht_s for demand in demands)
    daily = np.add.reduceat(np.asarray(work), first[:-1])
    open_days = np.flatnonzero(daily > 0)
    ranked = open_days[np.argsort(daily[open_days])]
    chosen = sorted({int(ranked[-1]), int(ranked[len(ranked) // 2])}) if ranked.size else [0]
    at = np.concatenate([np.arange(first[day], first[day + 1]) for day in chosen])
    return tuple(
        replace(
            demand,
            contacts=demand.contacts[at],
            aht_s=demand.aht_s[at],
            assessed=None if demand.assessed is None else demand.assessed[at],
        )
        for demand in demands
    )


def _trial(demands: tuple[QueueDemand, ...], crew: Crew, grid: TimeGrid, contacts: float) -> Trial:
    coming = sum(float(demand.contacts.sum()) for demand in demands)
    wanted = np.ceil(contacts / max(coming, 1.0))
    replications = int(np.clip(wanted, _LEAST_REPLICATIONS, _MOST_REPLICATIONS))
    return Trial(demands, crew, grid.interval_min, replications, SEED)
