"""A requirement raised for more contacts than expected, where a target is missed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.centre import Routing
from shiftcast.data.targets import Channel, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.kpis import expected_kpis
from shiftcast.scheduling.planning.correction import Gap
from shiftcast.scheduling.planning.raising import (
    MOST_RAISE,
    SHARED_ANSWER,
    of_deadline_work,
    raise_for,
    raised_requirement,
    raised_work,
    unraised_requirement,
)
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.staffing.requirement import AgentRequirement, DeadlineWork
from shiftcast.scheduling.staffing.staff import staff

from tests.unit.planning.small import GRID, Steady, a_centre, a_history, a_queue

MAIL = a_queue(
    "mail",
    channel=Channel.EMAIL,
    target=ServiceTarget(deadline_min=24 * 60),
    patience_s=None,
    aht_s=300.0,
)
CENTRE = a_centre(queues=(a_queue(), MAIL))
MASK = np.stack([CENTRE.open_mask(queue, GRID) for queue in CENTRE.queues])
FORECAST: Forecast = Steady().forecast(
    a_history(("phone", "mail")), CENTRE.calendar, GRID, MASK, np.random.default_rng(1)
)
NEED = staff(FORECAST, CENTRE)
MONDAY_ONLY = (1.2, *[1.0] * 6)


def roster(phone: int, mail: int) -> Roster:
    """So many agents on each queue from 8 to 20 on every day."""
    shifts = [
        Assignment(
            f"{queue}{n}",
            day,
            "X",
            day * 1440 + 480,
            day * 1440 + 1200,
            (),
            (QueueSpan(day * 1440 + 480, day * 1440 + 1200, queue),),
        )
        for queue, agents in (("phone", phone), ("mail", mail))
        for n in range(agents)
        for day in range(7)
    ]
    return Roster(GRID, tuple(shifts))


def test_a_factor_staffs_its_day_as_for_more_contacts() -> None:
    raised = raised_requirement(CENTRE, FORECAST, NEED, {"phone": MONDAY_ONLY})
    more = FORECAST.scaled(np.full((2, 1), 1.2))
    monday = GRID.day_of == 0
    before, after = NEED.queues[0].rostered, raised.queues[0].rostered
    as_for_more = staff(more, CENTRE).queues[0].rostered
    np.testing.assert_allclose(after[monday], as_for_more[monday])
    np.testing.assert_array_equal(after[~monday], before[~monday])
    assert after[monday].sum() > before[monday].sum()


def test_what_was_raised_can_be_taken_back() -> None:
    factors = {"phone": (1.2, 0.9, *[1.0] * 5), "mail": MONDAY_ONLY}
    raised = raised_requirement(CENTRE, FORECAST, NEED, factors)
    plain = unraised_requirement(CENTRE, FORECAST, raised, factors)
    before, after = NEED.queues[0], plain.queues[0]
    assert isinstance(before, AgentRequirement)
    assert isinstance(after, AgentRequirement)
    np.testing.assert_allclose(after.rostered, before.rostered)
    np.testing.assert_allclose(after.on_queue, before.on_queue)
    assert plain.queues[1] is NEED.queues[1]


def test_work_with_deadlines_is_raised_only_for_its_placing() -> None:
    factors = {"mail": MONDAY_ONLY}
    assert raised_requirement(CENTRE, FORECAST, NEED, factors).queues[1] is NEED.queues[1]
    before, after = NEED.queues[1], raised_work(NEED, factors).queues[1]
    assert isinstance(before, DeadlineWork)
    assert isinstance(after, DeadlineWork)
    monday = GRID.day_of == 0
    np.testing.assert_allclose(after.work[monday], 1.2 * before.work[monday])
    np.testing.assert_array_equal(after.work[~monday], before.work[~monday])


def test_only_queues_with_deadlines_keep_their_factors() -> None:
    both = {"phone": MONDAY_ONLY, "mail": MONDAY_ONLY}
    assert of_deadline_work(NEED, both) == {"mail": MONDAY_ONLY}


def test_the_raise_gains_what_is_wanting_by_the_formulas() -> None:
    """Agents for the raise, on top of the two that are there, answer three per cent more."""
    present = roster(phone=2, mail=0)
    now = expected_kpis(CENTRE, FORECAST, NEED, present).week.iloc[0]["service_level"]
    gap = Gap("phone", "service_level", now + 0.03, now, 0.0, late_days=(1, 2))
    factors, (told,) = raise_for(CENTRE, FORECAST, NEED, present, (gap,), {})
    assert told.days == (1, 2)
    raised = raised_requirement(CENTRE, FORECAST, NEED, factors)
    added = raised.queues[0].rostered - NEED.queues[0].rostered
    assert added.sum() == pytest.approx(told.hours)
    assert set(GRID.day_of[added > 0]) == {1, 2}
    # Expected KPIs of fractional agents: ask the formulas with the heads that would be there.
    from shiftcast.scheduling.kpi_tally import live_tally
    from shiftcast.scheduling.staffing.demand import queue_demands

    demand = queue_demands(FORECAST, CENTRE)[0]
    (heads,) = present.supply(("phone",))
    tally = live_tally(demand, heads, heads + added, GRID.interval_min)
    assert tally["good"].sum() / tally["counted"].sum() >= now + 0.03


def test_agents_shared_by_skill_are_asked_for_by_what_a_raise_gains_there() -> None:
    """Two per cent wanting, of which two fifths are gained: as for five per cent elsewhere."""
    shared = replace(CENTRE, routing=Routing.SKILLS)
    some = Gap("phone", "service_level", 0.82, 0.8, 0.0)
    more = replace(some, limit=0.8 + 0.02 / SHARED_ANSWER)
    by_skill, _ = raise_for(shared, FORECAST, NEED, roster(2, 0), (some,), {})
    by_roster, _ = raise_for(CENTRE, FORECAST, NEED, roster(2, 0), (more,), {})
    assert by_skill == by_roster
    told, _ = raise_for(shared, FORECAST, NEED, roster(2, 0), (some,), {}, {"phone": 1.0})
    assert told["phone"][0] < by_skill["phone"][0]


def test_a_queue_that_was_raised_before_is_raised_on_all_its_days() -> None:
    gap = Gap("phone", "service_level", 0.9, 0.88, 0.0, late_days=(1,))
    _, (told,) = raise_for(CENTRE, FORECAST, NEED, roster(2, 0), (gap,), {"phone": MONDAY_ONLY})
    assert told.days == tuple(range(7))


def test_a_raise_has_a_bound() -> None:
    """One agent for two erlangs: no raise of the contacts makes that good."""
    gap = Gap("phone", "service_level", 0.99, 0.2, 0.0)
    factors, _ = raise_for(CENTRE, FORECAST, NEED, roster(1, 0), (gap,), {})
    assert factors["phone"] == (MOST_RAISE,) * 7


def test_deadline_work_grows_by_what_is_late_and_by_what_rounding_up_hides() -> None:
    """Two agents for 12 hours a day are 168 hours. A target missed by 1.3 % asks for 2 % of them
    more (a slope of 0.65), and half of those beyond the work that is there."""
    work = NEED.queues[1]
    assert isinstance(work, DeadlineWork)
    asked = float(work.work.sum())
    gap = Gap("mail", "deadline_met", 0.95, 0.937, 0.0)
    _, (told,) = raise_for(CENTRE, FORECAST, NEED, roster(0, 2), (gap,), {})
    wanted = 0.02 * 168 + 0.5 * max(168 - asked, 0.0)
    assert told.hours == pytest.approx(min(wanted, (MOST_RAISE - 1) * asked))


def test_a_raise_after_a_poor_answer_is_larger() -> None:
    gap = Gap("phone", "service_level", 0.6, 0.58, 0.0)
    sizes = [
        raise_for(CENTRE, FORECAST, NEED, roster(2, 0), (gap,), {}, answers)[1][0].hours
        for answers in ({}, {"phone": 0.5})
    ]
    assert sizes[1] > 1.2 * sizes[0]
