"""What people together cost, as a linear programme."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ortools.linear_solver import pywraplp
from shiftcast.scheduling.rostering.engine.columns.coupling import bands, slots, stacked
from shiftcast.scheduling.rostering.engine.columns.master import together

from tests.unit.rostering.columns_listed import a_column, wanted

FAR = 1_000_000


def test_cells_cost_what_is_missing_and_what_is_too_much() -> None:
    coupling = wanted(2, 1, 0, 0)
    # Day 0: one of two on shift 0 (10 points), nobody on shift 1 (10); day 1: one too many (1).
    assert together(coupling, [a_column(0, [0, 1], points=3)]).points == pytest.approx(24)


def test_a_solver_that_is_led_astray_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    solve, asked = pywraplp.Solver.Solve, list[int]()

    def astray(solver: pywraplp.Solver, *how: pywraplp.MPSolverParameters) -> int:
        asked.append(len(how))
        return solve(solver, *how) if how else int(pywraplp.Solver.ABNORMAL)

    monkeypatch.setattr(pywraplp.Solver, "Solve", astray)
    assert together(wanted(2, 1, 0, 0), [a_column(0, [0, 1])]).points == pytest.approx(21)
    assert asked == [0, 1]


def test_what_others_do_already_is_not_wanted_any_more() -> None:
    coupling = wanted(2, 0, 1, 0).less(np.array([2.0, 0, 2, 0]))
    assert together(coupling, [a_column(0, [0, -1])]).points == pytest.approx(1 + 1)


def test_the_bound_at_given_prices_by_hand() -> None:
    # Two wanted at 10 points each; at a price of 4 nobody is better missing, nobody extra is free:
    # 2 × 4 for those wanted, less 4 a head for the one agent who comes.
    assert wanted(2).least_points(np.array([4.0])) == pytest.approx(8)
    # A price above 10 pays for leaving both missing: 2 × 12 + 2 × (10 − 12).
    assert wanted(2).least_points(np.array([12.0])) == pytest.approx(20)


def test_one_queue_costs_its_marginal_points() -> None:
    marginal = np.array([[[-10.0, -10.0, 1.0], [-5.0, 1.0, 1.0]]])
    coupling = slots(marginal, np.array([1]), np.ones((1, 1), dtype=np.int64), most=3)
    # One person in slot 0 and one in slot 1 (rows of a column with one option a "day").
    column = a_column(0, [0, 0], options=1)
    assert together(coupling, [column]).points == pytest.approx(-15)
    both = [column, a_column(1, [0, 0], options=1), a_column(2, [0, 0], options=1)]
    assert together(coupling, both).points == pytest.approx(-10 - 10 + 1 - 5 + 1 + 1)


def test_people_go_to_the_queue_where_they_are_worth_most() -> None:
    # One slot, two queues; group 0 serves both, group 1 only queue 1.
    marginal = np.array([[[-10.0, 1.0]], [[-8.0, 1.0]]])
    coupling = slots(marginal, np.array([3, 2]), np.ones((2, 2), dtype=np.int64), most=3)
    both, second = a_column(0, [0], options=2), a_column(1, [1], options=2)
    assert together(coupling, [both]).points == pytest.approx(-10)
    assert together(coupling, [both, second]).points == pytest.approx(-18)


def test_people_go_to_the_queue_where_their_work_is_worth_most() -> None:
    # Three units are worth 10 points each on queue 0, three 8 each on queue 1. Group 0 does three
    # units there or two here, group 1 two on queue 0 alone.
    marginal = np.array([[[-10.0, -10.0, -10.0, 1.0, 1.0]], [[-8.0, -8.0, -8.0, 1.0, 1.0]]])
    coupling = slots(marginal, np.array([3, 1]), np.array([[3, 2], [2, 1]]), most=5)
    both, first = a_column(0, [0], options=2), a_column(1, [1], options=2)
    assert together(coupling, [both]).points == pytest.approx(-30)
    # Best are -20 - 16; the rows let a person be shared, here a third on queue 0, so that they
    # never cost more than that.
    assert together(coupling, [both, first]).points == pytest.approx(-30 - 2 / 3 * 16)


def test_units_are_parts_of_an_agents_work() -> None:
    # Half an agent's work is worth 5 points, twice; somebody who does three halves earns 10 - 1.
    coupling = slots(
        np.array([[[-5.0, -5.0, 1.0]]]), np.array([1]), np.array([[1.5]]), most=2, unit=2
    )
    column = replace(a_column(0, [0], options=1), sizes=np.array([1.5]))
    assert together(coupling, [column]).points == pytest.approx(-9)


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(0, 2, 0), (2, 3, 7), (-FAR, 0, 7), (-FAR, FAR, 0), (3, FAR, 14), (0, 0, 7)],
)
def test_a_sum_outside_its_bounds_costs_points(least: int, most: int, expected: float) -> None:
    coupling = bands(np.array([least]), np.array([most]), np.array([7.0]), reach=5.0, far=FAR)
    column = a_column(0, [0], options=1)  # a sum of 1
    assert together(coupling, [column]).points == pytest.approx(expected)


def test_parts_are_stacked_with_their_constants() -> None:
    both = stacked([wanted(1), wanted(2)], constant=5.0)
    assert both.rows == 2
    assert together(both, [a_column(0, [1], options=2)]).points == pytest.approx(5 + 10 + 10)


def test_a_total_is_held_at_a_price() -> None:
    coupling = wanted(1, 1)
    missing = np.array([0, 1])
    nobody = [a_column(0, [-1])]
    assert together(coupling.with_total(missing, None, 1, 100), nobody).points == pytest.approx(120)
    assert together(coupling.with_total(missing, None, 2, 100), nobody).points == pytest.approx(20)
    # With nobody there two are missing; a least of three is one short.
    assert together(coupling.with_total(missing, 3, None, 100), nobody).points == pytest.approx(120)
    with pytest.raises(ValueError, match="either a least or a most"):
        coupling.with_total(missing, 1, 1, 100)
