"""Nobody works while on leave: no shift starts on the day and none runs into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .away import day_away, keeps_clear
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    return keeps_clear(problem, agent, options, problem.time_off_days)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        day = day_away(problem, shift, problem.time_off_days)
        if day is not None:
            yield Violation(RULE.name, shift.agent, day)


RULE = Rule("time_off", check, allows=allows, unit="shifts")
