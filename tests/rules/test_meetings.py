"""Meetings lie in the working time, within their hours, and at one time for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.presence import Meeting
from shiftcast.data.shifts import BreakRule, ShiftKind
from shiftcast.scheduling.rostering.meetings import Missed, meeting_record, why_missed
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, MeetingSpan, QueueSpan, Roster
from shiftcast.scheduling.rostering.rules.meetings import RULE
from shiftcast.scheduling.rostering.rules.skills import RULE as SKILLS

from tests.factories import MONDAY, a_grid, a_problem, a_shift, an_agent, an_assignment
from tests.rules.verdicts import found

TALK = Meeting("talk", 60, MONDAY, MONDAY, ("A1", "A2"), from_minute=540, to_minute=840)


def asked(meeting: Meeting = TALK, **changes: object) -> RosterProblem:
    """Two agents from 08:00 to 16:00, with an hour's break at noon."""
    return a_problem(
        a_grid(days=2),
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=(a_shift(paid_min=420, breaks=(BreakRule(60, False, 240, 240),)),),
        **{"meetings": (meeting,), **changes},
    )


def with_meeting(shift: Assignment, *starts: int, name: str = "talk") -> Assignment:
    """The shift with hours of a meeting from elapsed minutes on, its queue around them."""
    spans = tuple(MeetingSpan(start, start + 60, name) for start in starts)
    bare = replace(shift, meetings=spans, queues=())
    return replace(bare, queues=tuple(QueueSpan(a, b, "phone") for a, b in bare.working()))


def held(problem: RosterProblem, *starts: int | None) -> Roster:
    """A day on which each agent in turn meets at a minute (None: does not)."""
    shifts = [an_assignment(problem, 0, agent=agent.id) for agent in problem.agents]
    return Roster(
        problem.grid,
        tuple(
            shift if start is None else with_meeting(shift, start)
            for shift, start in zip(shifts, starts, strict=True)
        ),
    )


@pytest.mark.parametrize("start", [540, 600, 660, 780])
def test_a_meeting_within_its_hours_is_legal(start: int) -> None:
    problem = asked()
    roster = held(problem, start, start)
    assert found(RULE, problem, roster) == []
    assert found(SKILLS, problem, roster) == []
    assert cost_breakdown(problem, roster).meetings == 0


@pytest.mark.parametrize(
    ("starts", "faults"),
    [
        ((480, 480), ["unknown", "unknown"]),  # before its hours
        ((720, 720), ["overlap", "overlap"]),  # on the break
        ((540, 600), ["apart"]),
    ],
)
def test_a_meeting_elsewhere_is_illegal(starts: tuple[int, int], faults: list[str]) -> None:
    problem = asked()
    assert [v.fault for v in found(RULE, problem, held(problem, *starts))] == faults


def test_each_alone_may_meet_when_the_others_do_not() -> None:
    problem = asked(replace(TALK, one_time=False))
    assert found(RULE, problem, held(problem, 540, 660)) == []


def test_a_meeting_of_others_or_held_twice_is_illegal() -> None:
    others = asked(replace(TALK, agents=("A2",)))
    assert [v.fault for v in found(RULE, others, held(others, 540, 540))] == ["unknown"]
    problem = asked()
    first, second = held(problem, 540, 540).assignments
    twice = Roster(problem.grid, (with_meeting(first, 540, 660), second))
    assert [v.fault for v in found(RULE, problem, twice)] == ["unknown"]


def test_meetings_do_not_overlap_and_nobody_on_call_attends() -> None:
    problem = asked(meetings=(TALK, replace(TALK, name="lesson")))
    first, second = held(problem, 540, 540).assignments
    both = replace(first, meetings=(MeetingSpan(540, 600, "talk"), MeetingSpan(540, 600, "lesson")))
    faults = [v.fault for v in found(RULE, problem, Roster(problem.grid, (both, second)))]
    assert faults == ["overlap", "overlap"]
    on_call = replace(problem.shifts[0], kind=ShiftKind.ON_CALL)
    problem = replace(asked(), shifts=(on_call,))
    assert {v.fault for v in found(RULE, problem, held(problem, 540, 540))} == {"overlap"}


def test_who_misses_it_costs_its_weight_and_breaks_nothing() -> None:
    problem = asked()
    roster = held(problem, 540, None)
    assert found(RULE, problem, roster) == []
    assert cost_breakdown(problem, roster).meetings == 50.0


@pytest.mark.parametrize(
    ("meeting", "roster", "reason"),
    [
        (TALK, "leave", Missed.LEAVE),
        (TALK, "off", Missed.OFF),
        (replace(TALK, from_minute=960, to_minute=1080), "here", Missed.HOURS),
        (replace(TALK, from_minute=720, to_minute=780), "here", Missed.ROOM),
        (TALK, "here", Missed.COVER),
        (TALK, "other", Missed.TIME),
    ],
)
def test_why_somebody_misses_a_meeting(meeting: Meeting, roster: str, reason: Missed) -> None:
    away = (TimeOff("A1", MONDAY, MONDAY),) if roster == "leave" else ()
    problem = asked(meeting, time_off=away)
    mine, other = held(problem, None, 540 if roster == "other" else None).assignments
    shifts = (other,) if roster in ("leave", "off") else (mine, other)
    plan = Roster(problem.grid, shifts)
    record = meeting_record(problem, plan)
    missed = next(a for a in record.attendances if a.agent == "A1")
    assert why_missed(problem, plan, record, missed) is reason


def test_a_meeting_that_was_held_is_not_due_again() -> None:
    week = replace(TALK, first=MONDAY.replace(day=29), last=MONDAY)
    problem = asked(week)
    past = with_meeting(an_assignment(problem, -1, agent="A1"), 540 - 1440)
    known = replace(problem, history=(past,))
    assert meeting_record(known, held(known, None, None)).attendances == ()
    alone = replace(known, meetings=(replace(week, one_time=False),))
    (left,) = meeting_record(alone, held(alone, None, None)).attendances
    assert left.agent == "A2"


def test_two_meetings_of_one_name_are_told_apart_by_their_days() -> None:
    """The talk of Monday and that of both days, the later span listed first; a row that stands
    twice in the file is one meeting."""
    both = replace(TALK, last=date(2026, 12, 1), one_time=False)
    monday = replace(TALK, one_time=False)
    problem = replace(asked(meetings=(both, monday, both)), agents=(an_agent("A1"),))
    shifts = [an_assignment(problem, day) for day in (1, 0)]
    roster = Roster(problem.grid, tuple(with_meeting(s, s.day * 1440 + 540) for s in shifts))
    assert found(RULE, problem, roster) == []
    record = meeting_record(problem, roster)
    assert [(a.meeting.last, a.span.start) for a in record.attendances if a.span] == [
        (both.last, 1440 + 540),
        (monday.last, 540),
    ]
