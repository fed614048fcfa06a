"""A block of days off within each calendar week; leave counts as days off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step


@dataclass(frozen=True)
class BlockCounter:
    """State: (days off in a row, longest such run) this week, capped at `block`."""

    block: int

    def start(self) -> State:
        return (0, 0)

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        run, longest = state
        before = self._breach(run, longest, day.left_in_week + 1)
        run = 0 if work.worked else min(run + 1, self.block)
        longest = max(longest, run)
        breach = self._breach(run, longest, day.left_in_week) - before
        return Step((run, longest) if day.left_in_week else self.start(), breach)

    def _breach(self, run: int, longest: int, left: int) -> int:
        # What is still possible: to go on with the present run, or to start afresh.
        return max(0, self.block - max(longest, run + left))


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
            longest = _longest_off(days, worked)
            # What the past has made impossible is not blamed on the roster.
            needed = min(block, _longest_off(days, {d for d in worked if d < 0}))
            if longest < needed:
                params = {"days": longest, "needed": block}
                day = min(days[-1], last)
                yield Violation(RULE.name, agent.id, day, params, amount=needed - longest)


def _longest_off(days: list[int], worked: set[int]) -> int:
    longest = run = 0
    for day in days:
        run = 0 if day in worked else run + 1
        longest = max(longest, run)
    return longest


RULE = Rule("days_off_together", check, counter=counter, unit="days")
