"""Windows whose following days are not made yet: priced, and totals kept so that they can be made
whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import Contract, FixedAssignment
from shiftcast.scheduling.rostering.engine.columns import following as following_module
from shiftcast.scheduling.rostering.engine.columns.ascent import Ascent
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.following import Following, look_ahead
from shiftcast.scheduling.rostering.engine.columns.window import Window
from shiftcast.scheduling.rostering.engine.compile import compile_problem

from tests.factories import a_contract
from tests.unit.rostering.long_crew import Want, a_long_crew, shifts_in
from tests.unit.rostering.small_crew import EARLY, a_crew, options_a_week, options_of

DAYS = 35


def ahead(ascent: Ascent, day: int) -> Following:
    """What follows the days before `day`, of whose totals an ascent says what is expected."""
    return look_ahead(ascent, day, ascent.reached[:, :, day - 1])


@pytest.mark.parametrize("last", [2, 4, 6])
def test_points_are_those_of_the_window_and_the_best_rest(last: int) -> None:
    # Two days on and two off at the least: what may follow depends on how the window ends.
    runs = a_contract(max_days=7, min_run_days=2, min_run_days_off=2)
    compiled = compile_problem(replace(a_crew("hours"), contracts=(runs,)))
    weeks, cell = options_a_week(compiled), compiled.options.cell
    ascent, rng = Ascent(compiled), np.random.default_rng(last)
    for _ in range(10):
        ascent.cell_price = rng.choice([100.0, 50.0, 0.0, -1.0], len(compiled.cells))
        window = Window(compiled, compiled.nobody(), 0, last, ahead(ascent, last))
        (priced,) = window.price(ascent.cell_price[window.cells], [0])
        points = [-ascent.cell_price[cell[days[days >= 0]]].sum() for days in weeks]
        assert priced.reduced == pytest.approx(min(points))
        best = weeks[np.isclose(points, min(points)), :last]
        assert priced.column.option.tolist() in best.tolist()


def test_what_is_fixed_later_is_kept() -> None:
    # A run of two days at the least, and the day after the window is fixed as the last of one.
    runs = a_contract(max_days=7, min_run_days=2)
    compiled = compile_problem(replace(a_crew("hours"), contracts=(runs,)))
    ascent = Ascent(compiled)
    ascent.fixed[0, 3:5] = options_of(compiled)[3, EARLY.code], -1
    window = Window(compiled, compiled.nobody(), 0, 3, ahead(ascent, 3))
    (priced,) = window.price(np.full(len(window.cells), -5.0), [0])
    assert (priced.column.option >= 0).tolist() == [False, False, True]


def five_weeks(contract: Contract, off: Iterable[int] = (), worked: Iterable[int] = ()) -> Ascent:
    """One agent, days off fixed and days worked fixed; nothing has a price yet."""
    problem = a_long_crew("A", 5, contract, map(Want, range(DAYS)), {"A": off})
    given = [FixedAssignment("A", problem.grid.dates[day], "S") for day in worked]
    return Ascent(compile_problem(replace(problem, fixed=(*problem.fixed, *given))))


def worked_in_week_one(ascent: Ascent, dual: float) -> list[int]:
    """Numbers of shifts in the columns of the first week, one person worth `dual` on each day."""
    compiled = ascent.compiled
    window = Window(compiled, compiled.nobody(), 0, 7, ahead(ascent, 7))
    priced = window.price(np.full(len(window.cells), dual), [0])
    return [int((p.column.option >= 0).sum()) for p in priced]


@pytest.mark.parametrize(("least", "worked"), [(3, [0]), (5, [2]), (10, [7]), (11, [])])
def test_a_least_that_later_days_cannot_meet_alone(least: int, worked: list[int]) -> None:
    # Three days are open after the first week, in which nobody wants to work.
    ascent = five_weeks(shifts_in(5, least, 30), off=range(10, DAYS))
    assert worked_in_week_one(ascent, dual=-50.0) == worked


@pytest.mark.parametrize(("most", "worked"), [(30, [7]), (7, [4]), (3, [0]), (2, [])])
def test_a_most_that_later_days_use_up(most: int, worked: list[int]) -> None:
    # Three days are fixed after the first week, in which everybody is wanted.
    ascent = five_weeks(shifts_in(5, 0, most), worked=(10, 20, 30))
    assert worked_in_week_one(ascent, dual=50.0) == worked


def test_what_the_window_fixes_later_counts_too() -> None:
    ascent = five_weeks(shifts_in(5, 6, 30))
    ascent.fixed[0, 7:33] = -1
    assert worked_in_week_one(ascent, dual=-50.0) == [4]
    ascent.fixed[0, 7:33] = FREE
    assert worked_in_week_one(ascent, dual=-50.0) == [0]


def test_only_totals_that_go_on_have_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_module, "PULL", 0.0)
    # Eight weeks, of which four are counted together. A unit is a shift.
    contract = shifts_in(4, 1, 12)
    compiled = compile_problem(a_long_crew("A", 8, contract, map(Want, range(56))))
    ascent = Ascent(compiled)
    ascent.total_price[0] = 5.0, 7.0
    first = compiled.options.first

    def added(day: int, start: int, last: int, beside: int) -> float:
        """Points of a shift on a day of a window in which one other day is worked."""
        window = Window(compiled, compiled.nobody(), start, last, ahead(ascent, last))
        fixed, points = np.full((1, last - start), -1), []
        fixed[0, beside - start] = first[beside]
        for option in (-1, int(first[day])):
            fixed[0, day - start] = option
            points.append(window.price(np.zeros(len(window.cells)), [0], fixed)[0].reduced)
        return points[1] - points[0]

    assert added(3, 0, 14, beside=10) == pytest.approx(5)
    assert added(3, 0, 28, beside=10) == pytest.approx(0)  # the four weeks end with the window
    assert added(20, 14, 42, beside=25) == pytest.approx(0)
    assert added(30, 14, 42, beside=25) == pytest.approx(7)


@pytest.mark.parametrize("least", [0, 1])
def test_prices_of_units_keep_hours_for_later(least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_module, "PULL", 0.0)
    # Without a least the kernel looks at the total only where a roster has too much of it.
    ascent = five_weeks(shifts_in(5, least, 30))
    ascent.total_price[0] = 49.0
    assert worked_in_week_one(ascent, dual=50.0) == [7]
    ascent.total_price[0] = 51.0
    assert worked_in_week_one(ascent, dual=50.0) == [0]


def test_looking_ahead_changes_nothing() -> None:
    ascent = five_weeks(shifts_in(5, 3, 12), off=range(10, 20))
    crew, totals = ascent.compiled.crew, ascent.compiled.tables.totals
    before = [array.copy() for array in (*crew[:-1], *crew.totals, *totals)]
    following = ahead(ascent, 7)
    for now, then in zip((*crew[:-1], *crew.totals, *totals), before, strict=True):
        assert np.array_equal(now, then)
    assert len(following.totals.points) == len(totals.points) + 1


@pytest.mark.parametrize(("reached", "worked"), [(0.0, 1), (3.0, 3), (6.0, 6)])
def test_totals_stay_near_what_is_expected_of_them(reached: float, worked: int) -> None:
    # A shift of the first week is worth as much as one later: nothing but what is expected of the
    # total tells them apart. A fifth of ten to thirty-five shifts belongs into the first week.
    ascent = five_weeks(shifts_in(5, 5, 30))
    ascent.total_price[0] = 50.0
    ascent.reached[0, :, 6] = reached
    assert worked_in_week_one(ascent, dual=50.0) == [worked]
