"""What would close the hours that a roster is short of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.why.closing import Way, ways_to_close
from shiftcast.scheduling.rostering.why.proposals import Means
from shiftcast.scheduling.rostering.why.short import short_blocks
from shiftcast.scheduling.rostering.why.trial import Trial

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_roster,
    a_shift,
    an_agent,
)
from tests.unit.why.one_shift import BY_DAY, GRID, HOUR, a_centre


def ways(problem: RosterProblem, roster: Roster) -> dict[Means, Way]:
    """The best way of each means."""
    found = ways_to_close(problem, roster)
    assert [way.hours for way in found] == sorted((way.hours for way in found), reverse=True)
    return {way.means: way for way in reversed(found)}


def test_neighbouring_short_hours_are_one_block() -> None:
    """Nobody works on Monday; on Tuesday the agent leaves an hour of the evening open twice."""
    wanted = BY_DAY.copy()
    wanted[24 + 17], wanted[24 + 19] = 2.0, 1.0
    problem = a_centre(demands=(a_demand(GRID, wanted),))
    blocks = short_blocks(problem, a_roster(problem, ".DDDDDD"))
    assert [(b.day, b.start, b.end, b.hours, b.most) for b in blocks] == [
        (0, 480, 960, 8.0, 1.0),
        (1, 1440 + 17 * 60, 1440 + 20 * 60, 3.0, 2.0),
    ]


def test_a_roster_that_is_not_short_needs_nothing() -> None:
    problem = a_centre()
    assert short_blocks(problem, a_roster(problem, "DDDDDDD")) == ()
    assert ways_to_close(problem, a_roster(problem, "DDDDDDD")) == ()


def test_new_agents_and_overtime_close_days_that_nobody_may_work() -> None:
    """Five days of seven are covered: sixteen hours are short. A second agent closes them, the
    first one's sixth day eight of them, and so does a sixth day of the contract."""
    problem = a_centre(contracts=(a_contract(max_days=5),))
    found = ways(problem, a_roster(problem, "DDDDD.."))
    assert found[Means.AGENTS].hours == 16
    assert found[Means.AGENTS].params["number"] == 1
    assert found[Means.OVERTIME].hours == 8
    assert found[Means.CONTRACT].hours == 8
    assert found[Means.CONTRACT].params["after"] == 6


def test_overtime_takes_a_day_of_the_days_off_together() -> None:
    problem = a_centre(contracts=(a_contract(max_days=5, min_days_off_together=2),))
    assert ways(problem, a_roster(problem, "DDDDD.."))[Means.OVERTIME].hours == 8


def test_as_many_new_agents_as_the_shortage_takes() -> None:
    """Three are wanted and one is there: two more, and a third would have nothing to do."""
    problem = a_centre(demands=(a_demand(GRID, 3 * BY_DAY),))
    found = ways(problem, a_roster(problem, "DDDDDDD"))
    assert found[Means.AGENTS].params["number"] == 2
    assert found[Means.AGENTS].hours == 2 * 56


def test_the_window_that_is_missing_is_named() -> None:
    """Friday is open until noon only."""
    friday = (*(None,) * 4, (480, 720), None, None)
    problem = a_centre(agents=(an_agent(availability=friday),))
    way = ways(problem, a_roster(problem, "DDDD.DD"))[Means.AVAILABILITY]
    assert way.hours == 8
    assert way.params == {"agent": "A1", "weekday": 4, "start": 480, "end": 960}


def test_a_skill_is_worth_what_it_closes_after_what_it_opens() -> None:
    """The chat is short of one agent all day, the phone has one too many."""
    problem = a_centre(
        demands=(a_demand(GRID, BY_DAY), a_demand(GRID, BY_DAY, "chat")),
        agents=(an_agent("A1"), an_agent("A2")),
    )
    way = ways(problem, a_roster(problem, "DDDDDDD", "DDDDDDD"))[Means.SKILL]
    assert (way.hours, way.queues) == (56, (("chat", 56.0),))
    assert way.params["skill"] == "chat"


def test_a_wider_break_window_moves_the_break_out_of_the_peak() -> None:
    """The hour from 12:00 needs everybody, and everybody has to take the break in it."""
    peak = np.where(HOUR == 12, 2.0, 0.0)
    shift = a_shift(breaks=(BreakRule(60, True, 240, 240),))
    problem = a_centre(
        demands=(a_demand(GRID, peak),), shifts=(shift,), agents=(an_agent("A1"), an_agent("A2"))
    )
    roster = a_roster(problem, "DDDDDDD", "DDDDDDD")
    way = ways(problem, roster)[Means.BREAKS]
    assert way.hours == 14
    assert way.params == {"shift": "D", "minutes": 60}


def test_what_agents_could_close_as_they_are_is_not_counted() -> None:
    """The search has stopped early: the agent may work on Sunday as it is."""
    problem = a_centre()
    found = ways(problem, a_roster(problem, "DDDDDD."))
    assert set(found) <= {Means.AGENTS}


def test_trials_leave_the_roster_as_it_was() -> None:
    problem = a_centre(agents=(an_agent("A1"), an_agent("A2")))
    trial = Trial(problem, a_roster(problem, "DDD....", "DD....."))
    before = trial.short_hours()
    assert before == pytest.approx([32.0])
    assert trial.again([0, 1]).closed == pytest.approx([32.0])
    assert trial.short_hours() == pytest.approx(before)


def test_leave_and_wishes_of_an_agent_are_those_of_a_candidate_like_them() -> None:
    """A sixth day would lie on the agent's leave."""
    weekend = [MONDAY + timedelta(days=day) for day in (5, 6)]
    problem = a_centre(contracts=(a_contract(max_days=5),))
    away = replace(problem, time_off=(TimeOff("A1", *weekend, paid=False),))
    assert Means.OVERTIME in ways(problem, a_roster(problem, "DDDDD.."))
    assert Means.OVERTIME not in ways(away, a_roster(away, "DDDDD.."))
