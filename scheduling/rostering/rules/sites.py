"""Agents of a site work its shifts, and those that belong to no site."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ....data.shifts import ShiftTemplate
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    own = np.array([_may_work(agent, shift) for shift in problem.shifts], dtype=bool)
    return own[options.template]


def _may_work(agent: Agent, shift: ShiftTemplate) -> bool:
    return "" in (agent.site, shift.site) or agent.site == shift.site


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        agent = problem.agent_of.get(shift.agent)
        template = problem.shift_of.get(shift.shift_code)
        if agent is not None and template is not None and not _may_work(agent, template):
            params = {"shift": template.code, "site": template.site, "own": agent.site}
            yield Violation(RULE.name, shift.agent, shift.day, params)


RULE = Rule("sites", check, allows=allows, unit="shifts")
