"""Shifts that may not start on the day after another one, as the shift types say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step

Codes = tuple[str, ...]


@dataclass(frozen=True)
class FollowerCounter:
    """State: the shifts that may not start on the next day."""

    not_before: tuple[tuple[str, Codes], ...]

    def start(self) -> State:
        return ()

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        after = dict(self.not_before).get(work.shift, ())
        return Step(after, breach=int(work.worked and work.shift in state))


def counter(problem: RosterProblem, _agent: Agent) -> Counter | None:
    forbidding = tuple(
        (s.code, tuple(sorted(s.not_before))) for s in problem.shifts if s.not_before
    )
    return FollowerCounter(forbidding) if forbidding else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for agent, shifts in problem.timeline(roster).items():
        by_day = {shift.day: shift for shift in shifts}
        for shift in shifts:
            before = by_day.get(shift.day - 1)
            template = None if before is None else problem.shift_of.get(before.shift_code)
            if shift.day >= 0 and template is not None and shift.shift_code in template.not_before:
                params = {"shift": shift.shift_code, "before": template.code}
                yield Violation(RULE.name, agent, shift.day, params)


RULE = Rule("forbidden_followers", check, counter=counter, unit="shifts")
