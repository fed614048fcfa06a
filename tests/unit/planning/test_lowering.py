"""Agents shared by skill: who is served better than promised gives to who is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.centre import Routing
from shiftcast.data.targets import ServiceTarget
from shiftcast.scheduling.planning.correction import Gap
from shiftcast.scheduling.planning.lowering import MOST_LOWERED, lower_for, usual_limits
from shiftcast.scheduling.simulation.kpis import SIMULATED_COLUMNS, SimulatedKpis

from tests.unit.planning.small import GRID, Steady, a_centre, a_history, a_queue

CENTRE = a_centre(queues=(a_queue("phone"), a_queue("chat")), routing=Routing.SKILLS)
MASK = np.stack([CENTRE.open_mask(queue, GRID) for queue in CENTRE.queues])
FORECAST = Steady().forecast(
    a_history(("phone", "chat")), CENTRE.calendar, GRID, MASK, np.random.default_rng(1)
)
MISSED = Gap("phone", "service_level", 0.8, 0.75, 0.0)
SPARE = Gap("chat", "service_level", 0.8, 0.84, 0.0)


def test_a_queue_gives_what_it_has_beyond_its_limit() -> None:
    """84 % are a twentieth more than 80 %: the contacts are lowered by that."""
    factors, (told,) = lower_for(CENTRE, FORECAST, (MISSED, SPARE), {})
    assert factors == {"chat": pytest.approx((0.95,) * 7)}
    assert told.queue == "chat"
    assert told.hours < 0
    assert told.gap is SPARE


def test_the_tightest_limit_decides_and_there_is_a_bound() -> None:
    tight = Gap("chat", "abandonment", 0.05, 0.0495, 0.0)
    factors, _ = lower_for(CENTRE, FORECAST, (MISSED, SPARE, tight), {})
    assert factors == {"chat": pytest.approx((0.99,) * 7)}
    splendid = replace(SPARE, limit=0.5, reached=1.0)
    factors, _ = lower_for(CENTRE, FORECAST, (MISSED, splendid), {"chat": (1.2,) * 7})
    assert factors["chat"] == pytest.approx((1.2 * (1 - MOST_LOWERED),) * 7)


def test_work_with_deadlines_is_given_agents_too() -> None:
    late = Gap("email", "deadline_met", 0.95, 0.9, 0.0)
    assert lower_for(CENTRE, FORECAST, (late, SPARE), {})[0].keys() == {"chat"}


def test_nothing_is_lowered_without_need_or_where_queues_have_their_own_agents() -> None:
    assert lower_for(CENTRE, FORECAST, (SPARE,), {}) == ({}, ())
    own = replace(CENTRE, routing=Routing.ROSTER)
    assert lower_for(own, FORECAST, (MISSED, SPARE), {}) == ({}, ())
    close = replace(SPARE, reached=0.81, error=0.01)
    assert lower_for(CENTRE, FORECAST, (MISSED, close), {}) == ({}, ())


def test_limits_that_nobody_asked_for_are_those_that_staffing_takes() -> None:
    """85 % occupancy and 5 % abandonment, where the planner gives none."""
    row: dict[str, object] = dict.fromkeys(SIMULATED_COLUMNS, np.nan) | {"queue": "phone"}
    for name, value in (("occupancy", 0.7), ("abandonment", 0.02)):
        row |= {name: value, f"{name}_low": value - 0.0196, f"{name}_high": value + 0.0196}
    total, none = pd.DataFrame([row]), pd.DataFrame()
    simulated = SimulatedKpis(none, none, none, total, none, none, none, replications=9, seed=1)
    asked = ServiceTarget(0.8, 20.0, max_occupancy=0.9)
    centre = a_centre(queues=(a_queue(target=asked),))
    (left,) = usual_limits(centre, simulated)
    assert (left.measure, left.limit, left.reached) == ("abandonment", 0.05, 0.02)
    assert left.error == pytest.approx(0.01, rel=1e-3)
    assert len(usual_limits(a_centre(), simulated)) == 2
