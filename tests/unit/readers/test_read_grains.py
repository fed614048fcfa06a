"""How long the intervals of an export are."""

from __future__ import annotations

import numpy as np
from shiftcast.data.readers.grains import grain_of, nests, row_grains


def minutes(step: int, days: int) -> np.ndarray:
    return np.tile(np.arange(0, 1440, step), days)


def test_the_coarsest_grain_that_all_rows_keep() -> None:
    assert grain_of(minutes(20, 2)) == 20
    assert grain_of(np.array([480, 540])) == 60
    assert grain_of(np.zeros(5, dtype=np.int64)) == 1440


def test_a_few_slips_do_not_make_a_grain_finer_but_many_rows_do() -> None:
    quarter_hours = minutes(15, 10)  # 960 rows: 0.5 % are 4.8
    assert grain_of(np.append(quarter_hours, [5, 7])) == 15
    assert grain_of(np.append(quarter_hours, np.full(30, 5))) == 5


def test_older_months_may_be_coarser() -> None:
    """Queue 0: January by the day, February by the hour, March by the quarter of an hour."""
    clock = np.concatenate([np.zeros(31, dtype=np.int64), minutes(60, 2), minutes(15, 2)])
    month = np.repeat([0, 1, 2], [31, 48, 192])
    queue = np.zeros(len(clock), dtype=np.int64)
    grains = row_grains(clock, queue, month)
    assert [set(grains[month == m]) for m in range(3)] == [{1440}, {60}, {15}]


def test_a_handful_of_rows_tells_nothing_of_their_own_grain() -> None:
    clock = np.concatenate([minutes(15, 2), np.array([0, 60, 120])])
    month = np.repeat([0, 1], [192, 3])
    assert set(row_grains(clock, np.zeros(195, dtype=np.int64), month)) == {15}


def test_nesting() -> None:
    assert nests(60, 15)
    assert nests(5, 15)
    assert not nests(20, 15)
