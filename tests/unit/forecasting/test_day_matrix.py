from datetime import date

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.forecasting.day_matrix import (
    day_totals,
    divided,
    mean_known,
    slot_of,
    to_days,
    to_intervals,
)


def test_days_and_intervals_are_each_others_inverse_without_a_clock_change():
    grid = TimeGrid(date(2024, 5, 6), 2, 60)
    values = np.arange(48.0)
    assert np.array_equal(to_days(values, grid), values.reshape(2, 24))
    assert np.array_equal(to_intervals(values.reshape(2, 24), grid), values)


def test_a_clock_put_forward_leaves_an_unknown_slot():
    # In Berlin 02:00 does not exist on 31 March 2024: 23 hours.
    grid = TimeGrid(date(2024, 3, 31), 1, 60, "Europe/Berlin")
    days = to_days(np.ones(grid.size), grid)
    assert grid.size == 23
    assert np.flatnonzero(np.isnan(days[0])).tolist() == [2]


def test_a_clock_put_back_gives_the_mean_of_both_hours():
    # 02:00 comes twice on 27 October 2024; intervals 2 and 3 are both slot 2.
    grid = TimeGrid(date(2024, 10, 27), 1, 60, "Europe/Berlin")
    values = np.zeros(grid.size)
    values[2:4] = 4.0, 8.0
    assert slot_of(grid)[1:5].tolist() == [1, 2, 2, 3]
    assert to_days(values, grid)[0, 2] == 6.0
    assert to_intervals(to_days(values, grid), grid)[2:4].tolist() == [6.0, 6.0]


def test_a_daily_grid_has_one_slot():
    grid = TimeGrid(date(2024, 3, 30), 3, 1440, "Europe/Berlin")
    assert to_days(np.array([1.0, 2.0, 3.0]), grid).shape == (3, 1)


def test_a_day_with_a_gap_is_scaled_up_by_the_known_share():
    usual = np.tile([0.25, 0.75], (3, 1))
    contacts = np.array([[10.0, 30.0], [np.nan, 30.0], [10.0, np.nan]])
    # Second day: three quarters are known, 30 / 0.75. Third: a quarter is too little.
    assert day_totals(contacts, usual)[:2] == pytest.approx([40.0, 40.0])
    assert np.isnan(day_totals(contacts, usual)[2])


def test_a_day_without_a_usual_share_is_known_by_its_slots():
    contacts = np.array([[4.0, np.nan], [np.nan, np.nan]])
    totals = day_totals(contacts, np.zeros((2, 2)))
    assert totals[0] == pytest.approx(8.0)
    assert np.isnan(totals[1])


def test_division_by_nothing_is_what_is_asked_for():
    assert divided(np.array([4.0, 4.0]), np.array([2.0, 0.0]), 9.0).tolist() == [2.0, 9.0]


def test_mean_of_known_values_is_unknown_where_none_is():
    rows = np.array([[1.0, np.nan], [3.0, np.nan]])
    assert mean_known(rows)[0] == 2.0
    assert np.isnan(mean_known(rows)[1])
