"""Explanations count who is at a meeting as missing on the queues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from shiftcast.data.presence import Meeting
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import MeetingSpan, QueueSpan, Roster
from shiftcast.scheduling.rostering.why.market import Market
from shiftcast.scheduling.rostering.why.trial import Trial

from tests.factories import MONDAY, a_demand, a_grid, a_problem, a_roster, an_agent
from tests.unit.rostering.small_week import WEIGHTS


def with_a_meeting() -> tuple[RosterProblem, Roster]:
    """Two are wanted from 08:00 to 16:00 and are there; A1 is at a meeting from 10:00 to 11:00."""
    grid = a_grid(days=1)
    hours = np.arange(24)
    problem = a_problem(
        grid,
        demands=(a_demand(grid, np.where((hours >= 8) & (hours < 16), 2.0, 0.0)),),
        agents=(an_agent("A1"), an_agent("A2")),
        weights=WEIGHTS,
        meetings=(Meeting("talk", 60, MONDAY, MONDAY, ("A1",)),),
    )
    first, second = a_roster(problem, "D", "D").assignments
    first = replace(
        first,
        meetings=(MeetingSpan(600, 660, "talk"),),
        queues=(QueueSpan(480, 600, "phone"), QueueSpan(660, 960, "phone")),
    )
    return problem, Roster(grid, (first, second))


def test_the_hour_is_short_and_stays_so_after_every_trial() -> None:
    problem, roster = with_a_meeting()
    trial = Trial(problem, roster)
    assert trial.short_hours().tolist() == [1.0]
    trial.again([0, 1])
    assert trial.short_hours().tolist() == [1.0]


def test_a_colleagues_meeting_makes_an_hour_dearer() -> None:
    """Without A2 two hours more are short at ten, when nobody else is there, but one at nine."""
    problem, roster = with_a_meeting()
    away = Market(problem, roster, "A2").best(barred=np.ones(1, dtype=bool))
    calm = Market(replace(problem, meetings=()), roster, "A2").best(barred=np.ones(1, dtype=bool))
    assert away is not None
    assert calm is not None
    assert away.hours == calm.hours == 8.0
    assert away.points > calm.points
