"""Hours off within a day: what shifts keep clear of, and what is cut out of a shift as planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...data.calendar import each_day
from ...data.shifts import BreakKind, BreakRule
from .problem import RosterProblem
from .roster import Assignment, Away, Break, QueueSpan
from .site_clocks import SiteClock

LONG_PRESENCE = 360
"""Minutes at work from which on a break that falls into hours off is taken in those present: from
there on the laws of most places ask for one."""

STEP = 5  # minutes that breaks are moved by


@dataclass(frozen=True)
class HoursOff:
    """Elapsed minutes of the grid in which an agent is away. `to_shift_end`: from there to the end
    of the shift that runs then, should it end later."""

    start: int
    end: int
    paid: bool
    to_shift_end: bool = False

    def meets(self, start: int, end: int) -> bool:
        return start < self.end and end > self.start


def hours_off(problem: RosterProblem, agent: str, clock: SiteClock) -> tuple[HoursOff, ...]:
    """The hours off of an agent on the days of the grid and those about it, by the clock of a
    shift's site."""
    return tuple(
        found
        for off in problem.time_off
        if off.agent == agent and not off.whole_days
        for day in map(problem.grid.day_number, each_day(off.first, off.last))
        if -1 <= day <= problem.grid.days and (agent, day) not in problem.unemployed
        for found in _on_day(off.from_minute, off.to_minute, off.paid, day, clock)
    )


def _on_day(
    since: int, until: int | None, paid: bool, day: int, clock: SiteClock
) -> Iterator[HoursOff]:
    end = clock.minute_of_midnight(day + 1) if until is None else _minute(clock, day, until)
    yield HoursOff(_minute(clock, day, since), end, paid, until is None)


def _minute(clock: SiteClock, day: int, minute: int) -> int:
    """A time that the clock skips is that after the gap."""
    found = clock.minute(day, minute)
    return clock.minute_of_midnight(day) + minute if found is None else found


def missed(problem: RosterProblem, shift: Assignment) -> tuple[Away, ...]:
    """The parts of a shift that lie in its agent's hours off."""
    found = []
    for off in hours_off(problem, shift.agent, problem.clocks.of(shift.shift_code)):
        if off.meets(shift.start, shift.end):
            end = shift.end if off.to_shift_end else min(off.end, shift.end)
            found.append(Away(max(off.start, shift.start), end, off.paid))
    return tuple(found)


def without_hours_off(
    problem: RosterProblem, shift: Assignment, since: int | None = None
) -> Assignment:
    """The shift with its agent's hours off cut out of it, beside what was already. Queues and
    meetings end there. A break that falls into them, and has not begun by the minute `since`, is
    taken in the hours present if those are many and its window lets it."""
    away = _joined((*shift.away, *missed(problem, shift)))
    if away == shift.away:
        return shift
    cut = replace(shift, away=away)
    cut = replace(cut, breaks=_breaks(problem, cut, since))
    there = cut.working()
    return replace(
        cut,
        meetings=tuple(m for m in cut.meetings if _inside(m.start, m.end, cut.pieces)),
        queues=tuple(_queues(shift, there)),
    )


def _joined(spans: Iterable[Away]) -> tuple[Away, ...]:
    """In order, overlaps taken out: what is said first holds."""
    found: list[Away] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start = max(span.start, found[-1].end) if found else span.start
        if start >= span.end:
            continue
        if found and found[-1].end == start and found[-1].paid == span.paid:
            found[-1] = replace(found[-1], end=span.end)
        else:
            found.append(replace(span, start=start))
    return tuple(found)


def _queues(shift: Assignment, there: Sequence[tuple[int, int]]) -> Iterator[QueueSpan]:
    """The queues of the time there. Where a break was moved from, the queue before it goes on."""
    spans = sorted(shift.queues, key=lambda span: span.start)
    for start, end in there if spans else ():
        inside = [s for s in spans if s.start < end and s.end > start] or spans[:1]
        edges = [start, *(s.start for s in inside[1:]), end]
        for span, (begin, stop) in zip(inside, pairwise(edges), strict=True):
            yield QueueSpan(begin, stop, span.queue)


def _breaks(problem: RosterProblem, shift: Assignment, since: int | None) -> tuple[Break, ...]:
    template = problem.shift_of.get(shift.shift_code)
    present = sum(end - start for start, end in shift.pieces)
    if template is None or len(template.breaks) != len(shift.breaks) or present < LONG_PRESENCE:
        return shift.breaks
    taken = list(shift.breaks)
    for i, rule in enumerate(template.breaks):
        pause = taken[i]
        begun = since is not None and pause.start < since
        if begun or rule.kind is BreakKind.SPLIT or _inside(pause.start, pause.end, shift.pieces):
            continue
        before = taken[i - 1].end if i else shift.start
        after = taken[i + 1].start if i + 1 < len(taken) else shift.end
        places = [
            start
            for start in _starts(shift, rule)
            if start >= max(before + rule.gap_min, since or start)
            and start + rule.minutes <= after
            and _inside(start, start + rule.minutes, shift.pieces)
        ]
        if places:
            start = min(places, key=lambda start: abs(start - pause.start))
            taken[i] = replace(pause, start=start, end=start + rule.minutes)
    return tuple(taken)


def _starts(shift: Assignment, rule: BreakRule) -> range:
    earliest, latest = shift.start + rule.earliest_offset, shift.start + rule.latest_offset
    return range(earliest, latest + 1, STEP)


def _inside(start: int, end: int, pieces: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in pieces)
