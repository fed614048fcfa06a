"""Who meets when: which meetings a plan owes to whom, and which of them a roster holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ...data.calendar import each_day
from ...data.presence import Meeting
from ...data.shifts import ShiftKind
from .problem import RosterProblem
from .roster import Assignment, MeetingSpan, Roster


class Missed(StrEnum):
    """Why somebody does not attend."""

    LEAVE = "leave"  # has time off on all days of the meeting
    OFF = "off"  # works none of its days
    HOURS = "hours"  # works, but never as long as the meeting within its hours
    ROOM = "room"  # breaks or other meetings leave no time for it
    TIME = "time"  # is not free when the others meet
    COVER = "cover"  # is needed on the queues more than the meeting's weight says


@dataclass(frozen=True)
class Attendance:
    """A meeting that an agent has to attend in a plan, and the time of it (None: missed)."""

    meeting: Meeting
    agent: str
    span: MeetingSpan | None


@dataclass(frozen=True)
class MeetingRecord:
    """The meetings of a roster: everybody's `attendances`, and spans that are none of them, each
    with its shift."""

    attendances: tuple[Attendance, ...]
    strays: tuple[tuple[Assignment, MeetingSpan], ...]

    @property
    def missed_points(self) -> float:
        """The weights of the meetings missed, added up."""
        return sum(a.meeting.weight for a in self.attendances if a.span is None)


def meeting_record(problem: RosterProblem, roster: Roster) -> MeetingRecord:
    """Matches the meetings that the plan owes with the spans of the roster: of several of one name
    the one that has to be over first takes the first span that fits."""
    left: dict[str, list[tuple[Assignment, MeetingSpan]]] = {}
    for shift in roster.assignments:
        left.setdefault(shift.agent, []).extend((shift, span) for span in shift.meetings)
    for pairs in left.values():
        pairs.sort(key=lambda pair: pair[1].start)
    asked = tuple(owed(problem))
    held: dict[tuple[Meeting, str], MeetingSpan] = {}
    for meeting, agent in sorted(asked, key=lambda pair: (pair[0].last, pair[0].to_minute)):
        mine = left.get(agent, [])
        at = next((i for i, (_, span) in enumerate(mine) if fits(problem, meeting, span)), None)
        if at is not None:
            held[meeting, agent] = mine.pop(at)[1]
    found = (Attendance(meeting, agent, held.get((meeting, agent))) for meeting, agent in asked)
    return MeetingRecord(tuple(found), tuple(pair for pairs in left.values() for pair in pairs))


def owed(problem: RosterProblem) -> Iterator[tuple[Meeting, str]]:
    """(meeting, agent id) of every attendance that falls due on the grid's days. What published
    rosters held before is not due again: a meeting at one time is held once for all."""
    for meeting in dict.fromkeys(problem.meetings):
        if not windows(problem, meeting):
            continue
        held = {
            shift.agent
            for shift in problem.history
            for span in shift.meetings
            if fits(problem, meeting, span)
        }
        if meeting.one_time and held:
            continue
        for agent in problem.agents:
            if meeting.attends(agent) and agent.id not in held:
                yield meeting, agent.id


def windows(problem: RosterProblem, meeting: Meeting) -> list[tuple[int, int]]:
    """(earliest start, latest end) on each of the meeting's days that the grid has, in elapsed
    minutes."""
    spans = ((day, _hours(problem, meeting, day)) for day in _days(problem, meeting))
    return [span for day, span in spans if 0 <= day < problem.grid.days]


def fits(problem: RosterProblem, meeting: Meeting, span: MeetingSpan) -> bool:
    """Whether a span is this meeting: its name, its length, and within its hours of one day."""
    if span.name != meeting.name or span.end - span.start != meeting.minutes:
        return False
    hours = (_hours(problem, meeting, day) for day in _days(problem, meeting))
    return any(first <= span.start and span.end <= last for first, last in hours)


def _days(problem: RosterProblem, meeting: Meeting) -> Iterable[int]:
    return (problem.grid.day_number(day) for day in each_day(meeting.first, meeting.last))


def _hours(problem: RosterProblem, meeting: Meeting, day: int) -> tuple[int, int]:
    return _moment(problem, day, meeting.from_minute), _moment(problem, day, meeting.to_minute)


def _moment(problem: RosterProblem, day: int, clock: int) -> int:
    """Elapsed minute of a clock time; one that the clock skips comes an hour later."""
    found = problem.grid.minute(day, clock)
    return problem.grid.minute_of_midnight(day) + clock if found is None else found


def is_free(problem: RosterProblem, shift: Assignment, start: int, end: int) -> bool:
    """Whether the agent is at work from start to end, and neither on a break nor at a meeting."""
    template = problem.shift_of.get(shift.shift_code)
    if template is not None and template.kind is ShiftKind.ON_CALL:
        return False
    return any(first <= start and end <= last for first, last in shift.working())


def why_missed(
    problem: RosterProblem, roster: Roster, record: MeetingRecord, missed: Attendance
) -> Missed:
    """The first reason that holds for somebody not attending a meeting; `record` is the
    roster's."""
    meeting, agent = missed.meeting, missed.agent
    spans = windows(problem, meeting)
    days = [d for d in _days(problem, meeting) if 0 <= d < problem.grid.days]
    if all((agent, day) in problem.leave for day in days):
        return Missed.LEAVE
    shifts = [s for s in roster.of_agent(agent) if any(s.start < b and s.end > a for a, b in spans)]
    if not shifts and not any(s.day in days for s in roster.of_agent(agent)):
        return Missed.OFF
    if not any(_long_enough(problem, s, span, meeting) for s in shifts for span in spans):
        return Missed.HOURS
    others = (a for a in record.attendances if a.meeting == meeting)
    if meeting.one_time and any(a.span is not None for a in others):
        return Missed.TIME
    return Missed.COVER if _has_room(problem, shifts, spans, meeting) else Missed.ROOM


def _long_enough(
    problem: RosterProblem, shift: Assignment, span: tuple[int, int], meeting: Meeting
) -> bool:
    """Whether the meeting fits between the shift's ends and its hours."""
    template = problem.shift_of.get(shift.shift_code)
    if template is not None and template.kind is ShiftKind.ON_CALL:
        return False
    pieces = ((max(a, span[0]), min(b, span[1])) for a, b in shift.pieces)
    return any(last - first >= meeting.minutes for first, last in pieces)


def _has_room(
    problem: RosterProblem,
    shifts: Iterable[Assignment],
    spans: Iterable[tuple[int, int]],
    meeting: Meeting,
) -> bool:
    """Whether some time of a shift would do as the breaks and meetings lie now."""
    starts = [
        (shift, start)
        for shift in shifts
        for first, last in spans
        for start in range(first, last - meeting.minutes + 1, problem.slot_min)
    ]
    return any(is_free(problem, shift, at, at + meeting.minutes) for shift, at in starts)
