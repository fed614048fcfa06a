"""Rows of any grain onto one grid."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from cleaning_cases import MONDAY, raw_input, rows_of
from hypothesis import given
from hypothesis import strategies as st
from shiftcast.data.cleaning_grid import OnGrid, grid_of, interval_index, put_on_grid
from shiftcast.data.cleaning_report import Finding, FindingKind
from shiftcast.data.grid import TimeGrid


def spread(
    rows: pd.DataFrame, interval_min: int, open_hours: tuple[int, int] = (0, 24)
) -> tuple[OnGrid, list[Finding]]:
    grid = grid_of(raw_input(rows, interval_min))
    hour = grid.minute_of_day // 60
    open_mask = ((hour >= open_hours[0]) & (hour < open_hours[1]))[None]
    return put_on_grid(rows, ("q",), grid, open_mask)


def test_finer_rows_are_summed() -> None:
    found, findings = spread(rows_of(np.full((1, 288), 2.0)), 30)
    assert found.offered.tolist() == [[12.0] * 48]  # six times five minutes
    assert findings == []


def test_hours_are_spread_evenly() -> None:
    found, findings = spread(rows_of(np.full((1, 24), 8.0)), 15)
    assert found.offered.tolist() == [[2.0] * 96]
    assert found.aht_s.tolist() == [[100.0] * 96]
    assert [(f.kind, f.amount) for f in findings] == [(FindingKind.SPREAD, 24.0)]
    assert "60 minutes" in findings[0].finding()


def test_days_without_a_known_shape_fill_the_opening_hours() -> None:
    found, _ = spread(rows_of(np.full((2, 1), 20.0)), 60, (8, 18))
    day = found.offered[0, :24]
    assert day[8:18].tolist() == [2.0] * 10
    assert day.sum() == 20.0


def test_days_take_the_shape_of_the_queues_finer_rows() -> None:
    """A week by the hour (mornings on Monday, evenings else), then a Monday and a Sunday by day."""
    shape = np.zeros((7, 24))
    shape[0, 8] = shape[1:, 20] = 3.0
    days = rows_of(np.array([[10.0], [20.0]]), first=date(2026, 6, 8)).assign(row=[900, 901])
    found, _ = spread(pd.concat([rows_of(shape), days]), 60)
    table = found.offered.reshape(-1, 24)
    assert table[7, 8] == 10.0  # Monday
    assert table[8, 20] == 20.0  # Tuesday
    assert table[7].sum() == 10.0


def test_a_weekday_without_finer_rows_takes_the_shape_of_all_days() -> None:
    shape = np.zeros((1, 24))
    shape[0, [9, 10]] = 3.0, 1.0
    days = rows_of(np.array([[8.0]]), first=date(2026, 6, 2)).assign(row=900)
    found, _ = spread(pd.concat([rows_of(shape), days]), 60)
    assert found.offered[0, 24 + 9 : 24 + 11].tolist() == [6.0, 2.0]


def test_missing_rows_stay_missing() -> None:
    table = np.ones((1, 24))
    table[0, 5] = np.nan
    found, _ = spread(rows_of(table), 60)
    assert np.flatnonzero(np.isnan(found.offered[0])).tolist() == [5]


@given(
    st.lists(st.integers(0, 1000), min_size=24, max_size=24),
    st.sampled_from([5, 10, 15, 20, 30, 60, 1440]),
)
def test_no_contact_is_lost_or_made_on_the_way(hours: list[int], interval_min: int) -> None:
    found, _ = spread(rows_of(np.array([hours], dtype=float)), interval_min)
    np.testing.assert_allclose(found.offered.sum(), sum(hours))


def test_moments_fall_into_their_interval_across_a_clock_change() -> None:
    grid = TimeGrid(date(2026, 3, 28), 3, 60, "Europe/Berlin")  # 24, 23 and 24 hours
    stamps = pd.DatetimeIndex(["2026-03-29 03:30", "2026-03-30 00:00"]).tz_localize(grid.tz)
    # On the 29th two hours pass before 03:30: 24 + 2 = 26; midnight after it is 24 + 23 = 47.
    assert interval_index(grid, stamps).tolist() == [26, 47]
    daily = TimeGrid(date(2026, 3, 28), 3, 1440, "Europe/Berlin")
    assert interval_index(daily, stamps).tolist() == [1, 2]


def test_daily_rows_on_a_daily_grid() -> None:
    found, findings = spread(rows_of(np.array([[3.0], [4.0]])), 1440)
    assert found.offered.tolist() == [[3.0, 4.0]]
    assert findings == []
    assert grid_of(raw_input(rows_of(np.array([[3.0], [4.0]])), 1440)).first_day == MONDAY
