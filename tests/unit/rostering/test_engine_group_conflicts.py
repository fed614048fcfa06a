"""People who could each work and have no rosters together: proven, and nothing but that."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, TimeOff
from shiftcast.data.presence import Hours, LeastStaffing
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.conflicts.together import group_conflicts
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Conflict, SolveStatus
from shiftcast.scheduling.rostering.why.remedies import group_remedies

from tests.factories import MONDAY, a_past, a_problem, a_shift, an_agent

TUESDAY = MONDAY + timedelta(days=1)


def breaking(
    people: int, fixed: int, window_min: int, other: int = 960, **rules: int
) -> RosterProblem:
    """Some of the people are fixed on Tuesday's shift, whose break of half an hour lies in a window
    of so many minutes; another shift, from a clock minute on, has none."""
    shift = a_shift(breaks=(BreakRule(30, True, 180, 150 + window_min),))
    crew = tuple(an_agent(f"A{number}") for number in range(1, people + 1))
    return a_problem(
        agents=crew,
        shifts=(shift, a_shift("L", earliest_start=other, latest_start=other)),
        fixed=tuple(FixedAssignment(one.id, TUESDAY, "D") for one in crew[:fixed]),
        rules=Rules(0, 99, **rules),
    )


@pytest.mark.parametrize(
    ("fixed", "window_min", "at_once", "fits"),
    [(2, 30, 1, False), (2, 60, 1, True), (3, 60, 1, False), (4, 60, 2, True), (5, 60, 2, False)],
)
def test_breaks_fit_as_many_times_as_the_window_holds(
    fixed: int, window_min: int, at_once: int, fits: bool
) -> None:
    problem = breaking(fixed + 2, fixed, window_min, breaks_at_once=at_once)
    result = solve(problem, SolveLimit(60.0, rounds=1), np.random.default_rng(1))
    assert (result.status is SolveStatus.INFEASIBLE) == (not fits)
    people = tuple(f"A{number}" for number in range(1, fixed + 1))
    planted = Conflict(None, ("fixed", "breaks_at_once"), people)
    assert result.conflicts == (() if fits else (planted,))


def test_breaks_give_way_by_number_by_window_or_by_a_fixed_shift() -> None:
    problem = breaking(4, 3, 60, breaks_at_once=1)
    (conflict,) = group_conflicts(problem)
    helped = {remedy.changes[0].what: remedy for remedy in group_remedies(problem, conflict)}
    assert helped.keys() == {"breaks_at_once", "breaks", "fixed_shift"}
    assert helped["breaks"].changes[0].params == {"shift": "D", "minutes": 30}
    assert helped["breaks_at_once"].changes[0].params == {"before": 1, "after": 2}
    for remedy in helped.values():
        assert group_conflicts(remedy.applied(problem)) == ()


def test_a_share_is_of_those_who_are_there() -> None:
    """Of two people on one shift 49 per cent are one, of three 60 per cent are two; of four, two
    may be away if the others are there at that time on a shift without a break."""
    assert group_conflicts(breaking(2, 2, 30, breaks_at_once_share=49))
    assert group_conflicts(breaking(2, 2, 60, breaks_at_once_share=49)) == ()
    assert group_conflicts(breaking(3, 3, 30, breaks_at_once_share=60))
    assert group_conflicts(breaking(4, 2, 30, breaks_at_once_share=49))
    assert group_conflicts(breaking(4, 2, 30, other=480, breaks_at_once_share=49)) == ()


def test_the_break_of_the_only_one_who_must_be_at_work_is_seen() -> None:
    """The break lies between 11:00 and 12:00, and somebody is to be there from 10:30 on: both of
    them could take turns."""
    staffing = LeastStaffing(1, hours=Hours(frozenset({1}), 630, 720))
    problem = breaking(2, 1, 60)
    problem = a_problem(
        agents=problem.agents[:2],
        shifts=problem.shifts,
        time_off=(TimeOff("A2", TUESDAY, TUESDAY),),
        least_staffing=(staffing,),
    )
    (found,) = group_conflicts(problem)
    assert found == Conflict(None, ("time_off", "least_staffing"), ("A1", "A2"))


def test_a_hundred_agents_are_no_hindrance() -> None:
    """Two seniors are asked for on a Tuesday; of three, two are on leave."""
    seniors = ("A7", "A50", "A93")
    crew = tuple(
        an_agent(
            f"A{n}", skills=frozenset({"phone", "senior"} if f"A{n}" in seniors else {"phone"})
        )
        for n in range(1, 101)
    )
    problem = a_problem(
        agents=crew,
        time_off=tuple(TimeOff(agent, TUESDAY, TUESDAY) for agent in seniors[::2]),
        least_staffing=(LeastStaffing(2, "senior", hours=Hours(frozenset({1}), 600, 720)),),
    )
    (found,) = group_conflicts(problem)
    assert found == Conflict(None, ("time_off", "least_staffing"), ("A7", "A93"))


def test_what_a_published_past_takes_up_is_counted() -> None:
    """A night shift of Sunday holds the only seat on Monday morning."""
    night = a_shift("N", earliest_start=1320, latest_start=1320)
    early = a_shift("E", earliest_start=300, latest_start=300)
    problem = a_problem(
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=(night, early),
        fixed=(FixedAssignment("A2", MONDAY, "E"),),
        rules=Rules(0, 99, seats=1),
    )
    assert group_conflicts(problem) == ()
    later = a_problem(
        agents=problem.agents, shifts=problem.shifts, fixed=problem.fixed, rules=problem.rules,
        history=a_past(problem, "N"),
    )  # fmt: skip
    (found,) = group_conflicts(later)
    assert found == Conflict(None, ("seats", "fixed"), ("A2",))


def test_without_time_nothing_is_claimed() -> None:
    assert group_conflicts(breaking(4, 3, 60, breaks_at_once=1), seconds=1e-6) == ()
