"""What a roster is paid where it is paid by the service that its agents give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from shiftcast.data.rules import Weights
from shiftcast.data.targets import Objective
from shiftcast.scheduling.planning.raising import raised_requirement
from shiftcast.scheduling.planning.service import concave_above, service_points
from shiftcast.scheduling.planning.stages import staffing_stage
from shiftcast.scheduling.staffing.requirement import AgentRequirement, StaffingCurve

from tests.unit.planning.small import GRID, Steady, a_centre, a_history, a_queue

CENTRE = a_centre(queues=(a_queue(objective=Objective.SERVICE),))
MASK = np.stack([CENTRE.open_mask(queue, GRID) for queue in CENTRE.queues])
FORECAST = Steady().forecast(a_history(), CENTRE.calendar, GRID, MASK, np.random.default_rng(1))
OPEN = MASK[0]


def one_interval(good: list[float], needed: float) -> tuple[StaffingCurve, AgentRequirement]:
    served = np.array([good])
    need = AgentRequirement("q", np.array([needed]), np.array([needed]))
    return StaffingCurve("q", served, np.full_like(served, served.max())), need


def test_the_hull_leaves_out_what_lies_below_it() -> None:
    """The first agent serves one in time and the second seven more: four each, seen together."""
    assert concave_above(np.array([[0.0, 1.0, 8.0, 10.0]])).tolist() == [[0.0, 4.0, 8.0, 10.0]]


@given(arrays(float, (3, 6), elements=st.floats(0, 100)))
def test_the_hull_is_concave_and_above_and_touches_its_ends(curves: NDArray[np.float64]) -> None:
    hull = concave_above(curves)
    assert (hull >= curves - 1e-9).all()
    assert (np.diff(hull, 2, axis=1) <= 1e-9).all()
    np.testing.assert_array_equal(hull[:, [0, -1]], curves[:, [0, -1]])


def test_the_last_agent_needed_is_worth_an_hour_of_a_missing_agent() -> None:
    """Three are needed in an interval of half an hour. The third serves two customers more, so each
    is worth 40 · ½ ÷ 2 = 10 points; none, one and two agents leave 13, 7 and 2 of those whom three
    would serve. The fourth is one too many: 4 points an hour, bent by evenness 0."""
    curve, need = one_interval([0.0, 6.0, 11.0, 13.0, 15.0], needed=3.0)
    points = service_points(curve, need, Weights(evenness=0.0), 1.0, 0.5)
    assert points.tolist() == [[130.0, 70.0, 20.0, 0.0, 2.0]]


def test_a_queues_weight_multiplies_what_its_customers_are_worth() -> None:
    curve, need = one_interval([0.0, 6.0, 10.0], needed=2.0)
    plain = service_points(curve, need, Weights(), 1.0, 1.0)
    np.testing.assert_allclose(service_points(curve, need, Weights(), 0.5, 1.0), plain / 2)


def test_where_nobody_comes_only_agents_to_spare_cost() -> None:
    curve, need = one_interval([0.0, 0.0, 0.0], needed=0.0)
    points = service_points(curve, need, Weights(evenness=0.0), 1.0, 1.0)
    assert points.tolist() == [[0.0, 4.0, 8.0]]


def test_the_roster_is_asked_by_points_only_where_the_queue_says_so() -> None:
    _, (demand,) = staffing_stage(CENTRE, FORECAST)
    assert demand.points is not None
    assert demand.points.shape[0] == GRID.size
    assert (np.diff(demand.points, 2, axis=1) >= -1e-6).all()
    # As many agents as are needed cost less than one fewer.
    needed = np.ceil(demand.required[OPEN]).astype(int)
    busy = demand.points[OPEN]
    rows = np.arange(len(busy))
    assert (busy[rows, needed] < busy[rows, needed - 1]).all()
    _, (plain,) = staffing_stage(a_centre(), FORECAST)
    assert plain.points is None
    np.testing.assert_array_equal(plain.required, demand.required)


def test_a_raise_makes_the_curve_that_of_more_contacts() -> None:
    requirement, _ = staffing_stage(CENTRE, FORECAST)
    raised = raised_requirement(CENTRE, FORECAST, requirement, {"phone": (1.1,) * 7})
    (before,), (after,) = requirement.curves, raised.curves
    np.testing.assert_allclose(after.counted[OPEN, 0], 1.1 * before.counted[OPEN, 0])
    other = raised_requirement(CENTRE, FORECAST, raised, {"mail": (1.1,) * 7})
    assert other.curves[0] is after


def test_email_is_not_paid_by_service() -> None:
    from shiftcast.data.targets import Channel, ServiceTarget

    with pytest.raises(ValueError, match="is e-mail"):
        replace(
            a_queue(),
            channel=Channel.EMAIL,
            target=ServiceTarget(deadline_min=600),
            objective=Objective.SERVICE,
        )
