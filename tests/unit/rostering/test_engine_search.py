"""One agent's move and sweeps: what they say they change is what changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from shiftcast.data.rules import Rules, Weights
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.compile import HARD
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.engine.one_agent import own_points
from shiftcast.scheduling.rostering.engine.search import sweep
from shiftcast.scheduling.rostering.engine.weeks import enter, leave
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import Carried, RosterProblem

from tests.factories import a_contract, a_grid, a_past, a_problem, a_shift, an_agent
from tests.unit.rostering.small_week import a_week, cost_of, settled, unequal


def alike(problem: RosterProblem) -> RosterProblem:
    return problem


@pytest.mark.parametrize("days", [3, 7, 10])
@pytest.mark.parametrize("crew", [alike, unequal])
def test_the_tracked_cost_is_the_cost_of_the_roster(
    days: int, crew: Callable[[RosterProblem], RosterProblem]
) -> None:
    problem = crew(a_week(days=days, first_weekday=3))
    compiled, weeks, cover, cost = settled(problem)
    roster = to_roster(compiled, weeks, cover)
    assert audit(problem, roster) == ()
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)
    if crew is alike:
        assert cost == pytest.approx(cost_of(compiled, weeks))


def test_groups_taken_out_and_put_back_cost_what_the_roster_does() -> None:
    problem = unequal(a_week())
    compiled, weeks, cover, cost = settled(problem)
    scratch, rng = compiled.scratch(), np.random.default_rng(1)
    crew, tables, options = compiled.crew, compiled.tables, compiled.options
    for _ in range(6):
        scratch.noise[:] = 20 * rng.random(compiled.slots)
        few = rng.choice(compiled.agents, 3, replace=False)
        cost += sweep(few, True, weeks, crew, tables, cover, options, scratch)
        roster = to_roster(compiled, weeks, cover)
        assert cost == pytest.approx(cost_breakdown(problem, roster).total)


def test_leaving_and_entering_again_changes_nothing() -> None:
    compiled, weeks, cover, _ = settled(a_week())
    heads, present = cover.supply.copy(), cover.bands.copy()
    for a in range(compiled.agents):
        out = leave(a, weeks, compiled.crew, cover, compiled.options)
        assert out + enter(a, weeks, compiled.crew, cover, compiled.options) == pytest.approx(0.0)
    assert (cover.supply.sum(axis=0) == heads.sum(axis=0)).all()
    assert (cover.bands == present).all()


def test_without_noise_a_sweep_never_makes_it_worse() -> None:
    compiled, weeks, cover, cost = settled(a_week())
    scratch = compiled.scratch()
    crew, tables, options = compiled.crew, compiled.tables, compiled.options
    rng = np.random.default_rng(1)
    for _ in range(5):
        change = sweep(
            rng.permutation(compiled.agents), False, weeks, crew, tables, cover, options, scratch
        )
        assert change <= 1e-6
        cost += change
        assert cost == pytest.approx(cost_of(compiled, weeks))


def test_own_points_are_those_of_requests_fairness_and_steadiness() -> None:
    problem = a_week(6, weights=Weights(), carried=(Carried("A0", 2, 3), Carried("A1", 0, 1)))
    compiled, weeks, cover, _ = settled(problem)
    found = cost_breakdown(problem, to_roster(compiled, weeks, cover))
    own = [
        own_points(a, compiled.crew, compiled.tables, compiled.options, weeks.option[a])
        for a in range(compiled.agents)
    ]
    assert sum(own) == pytest.approx(found.requests + found.fairness + found.steady_start)
    assert sum(own) > 0


def test_a_missing_seat_has_a_price_that_goes_with_the_agent() -> None:
    """Eight hours of two people on one seat: eight steps of an hour without a seat."""
    problem = a_problem(
        a_grid(days=1),
        agents=(an_agent("A1"), an_agent("A2")),
        contracts=(a_contract(min_days=7),),
        rules=Rules(0, 99, seats=1),
    )
    compiled, weeks, cover, cost = settled(problem)
    assert cost == 8 * HARD
    assert leave(1, weeks, compiled.crew, cover, compiled.options) == -8 * HARD


def test_a_seat_taken_by_the_past_is_missed_by_whoever_comes() -> None:
    """Last night's shift ends at 06:00; the only shift begins at 05:00."""
    shifts = (a_shift("B", earliest_start=300, latest_start=300),)
    night = a_past(a_problem(shifts=shifts), "B", clock=1320)
    problem = a_problem(
        a_grid(days=1),
        shifts=shifts,
        history=tuple(night),
        agents=(an_agent("A2"),),
        contracts=(a_contract(min_days=7),),
        rules=Rules(0, 99, seats=1),
    )
    assert settled(problem)[3] == HARD
