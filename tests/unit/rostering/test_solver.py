"""The engine's promises: what it returns when, and that its numbers are true."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, Request, RequestKind
from shiftcast.data.presence import Company, Pairing
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Conflict, Roster, RosterResult, SolveStatus

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
    an_assignment,
)
from tests.unit.rostering.exact import optimum
from tests.unit.rostering.small_week import WEIGHTS, a_week


def solved(problem: RosterProblem, rounds: int = 20, seed: int = 1, **told: object) -> RosterResult:
    return solve(problem, SolveLimit(60.0, rounds), np.random.default_rng(seed), **told)


def a_tiny_problem(seed: int) -> RosterProblem:
    """Two or three agents and few enough rosters to look at all of them."""
    rng = np.random.default_rng(seed)
    three = bool(rng.integers(2))
    grid = a_grid(days=2 if three else 3)
    wanted = rng.integers(0, 4, grid.size) / 2
    crew = tuple(an_agent(f"A{i}") for i in range(3 if three else 2))
    shift = a_shift(latest_start=600, grid_min=120, paid_min=360)
    if rng.integers(2):
        shift = a_shift(paid_min=360, breaks=(BreakRule(60, True, 120, 180),))
    kind = RequestKind(rng.choice(RequestKind))
    wish = Request("A0", MONDAY, kind, 15.0, minute=500, shift_code="D")
    return a_problem(
        grid,
        demands=(a_demand(grid, wanted),),
        agents=crew,
        contracts=(a_contract(max_days=int(rng.integers(1, 4))),),
        shifts=(shift,),
        rules=Rules(seats=int(rng.integers(1, 3)) if rng.integers(2) else None),
        weights=replace(WEIGHTS, over=float(rng.choice([0.0, 4.0, 30.0]))),
        requests=(wish,),
    )


@pytest.mark.parametrize("seed", range(12))
def test_tiny_problems_are_solved_to_the_optimum(seed: int) -> None:
    problem = a_tiny_problem(seed)
    least = optimum(problem)
    assert least is not None
    result = solve(problem, SolveLimit(5.0), np.random.default_rng(1))
    assert result.roster is not None
    assert result.cost == pytest.approx(least[0])
    assert result.lower_bound is not None
    assert result.lower_bound <= least[0] + 1e-6
    proven = result.cost - result.lower_bound <= 1e-6 * max(1.0, result.cost)
    assert result.status is (SolveStatus.OPTIMAL if proven else SolveStatus.FEASIBLE)


def test_some_tiny_problems_are_proven_optimal() -> None:
    found = {solved(a_tiny_problem(seed)).status for seed in range(12)}
    assert SolveStatus.OPTIMAL in found


def test_a_roster_that_costs_nothing_is_optimal() -> None:
    result = solved(a_problem(weights=Weights()))
    assert (result.status, result.cost, result.lower_bound, result.gap) == (
        "optimal",
        0.0,
        0.0,
        0.0,
    )


def test_the_cost_told_on_the_way_is_the_cost_of_the_roster() -> None:
    told: list[float] = []
    problem = a_week()
    result = solved(problem, progress=lambda _stage, cost: told.append(cost))
    assert result.roster is not None
    assert told[-1] == pytest.approx(cost_breakdown(problem, result.roster).total)
    assert result.cost == pytest.approx(told[-1])
    assert told == sorted(told, reverse=True)
    assert audit(problem, result.roster) == ()


@pytest.mark.parametrize("first_day", [date(2026, 3, 27), date(2026, 10, 23)])
@pytest.mark.parametrize("days", [3, 10, 14])
def test_any_horizon_over_a_clock_change(first_day: date, days: int) -> None:
    week = a_week(5)
    grid = a_grid(first_day, days, 30, "Europe/Berlin")
    demands = (a_demand(grid, 1.0), a_demand(grid, 0.5, queue="chat"))
    problem = replace(week, grid=grid, demands=demands, weights=Weights())
    result = solved(problem, rounds=4)
    assert result.roster is not None
    assert audit(problem, result.roster) == ()
    assert result.lower_bound is not None
    assert 0 < result.lower_bound <= result.cost


def test_the_same_seed_and_rounds_give_the_same_roster() -> None:
    first, again = (solved(a_week(), seed=3).roster for _ in range(2))
    assert first == again


def test_another_seed_searches_elsewhere() -> None:
    assert solved(a_week(), rounds=2, seed=3).roster != solved(a_week(), rounds=2, seed=4).roster


def test_the_clock_ends_the_search() -> None:
    solved(a_week(), rounds=2)  # what is compiled once is not the search's time
    begin = time.perf_counter()
    result = solve(a_week(40), SolveLimit(1.0), np.random.default_rng(1))
    assert time.perf_counter() - begin < 2.0
    assert result.roster is not None


def test_a_good_start_is_kept_or_bettered() -> None:
    problem = a_week()
    good = solved(problem, rounds=10)
    result = solved(problem, rounds=1, seed=9, start=good.roster)
    assert result.cost <= good.cost + 1e-6


def test_what_is_illegal_in_a_start_is_built_anew() -> None:
    """A1's week breaks the contract, A2's shift is no option any more, a stranger is in it."""
    problem = a_problem(
        a_grid(days=3),
        demands=(a_demand(a_grid(days=3), 1.0),),
        agents=(an_agent("A1"), an_agent("A2")),
        contracts=(a_contract(max_days=1),),
        weights=WEIGHTS,
    )
    strange = replace(an_assignment(problem, 0, agent="A2"), shift_code="X")
    nobody = replace(an_assignment(problem, 1), agent="gone")
    start = Roster(problem.grid, (*a_roster(problem, "DD.").assignments, strange, nobody))
    result = solved(problem, start=start)
    assert result.roster is not None
    assert audit(problem, result.roster) == ()
    assert {shift.agent for shift in result.roster.assignments} == {"A1", "A2"}


def test_a_start_with_more_breaks_than_any_shift_has_is_no_start() -> None:
    problem = a_week(3)
    shift = an_assignment(problem, 0, agent="A0", queue="chat")
    start = Roster(problem.grid, (replace(shift, breaks=shift.breaks * 3),))
    assert solved(problem, rounds=2, start=start).roster is not None


def test_an_interruption_returns_the_best_so_far() -> None:
    told: list[float] = []

    def stop(_stage: str, cost: float) -> None:
        told.append(cost)
        if len(told) == 12:
            raise KeyboardInterrupt

    problem = a_week()
    result = solved(problem, progress=stop)
    assert len(told) == 13  # and once to say so
    assert result.roster is not None
    assert result.cost == pytest.approx(told[-1])
    assert audit(problem, result.roster) == ()


def test_an_early_interruption_proves_nothing_and_says_so() -> None:
    def stop(stage: str, _cost: float) -> None:
        if stage == "sweep":
            raise KeyboardInterrupt

    result = solved(a_week(), progress=stop)
    assert (result.status, result.lower_bound, result.gap) == ("feasible", 0.0, 1.0)


def test_too_few_seats_are_proven_to_be_too_few() -> None:
    """Three agents who must work every day, and two seats."""
    problem = a_problem(
        a_grid(days=7),
        agents=tuple(an_agent(f"A{i}") for i in range(3)),
        contracts=(a_contract(min_days=7),),
        rules=Rules(0, 99, seats=2),
    )
    result = solved(problem)
    assert (result.status, result.roster, result.cost) == (SolveStatus.INFEASIBLE, None, None)
    assert result.conflicts == (Conflict(None, ("contract_days", "seats"), ("A0", "A1", "A2")),)


def test_three_kept_apart_on_two_shifts_are_an_open_question() -> None:
    """Everybody half early and half late would keep every two of them apart, so the engine proves
    nothing: it says that it found none, and what stood in the way."""
    crew = ("A0", "A1", "A2")
    problem = a_problem(
        agents=tuple(an_agent(who, availability=(None, *((),) * 6)) for who in crew),
        shifts=(a_shift("E"), a_shift("L", earliest_start=960, latest_start=960)),
        contracts=(a_contract(min_days=1),),
        pairings=tuple(Pairing(pair, Company.APART) for pair in combinations(crew, 2)),
    )
    result = solved(problem)
    assert (result.status, result.roster, result.cost) == (SolveStatus.UNKNOWN, None, None)
    assert {violation.rule for violation in result.violations} == {"company"}


def test_seats_that_just_suffice_are_found() -> None:
    """Six agents of three days each in a week of 7 · 3 seats, and nothing else asks for spread."""
    problem = a_problem(
        agents=tuple(an_agent(f"A{i}") for i in range(6)),
        contracts=(a_contract(min_days=3, max_days=3),),
        rules=Rules(0, 99, seats=3),
    )
    result = solved(problem)
    assert result.roster is not None
    assert audit(problem, result.roster) == ()


def test_one_impossible_agent_makes_the_roster_infeasible() -> None:
    tuesday = MONDAY + timedelta(days=1)
    problem = replace(
        a_week(4),
        contracts=(a_contract(max_days=0),),
        fixed=(FixedAssignment("A2", tuesday, "S"),),
    )
    result = solved(problem)
    assert (result.status, result.roster, result.lower_bound) == (
        SolveStatus.INFEASIBLE,
        None,
        None,
    )
    assert [(c.agent, set(c.rules)) for c in result.conflicts] == [
        ("A2", {"contract_days", "fixed"})
    ]


def test_a_limit_needs_time() -> None:
    with pytest.raises(ValueError, match=r"seconds is 0\.0, expected above 0"):
        SolveLimit(0.0)
