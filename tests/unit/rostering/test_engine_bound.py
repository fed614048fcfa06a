"""The bound never lies above the cost of a legal roster."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.rules import Rules, Weights
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.bound import LagrangianBound
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import a_contract, a_demand, a_grid, a_problem, a_shift, an_agent
from tests.unit.rostering.exact import optimum, optimum_over_queues
from tests.unit.rostering.small_week import WEIGHTS, a_week, settled

MANY = np.linspace(0.0, 1.0, 400)


def a_tiny_problem(seed: int, **changes: object) -> RosterProblem:
    """Two agents of five hours, four starts a day, on two days."""
    rng = np.random.default_rng(seed)
    grid = a_grid(days=2)
    told: dict[str, object] = {
        "demands": (a_demand(grid, rng.integers(0, 5, grid.size) / 2),),
        "agents": (an_agent("A1"), an_agent("A2")),
        "contracts": (a_contract(max_days=int(rng.integers(1, 3))),),
        "shifts": (a_shift(paid_min=300, latest_start=660),),
        "weights": WEIGHTS,
    }
    return a_problem(grid, **{**told, **changes})


def bounds(problem: RosterProblem, parts: NDArray[np.float64] = MANY) -> list[float]:
    """The bound after each step, when such parts of the time are over."""
    compiled, _, cover, _ = settled(problem)
    bound = LagrangianBound(compiled)
    bound.start_from(cover.supply, cover.cells)
    found = [bound.value]
    for part in parts:
        bound.improve(part)
        found.append(bound.value)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_the_bound_rises_to_the_optimum_and_never_above_it(seed: int) -> None:
    problem = a_tiny_problem(seed)
    least = optimum(problem)
    assert least is not None
    found = bounds(problem)
    assert found == sorted(found)
    assert found[-1] <= least[0] + 1e-6
    assert found[-1] >= 0.8 * least[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_counts_agents_by_their_proficiency(seed: int) -> None:
    levels = (("phone", 0.8), ("chat", 1.25)), (("phone", 1.2), ("chat", 0.6))
    skills = frozenset({"phone", "chat"})
    agents = tuple(
        an_agent(f"A{i}", skills=skills, proficiency=own) for i, own in enumerate(levels)
    )
    grid, rng = a_grid(days=2), np.random.default_rng(seed)
    wanted = rng.integers(0, 5, (2, grid.size)) / 2
    demands = tuple(a_demand(grid, w, queue=q) for w, q in zip(wanted, sorted(skills), strict=True))
    problem = a_tiny_problem(seed, agents=agents, demands=demands)
    least = optimum_over_queues(problem)
    found = bounds(problem)
    assert 0.8 * least <= found[-1] <= least + 1e-6
    result = solve(problem, SolveLimit(30, rounds=5), np.random.default_rng(1))
    assert result.cost is not None
    assert result.cost >= least - 1e-6


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_wrong_steps_make_the_bound_slow_and_not_false(part: float) -> None:
    problem = a_tiny_problem(1)
    least = optimum(problem)
    assert least is not None
    assert bounds(problem, np.full(60, part))[-1] <= least[0] + 1e-6


def test_too_few_agents_are_proven_to_be_too_few() -> None:
    """One agent of five hours for a day that wants one agent all the time: 19 hours are missing,
    and without evenness each costs 40, wherever the shift lies."""
    grid = a_grid(days=1)
    problem = a_problem(
        grid,
        demands=(a_demand(grid, 1.0),),
        shifts=(a_shift(paid_min=300, latest_start=660),),
        weights=Weights(evenness=0.0, steady_start=0.0, fairness=0.0),
    )
    assert bounds(problem)[-1] == pytest.approx(19 * 40)


def test_agents_to_spare_are_proven_to_be_to_spare() -> None:
    """Ten agents must work eight hours where one is wanted."""
    grid = a_grid(days=1)
    problem = a_problem(
        grid,
        demands=(a_demand(grid, (grid.minute_of_day // 60 == 8) * 1.0),),
        agents=tuple(an_agent(f"A{i}") for i in range(10)),
        contracts=(a_contract(min_days=7),),
        weights=Weights(over=4.0, evenness=0.0, steady_start=0.0, fairness=0.0),
    )
    assert bounds(problem)[-1] == pytest.approx(4 * (10 * 8 - 1))


def test_over_several_weeks_the_bound_keeps_rest() -> None:
    """Late work until midnight and early work from six in turn, a point each: after late work an
    agent may not come early, so that one of two goes undone; without rest none would."""
    grid = a_grid(days=14)
    late, early = grid.day_of % 2 == 0, grid.day_of % 2 == 1
    hour = grid.minute_of_day // 60
    problem = a_problem(
        grid,
        demands=(a_demand(grid, (late & (hour >= 20) | early & (hour >= 6) & (hour < 10)) * 1.0),),
        contracts=(a_contract(shift_codes=("E", "L"), max_days=7, max_minutes=60 * 60),),
        shifts=(
            a_shift("E", paid_min=240, earliest_start=360, latest_start=360),
            a_shift("L", paid_min=240, earliest_start=1200, latest_start=1200),
        ),
        rules=Rules(min_rest_min=660, max_consecutive_days=14),
        weights=Weights(under=0.25, over=0.25, evenness=0.0, steady_start=0.0, fairness=0.0),
    )
    assert bounds(problem)[-1] == pytest.approx(7.0, abs=0.05)


def test_two_skills_leave_the_bound_below_the_cost() -> None:
    problem = a_week(6)
    result = solve(problem, SolveLimit(60.0, 30), np.random.default_rng(1))
    assert result.cost is not None
    found = bounds(problem)
    assert 0.5 * result.cost < found[-1] <= result.cost


def test_no_roster_costs_less_than_nothing() -> None:
    compiled = compile_problem(a_tiny_problem(1))
    assert LagrangianBound(compiled).value == 0.0
