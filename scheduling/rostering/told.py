"""Breaks and meetings that people have been told: which of them move, and at what price."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from .roster import Assignment, Roster


@dataclass(frozen=True)
class Told:
    """A roster that people know, and by its days the points of each break, or attendance at a
    meeting, that a shift at the same time has at another."""

    roster: Roster
    points: tuple[float, ...]

    def cost(self, roster: Roster) -> float:
        """Points of what another roster moves."""
        return sum(self.points[shift.day] * count for shift, count in _moved(self.roster, roster))


@dataclass(frozen=True)
class Moved:
    """How many breaks and attendances at meetings lie at other times, and of how many shifts."""

    breaks: int = 0
    shifts: int = 0


UNMOVED = Moved()


def moved_breaks(before: Roster, after: Roster) -> Moved:
    """What moves in the shifts that both rosters have at the same time."""
    counts = [count for _, count in _moved(before, after)]
    return Moved(sum(counts), sum(count > 0 for count in counts))


def _moved(before: Roster, after: Roster) -> list[tuple[Assignment, int]]:
    """The shifts of both rosters, as they are after, and how much moves in each."""
    was = {(shift.agent, shift.shift_code, shift.start): shift for shift in before.assignments}
    pairs = ((was.get((s.agent, s.shift_code, s.start)), s) for s in after.assignments)
    return [(now, _moved_in(had, now)) for had, now in pairs if had is not None]


def _moved_in(had: Assignment, now: Assignment) -> int:
    """Breaks keep their order, so that one at another time is told by its place in it."""
    breaks = sum(bool(one != other) for one, other in zip_longest(had.breaks, now.breaks))
    met = sum((Counter(had.meetings) - Counter(now.meetings)).values())
    new = sum((Counter(now.meetings) - Counter(had.meetings)).values())
    return breaks + max(met, new)
