"""A block of days off within each calendar week; leave counts as days off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State


@dataclass(frozen=True)
class BlockCounter:
    """State: days off in a row this week, capped at `block` once the block has been had."""

    block: int

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        assert isinstance(state, int)
        if state < self.block:
            state = 0 if work.kind is DayKind.SHIFT else state + 1
        # What is still possible: to go on with the present run, or to start afresh.
        if strict and state < self.block and state + day.left_in_week < self.block:
            return None
        return state if day.left_in_week else 0


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    block = problem.contract_of[agent.id].min_days_off_together
    return BlockCounter(block) if block > 0 else None


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    last = problem.grid.days - 1
    for agent in problem.agents:
        block = problem.contract_of[agent.id].min_days_off_together
        worked = {assignment.day for assignment in timeline[agent.id]}
        for week in range(problem.week(last) + 1):
            days = [d for d in range(-6, last + 7) if problem.week(d) == week]
            longest = run = 0
            for day in days:
                run = 0 if day in worked else run + 1
                longest = max(longest, run)
            if longest < block:
                params = {"days": longest, "needed": block}
                yield Violation(RULE.name, agent.id, min(days[-1], last), params)


RULE = Rule("days_off_together", check, counter=counter)
