"""Nobody works while on leave: no shift starts on the day and none runs into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    allowed = np.ones(options.size, dtype=bool)
    for day in range(problem.grid.days + 1):
        if (agent.id, day) in problem.leave:
            midnights = [problem.clocks.of(s.code).minute_of_midnight(day) for s in problem.shifts]
            begins = np.array(midnights, dtype=np.int64)[options.template]
            allowed &= (options.day != day) & ((options.day >= day) | (options.end <= begins))
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        if (shift.agent, shift.day) in problem.leave:
            yield Violation(RULE.name, shift.agent, shift.day)
        elif (shift.agent, shift.day + 1) in problem.leave and shift.end > (
            problem.clocks.of(shift.shift_code).minute_of_midnight(shift.day + 1)
        ):
            yield Violation(RULE.name, shift.agent, shift.day + 1)


RULE = Rule("time_off", check, allows=allows, unit="shifts")
