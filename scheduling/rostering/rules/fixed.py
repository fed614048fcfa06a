"""Assignments that must stay: a day off, a shift, or a shift with its start; and assignments that
must not be."""

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
    return {day: entry for day, entry in problem.fixed_of[agent] if not entry.forbidden}


def working_days(problem: RosterProblem, agent: str) -> set[int]:
    """Grid days on which some shift is fixed, or the day off is forbidden."""
    return {
        day
        for day, entry in problem.fixed_of[agent]
        if entry.forbidden is (entry.shift_code is None)
    }


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    codes = np.array([shift.code for shift in problem.shifts])
    allowed = np.ones(options.size, dtype=bool)
    for day, entry in problem.fixed_of[agent.id]:
        of_day = slice(options.first[day], options.first[day + 1])
        fits = codes[options.template[of_day]] == entry.shift_code
        if entry.start_minute is not None:
            fits &= options.clock[of_day] == entry.start_minute
        allowed[of_day] &= fits ^ entry.forbidden
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    by_day = {(shift.agent, shift.day): shift for shift in roster.assignments}
    for agent in problem.agents:
        for day, entry in problem.fixed_of[agent.id]:
            if _is_as_said(problem, by_day.get((agent.id, day)), entry) is entry.forbidden:
                params = {"shift": entry.shift_code}
                yield Violation(RULE.name, agent.id, day, params, _fault(entry))


def _fault(entry: FixedAssignment) -> str:
    if entry.shift_code is None:
        return "forbidden_day_off" if entry.forbidden else "day_off"
    return "forbidden_shift" if entry.forbidden else "shift"


def _is_as_said(problem: RosterProblem, shift: Assignment | None, entry: FixedAssignment) -> bool:
    if shift is None or entry.shift_code is None:
        return shift is None and entry.shift_code is None
    if shift.shift_code != entry.shift_code:
        return False
    if entry.start_minute is None:
        return True
    clock = problem.clocks.of(shift.shift_code)
    return clock.minute(shift.day, entry.start_minute) == shift.start


RULE = Rule("fixed", check, allows=allows)
