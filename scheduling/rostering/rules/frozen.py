"""What may no longer change: until the freeze every shift begins as the base roster says."""

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
    allowed: NDArray[np.bool_] = options.start >= problem.thaw
    codes = np.array([shift.code for shift in problem.shifts])
    for day in range(problem.grid.days):
        shift = problem.base_days.get((agent.id, day))
        if shift is not None and problem.is_frozen(shift.start):
            same = (codes[options.template] == shift.shift_code) & (options.start == shift.start)
            allowed = np.where(options.day == day, same, allowed)
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    now = _begun(problem, roster)
    was = {} if problem.base is None else _begun(problem, problem.base)
    for agent in problem.agents:
        for day in range(problem.grid.days):
            key = (agent.id, day)
            if now.get(key) != was.get(key):
                yield Violation(RULE.name, agent.id, day)


def _begun(problem: RosterProblem, roster: Roster) -> dict[tuple[str, int], tuple[str, int]]:
    """Shift code and start of what begins before the freeze, by agent id and grid day."""
    return {
        (shift.agent, shift.day): (shift.shift_code, shift.start)
        for shift in roster.assignments
        if problem.is_frozen(shift.start)
    }


RULE = Rule("frozen", check, allows=allows)
