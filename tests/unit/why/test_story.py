"""Why an agent works as the roster says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.data.rules import Rules, Weights
from shiftcast.scheduling.rostering.fairness import Burden
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import Carried, RosterProblem
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.why.story import (
    AgentStory,
    DayChoice,
    Ground,
    RuleStory,
    Share,
    agent_story,
)

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_past,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
)
from tests.unit.why import one_shift
from tests.unit.why.one_shift import BY_DAY, GRID

DAYS = [MONDAY + timedelta(days=day) for day in range(7)]


def a_centre(**changes: object) -> RosterProblem:
    """Two agents of five days a week."""
    crew = {"agents": (an_agent("A1"), an_agent("A2")), "contracts": (a_contract(max_days=5),)}
    return one_shift.a_centre(**{**crew, **changes})


def story(problem: RosterProblem, *patterns: str) -> AgentStory:
    return agent_story(problem, a_roster(problem, *patterns), "A1")


def test_a_day_off_would_leave_the_day_open() -> None:
    told = story(a_centre(), "DDDDD..", ".....DD")
    assert told.days[0].chosen == DayChoice("D", 480, 960)
    assert told.days[0].others == (DayChoice(None, None, None, 8 * 40, 8),)


def test_a_sixth_day_would_cost_one_of_the_five() -> None:
    """Somebody is there on Saturday: eight hours over, and one of the other days is left open."""
    told = story(a_centre(), "DDDDD..", ".....DD")
    assert told.days[5].chosen == DayChoice(None)
    assert told.days[5].others == (DayChoice("D", 480, 960, 8 * 4 + 8 * 40, 8),)


def test_the_best_other_shifts_of_a_day_come_first() -> None:
    """The late shift holds six of the eight hours, the evening none."""
    shifts = (
        a_shift("D"),
        a_shift("L", earliest_start=600, latest_start=600),
        a_shift("N", earliest_start=1000, latest_start=1000),
    )
    told = story(a_centre(shifts=shifts), "DDDDD..", ".....DD")
    assert [(other.shift, other.hours) for other in told.days[0].others] == [("L", 2), (None, 8)]


def test_leave_and_fixed_days_are_told_as_such() -> None:
    problem = a_centre(
        time_off=(TimeOff("A1", DAYS[5], DAYS[6], paid=False),),
        fixed=(FixedAssignment("A1", DAYS[0], "D"),),
    )
    grounds = [day.ground for day in story(problem, "DDDDD..", ".....DD").days]
    assert grounds == [Ground.FIXED, *[Ground.OPEN] * 4, Ground.LEAVE, Ground.LEAVE]


def test_frozen_days_are_told_as_such() -> None:
    problem = a_centre()
    problem = replace(problem, base=a_roster(problem, "DDDDD..", ".....DD"), frozen_until=2 * 1440)
    told = story(problem, "DDDDD..", ".....DD")
    assert [day.ground for day in told.days][:3] == [Ground.FROZEN, Ground.FROZEN, Ground.OPEN]


def test_a_refused_wish_is_weighed_against_what_it_would_leave_open() -> None:
    """A day off on Monday: eight hours short at 40 points, less the 4 × 10 points of the wish."""
    wish = Request("A1", DAYS[0], RequestKind.DAY_OFF, 10.0)
    (told,) = story(a_centre(requests=(wish,)), "DDDDD..", ".....DD").wishes
    assert (told.met, told.points, told.hours) == (False, 8 * 40 - 40, 8)


def test_a_wish_that_no_legal_roster_meets_has_no_price() -> None:
    wish = Request("A1", DAYS[0], RequestKind.SHIFT, shift_code="X")
    (told,) = story(a_centre(requests=(wish,)), "DDDDD..", ".....DD").wishes
    assert (told.met, told.points, told.hours) == (False, None, None)


def test_a_wish_that_is_met_is_said_to_be() -> None:
    wish = Request("A1", DAYS[6], RequestKind.DAY_OFF)
    (told,) = story(a_centre(requests=(wish,)), "DDDDD..", ".....DD").wishes
    assert told.met


def test_a_rule_binds_if_the_roster_would_be_better_without_it() -> None:
    """Alone, the agent could cover the weekend too."""
    problem = a_centre(agents=(an_agent("A1"),))
    assert story(problem, "DDDDD..").rules == (RuleStory("contract_days", 16 * 40, 16),)


def test_seats_bind_whom_they_keep_out() -> None:
    """Two are wanted on Monday, and there is a seat for one."""
    problem = a_centre(
        demands=(a_demand(GRID, np.where(GRID.day_of == 0, 2 * BY_DAY, BY_DAY)),),
        rules=Rules(0, 99, seats=1),
    )
    told = story(problem, ".DDDD..", "D....DD")
    assert told.rules == (RuleStory("seats", 8 * 40, 8),)


def test_shares_are_held_against_everybody_and_the_past() -> None:
    problem = a_centre(carried=(Carried("A1", 1, 2), Carried("A2")))
    told = story(problem, "DDDDD..", ".....DD")
    assert told.shares == (Share(Burden.NIGHTS, 0, 0.0, 1), Share(Burden.WEEKENDS, 0, 1.0, 2))


@pytest.mark.parametrize("change", [".DDDD.D", "DDDD..D", "D.D.D.D"])
def test_points_are_those_of_the_finished_roster(change: str) -> None:
    """Whatever the agent is told a day costs, a roster with that day costs no less."""
    problem = a_centre(
        weights=Weights(fairness=3.0, steady_start=1.0, queue_change=0.0),
        carried=(Carried("A1", 1, 2), Carried("A2", 0, 1)),
        requests=(Request("A1", DAYS[2], RequestKind.DAY_OFF, 5.0),),
    )
    now = cost_breakdown(problem, a_roster(problem, "DDDDD..", ".....DD")).total
    then = cost_breakdown(problem, a_roster(problem, change, ".....DD")).total
    told = story(problem, "DDDDD..", ".....DD").days
    for day, sign in enumerate(change):
        shift = None if sign == "." else "D"
        if shift != told[day].chosen.shift:
            (other,) = (one for one in told[day].others if one.shift == shift)
            assert other.points <= then - now + 1e-9


def test_the_week_before_counts() -> None:
    """Rest after the published late shift leaves no early Monday."""
    shifts = (a_shift("E", earliest_start=360, latest_start=360), a_shift("D"), a_shift("L"))
    late = a_problem(
        GRID, shifts=(a_shift("L", earliest_start=960, latest_start=960),), agents=(an_agent("A1"),)
    )
    problem = a_centre(shifts=shifts, rules=Rules(min_rest_min=480), history=a_past(late, "L"))
    told = agent_story(problem, Roster(GRID, a_roster(problem, ".DDDD..").assignments), "A1")
    assert {other.shift for other in told.days[0].others} <= {"D", "L"}
    assert told.days[0].others
