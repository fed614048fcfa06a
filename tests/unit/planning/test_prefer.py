"""One word moves the weights that the planner left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.people import Agent
from shiftcast.data.rules import Weights
from shiftcast.scheduling.planning.prefer import PAY_SHARE, Prefer, mean_hourly_cost, preferred

from tests.unit.planning.small import a_centre


def test_without_a_preference_nothing_changes() -> None:
    centre = a_centre()
    assert preferred(centre, None) is centre


@pytest.mark.parametrize("prefer", Prefer)
def test_every_preference_changes_weights_and_nothing_else(prefer: Prefer) -> None:
    centre = a_centre()
    changed = preferred(centre, prefer)
    assert changed.weights != centre.weights
    assert replace(changed, weights=centre.weights) == centre


def test_what_is_preferred_becomes_dearer_than_what_is_not() -> None:
    centre = a_centre()
    coverage, people = (preferred(centre, prefer).weights for prefer in ("coverage", "people"))
    assert coverage.under / coverage.request == 4 * (Weights.under / Weights.request)
    assert people.under / people.request == (Weights.under / Weights.request) / 3


def test_a_weight_that_the_planner_set_stays() -> None:
    centre = replace(a_centre(), weights=Weights(request=7.0, cost=0.2))
    assert preferred(centre, "people").weights.request == 7.0
    assert preferred(centre, "cost").weights.cost == 0.2


def test_an_hour_is_paid_a_quarter_of_a_missing_one() -> None:
    """30 an hour for all but one, who has 70: a mean of 35 with eight agents."""
    centre = a_centre(8)
    agents = (*centre.agents[1:], Agent("A1", "Agent 1", "full", frozenset(), hourly_cost=70.0))
    centre = replace(centre, agents=agents)
    assert mean_hourly_cost(centre) == 35.0
    assert preferred(centre, "cost").weights.cost * 35.0 == PAY_SHARE * Weights.under


def test_without_costs_there_is_no_price_of_pay() -> None:
    centre = a_centre()
    free = replace(centre, contracts=tuple(replace(c, hourly_cost=0.0) for c in centre.contracts))
    assert preferred(free, "cost").weights.cost == 0.0


def test_an_unknown_preference_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="beauty"):
        preferred(a_centre(), "beauty")
