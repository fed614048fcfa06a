"""Rosters under totals: prices of totals, labels, beams and windows against every week there is."""

from __future__ import annotations

import numpy as np
import pytest
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.rolling import Rolling
from shiftcast.scheduling.rostering.engine.columns.window import Window
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.local_search import LocalSearch
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.engine.one_agent import best_of, own_points, value_options

from tests.unit.rostering.long_crew import MISSING, Want, a_long_crew, shifts_in
from tests.unit.rostering.small_crew import (
    CONTRACTS,
    a_crew,
    legal_weeks,
    options_a_week,
    options_of,
)


@pytest.mark.parametrize("room", [1_000, 0], ids=["labels", "beam"])
@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_best_week_under_totals(contract: str, room: int) -> None:
    problem = a_crew(contract)
    compiled = compile_problem(problem)
    option = options_of(compiled)
    weeks = [[option[s.day, s.shift_code] for s in week] for week in legal_weeks(problem)]
    scratch, rng = compiled.scratch(), np.random.default_rng(7)
    for _ in range(10):
        scratch.cell_price[:] = rng.choice([-100.0, -50.0, 0.0, 1.0], len(compiled.cells))
        value_options(0, compiled.crew, compiled.options, scratch)
        best = min(float(scratch.value[week].sum()) for week in weeks)
        points, least = best_of(
            0, compiled.crew, compiled.tables, compiled.options, scratch, np.inf, 0.0, room
        )
        chosen = scratch.chosen[scratch.chosen >= 0]
        assert sorted(chosen.tolist()) in [sorted(week) for week in weeks]
        assert points == pytest.approx(float(scratch.value[chosen].sum()))
        assert least <= best + 1e-6
        if room:
            assert points == pytest.approx(best)
            assert least == pytest.approx(best)


@pytest.mark.parametrize("held", [(), (3, 4)], ids=["whole", "in two places"])
@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_window_is_the_best_with_the_other_days_standing(
    contract: str, held: tuple[int, ...]
) -> None:
    compiled = compile_problem(a_crew(contract))
    weeks, cell = options_a_week(compiled), compiled.options.cell
    first, last = (1, 7) if held else (2, 5)
    free = [day for day in range(first, last) if day not in held]
    rng = np.random.default_rng(3)
    for _ in range(10):
        standing = compiled.nobody()
        standing.option[0] = weeks[rng.integers(len(weeks))]
        window = Window(compiled, standing, first, last, held=np.isin(np.arange(first, last), held))
        duals = rng.choice([100.0, 50.0, 0.0, -1.0], len(window.cells))
        (priced,) = window.price(duals, [0])
        worth = np.zeros(len(compiled.cells))
        worth[window.cells] = duals
        same = np.delete(weeks, free, axis=1) == np.delete(standing.option[0], free)
        others = weeks[same.all(axis=1)][:, first:last]
        earned = [worth[cell[days[days >= 0]]].sum() for days in others]
        assert priced.reduced == pytest.approx(-max(earned))
        assert priced.column.option.tolist() in others.tolist()
        assert priced.column.reduced(duals) == pytest.approx(priced.reduced)
        on_free = np.isin(np.arange(first, last), free) & (priced.column.option >= 0)
        assert priced.column.sizes.sum() == on_free.sum()
        fixed = np.full((1, last - first), FREE)
        fixed[0, 1] = standing.option[0, first + 1]
        (kept,) = window.price(duals, [0], fixed)
        assert kept.column.option[1] == standing.option[0, first + 1]


def test_windows_improve_a_long_roster_and_keep_it_legal() -> None:
    problem = a_crew("all of it", weeks=4, agents=3)
    search = LocalSearch(compile_problem(problem), np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    readings = iter([1.0] * 400)
    rolling = Rolling(search.compiled, search.best, search.best_cost, 1.0, search.rng)
    told: list[float] = []
    rolling.run(lambda: next(readings, 0.0), told.append)
    compiled, weeks = search.compiled, rolling.weeks
    for a in range(compiled.agents):
        weeks.cost[a] = own_points(
            a, compiled.crew, compiled.tables, compiled.options, weeks.option[a]
        )
    before = search.best_cost
    search.take(weeks)
    assert search.cost == pytest.approx(rolling.cost)
    assert rolling.cost <= before
    assert told == sorted(told, reverse=True)
    assert audit(problem, to_roster(compiled, search.weeks, search.cover)) == ()


def test_hours_go_where_they_help_however_far_that_is() -> None:
    # Eight shifts in eight weeks, all worked in the first, where one was wanted; two are on the
    # last days. No window of two weeks holds both.
    wanted = [Want(0), *(Want(day, number=2) for day in range(49, 56))]
    compiled = compile_problem(a_long_crew("A", 8, shifts_in(8, least=8, most=8), wanted))
    weeks = compiled.nobody()
    weeks.option[0, :8] = compiled.options.first[:8]
    readings = iter([1.0] * 60)
    rolling = Rolling(compiled, weeks, 14 * MISSING, 1.0, np.random.default_rng(1))
    rolling.run(lambda: next(readings, 0.0), lambda _: None)
    assert np.flatnonzero(rolling.weeks.option[0] >= 0).tolist() == [0, *range(49, 56)]
    assert rolling.cost == 7 * MISSING
