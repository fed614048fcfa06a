"""An agent on shift serves one queue at a time, all the time, among those of the agent's skills.

Whoever is on call serves none; whoever can serve none of the queues can only be on call. A problem
without queues, which asks for people on shifts, needs no skill.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ....data.shifts import ShiftKind, ShiftTemplate
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Rule


def allows(problem: RosterProblem, agent: Agent, options: ShiftOptions) -> NDArray[np.bool_]:
    idle = np.array([_serves_nothing(problem, shift) for shift in problem.shifts], dtype=bool)
    return idle[options.template] | bool(problem.skills_of[agent.id])


def _serves_nothing(problem: RosterProblem, shift: ShiftTemplate) -> bool:
    """Whether whoever works the shift takes no contacts."""
    return shift.kind is ShiftKind.ON_CALL or not problem.demands


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        skills = problem.skills_of.get(shift.agent)
        if skills is None:
            continue
        for queue in sorted({span.queue for span in shift.queues} - skills):
            yield Violation(RULE.name, shift.agent, shift.day, {"queue": queue})
        template = problem.shift_of.get(shift.shift_code)
        idle = template is not None and _serves_nothing(problem, template)
        if template is not None and template.kind is ShiftKind.ON_CALL and shift.queues:
            params = {"shift": shift.shift_code}
            yield Violation(RULE.name, shift.agent, shift.day, params, "on_call")
        if not idle and _covered(shift) != shift.working():
            yield Violation(RULE.name, shift.agent, shift.day, fault="uncovered")


def _covered(shift: Assignment) -> list[tuple[int, int]]:
    """The spans on queues joined where they touch; overlaps stay visible."""
    joined: list[tuple[int, int]] = []
    for span in sorted(shift.queues, key=lambda s: (s.start, s.end)):
        if joined and joined[-1][1] == span.start:
            joined[-1] = (joined[-1][0], span.end)
        else:
            joined.append((span.start, span.end))
    return joined


RULE = Rule("skills", check, allows=allows)
