"""At most one shift of an agent starts on a day, and no two overlap.

The engine chooses one option a day and keeps the rest between them, so only the check is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    per_day = Counter((shift.agent, shift.day) for shift in roster.assignments)
    for (agent, day), number in sorted(per_day.items()):
        if number > 1:
            yield Violation(RULE.name, agent, day, {"shifts": number})
    for agent, shifts in problem.timeline(roster).items():
        for before, after in pairwise(shifts):
            if after.day >= 0 and before.day != after.day and after.start < before.end:
                yield Violation(RULE.name, agent, after.day, fault="overlap")


RULE = Rule("one_shift_a_day", check)
