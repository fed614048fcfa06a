"""Prices of people and totals: what they prove of long horizons, and what rosters agree on."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, repeat
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.engine.columns import ascent as ascent_module
from shiftcast.scheduling.rostering.engine.columns.ascent import Ascent
from shiftcast.scheduling.rostering.engine.columns.generation import Generation, Left
from shiftcast.scheduling.rostering.engine.columns.oracle import CrewOracle
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import a_contract, a_demand, a_grid
from tests.unit.rostering.exact import optimum
from tests.unit.rostering.long_crew import (
    EXTRA,
    MISSING,
    SHIFT,
    Want,
    a_long_crew,
    endless,
    searched,
    shifts_in,
)

DAYS = 56
ROUNDS, STEPS = 1500, (0.3, 0.0005)
EIGHT = shifts_in(8, least=4, most=8)


def one_wanted_daily(agents: str) -> RosterProblem:
    """Eight weeks of agents who work four to eight shifts each: the best roster leaves one missing
    on all days but eight for each."""
    return a_long_crew(agents, 8, EIGHT, map(Want, range(DAYS)))


def ascended(problem: RosterProblem, left: Left = endless) -> tuple[Ascent, float]:
    ascent = Ascent(compile_problem(problem))
    return ascent, ascent.run(ROUNDS, *STEPS, left)


def random_wants(rng: np.random.Generator, days: int, most: int) -> list[Want]:
    return [
        Want(day, number=int(rng.integers(most + 1)), missing=float(rng.integers(5, 100)))
        for day in range(days)
    ]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_bound_is_never_above_the_optimum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    contract = a_contract(max_days=3, min_run_days=2, min_run_days_off=int(rng.integers(1, 3)))
    grid = a_grid(days=5)
    problem = replace(
        a_long_crew("AB", 1, contract, random_wants(rng, 5, most=3)),
        grid=grid,
        demands=(a_demand(grid),),  # of nobody
    )
    best = optimum(problem)
    assert best is not None
    _, bound = ascended(problem)
    assert bound <= best[0] + 1e-6
    assert bound >= 0.9 * best[0] - 0.01


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_roster_that_a_search_finds_costs_less_than_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    least = int(rng.integers(0, 10))
    contract = shifts_in(5, least, least + int(rng.integers(0, 5)), max_weekends=(2, 5))
    search = searched(a_long_crew("ABC", 5, contract, random_wants(rng, 35, most=2)))
    assert search.compiled.crew.totals.many.all()
    bound = Ascent(search.compiled).run(200, *STEPS, endless)
    assert -0.05 * MISSING <= bound <= search.best_cost + 1e-6


@pytest.mark.parametrize(
    "more",
    [{}, {"max_weekends": (2, 4)}, {"min_run_days": 2}],
    ids=["hours", "weekends", "runs"],
)
def test_the_bound_comes_near_the_best_mixture_where_totals_bind(more: dict[str, Any]) -> None:
    wanted = random_wants(np.random.default_rng(6), DAYS, most=3)
    search = searched(a_long_crew("ABC", 8, shifts_in(4, 10, 12, **more), wanted))
    oracle = CrewOracle(search.compiled)
    mixed = Generation(oracle, oracle.coupling, range(3), oracle.columns(search.best))
    assert mixed.run(endless, tolerance=0.1)
    _, bound = ascended(search.compiled.problem)
    assert 0.99 * mixed.bound <= bound <= mixed.mixture.points + 1e-6
    _, unbound = ascended(a_long_crew("ABC", 8, shifts_in(4, 0, 28), wanted))
    assert unbound < 0.1 * bound


def test_fixed_days_raise_the_bound() -> None:
    ascent, bound = ascended(one_wanted_daily("AB"))
    assert bound == pytest.approx(MISSING * (DAYS - 16), rel=0.01)
    ascent.fixed[0, :52] = -1  # A has four days left
    raised = ascent.run(ROUNDS, *STEPS, endless)
    assert raised == pytest.approx(MISSING * (DAYS - 12), rel=0.01)
    assert raised <= MISSING * (DAYS - 12) + 1e-6


def test_an_impossible_fixing_is_a_bound_of_its_own() -> None:
    compiled = compile_problem(a_long_crew("AB", 8, EIGHT, map(Want, range(DAYS)), {"B": [5]}))
    ascent = Ascent(compiled)
    ascent.fixed[1, 5] = compiled.options.first[5]
    assert ascent.run(ROUNDS, *STEPS, endless) == np.inf


def test_shares_are_those_of_rosters() -> None:
    ascent, _ = ascended(one_wanted_daily("AB"))
    ascent.fixed[0, 7:14] = -1
    ascent.run(ROUNDS, *STEPS, endless)
    by_day = np.add.reduceat(ascent.share, ascent.compiled.options.first[:-1], axis=1)
    assert by_day + ascent.off == pytest.approx(np.ones((2, DAYS)))
    assert (ascent.off[0, 7:14] == 1).all()
    # Each works about the eight shifts that are best, or the rosters would not average out.
    assert by_day.sum(axis=1) == pytest.approx([8, 8], abs=1)


def test_people_who_are_alike_settle_sooner_with_points_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Twelve alike, who all go wherever somebody is wanted and all leave together.
    rng = np.random.default_rng(2)
    shifts = (SHIFT, replace(SHIFT, code="O"))
    wanted = [Want(day, code, int(rng.integers(3))) for day in range(DAYS) for code in "SO"]
    problem = a_long_crew("ABCDEFGHIJKL", 8, EIGHT, wanted, shifts=shifts)
    optimum = MISSING * (sum(want.number for want in wanted) - 8 * 12)

    def after(rounds: int, noise: float) -> float:
        monkeypatch.setattr(ascent_module, "NOISE", noise)
        return Ascent(compile_problem(problem)).run(rounds, *STEPS, endless)

    with_noise = after(120, ascent_module.NOISE)
    assert 0.99 * optimum <= with_noise <= optimum + 1e-6
    assert after(120, 0.0) <= 0.95 * optimum


def test_the_clearest_choice_of_a_day() -> None:
    weekdays = replace(SHIFT, weekdays=frozenset(range(5)))
    other = replace(weekdays, code="O")
    problem = a_long_crew("AB", 1, a_contract(), map(Want, range(5)), shifts=(weekdays, other))
    ascent = Ascent(compile_problem(problem))
    first = ascent.compiled.options.first
    assert first[5] == first[6]  # nothing may be worked on Saturday
    ascent.off[:] = 1.0
    ascent.off[0, :3] = 0.3, 0.6, 0.1
    for day, shares in enumerate([(0.7, 0.0), (0.1, 0.3), (0.4, 0.5)]):
        ascent.share[0, first[day] : first[day + 1]] = shares
    choice, share = ascent.clearest()
    assert choice[0, :3].tolist() == [first[0], -1, first[2] + 1]
    assert share[0, :3].tolist() == [0.7, 0.6, 0.5]
    assert (choice[0, 3:] == -1).all()
    assert (choice[1] == -1).all()
    assert (share[1] == 1).all()


def test_when_time_is_over_the_bound_so_far_is_valid() -> None:
    problem = one_wanted_daily("AB")
    readings = chain(np.linspace(1.0, 0.5, 20).tolist(), repeat(0.0))
    asked = 0

    def left() -> float:
        nonlocal asked
        asked += 1
        return next(readings)

    _, bound = ascended(problem, left)
    assert asked == 21
    assert 0 < bound <= MISSING * (DAYS - 16)


@pytest.mark.parametrize("seconds", [0.0, -3.0])
def test_without_time_there_is_one_round(seconds: float) -> None:
    readings = iter([seconds] * 3)
    ascent, bound = ascended(one_wanted_daily("AB"), lambda: next(readings))
    price = (MISSING - EXTRA) / 2  # of all cells, at which both work on every day
    assert bound == pytest.approx(price * DAYS - 2 * price * DAYS)
    assert (ascent.clearest()[1] == 0).all()


def test_what_totals_are_on_the_way_is_told_by_day() -> None:
    # A works on the second, the fourth and the fifth day, and nothing else tells their hours.
    ascent = Ascent(compile_problem(one_wanted_daily("AB")))
    ascent.fixed[0, :] = -1
    for day in (1, 3, 4):
        ascent.fixed[0, day] = ascent.compiled.options.first[day]
    ascent.fixed[1, :7] = -1
    ascent.run(20, *STEPS, endless)
    shifts = ascent.reached[:, 0] / ascent.reached[0, 0, 1]
    assert shifts[0, :7].tolist() == [0, 1, 1, 2, 3, 3, 3]
    assert (shifts[0, 7:] == 3).all()
    assert (shifts[1, :7] == 0).all()
    assert (np.diff(shifts[1]) >= 0).all()


def test_what_one_person_more_is_worth_where_all_are_settled() -> None:
    # One is wanted on each day. A works on the first two days, B on the second, nobody on the
    # third; on days that are not settled prices stay.
    ascent = Ascent(compile_problem(one_wanted_daily("AB")))
    first = ascent.compiled.options.first
    ascent.cell_price = np.full(DAYS, 7.0)
    ascent.fixed[:, :3] = [[first[0], first[1], -1], [-1, first[1], -1]]
    ascent.settle(0, 3)
    assert ascent.cell_price[:4].tolist() == [7.0, -EXTRA, MISSING, 7.0]
    assert (ascent.cell_price[4:] == 7.0).all()
