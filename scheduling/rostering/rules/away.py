"""Days on which agents are away: no shift starts on one or runs into it."""

from __future__ import annotations

from collections.abc import Container

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Assignment

AgentDays = Container[tuple[str, int]]
"""Days by agent id and grid day number."""


def keeps_clear(
    problem: RosterProblem, agent: Agent, options: ShiftOptions, away: AgentDays
) -> NDArray[np.bool_]:
    """Which options keep clear of the agent's days away, in the order of the options."""
    allowed = np.ones(options.size, dtype=bool)
    for day in range(problem.grid.days + 1):
        if (agent.id, day) in away:
            midnights = [problem.clocks.of(s.code).minute_of_midnight(day) for s in problem.shifts]
            begins = np.array(midnights, dtype=np.int64)[options.template]
            allowed &= (options.day != day) & ((options.day >= day) | (options.end <= begins))
    return allowed


def day_away(problem: RosterProblem, shift: Assignment, away: AgentDays) -> int | None:
    """The day away that a shift lies on, or runs into; None if there is none."""
    if (shift.agent, shift.day) in away:
        return shift.day
    midnight = problem.clocks.of(shift.shift_code).minute_of_midnight(shift.day + 1)
    runs_on = shift.end > midnight
    return shift.day + 1 if runs_on and (shift.agent, shift.day + 1) in away else None
