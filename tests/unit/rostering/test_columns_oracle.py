"""The kernel as an oracle: its columns cost what the engine says, and are the best there are."""

from __future__ import annotations

import numpy as np
import pytest
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import WantedShift
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.generation import Generation
from shiftcast.scheduling.rostering.engine.columns.master import together
from shiftcast.scheduling.rostering.engine.columns.oracle import CrewOracle
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import a_demand
from tests.unit.rostering.small_week import a_week, cost_of, settled, unequal


def with_wanted_shifts() -> RosterProblem:
    base = a_week(6)
    wanted = tuple(WantedShift(day, "S", 2, 30.0, 3.0) for day in base.grid.dates[:4])
    return a_week(6, wanted=wanted)


PROBLEMS = {
    "two queues": lambda: a_week(6),
    "one queue": lambda: a_week(6, demands=a_week().demands[1:]),
    "unequal agents": lambda: unequal(a_week(6, demands=a_week().demands[1:])),
    "seats": lambda: a_week(6, rules=Rules(seats=4)),
    "share on a break": lambda: a_week(6, rules=Rules(breaks_at_once_share=50)),
    "shifts by number": with_wanted_shifts,
}


@pytest.fixture(params=PROBLEMS, scope="module")
def problem(request: pytest.FixtureRequest) -> RosterProblem:
    made = PROBLEMS[request.param]()
    assert isinstance(made, RosterProblem)
    return made


def test_columns_together_cost_what_the_cover_says(problem: RosterProblem) -> None:
    compiled, weeks, _, _ = settled(problem)
    oracle = CrewOracle(compiled)
    columns = oracle.columns(weeks)
    assert together(oracle.coupling, columns).points == pytest.approx(cost_of(compiled, weeks))
    again = oracle.weeks(columns)
    assert (again.option == weeks.option).all()
    assert (again.breaks == weeks.breaks).all()


def test_where_work_is_unequal_rows_cost_no_more_than_the_best_spread() -> None:
    # They let a person be shared between queues, so what they prove holds for whole people.
    problem = unequal(a_week(6))
    compiled, weeks, _, cost = settled(problem)
    oracle = CrewOracle(compiled)
    relaxed = together(oracle.coupling, oracle.columns(weeks)).points
    assert 0.98 * cost <= relaxed <= cost + 1e-6


def test_reduced_points_are_those_of_the_column(problem: RosterProblem) -> None:
    compiled, weeks, _, _ = settled(problem)
    oracle = CrewOracle(compiled)
    duals = np.random.default_rng(1).uniform(-5, 20, oracle.coupling.rows)
    priced = oracle.price(duals, range(oracle.agents))
    assert [p.column.agent for p in priced] == list(range(oracle.agents))
    for found, other in zip(priced, oracle.columns(weeks), strict=True):
        assert found.reduced == pytest.approx(found.column.reduced(duals))
        assert found.reduced <= other.reduced(duals) + 1e-6


def test_the_bound_lies_below_a_roster(problem: RosterProblem) -> None:
    compiled, weeks, _, cost = settled(problem)
    oracle = CrewOracle(compiled)
    made = Generation(oracle, oracle.coupling, range(oracle.agents), oracle.columns(weeks))
    made.run(lambda: 1.0, tolerance=1.0, rounds=15)
    assert made.bound <= made.mixture.points <= cost + 1e-6
    assert made.bound > -np.inf


def test_fixed_days_are_kept(problem: RosterProblem) -> None:
    compiled, weeks, _, _ = settled(problem)
    oracle = CrewOracle(compiled)
    fixed = np.full(weeks.option.shape, FREE)
    fixed[:, :3] = weeks.option[:, :3]
    duals = np.random.default_rng(2).uniform(-5, 20, oracle.coupling.rows)
    priced = oracle.price(duals, [1, 4], fixed)
    assert [p.column.agent for p in priced] == [1, 4]
    assert all(p.column.keeps(fixed[p.column.agent]) for p in priced)
    open_ = oracle.price(duals, [1, 4])
    assert all(p.reduced >= q.reduced - 1e-6 for p, q in zip(priced, open_, strict=True))
    fixed[1] = -1  # the contract wants three days at least
    assert [p.column.agent for p in oracle.price(duals, [1, 4], fixed)] == [4]


def test_where_any_roster_will_do_it_is_legal_and_what_is_proven_holds(
    problem: RosterProblem,
) -> None:
    compiled, weeks, _, _ = settled(problem)
    exact, any_ = CrewOracle(compiled), CrewOracle(compiled, slack=1e12)
    duals = np.random.default_rng(3).uniform(-5, 20, exact.coupling.rows)
    fixed = np.full(weeks.option.shape, FREE)
    fixed[0] = -1  # the contract wants three days at least
    whom = range(exact.agents)
    best = exact.price(duals, whom, fixed)
    found = any_.price(duals, whom, fixed)
    assert [p.column.agent for p in found] == [p.column.agent for p in best] == [*whom[1:]]
    for mine, then in zip(found, best, strict=True):
        assert mine.reduced <= then.column.reduced(duals) + 1e-6
        assert mine.column.reduced(duals) >= then.column.reduced(duals) - 1e-6
        alone = np.full(weeks.option.shape, FREE)
        alone[mine.column.agent] = mine.column.option
        assert len(exact.price(duals, [mine.column.agent], alone)) == 1  # legal


def test_every_cost_is_a_multiple_of_the_unit() -> None:
    grid = a_week(3).grid
    plain = Weights(under=40, over=4, evenness=0, fairness=0, steady_start=0, queue_change=0)
    demand = a_demand(grid, np.full(grid.size, 2.0), queue="chat")
    compiled, weeks, _, _ = settled(a_week(3, demands=(demand,), weights=plain))
    unit = CrewOracle(compiled).unit
    assert unit == pytest.approx(1.0)  # one too many costs 4 an hour, 1 a quarter
    assert cost_of(compiled, weeks) % unit == pytest.approx(0)
