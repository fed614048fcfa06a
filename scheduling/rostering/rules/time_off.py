"""Nobody works while on leave: no shift starts on the day and none runs into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    allowed = np.ones(options.size, dtype=bool)
    for day in range(problem.grid.days + 1):
        if (agent.id, day) in problem.leave:
            midnights = [problem.clocks.of(s.code).minute_of_midnight(day) for s in problem.shifts]
            begins = np.array(midnights, dtype=np.int64)[options.template]
            allowed &= (options.day != day) & ((options.day >= day) | (options.end <= begins))
    return allowed


def day_away(problem: RosterProblem, shift: Assignment) -> int | None:
    """The day of leave that a shift lies on, or runs into; None if there is none."""
    if (shift.agent, shift.day) in problem.leave:
        return shift.day
    midnight = problem.clocks.of(shift.shift_code).minute_of_midnight(shift.day + 1)
    runs_on = shift.end > midnight
    return shift.day + 1 if runs_on and (shift.agent, shift.day + 1) in problem.leave else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        day = day_away(problem, shift)
        if day is not None:
            yield Violation(RULE.name, shift.agent, day)


RULE = Rule("time_off", check, allows=allows, unit="shifts")
