"""Shifts lie within the hours an agent is available on the weekday they start on."""

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
    weekday = (options.day + problem.grid.first_day.weekday()) % 7
    clock_end = options.clock + (options.end - options.start)
    for number, window in enumerate(agent.availability):
        if window is None:
            continue
        inside = np.zeros(options.size, dtype=bool)
        if window:
            inside = (options.clock >= window[0]) & (clock_end <= window[1])
        allowed &= (weekday != number) | inside
    return allowed


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    agents = {agent.id: agent for agent in problem.agents}
    for shift in roster.assignments:
        if shift.agent not in agents:
            continue
        window = agents[shift.agent].availability[problem.weekday(shift.day)]
        if window is None:
            continue
        clock = problem.clocks.of(shift.shift_code).clock(shift.start)
        if not window or clock < window[0] or clock + shift.end - shift.start > window[1]:
            yield Violation(RULE.name, shift.agent, shift.day)


RULE = Rule("availability", check, allows=allows, unit="shifts")
