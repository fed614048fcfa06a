"""What no number of agents can do, said to the planner."""

from __future__ import annotations

import numpy as np

from ...data.errors import Problem, Severity
from .requirement import AgentRequirement, StaffingRequirement


def reach_warnings(requirement: StaffingRequirement) -> tuple[Problem, ...]:
    """A warning for each queue with intervals in which no number of agents meets its targets."""
    found = []
    for queue in requirement.queues:
        if isinstance(queue, AgentRequirement) and queue.beyond_reach is not None:
            at = np.flatnonzero(queue.beyond_reach)
            values = {
                "queue": queue.queue,
                "count": at.size,
                "first": f"{requirement.grid.starts[int(at[0])]:%Y-%m-%d %H:%M}",
            }
            found.append(Problem("staffing.beyond_reach", values, severity=Severity.WARNING))
    return tuple(found)
