"""Runs of worked days and of days off, for the rules that want them long enough.

A run is judged when it ends. One that goes on after the grid is not, nor is one that began before
anything is known; leave neither begins nor ends a run of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from ....data.people import Agent
from ....data.rules import Rules
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Counter, Day, DayKind, DayWork, Rule, State, Step


class Kind(Enum):
    """What a day is to a run: part of it, its end, or the reason that it is not judged."""

    WITHIN = 1
    END = 2
    EXCUSED = 3


def kind_of(work: DayKind, of_work: bool) -> Kind:
    """What a day is to a run of work, or of days off."""
    if work is DayKind.UNKNOWN:
        return Kind.EXCUSED
    if of_work and work in (DayKind.PAID_LEAVE, DayKind.UNPAID_LEAVE):
        return Kind.EXCUSED
    return Kind.WITHIN if (work is DayKind.SHIFT) is of_work else Kind.END


@dataclass(frozen=True)
class ShortRunCounter:
    """State: days of the present run, capped at the least length; `least` also stands for a run
    that is not judged, −1 for a day that excuses the run after it, and 0 for no run."""

    least: int
    of_work: bool

    def start(self) -> State:
        return -1

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, int)
        kind = kind_of(work.kind, self.of_work)
        if kind is Kind.EXCUSED:
            return Step(-1)
        if kind is Kind.END:
            return Step(0, breach=self.least - state if state > 0 else 0)
        return Step(self.least if state < 0 else min(state + 1, self.least))


def short_runs(
    problem: RosterProblem, agent: str, shifts: list[Assignment], least: int, of_work: bool
) -> Iterator[tuple[int, int]]:
    """(last day, length) of the runs that are too short and end on the grid; `shifts` are the
    agent's, history included."""
    worked = {shift.day for shift in shifts}
    first = min([0, *worked, *(d for who, d in problem.leave if who == agent)]) - 1
    length, judged = 0, False
    for day in range(first, problem.grid.days):
        kind = kind_of(_day_kind(problem, agent, day, worked), of_work)
        if kind is Kind.WITHIN:
            length += 1
        elif kind is Kind.END:
            if judged and 0 < length < least and day >= 0:
                yield day - 1, length
            length, judged = 0, True
        else:
            length, judged = 0, False


def _day_kind(problem: RosterProblem, agent: str, day: int, worked: set[int]) -> DayKind:
    if day in worked:
        return DayKind.SHIFT
    leave = problem.leave.get((agent, day))
    if leave is not None:
        return DayKind.PAID_LEAVE if leave.paid else DayKind.UNPAID_LEAVE
    return DayKind.UNKNOWN if day < 0 and not problem.history else DayKind.OFF


def shortest(name: str, of_work: bool, least_of: Callable[[Rules], int]) -> Rule:
    """The rule that runs, of work or of days off, are as long as an agent's terms want them."""

    def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
        least = least_of(problem.terms_of[agent.id])
        return ShortRunCounter(least, of_work) if least > 1 else None

    def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
        timeline = problem.timeline(roster)
        for agent in problem.agents:
            least = least_of(problem.terms_of[agent.id])
            for day, length in short_runs(problem, agent.id, timeline[agent.id], least, of_work):
                params = {"days": length, "least": least}
                yield Violation(name, agent.id, day, params, amount=least - length)

    return Rule(name, check, counter=counter, unit="days")
