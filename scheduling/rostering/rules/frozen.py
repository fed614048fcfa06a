"""Days that may no longer change: on them every agent does what the base roster says."""

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
    allowed: NDArray[np.bool_] = options.day >= _frozen(problem)
    codes = np.array([shift.code for shift in problem.shifts])
    for day in range(_frozen(problem)):
        shift = problem.base_days.get((agent.id, day))
        if shift is not None:
            same = (codes[options.template] == shift.shift_code) & (options.start == shift.start)
            allowed |= (options.day == day) & same
    return allowed


def _frozen(problem: RosterProblem) -> int:
    return 0 if problem.base is None else min(problem.frozen_days, problem.grid.days)


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    now = {(shift.agent, shift.day): shift for shift in roster.assignments}
    for agent in problem.agents:
        for day in range(_frozen(problem)):
            key = (agent.id, day)
            if _what(now.get(key)) != _what(problem.base_days.get(key)):
                yield Violation(RULE.name, agent.id, day)


def _what(shift: Assignment | None) -> tuple[str, int] | None:
    return None if shift is None else (shift.shift_code, shift.start)


RULE = Rule("frozen", check, allows=allows)
