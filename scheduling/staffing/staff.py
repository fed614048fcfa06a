"""From a forecast to the agents that each queue needs."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.targets import Channel
from ...forecasting.forecast import Forecast
from .agents import agents_needed
from .deadlines import deadline_work
from .demand import DemandLevel, QueueDemand, queue_demands
from .requirement import AgentRequirement, StaffingRequirement


def staff(
    forecast: Forecast,
    centre: Centre,
    *,
    demand: DemandLevel = "mean",
    backlog: Mapping[str, float] | None = None,
) -> StaffingRequirement:
    """The requirement of every queue of `centre` on the forecast's grid, in the centre's order.

    Phone and chat: the fractional number of agents that meets the queue's targets in each interval
    on its own (stationary, see `agents.py`), divided by 1 − shrinkage. E-mail: deadline work (see
    `deadlines.py`). `demand` picks the forecast's column; `backlog` gives the e-mails that wait at
    the start, by queue.

    Raises InputError naming every queue without a forecast or a handle time.
    """
    waiting = backlog or {}
    return StaffingRequirement(
        forecast.grid,
        tuple(
            deadline_work(queue, centre, forecast.grid, waiting.get(queue.profile.name, 0.0))
            if queue.profile.channel is Channel.EMAIL
            else _agents(queue, forecast.grid)
            for queue in queue_demands(forecast, centre, demand)
        ),
    )


def _agents(demand: QueueDemand, grid: TimeGrid) -> AgentRequirement:
    rate_per_s = demand.contacts / (grid.interval_min * 60.0)
    on_queue = agents_needed(demand.profile, rate_per_s, demand.aht_s).fractional
    return AgentRequirement(
        demand.profile.name, on_queue, on_queue / (1.0 - demand.profile.shrinkage)
    )
