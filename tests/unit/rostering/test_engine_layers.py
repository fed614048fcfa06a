"""States put together from those of the counters, and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shiftcast.scheduling.rostering.day_work import DayKind, DayWork
from shiftcast.scheduling.rostering.engine.layers import (
    LARGEST_CODE,
    Codes,
    Priced,
    Table,
    advance,
    alike,
    units_of,
)
from shiftcast.scheduling.rostering.rules.base import Day, State, Step
from shiftcast.scheduling.rostering.rules.base import DayWork as Work

MONDAY = Day(left_in_week=6, weekend=False)
OFF, SHIFT = DayWork(DayKind.OFF), DayWork(DayKind.SHIFT, 480)


@dataclass(frozen=True)
class Run:
    """Days worked in a row; two at most, and each adds its minutes."""

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: Work) -> Step:
        assert isinstance(state, int)
        if not work.worked:
            return Step(0)
        return Step(min(state + 1, 2), breach=float(state == 2), units=work.minutes)


def a_table(price: float | None = np.inf) -> Table:
    table = Table(Priced(Run(), price), [OFF, SHIFT])
    assert [table.number(state) for state in (0, 1, 2)] == [0, 1, 2]
    return table


def test_a_day_from_every_state() -> None:
    move, reached = advance([a_table()], np.array([[0], [1], [2]]), MONDAY, works=2)
    assert reached[:, 0].tolist() == [0, 1, 2]
    assert move.after.tolist() == [[0, 1], [0, 2], [0, -1]]  # a third day is forbidden
    assert not move.price.any()


def test_a_soft_rule_has_its_price() -> None:
    move, _ = advance([a_table(7.0)], np.array([[2]]), MONDAY, works=2)
    assert move.price.tolist() == [[0.0, 7.0]]
    assert move.after.min() == 0


def test_units_are_told_by_counter() -> None:
    """Of the three counters two tally."""
    tables = [a_table(None), a_table(), a_table(None)]
    layer = np.array([[0, 1, 2]])
    assert units_of(tables, layer, MONDAY, works=2).tolist() == [[[0, 480]], [[0, 480]]]
    move, _ = advance(tables, layer, MONDAY, works=2)
    assert move.units[0, 0] != move.units[0, 1]


def test_without_counters_there_is_one_state() -> None:
    move, reached = advance([], np.zeros((1, 0), dtype=np.int64), MONDAY, works=2)
    assert (move.after.tolist(), reached.shape) == ([[0, 0]], (1, 0))


def test_states_with_the_same_future_are_one() -> None:
    """On the last day a run of none and one may go on alike; after two only a day off is left."""
    move, reached = advance([a_table()], np.array([[0], [1], [2]]), MONDAY, works=2)
    told, number, stand_for = alike(move, np.zeros(len(reached), dtype=np.int64))
    assert number[0] == number[1] != number[2]
    assert sorted(told[stand_for].tolist()) == [[0, -1], [0, 0]]


def test_a_state_from_which_nothing_leads_on_is_none() -> None:
    move, _ = advance([a_table()], np.array([[0], [1]]), MONDAY, works=2)
    _, number, stand_for = alike(move, np.array([-1, -1, 0]))
    assert number.tolist() == [-1, 0]  # only the second day in a row leads to the state that lives
    assert stand_for.tolist() == [1]


def test_codes_tell_tuples_apart_however_many_numbers_they_have() -> None:
    codes, size = Codes((3,)), 2**40
    for numbers in ([0, 5], [7, 7], [1, 0]):
        codes.add(np.array(numbers), np.array([0, 1, 1]), size)
        assert codes.values.max() < LARGEST_CODE
    assert codes.values[0] != codes.values[1] == codes.values[2]
