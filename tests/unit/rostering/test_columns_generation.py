"""Master, column generation, whole totals and the unit of points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.coupling import Coupling
from shiftcast.scheduling.rostering.engine.columns.generation import Generation
from shiftcast.scheduling.rostering.engine.columns.master import Master
from shiftcast.scheduling.rostering.engine.columns.unit import common_unit, rounded_up
from shiftcast.scheduling.rostering.engine.columns.whole import raise_totals, whole_totals

from tests.unit.rostering.columns_listed import (
    UNDER,
    ListedOracle,
    a_column,
    first_roster,
    optimum,
    random_case,
    wanted,
)


def always() -> float:
    return 1.0


def generated(oracle: ListedOracle, coupling: Coupling, smoothing: float = 0.0) -> Generation:
    made = Generation(
        oracle, coupling, range(oracle.agents), first_roster(oracle), smoothing=smoothing
    )
    assert made.run(always)
    return made


def test_the_master_mixes_columns() -> None:
    # One agent, one day, one wanted on each of two shifts: half of each misses as much as one.
    master = Master(wanted(1, 1), [0])
    assert master.add([a_column(0, [0], points=2), a_column(0, [1], points=3)]) == 2
    assert master.add([a_column(0, [0], points=2)]) == 0
    mixture = master.solve()
    assert mixture.points == pytest.approx(12)
    choices = master.choices(mixture)
    assert choices.option[choices.share > 0.5].tolist() == [0]
    master.allow([False, True])
    assert master.solve().points == pytest.approx(13)


def test_an_agent_has_a_place_however_dear_it_is() -> None:
    master = Master(wanted(1, 0), [0])
    master.add([a_column(0, [-1], 1e6), a_column(0, [0], 2e6)])
    mixture = master.solve()
    assert mixture.shares.tolist() == [1, 0]
    assert mixture.points == pytest.approx(1e6 + UNDER)


def test_the_mixture_meets_its_bound() -> None:
    made = generated(*random_case(3))
    assert made.mixture.points == pytest.approx(made.bound)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), smoothing=st.sampled_from([0.0, 0.6]))
def test_the_bound_is_never_above_the_optimum(seed: int, smoothing: float) -> None:
    oracle, coupling = random_case(seed)
    best = optimum(oracle, coupling)
    made = generated(oracle, coupling, smoothing)
    assert made.bound <= best + 1e-6
    raised = raise_totals(made, whole_totals(coupling), best, always, 1e-6)
    if raised is not None:
        assert made.bound - 1e-6 <= raised.bound
        # Whole totals prove nothing of rosters that are no better than the one known.
        assert min(raised.bound, best) <= best


def test_fixed_days_narrow_the_columns() -> None:
    oracle = ListedOracle([a_column(0, [0]), a_column(0, [1]), a_column(0, [-1])])
    fixed = np.full((1, 1), FREE)
    made = Generation(oracle, wanted(1, 0), [0], oracle.columns[1:], fixed)
    made.run(always)
    assert made.bound == pytest.approx(0)
    fixed[0, 0] = -1
    made.narrow()
    made.run(always)
    assert made.mixture.points == pytest.approx(10)
    assert made.bound == pytest.approx(10)


def test_nothing_is_priced_where_the_mixture_costs_little_enough() -> None:
    oracle, coupling = random_case(3)
    made = Generation(oracle, coupling, range(oracle.agents), first_roster(oracle))
    before = made.mixture.points
    assert made.run(always, enough=before)
    assert (made.rounds, made.mixture.points) == (0, before)
    assert made.run(always, enough=before - 1e-3)
    assert made.rounds > 0
    assert made.mixture.points < before


def test_without_any_column_there_is_no_roster() -> None:
    oracle = ListedOracle([a_column(0, [0])])
    made = Generation(oracle, wanted(1, 0), [0], oracle.columns, np.array([[1]]))
    made.run(always)
    assert made.bound == np.inf


def test_a_total_of_people_missing_is_made_whole() -> None:
    # The mixture of this case leaves one and a half people missing; the best roster, two.
    oracle, coupling = random_case(15)
    made = generated(oracle, coupling)
    missing = whole_totals(coupling)[0]
    assert made.mixture.variables[missing].sum() == pytest.approx(1.5)
    assert made.bound == pytest.approx(19.5)
    raised = raise_totals(made, [missing], optimum(oracle, coupling), always, 1e-6)
    assert raised is not None
    assert raised.bound == pytest.approx(23) == optimum(oracle, coupling)


def test_totals_are_variables_of_one_price() -> None:
    under, over = whole_totals(wanted(1, 2))
    assert (under.tolist(), over.tolist()) == ([0, 1], [2, 3])


@pytest.mark.parametrize(
    ("points", "unit"),
    [
        ([100.0, 1.0, 0.0], 1.0),
        ([2.5, 10.0], 2.5),
        ([np.inf, 4.0, -6.0], 2.0),
        ([1 / 3], 0.0),
        ([1e15, 4.0], 4.0),
    ],
)
def test_the_unit_divides_all_points(points: list[float], unit: float) -> None:
    assert common_unit(np.array(points)) == pytest.approx(unit)


def test_bounds_are_rounded_up_to_the_unit() -> None:
    assert rounded_up(1140.2, 1.0) == 1141
    assert rounded_up(1140.0000000001, 1.0) == 1140  # an error of arithmetic, not a point
    assert rounded_up(7.1, 2.5) == 7.5
    assert rounded_up(7.1, 0.0) == 7.1
    assert rounded_up(-np.inf, 1.0) == -np.inf
