"""An agent works only shift types that the contract names, on weekdays that the type allows."""

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
    codes = problem.contract_of[agent.id].shift_codes
    named = np.array([not codes or shift.code in codes for shift in problem.shifts], dtype=bool)
    return named[options.template]


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        template = problem.shift_of.get(shift.shift_code)
        contract = problem.contract_of.get(shift.agent)
        if template is None or contract is None:
            continue
        params = {"shift": shift.shift_code}
        if contract.shift_codes and shift.shift_code not in contract.shift_codes:
            yield Violation(RULE.name, shift.agent, shift.day, params, "contract")
        if problem.weekday(shift.day) not in template.weekdays:
            yield Violation(RULE.name, shift.agent, shift.day, params, "weekday")


RULE = Rule("shift_type", check, allows=allows, unit="shifts")
