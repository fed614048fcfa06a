"""Most paid minutes of a shift."""

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
    most = problem.terms_of[agent.id].max_day_min
    if most is None:
        return np.ones(options.size, dtype=bool)
    return options.paid <= most


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        terms = problem.terms_of.get(shift.agent)
        most = None if terms is None else terms.max_day_min
        if most is not None and shift.paid_minutes > most:
            params = {"hours": round(shift.paid_minutes / 60, 2), "most": round(most / 60, 2)}
            yield Violation(RULE.name, shift.agent, shift.day, params)


RULE = Rule("longest_day", check, allows=allows, unit="shifts")
