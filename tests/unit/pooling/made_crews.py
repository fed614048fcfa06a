"""Small crews for the tests of pooling."""

from __future__ import annotations

import numpy as np
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.pooling.crew import Crew
from shiftcast.scheduling.staffing.demand import QueueDemand


def crew(
    queues: str,
    groups: list[str],
    headcount: list[float] | None = None,
    cost: list[float] | None = None,
) -> Crew:
    """Queues are single letters, groups words of them."""
    return Crew(
        tuple(queues),
        np.array([[queue in group for queue in queues] for group in groups]),
        np.array(headcount or [np.inf] * len(groups), dtype=float),
        np.array(cost or [1.0] * len(groups), dtype=float),
    )


def demand(
    queue: str, contacts: float, intervals: int = 6, aht_s: float = 300.0, **target: float
) -> QueueDemand:
    """A steady phone queue with 80 % in 20 s and patience of four minutes."""
    wanted = {"service_level": 0.8, "within_s": 20.0, "max_occupancy": 1.0, "max_abandonment": 1.0}
    profile = QueueProfile(queue, target=ServiceTarget(**(wanted | target)), patience_s=240.0)
    return QueueDemand(profile, np.full(intervals, contacts), np.full(intervals, aht_s))
