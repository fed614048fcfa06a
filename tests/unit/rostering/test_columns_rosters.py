"""Rosters out of columns: dives, choices, neighbourhoods, and all of it together."""

from __future__ import annotations

from itertools import chain, repeat

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.engine.columns.choice import choose
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.dive import dive
from shiftcast.scheduling.rostering.engine.columns.generation import Generation, Left
from shiftcast.scheduling.rostering.engine.columns.master import Master, together
from shiftcast.scheduling.rostering.engine.columns.neighbourhoods import Neighbourhoods
from shiftcast.scheduling.rostering.engine.columns.solve import ColumnSearch

from tests.unit.rostering.columns_listed import (
    first_roster,
    optimum,
    random_case,
)


def clock(readings: int) -> Left:
    """A clock that is read so many times before it is over."""
    seconds = chain(repeat(1.0, readings), repeat(0.0))
    return lambda: next(seconds)


@pytest.mark.parametrize("seed", range(8))
def test_choosing_among_all_columns_is_exact(seed: int) -> None:
    oracle, coupling = random_case(seed)
    master = Master(coupling, range(oracle.agents))
    master.add(oracle.columns)
    best = optimum(oracle, coupling)
    mixture = master.solve()
    found, complete = choose(master, mixture, best, 10.0)
    assert complete
    assert found is not None
    assert [column.agent for column in found] == [0, 1, 2]
    assert together(coupling, found).points == pytest.approx(best)
    assert choose(master, mixture, best - 0.5, 10.0) == (None, True)


@pytest.mark.parametrize("seed", range(8))
def test_a_dive_ends_in_a_roster_of_known_columns(seed: int) -> None:
    oracle, coupling = random_case(seed)
    fixed = np.full((3, 3), FREE)
    made = Generation(oracle, coupling, range(3), first_roster(oracle), fixed)
    found = dive(made, clock(1000), share=0.3, tolerance=1e-6, jump=1.0)
    assert found is not None
    keys = {column.key for column in oracle.columns}
    assert [column.agent for column in found] == [0, 1, 2]
    assert all(column.key in keys and column.keeps(fixed[column.agent]) for column in found)
    assert together(coupling, found).points >= optimum(oracle, coupling) - 1e-6


def test_a_dive_gives_up_above_its_cutoff() -> None:
    oracle, coupling = random_case(15)
    made = Generation(oracle, coupling, range(3), first_roster(oracle), np.full((3, 3), FREE))
    assert dive(made, clock(1000), 0.3, 1e-6, 1.0, optimum(oracle, coupling) - 1) is None


def test_a_dive_without_time_takes_the_columns_there_are() -> None:
    oracle, coupling = random_case(15)
    roster = first_roster(oracle)
    made = Generation(oracle, coupling, range(3), roster, np.full((3, 3), FREE))
    assert dive(made, clock(0), 0.3, 1e-6, 1.0) == roster


def test_a_dive_needs_somewhere_to_write() -> None:
    oracle, coupling = random_case(1)
    made = Generation(oracle, coupling, range(3), first_roster(oracle))
    with pytest.raises(ValueError, match="fixed days"):
        dive(made, clock(1), 0.3, 1e-6, 1.0)


@pytest.mark.parametrize("seed", range(6))
def test_neighbourhoods_reach_the_optimum_of_a_tiny_case(seed: int) -> None:
    oracle, coupling = random_case(seed)
    best = optimum(oracle, coupling)
    told: list[float] = []
    around = Neighbourhoods(
        oracle, coupling, first_roster(oracle), oracle.columns, 1.0, np.random.default_rng(seed)
    )
    start = around.cost
    around.run(clock(400), best, told.append)
    assert around.cost == pytest.approx(best)
    assert told == sorted(told, reverse=True)
    assert all(cost < start for cost in told)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_bound_and_roster_enclose_the_optimum(seed: int) -> None:
    oracle, coupling = random_case(seed)
    best = optimum(oracle, coupling)
    search = ColumnSearch(oracle, coupling, 1.0, np.random.default_rng(seed), first_roster(oracle))
    search.run([], clock(80), lambda _stage, _cost, _bound: None)
    assert search.bound <= best + 1e-6
    assert search.cost >= best - 1e-6
    assert search.cost == pytest.approx(together(coupling, search.roster).points)
    if search.closed:
        assert search.cost == pytest.approx(best)


def test_a_search_without_time_keeps_its_roster_and_a_bound() -> None:
    oracle, coupling = random_case(15)
    roster = first_roster(oracle)
    search = ColumnSearch(oracle, coupling, 1.0, np.random.default_rng(1), roster)
    search.run([], clock(0), lambda _stage, _cost, _bound: None)
    assert search.roster == roster
    assert search.bound <= optimum(oracle, coupling)
