"""Breaks that people have been told stay where they are unless moving them saves what it costs.

One break at its told time has a price of its own there, which sums over the slots of a shift cannot
say; so the best places of a shift's breaks are found here, and not in the search's machine code,
which is for shifts that nobody knows yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ....data.presence import Meeting
from ..meetings import meeting_record
from ..told import Told
from .compile import Compiled
from .week import FloatArray, IntArray, Options
from .weeks import Weeks

Attended = dict[tuple[Meeting, int], tuple[int, float]]
"""(slot, points) by meeting and agent."""


@dataclass(frozen=True)
class ToldBreaks:
    """What `Told` says, in slots: everybody's shifts and breaks, the points of a moved break by
    day, and the (slot, points) of each meeting that somebody (by position) was told."""

    weeks: Weeks
    points: NDArray[np.float64]
    meetings: Attended

    @classmethod
    def of(cls, compiled: Compiled, told: Told, weeks: Weeks) -> ToldBreaks:
        """`weeks` are those of the told roster."""
        problem, slot = compiled.problem, compiled.problem.slot_min
        number = {agent.id: a for a, agent in enumerate(problem.agents)}
        days = {
            (shift.agent, span): shift.day
            for shift in told.roster.assignments
            for span in shift.meetings
        }
        meetings: Attended = {}
        for one in meeting_record(problem, told.roster).attendances:
            if one.span is not None:
                points = told.points[days[one.agent, one.span]]
                meetings[one.meeting, number[one.agent]] = one.span.start // slot, points
        return cls(weeks, np.array(told.points), meetings)

    def starts(self, weeks: Weeks, a: int, day: int) -> IntArray | None:
        """The told slots of the breaks of an agent's day, if the shift is the one told."""
        if weeks.option[a, day] < 0 or weeks.option[a, day] != self.weeks.option[a, day]:
            return None
        return self.weeks.breaks[a, day]

    def cost(self, weeks: Weeks, options: Options, a: int) -> float:
        """Points of an agent's breaks at other times."""
        total = 0.0
        for day in np.flatnonzero(weeks.option[a] >= 0):
            told = self.starts(weeks, a, int(day))
            if told is not None:
                count = options.breaks[options.template[weeks.option[a, day]]]
                moved = np.count_nonzero(weeks.breaks[a, day, :count] != told[:count])
                total += float(self.points[day]) * moved
        return total


def place_near(
    told: IntArray,
    points: float,
    prefix: FloatArray,
    pause: FloatArray,
    options: Options,
    o: int,
    starts: IntArray,
) -> None:
    """Fills `starts` (most breaks,) as `week.place_breaks` does, with `points` on each break that
    does not begin when `told`."""
    k, base = options.template[o], options.start[o]
    choices: list[IntArray] = []
    before: list[IntArray] = []
    best = np.zeros(0)
    for b in range(options.breaks[k]):
        length = options.break_len[k, b]
        at = base + np.arange(options.break_from[k, b], options.break_to[k, b] + 1)
        worth = prefix[at + length] - prefix[at] - points * (at != told[b])
        if not options.break_away[k, b]:
            worth -= pause[at + length] - pause[at]
        if b:
            # The best of the break before that is over in time: a running maximum.
            over = choices[-1] + options.break_len[k, b - 1] + options.break_gap[k, b]
            last = np.searchsorted(over, at, side="right") - 1
            running = np.maximum.accumulate(best)
            where = np.maximum.accumulate(np.where(best == running, np.arange(len(best)), 0))
            worth = np.where(last >= 0, worth + running[last], -np.inf)
            before.append(where[last])
        choices.append(at)
        best = worth
    if not choices:
        return
    pick = int(best.argmax())
    for b in range(len(choices) - 1, -1, -1):
        starts[b] = choices[b][pick]
        pick = int(before[b - 1][pick]) if b else pick
