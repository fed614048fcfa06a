"""What is to be said of the meetings of a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..rostering.meetings import Missed, meeting_record, why_missed
from ..rostering.problem import RosterProblem
from ..rostering.roster import Roster


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting of the plan's days: the times at which it is held (start and end, in order), how
    many were asked to come, and who misses it (agent id) for which reason."""

    name: str
    times: tuple[tuple[datetime, datetime], ...]
    asked: int
    missed: tuple[tuple[str, Missed], ...]

    @property
    def present(self) -> int:
        return self.asked - len(self.missed)


def meeting_summaries(problem: RosterProblem, roster: Roster) -> tuple[MeetingSummary, ...]:
    """Every meeting that the plan owes, in the order of the file."""
    record = meeting_record(problem, roster)
    moment = problem.grid.moment
    found = []
    for meeting in dict.fromkeys(attendance.meeting for attendance in record.attendances):
        own = [a for a in record.attendances if a.meeting == meeting]
        times = sorted({(a.span.start, a.span.end) for a in own if a.span is not None})
        missed = ((a.agent, why_missed(problem, roster, record, a)) for a in own if a.span is None)
        held = tuple((moment(start), moment(end)) for start, end in times)
        found.append(MeetingSummary(meeting.name, held, len(own), tuple(missed)))
    return tuple(found)
