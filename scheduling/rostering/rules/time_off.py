"""Nobody works while on leave: no shift starts on the day or runs into it, and hours off are kept
clear of, or are cut out of the shift."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..hours_off import hours_off, missed
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .away import day_away, keeps_clear
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    allowed = keeps_clear(problem, agent, options, problem.time_off_days)
    if any(off.agent == agent.id and not off.whole_days for off in problem.time_off):
        for k, template in enumerate(problem.shifts):
            for off in hours_off(problem, agent.id, problem.clocks.of(template.code)):
                meets = (options.start < off.end) & (options.end > off.start)
                allowed &= (options.template != k) | ~meets
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        day = day_away(problem, shift, problem.time_off_days)
        if day is not None:
            yield Violation(RULE.name, shift.agent, day)
        elif not _keeps_clear_of_hours(problem, shift):
            yield Violation(RULE.name, shift.agent, shift.day, fault="hours")


def _keeps_clear_of_hours(problem: RosterProblem, shift: Assignment) -> bool:
    return not any(
        start < away.end and end > away.start
        for away in missed(problem, shift)
        for start, end in shift.pieces
    )


RULE = Rule("time_off", check, allows=allows, unit="shifts")
