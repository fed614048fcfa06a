"""A requirement lowered where agents who serve several queues give one of them more than it needs.

By skill, a contact finds an agent wherever one is free, and what a queue needs of its own is only
roughly known. A queue that is served better than it was promised, while another misses its target,
holds people whom the other lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...data.centre import Centre, Routing
from ...data.targets import Channel, QueueProfile
from ...forecasting.forecast import Forecast
from ..simulation.kpis import SimulatedKpis
from ..staffing.agents import effective_target
from ..staffing.demand import queue_demands
from .correction import Factors, Gap, Raise
from .gaps import ERRORS_IN_RANGE
from .raising import added_agents

MOST_LOWERED = 0.1
"""A queue gives up in a round what it has beyond its limits and two standard errors, as a part of
the limit: that part of its contacts, and no more than a tenth of them."""


def usual_limits(centre: Centre, simulated: SimulatedKpis) -> tuple[Gap, ...]:
    """The limits of occupancy and abandonment that queues are staffed for without being asked."""
    found = []
    for profile in centre.queues:
        if profile.channel is Channel.EMAIL:
            continue
        total = simulated.total[simulated.total["queue"] == profile.name].iloc[0]
        for measure, limit in _unasked(profile):
            error = float(total[f"{measure}_high"] - total[f"{measure}_low"]) / ERRORS_IN_RANGE
            found.append(Gap(profile.name, measure, limit, float(total[measure]), error))
    return tuple(found)


def _unasked(profile: QueueProfile) -> list[tuple[str, float]]:
    asked, held = profile.target, effective_target(profile)
    pairs = [
        ("occupancy", asked.max_occupancy, held.max_occupancy),
        ("abandonment", asked.max_abandonment, held.max_abandonment),
    ]
    return [(name, limit) for name, given, limit in pairs if given is None and limit is not None]


def lower_for(
    centre: Centre, forecast: Forecast, gaps: Sequence[Gap], factors: Factors
) -> tuple[Factors, tuple[Raise, ...]]:
    """The factors with those of queues that can give agents to one that misses a target, and what
    that takes, as negative hours. `gaps` hold the usual limits too. Nothing where contacts go to
    the queue that the roster names."""
    demands = {
        demand.profile.name: demand
        for demand in queue_demands(forecast, centre)
        if demand.profile.channel is not Channel.EMAIL
    }
    wanting = {gap.queue for gap in gaps if gap.doubt > 0}
    if centre.routing is not Routing.SKILLS or not wanting:
        return factors, ()
    grid = forecast.grid
    lowered, told = dict(factors), []
    for queue in demands.keys() - wanting:
        own = [gap for gap in gaps if gap.queue == queue]
        if not own:
            continue
        factor = _factor(own)
        now = np.array(factors.get(queue, np.ones(grid.days)))
        added = added_agents(demands[queue], grid, now * factor) - added_agents(
            demands[queue], grid, now
        )
        hours = float(added.sum()) * grid.interval_min / 60
        if hours < 0:
            lowered[queue] = tuple(float(each) for each in now * factor)
            tightest = max(own, key=lambda gap: gap.short / gap.limit)
            told.append(Raise(queue, hours, tuple(range(grid.days)), tightest))
    return lowered, tuple(told)


def _factor(gaps: Sequence[Gap]) -> float:
    """By skill the formulas cannot tell what fewer agents of one queue do, since others serve it
    too: contacts are lowered by the least distance from a limit, and the next simulation tells."""
    spare = min((-gap.short - 2 * gap.error) / gap.limit for gap in gaps)
    return 1.0 - min(max(spare, 0.0), MOST_LOWERED)
