"""The forms that a rule can take.

A rule is one `Rule` value in one file. `check` is its place in the audit: it reads a finished
roster and knows nothing of the search; each `Violation` says by how much the rule is broken, in the
rule's own unit. The other forms are what the engine needs of it, and a rule has those that apply:

* `allows`: which shift options an agent may work at all;
* `counter`: a small automaton over an agent's days (off, on leave, a shift of so many minutes);
* `tallies`: totals over a period with a least and a most (hours of four weeks, nights, weekends);
* `rest_min`: least minutes between the end of a shift and the start of the next;
* `spread_min`: largest difference between start clock times within a week;
* `bands`: least and most people at once, counted with a coefficient each.

A rule that the planner has made soft (`Rules.soft`) costs points for each unit of breach; the same
forms serve both. Tests hold `check` and the engine's forms to the same amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..day_work import DayKind as DayKind
from ..day_work import DayWork as DayWork
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster, Violation


@dataclass(frozen=True)
class Day:
    """A day as counters see it: days alike are equal, whatever their date. `left_in_week` counts
    the days of its week after it."""

    left_in_week: int
    weekend: bool


State = Hashable


class Step(NamedTuple):
    """What a day does to a counter: its state after the day, by how much more the rule is now
    certainly broken, and what the day adds to the totals that tallies keep of the counter."""

    state: State
    breach: float = 0.0
    units: int = 0


class Counter(Protocol):
    """An automaton over days, equal to others that count alike. States are small and hashable.

    The breach of a step is the growth of what nothing in the rest of the week can mend any more,
    so that a roster's breaches add up to the amounts of its violations. A past that cannot be
    changed is replayed through the same steps, its breaches forgotten.
    """

    def start(self) -> State: ...

    def step(self, state: State, day: Day, work: DayWork) -> Step: ...


@dataclass(frozen=True)
class Tally:
    """A total of a counter's units that a rule limits, over one period after another.

    `ends` are the grid days after which the total is judged and starts anew (in order); `since`,
    0 or less, is the first day that counts for the first period. Below `least` or above `most` (of
    each period; None binds nothing) the rule is broken by the difference times `unit`.
    """

    counter: Counter
    ends: tuple[int, ...]
    since: int
    least: tuple[int, ...]
    most: tuple[int | None, ...]
    unit: float = 1.0

    @classmethod
    def up_to(cls, counter: Counter, spans: Sequence[tuple[int, int]], most: int) -> Tally:
        """The same most in each of the spans (first and last grid day)."""
        ends = tuple(end for _, end in spans)
        return cls(counter, ends, spans[0][0], (0,) * len(ends), (most,) * len(ends))

    def breach(self, period: int, totals: NDArray[np.int64], carried: int) -> NDArray[np.float64]:
        """How far each total of a period breaks the rule: the shape of `totals`. What days before
        the grid have `carried` into the period already is not blamed."""
        most = self.most[period]
        short = np.maximum(self.least[period] - totals, 0)
        above = 0 if most is None else np.maximum(totals - max(most, carried), 0)
        return (short + above) * self.unit


class Where(IntEnum):
    """Where a band counts an agent."""

    AT_WORK = 0  # on shift, on no break and at no meeting
    PRESENT = 1  # in the building, breaks included; the gap of a split shift is time away
    ON_BREAK = 2


class Doing(IntEnum):
    """What an agent does who is in the building."""

    WORK = 0  # on the queues
    MEETING = 1
    BREAK = 2


COUNTED = {
    Where.AT_WORK: {Doing.WORK},
    Where.PRESENT: set(Doing),
    Where.ON_BREAK: {Doing.BREAK},
}
"""What agents do who are counted there."""


@dataclass(frozen=True)
class Band:
    """Agents counted at once: the sum of `coefficients` (agents,) of those who are there must lie
    between `least` and `most` in every slot: shapes (slots + overhang,), in `problem.slot_min`. A
    slot outside breaks the rule by the difference times the slot's hours. `others` is the
    coefficient of people of the published past who are no agents any more.

    With a `share` the sum is in hundredths of people, and whoever is present, breaks included,
    takes so many hundredths off it: at most 20 per cent of those present are on a break.

    `points` is the band's own price of a unit for an hour; None is the rule's."""

    coefficients: NDArray[np.int64]
    where: Where
    least: NDArray[np.int64]
    most: NDArray[np.int64]
    others: int = 0
    share: int = 0
    points: float | None = None

    @property
    def counted(self) -> tuple[int, ...]:
        """How many times the coefficient an agent counts while doing each thing (`Doing`)."""
        whole = 100 if self.share else 1
        return tuple(whole * (doing in COUNTED[self.where]) - self.share for doing in Doing)

    @property
    def unit(self) -> float:
        """People of one unit of the sum."""
        return 0.01 if self.share else 1.0


FAR = 1_000_000
"""A least or most number of people that binds nobody is this far from 0."""


@dataclass(frozen=True)
class Rule:
    """One rule; `name` is its key in the message catalogue under ``rule.``. `unit` is the key of
    the unit that its amounts count, or None for a rule that cannot be soft."""

    name: str
    check: Callable[[RosterProblem, Roster], Iterable[Violation]]
    allows: Callable[[RosterProblem, Agent, ShiftOptions], NDArray[np.bool_]] | None = None
    counter: Callable[[RosterProblem, Agent], Counter | None] | None = None
    tallies: Callable[[RosterProblem, Agent], Iterable[Tally]] | None = None
    rest_min: Callable[[RosterProblem, Agent], int] | None = None
    spread_min: Callable[[RosterProblem, Agent], int | None] | None = None
    bands: Callable[[RosterProblem], Iterable[Band]] | None = None
    unit: str | None = None


def day_of(problem: RosterProblem, number: int) -> Day:
    """The `Day` of a grid day number, which may lie outside the grid."""
    weekday = problem.weekday(number)
    return Day(
        left_in_week=6 - (weekday - problem.first_weekday) % 7,
        weekend=weekday in problem.rules.weekend_days,
    )
