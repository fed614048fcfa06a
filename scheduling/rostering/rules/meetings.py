"""A meeting in the roster is one that the plan owes: within its hours, while the agent is at work
and on no break, and at one time for all where it is said so. That somebody misses it is no breach:
it costs the meeting's weight.

The engine places meetings in finished shifts, so this rule needs no form but its check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..meetings import is_free, meeting_record
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    found = meeting_record(problem, roster)
    for shift, span in found.strays:
        params = {"name": span.name, "time": _clock(problem, span.start)}
        yield Violation(RULE.name, shift.agent, shift.day, params, "unknown")
    for shift in roster.assignments:
        for i, span in enumerate(shift.meetings):
            others = (*shift.meetings[:i], *shift.meetings[i + 1 :])
            if not is_free(problem, replace(shift, meetings=others), span.start, span.end):
                params = {"name": span.name, "time": _clock(problem, span.start)}
                yield Violation(RULE.name, shift.agent, shift.day, params, "overlap")
    for meeting in dict.fromkeys(problem.meetings):
        there = [a for a in found.attendances if a.meeting == meeting and a.span is not None]
        starts = sorted({a.span.start for a in there if a.span is not None})
        if meeting.one_time and len(starts) > 1:
            clocks = ", ".join(f"{problem.grid.moment(s):%Y-%m-%d %H:%M}" for s in starts)
            yield Violation(RULE.name, None, None, {"name": meeting.name, "times": clocks}, "apart")


def _clock(problem: RosterProblem, minute: int) -> str:
    return f"{problem.grid.moment(minute):%H:%M}"


RULE = Rule("meetings", check)
