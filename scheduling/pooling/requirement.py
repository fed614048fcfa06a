"""The requirement of queues that share agents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre, Routing
from ...data.grid import TimeGrid
from ...data.targets import Channel
from ..staffing.demand import QueueDemand
from ..staffing.requirement import AgentRequirement
from .correction import corrected_groups, just_enough
from .covering import shared_out
from .crew import Crew, crew_of
from .needs import lone_needs
from .recipe import Setting
from .trial import Trial

Array = NDArray[np.float64]

SEED = 20_261
_CONTACTS = 300_000
"""Contacts of a trial: enough for standard errors of half a point."""

_LEAST_REPLICATIONS, _MOST_REPLICATIONS = 5, 80

_THERE = 5 / 7
"""Share of a group that is at work on a day."""


@dataclass(frozen=True)
class PooledRequirement:
    """What queues need together.

    `queues` are the requirements by queue, whose agents add up to those needed of all. `agents`
    (groups, intervals) of `crew` are those on duty in the simulation that met the targets (`met`),
    or came nearest. `lone_hours` is what the queues would need each for itself, `hours` what they
    need together, in rostered agent-hours.
    """

    queues: tuple[AgentRequirement, ...]
    crew: Crew
    agents: Array
    met: bool
    lone_hours: float
    hours: float


def shares_agents(centre: Centre, demands: Sequence[QueueDemand]) -> bool:
    """Whether contacts find agents by their skills, and some agents have several."""
    live = _live(centre, demands)
    return centre.routing is Routing.SKILLS and bool(
        live and (crew_of(centre, [d.profile.name for d in live]).serves.sum(axis=1) > 1).any()
    )


def pooled_requirement(
    centre: Centre, demands: Sequence[QueueDemand], grid: TimeGrid
) -> PooledRequirement:
    """Requirement of the phone and chat queues among `demands` that somebody can serve.

    The cheapest mix of the centre's skill groups that meets every queue's targets over the
    horizon, corrected by simulation with routing by skill, and shared out to the queues in
    proportion to what each would need alone. ValueError if no two queues share agents.
    """
    if not shares_agents(centre, demands):
        raise ValueError("no two queues of this centre share agents")
    live = _live(centre, demands)
    names = [demand.profile.name for demand in live]
    crew = crew_of(centre, names)
    there = replace(crew, headcount=np.ceil(crew.headcount * _THERE))
    whole = Setting(there, lone_needs(live, grid.interval_min))
    some = _two_days(live, grid)
    part = Setting(there, lone_needs(some, grid.interval_min))
    recipe = corrected_groups(part, _trial(some, there, grid)).recipe
    found = just_enough(whole, _trial(live, there, grid), recipe)
    needs = whole.needs
    on_queue = shared_out(there, found.agents, needs.agents)
    present = 1.0 - np.array([demand.profile.shrinkage for demand in live])[:, None]
    hours = grid.interval_min / 60.0
    return PooledRequirement(
        tuple(
            AgentRequirement(name, mine, rostered)
            for name, mine, rostered in zip(names, on_queue, on_queue / present, strict=True)
        ),
        crew,
        found.agents,
        found.met,
        float((needs.agents / present).sum()) * hours,
        float((on_queue / present).sum()) * hours,
    )


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


def _trial(demands: tuple[QueueDemand, ...], crew: Crew, grid: TimeGrid) -> Trial:
    contacts = sum(float(demand.contacts.sum()) for demand in demands)
    wanted = np.ceil(_CONTACTS / max(contacts, 1.0))
    replications = int(np.clip(wanted, _LEAST_REPLICATIONS, _MOST_REPLICATIONS))
    return Trial(demands, crew, grid.interval_min, replications, SEED)
