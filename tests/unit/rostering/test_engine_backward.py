"""The walk backwards over an agent's automaton, against the same in plain words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numba import njit
from shiftcast.scheduling.rostering.engine.backward import Offers, costs_to_go
from shiftcast.scheduling.rostering.engine.compile import Compiled, compile_problem
from shiftcast.scheduling.rostering.engine.crew import Crew
from shiftcast.scheduling.rostering.engine.one_agent import rules_of
from shiftcast.scheduling.rostering.engine.periods import terms_of
from shiftcast.scheduling.rostering.engine.stretch import whole
from shiftcast.scheduling.rostering.engine.tables import Tables
from shiftcast.scheduling.rostering.engine.week import FloatArray, Options

from tests.unit.rostering.long_crew import SHIFT, Want, a_long_crew, shifts_in

DAYS = 35
CODES = ("S", "T", "U")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """Three kinds of shifts, of two lengths, with hours, weekends and one kind limited."""
    contract = shifts_in(5, 9, 15, max_weekends=(2, 5), shift_limits=(("S", 6), ("U", 8)))
    contract = replace(contract, min_run_days=2, min_run_days_off=2)
    shifts = tuple(replace(SHIFT, code=code) for code in CODES[:2])
    long = replace(SHIFT, code=CODES[2], paid_min=600)
    wanted = [Want(day, code) for day in range(DAYS) for code in CODES]
    return compile_problem(a_long_crew("A", 5, contract, wanted, shifts=(*shifts, long)))


def in_plain_words(compiled: Compiled, offers: Offers, prices: FloatArray) -> FloatArray:
    tables, mine = compiled.tables, compiled.crew.automaton[0]
    totals = compiled.crew.totals.unit[0, : len(prices)]
    costs = np.full((DAYS + 1, tables.steps.shape[2]), np.inf)
    costs[DAYS] = 0.0
    for day in range(DAYS - 1, -1, -1):
        for state in range(tables.states[mine, day]):
            for work in offers.kinds[day, : offers.many[day]]:
                to = tables.steps[mine, day, state, work]
                if to >= 0:
                    units = tables.units[mine, totals, day, state, work]
                    cost = offers.best[day, work] + tables.prices[mine, day, state, work]
                    cost += float(prices[:, day] @ units) + costs[day + 1, to]
                    costs[day, state] = min(costs[day, state], cost)
    return costs


@njit
def walked(
    crew: Crew, tables: Tables, options: Options, value: FloatArray, prices: FloatArray
) -> tuple[Offers, FloatArray]:
    rules = rules_of(0, crew, tables)
    stretch = whole(rules)
    offers = terms_of(rules, tables.totals, stretch, options, value).offers
    found = np.full((len(offers.many) + 1, len(stretch.after)), np.inf)
    costs_to_go(rules, offers, stretch, prices, found)
    return offers, found


@pytest.mark.parametrize("seed", range(5))
def test_costs_to_go_are_those_of_every_work_in_every_state(compiled: Compiled, seed: int) -> None:
    rng, options = np.random.default_rng(seed), compiled.options
    value = np.where(rng.random(len(options.cell)) < 0.2, np.inf, 0.0)
    value += rng.uniform(-100, 10, len(value))
    prices = rng.choice([0.0, 5.0, 30.0], (int(compiled.crew.totals.many[0]), DAYS))
    offers, found = walked(compiled.crew, compiled.tables, options, value, prices)
    assert found == pytest.approx(in_plain_words(compiled, offers, prices))
    assert np.isfinite(found[0]).any()


def test_units_of_weekends_depend_on_the_state_and_hours_do_not(compiled: Compiled) -> None:
    # Work on a Sunday begins a weekend only where the Saturday was off.
    tables, mine = compiled.tables, compiled.crew.automaton[0]
    units = compiled.crew.totals.unit[0, : compiled.crew.totals.many[0]]
    moving = [bool((tables.steady[mine, unit] < 0).all()) for unit in units]
    assert sorted(moving) == [False, False, False, True]
    for unit, moves in zip(units, moving, strict=True):
        for day, state, work in np.argwhere(tables.steps[mine] >= 0):
            if not moves:
                added = tables.units[mine, unit, day, state, work]
                assert added == tables.steady[mine, unit, day, work]
