"""The forms that a rule can take.

A rule is one `Rule` value in one file. `check` is its place in the audit: it reads a finished
roster and knows nothing of the search. The other forms are what the engine needs of it, and a rule
has those that apply:

* `allows`: which shift options an agent may work at all;
* `counter`: a small automaton over an agent's days (off, on leave, a shift of so many minutes);
* `rest_min`: least minutes between the end of a shift and the start of the next;
* `spread_min`: largest difference between start clock times within a week;
* `seats`: most agents present at once.

Tests hold `check` and the engine's forms to the same verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster, Violation


class DayKind(IntEnum):
    """What an agent does on a day, as far as counters care."""

    OFF = 0
    PAID_LEAVE = 1
    UNPAID_LEAVE = 2
    SHIFT = 3


@dataclass(frozen=True)
class DayWork:
    """One day of one agent: `minutes` are paid minutes of the shift that starts on it."""

    kind: DayKind
    minutes: int = 0
    night: bool = False


@dataclass(frozen=True)
class Day:
    """A grid day as counters see it. `left_in_week` counts the days of its week after it."""

    number: int
    left_in_week: int
    weekend: bool


State = Hashable


class Counter(Protocol):
    """An automaton over days. States are small and hashable."""

    def start(self) -> State: ...

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        """The state after a day; None if the rule is broken, or can no longer be kept in what is
        left of the week. Not strict (a past that cannot be changed): never None, the nearest
        state that holds what matters for the days to come."""
        ...


@dataclass(frozen=True)
class Rule:
    """One hard rule; `name` is its key in the message catalogue under ``rule.``."""

    name: str
    check: Callable[[RosterProblem, Roster], Iterable[Violation]]
    allows: Callable[[RosterProblem, Agent, ShiftOptions], NDArray[np.bool_]] | None = None
    counter: Callable[[RosterProblem, Agent], Counter | None] | None = None
    rest_min: Callable[[RosterProblem, Agent], int] | None = None
    spread_min: Callable[[RosterProblem, Agent], int | None] | None = None
    seats: Callable[[RosterProblem], int | None] | None = None


def day_of(problem: RosterProblem, number: int) -> Day:
    """The `Day` of a grid day number, which may lie outside the grid."""
    weekday = problem.weekday(number)
    return Day(
        number,
        left_in_week=6 - (weekday - problem.first_weekday) % 7,
        weekend=weekday in problem.rules.weekend_days,
    )
