"""From a forecast to the agents that each queue needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.targets import Channel, QueueProfile
from ...forecasting.forecast import Forecast
from .agents import agents_needed
from .deadlines import deadline_work
from .demand import DemandLevel, QueueDemand, queue_demands
from .offered_load import staffing_moments
from .requirement import AgentRequirement, StaffingRequirement


def staff(
    forecast: Forecast,
    centre: Centre,
    *,
    demand: DemandLevel = "mean",
    backlog: Mapping[str, float] | None = None,
) -> StaffingRequirement:
    """The requirement of every queue of `centre` on the forecast's grid, in the centre's order.

    Phone and chat: the fractional number of agents that meets the queue's targets at the load of
    each interval (see `offered_load.py` and `agents.py`), divided by 1 − shrinkage. E-mail:
    deadline work (see `deadlines.py`). `demand` picks the forecast's column; `backlog` gives the
    e-mails that wait at the start, by queue.

    Raises InputError naming every queue without a forecast or a handle time.
    """
    waiting = backlog or {}
    return StaffingRequirement(
        forecast.grid,
        tuple(
            deadline_work(queue, centre, forecast.grid, waiting.get(queue.profile.name, 0.0))
            if queue.profile.channel is Channel.EMAIL
            else agent_requirement(queue, forecast.grid)
            for queue in queue_demands(forecast, centre, demand)
        ),
    )


def with_rostered(
    requirement: StaffingRequirement, centre: Centre, rostered: Mapping[str, NDArray[np.float64]]
) -> StaffingRequirement:
    """The requirement with other numbers of rostered agents, by queue, for work that waits."""
    return replace(
        requirement,
        queues=tuple(
            replace(
                queue,
                rostered=rostered[queue.queue],
                on_queue=rostered[queue.queue] * (1.0 - centre.queue(queue.queue).shrinkage),
            )
            if isinstance(queue, AgentRequirement) and queue.queue in rostered
            else queue
            for queue in requirement.queues
        ),
    )


def agent_requirement(demand: QueueDemand, grid: TimeGrid) -> AgentRequirement:
    """Agents for a phone or chat queue, see `staff`."""
    profile = demand.profile
    moments = staffing_moments(demand, grid.interval_min)
    on_queue, beyond = np.zeros(grid.size), np.zeros(grid.size, dtype=bool)
    for asked, at in _by_target(demand):
        needed = agents_needed(asked, moments.take(at), demand.aht_s[at])
        on_queue[at], beyond[at] = needed.fractional, needed.beyond_reach
    return AgentRequirement(
        profile.name,
        on_queue,
        on_queue / (1.0 - profile.shrinkage),
        beyond if beyond.any() else None,
    )


def _by_target(demand: QueueDemand) -> Iterator[tuple[QueueProfile, NDArray[np.bool_]]]:
    """The queue and the intervals, shape (grid.size,), in which it has these targets: a reply rate
    binds inside its assessment window only."""
    profile, assessed = demand.profile, demand.assessed
    if assessed is None:
        yield profile, np.ones(demand.contacts.shape, dtype=bool)
        return
    yield profile, assessed
    yield replace(profile, target=replace(profile.target, reply=None)), ~assessed
