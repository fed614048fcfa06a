"""Going home early where a roster has more people than it needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.scheduling.planning.early_leaves import early_leaves, gone_home, leaves_taken
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import (
    Assignment,
    Away,
    Break,
    MeetingSpan,
    QueueSpan,
    Roster,
)

from tests.factories import a_demand, a_grid, a_problem, a_roster, an_agent

GRID = a_grid(days=2)


def wanting(agents: float) -> RosterProblem:
    """Two agents, and so many wanted from 08:00 to 16:00 of the first day."""
    hour = GRID.minute_of_day // 60
    required = np.where((GRID.day_of == 0) & (hour >= 8) & (hour < 16), agents, 0.0)
    crew = (an_agent("A1"), an_agent("A2"))
    return a_problem(GRID, demands=(a_demand(GRID, required),), agents=crew)


def test_who_is_too_many_can_go_and_only_one_of_two() -> None:
    """One wanted until 16:00 and two at work: one can go from 08:00 on, the other cannot."""
    problem = wanting(1.0)
    (leave,) = early_leaves(problem, a_roster(problem, "D.", "D."), 0)
    assert (leave.at, leave.hours) == (8 * 60, 8.0)


def test_from_a_moment_on() -> None:
    problem = wanting(1.0)
    (leave,) = early_leaves(problem, a_roster(problem, "D.", "D."), 11 * 60 + 20)
    assert (leave.at, leave.hours) == (12 * 60, 4.0)


def test_who_has_hours_off_already_is_not_asked() -> None:
    problem = wanting(0.0)
    roster = a_roster(problem, "D.", "D.")
    first, other = roster.assignments
    cut = replace(first, away=(Away(14 * 60, 16 * 60, True),))
    (leave,) = early_leaves(problem, replace(roster, assignments=(cut, other)), 0)
    assert leave.shift.agent == other.agent


def test_half_an_agent_too_many_lets_nobody_go() -> None:
    problem = wanting(1.5)
    assert early_leaves(problem, a_roster(problem, "D.", "D."), 0) == ()


def test_a_slower_agent_may_go_where_a_whole_one_may_not() -> None:
    agents = an_agent("A1"), an_agent("A2", proficiency=(("phone", 0.8),))
    problem = replace(wanting(1.0), agents=agents)
    (leave,) = early_leaves(problem, a_roster(problem, "D.", "D."), 0)
    assert (leave.shift.agent, leave.hours) == ("A2", 8.0)


def test_nobody_misses_a_meeting_for_it() -> None:
    problem = wanting(1.0)
    roster = a_roster(problem, "D.", "D.")
    lesson = MeetingSpan(13 * 60, 14 * 60, "lesson")
    shifts = tuple(replace(shift, meetings=(lesson,)) for shift in roster.assignments)
    (leave,) = early_leaves(problem, replace(roster, assignments=shifts), 0)
    assert (leave.at, leave.hours) == (14 * 60, 2.0)


@pytest.mark.parametrize(("offered", "gone"), [(0, []), (90, [1.0]), (180, [3.0]), (960, [8.0])])
def test_nobody_goes_for_longer_than_is_offered(offered: int, gone: list[float]) -> None:
    """One of two is too many all day; intervals are whole hours."""
    problem = wanting(1.0)
    leaves = leaves_taken(problem, a_roster(problem, "D.", "D."), {"full": offered})
    assert [leave.hours for leave in leaves] == gone


def test_what_is_offered_is_for_a_week() -> None:
    """Nobody is wanted on the second day: of five hours three are taken on one day, two on the
    other, and no more."""
    problem = wanting(0.0)
    leaves = leaves_taken(problem, a_roster(problem, "DD", ".."), {"full": 5 * 60})
    assert sum(leave.hours for leave in leaves) == 5.0
    assert {leave.shift.agent for leave in leaves} == {"A1"}


def test_other_contracts_are_offered_nothing() -> None:
    problem = wanting(0.0)
    assert leaves_taken(problem, a_roster(problem, "D.", "D."), {"part": 240}) == ()


def test_who_goes_home_is_paid_less_and_serves_nobody() -> None:
    problem = wanting(1.0)
    roster = a_roster(problem, "D.", "D.")
    after = gone_home(roster, leaves_taken(problem, roster, {"full": 180}))
    assert sorted(shift.paid_minutes for shift in after.assignments) == [5 * 60, 8 * 60]
    heads = after.supply(("phone",))[0]
    assert list(heads[8:16]) == [2, 2, 2, 2, 2, 1, 1, 1]


def test_nobody_takes_a_break_to_go_home_after_it() -> None:
    """Home at 14:00, at the end of a break from 13:30: the shift ends when the break would begin.
    A break later in the shift is taken no more."""
    shift = Assignment(
        "A1",
        0,
        "D",
        480,
        1020,
        (Break(810, 840, False), Break(900, 930, True)),
        tuple(QueueSpan(a, b, "phone") for a, b in ((480, 810), (840, 900), (930, 1020))),
    )
    problem = replace(wanting(0.0), agents=(an_agent("A1"),))
    roster = Roster(problem.grid, (shift,))
    (leave,) = leaves_taken(problem, roster, {"full": 180})
    assert leave.at == 840
    (ended,) = gone_home(roster, (leave,)).assignments
    assert (ended.end, ended.breaks, ended.paid_minutes) == (810, (), 330)
    assert ended.queues == (QueueSpan(480, 810, "phone"),)
