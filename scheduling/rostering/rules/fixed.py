"""Assignments that must stay: a day off, a shift, or a shift with its start."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent, FixedAssignment
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Rule


def fixed_days(problem: RosterProblem, agent: str) -> dict[int, FixedAssignment]:
    """The agent's fixed assignments by grid day."""
    number = problem.grid.day_number
    entries = {number(entry.day): entry for entry in problem.fixed if entry.agent == agent}
    return {day: entry for day, entry in entries.items() if 0 <= day < problem.grid.days}


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    codes = np.array([shift.code for shift in problem.shifts])
    allowed = np.ones(options.size, dtype=bool)
    for day, entry in fixed_days(problem, agent.id).items():
        fits = codes[options.template] == entry.shift_code
        if entry.start_minute is not None:
            fits &= options.clock == entry.start_minute
        allowed &= (options.day != day) | fits
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    by_day = {(shift.agent, shift.day): shift for shift in roster.assignments}
    for agent in problem.agents:
        for day, entry in fixed_days(problem, agent.id).items():
            if not _kept(problem, by_day.get((agent.id, day)), entry):
                fault = "day_off" if entry.shift_code is None else "shift"
                params = {"shift": entry.shift_code}
                yield Violation(RULE.name, agent.id, day, params, fault)


def _kept(problem: RosterProblem, shift: Assignment | None, entry: FixedAssignment) -> bool:
    if shift is None or entry.shift_code is None:
        return shift is None and entry.shift_code is None
    if shift.shift_code != entry.shift_code:
        return False
    if entry.start_minute is None:
        return True
    return problem.grid.minute(shift.day, entry.start_minute) == shift.start


RULE = Rule("fixed", check, allows=allows)
