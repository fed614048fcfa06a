"""Deadline work follows the roster: it is placed where a first roster has agents for it."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.history import ContactHistory
from shiftcast.data.people import Agent
from shiftcast.data.targets import Channel, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.planning.roster_stage import roster_stage, supply_for_deadlines
from shiftcast.scheduling.planning.rosters import no_demands, roster_problem
from shiftcast.scheduling.planning.stages import (
    StageClock,
    staffing_stage,
)
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.staffing.staff import with_rostered
from small import GRID, Steady, a_centre, a_history, a_queue

MAIL = a_queue(
    "mail",
    channel=Channel.EMAIL,
    target=ServiceTarget(deadline_min=24 * 60),
    patience_s=None,
    aht_s=300.0,
    skill="mail",
)
CREW = tuple(
    Agent(f"A{i}", f"Agent {i}", "full", frozenset({"phone", "mail"} if i < 4 else {"phone"}))
    for i in range(1, 9)
)


def blended_centre() -> Centre:
    return replace(a_centre(queues=(a_queue(), MAIL)), agents=CREW)


def shift(agent: str, queue: str) -> Assignment:
    # Monday 08:00–16:00 on one queue, without a break.
    return Assignment(agent, 0, "E8", 480, 960, (), (QueueSpan(480, 960, queue),))


def test_supply_is_who_does_it_and_whole_agents_to_spare_who_could() -> None:
    centre = blended_centre()
    history = a_history(("phone", "mail"))
    forecast = forecast_of(centre, history)
    requirement, _ = staffing_stage(centre, forecast)
    requirement = with_rostered(requirement, centre, {"phone": np.zeros(GRID.size)})
    # Phone asks for nobody, so of A1 … A3 on phone all are spare, but A8 cannot do mail.
    problem = roster_problem(centre, no_demands(centre, GRID), GRID)
    roster = Roster(
        GRID,
        (shift("A1", "mail"), shift("A2", "phone"), shift("A3", "phone"), shift("A8", "phone")),
    )
    supply = supply_for_deadlines(problem, requirement, roster)
    assert supply[8:16].tolist() == [3.0] * 8
    assert supply.sum() == 24


def test_the_roster_is_judged_by_deadline_work_placed_where_it_has_agents() -> None:
    centre = blended_centre()
    forecast = forecast_of(centre, a_history(("phone", "mail")))
    requirement, demands = staffing_stage(centre, forecast)
    first = roster_problem(centre, demands, GRID)
    problem, result = roster_stage(
        centre,
        requirement,
        first,
        SolveLimit(30.0, rounds=40),
        np.random.default_rng(1),
        StageClock(),
    )
    assert result.roster is not None
    assert not result.violations
    before, after = (p.demands[1].required for p in (first, problem))
    # The same work, at other times; phone cannot wait and stays as it was.
    assert after.sum() == pytest.approx(before.sum())
    assert not np.allclose(after, before)
    np.testing.assert_array_equal(problem.demands[0].required, first.demands[0].required)


def forecast_of(centre: Centre, history: ContactHistory) -> Forecast:
    mask = np.stack([centre.open_mask(queue, GRID) for queue in centre.queues])
    return Steady().forecast(history, centre.calendar, GRID, mask, np.random.default_rng(1))
