"""Nobody works before their first day or after their last. What the contract asks for in a week is
less by the days outside, as by unpaid leave (`RosterProblem.leave`)."""

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
    return keeps_clear(problem, agent, options, problem.unemployed)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        day = day_away(problem, shift, problem.unemployed)
        if day is not None:
            agent = problem.agent_of[shift.agent]
            late = agent.last_day is not None and problem.grid.day_number(agent.last_day) < day
            fault = "after" if late else "before"
            date = agent.last_day if late else agent.first_day
            yield Violation(RULE.name, shift.agent, day, {"date": date}, fault)


RULE = Rule("employment", check, allows=allows)
