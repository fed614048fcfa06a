"""Intervals without a row: true zero or gap?"""

from __future__ import annotations

import numpy as np
from cleaning_cases import MONDAY, week_shape
from numpy.typing import NDArray
from shiftcast.data.cleaning_gaps import fill_missing
from shiftcast.data.cleaning_report import Finding, FindingKind
from shiftcast.data.grid import TimeGrid

WEEKS = 8
DAYS = 7 * WEEKS


def fill(
    table: NDArray[np.float64],
    off_days: tuple[int, ...] = (),
    closed_hours: tuple[int, ...] = (),
) -> tuple[NDArray[np.float64], list[Finding]]:
    """The table (days, intervals a day) after filling, and the findings."""
    days, slots = table.shape
    grid = TimeGrid(MONDAY, days, 1440 // slots)
    open_mask = ~np.isin(grid.minute_of_day // 60, closed_hours)[None]
    off = np.zeros((1, days), dtype=bool)
    off[0, list(off_days)] = True
    found, findings = fill_missing(table.reshape(1, -1), ("q",), grid, open_mask, off)
    return found.reshape(days, slots), findings


def without_zeros(table: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(table == 0, np.nan, table)


def test_an_export_that_leaves_zeros_out() -> None:
    """Every night is missing on every day: nobody called."""
    filled, findings = fill(without_zeros(week_shape(DAYS)))
    assert (filled == week_shape(DAYS)).all()
    assert [(f.kind, f.amount) for f in findings] == [(FindingKind.TRUE_ZERO, DAYS * 12.0)]


def test_one_missing_hour_is_a_gap_where_twenty_contacts_are_usual() -> None:
    table = without_zeros(week_shape(DAYS))
    table[30, 10] = np.nan
    filled, findings = fill(table)
    assert np.argwhere(np.isnan(filled)).tolist() == [[30, 10]]
    assert [f.amount for f in findings if f.kind is FindingKind.GAP] == [1.0]


def test_one_missing_hour_is_zero_where_two_contacts_are_usual() -> None:
    """Chance leaves an hour of mean 2 empty once in seven; six of them in a row, once in 160,000:
    together they expect 12 contacts, which is more than chance is trusted with."""
    table = without_zeros(week_shape(DAYS, level=2.0))
    table[30, 10] = np.nan
    assert fill(table)[0][30, 10] == 0.0
    table[30, 10:16] = np.nan
    assert np.isnan(fill(table)[0][30, 10:16]).all()


def test_a_sparse_export_without_zeros_keeps_its_level() -> None:
    """One contact an hour, hours without one left out: what is filled in must not be only the
    busier part, or the level would seem higher than it was."""
    table = np.random.default_rng(5).poisson(1.0, (364, 24)).astype(float)
    filled, _ = fill(without_zeros(table))
    assert np.isnan(filled).mean() < 0.002
    assert abs(np.nanmean(filled) - table.mean()) < 0.003


def test_where_zeros_are_written_a_missing_row_is_a_gap() -> None:
    table = week_shape(DAYS, level=2.0)
    table[30, 10] = np.nan
    assert np.isnan(fill(table)[0][30, 10])


def test_where_half_of_its_like_are_empty_a_missing_row_is_zero_all_the_same() -> None:
    table = week_shape(DAYS)
    table[30, 3] = np.nan  # at night all others are zero
    assert fill(table)[0][30, 3] == 0.0


def test_a_missing_day_is_a_gap() -> None:
    table = without_zeros(week_shape(DAYS))
    table[30] = np.nan
    filled, findings = fill(table)
    assert np.isnan(filled[30]).all()
    assert [f.amount for f in findings if f.kind is FindingKind.GAP] == [24.0]


def test_a_missing_day_on_a_weekday_that_is_usually_missing_is_zero() -> None:
    table = without_zeros(week_shape(DAYS))
    table[6::7] = np.nan  # Sundays
    filled, findings = fill(table)
    assert (filled[6:-7:7] == 0).all()
    closed = [f.amount for f in findings if f.kind is FindingKind.CLOSED_DAY]
    assert closed == [WEEKS - 1.0]
    assert np.isnan(filled[-1]).all()  # beyond the last row nothing is known


def test_a_weekday_that_was_opened_later_was_closed_before() -> None:
    table = without_zeros(week_shape(2 * DAYS))
    table[6:DAYS:7] = np.nan
    filled, _ = fill(table)
    assert (filled[6 : DAYS - 7 : 7] == 0).all()
    assert (filled[DAYS + 6 :: 7, 8:20] == 20).all()


def test_a_missing_holiday_was_closed() -> None:
    table = without_zeros(week_shape(DAYS))
    table[30] = np.nan
    filled, findings = fill(table, off_days=(30,))
    assert (filled[30] == 0).all()
    assert [f.kind for f in findings] == [FindingKind.CLOSED_DAY, FindingKind.TRUE_ZERO]


def test_while_closed_nothing_is_missing() -> None:
    table = without_zeros(week_shape(DAYS))
    filled, findings = fill(table, closed_hours=(*range(8), *range(20, 24)))
    assert not np.isnan(filled).any()
    assert findings == []  # opening hours are no finding


def test_what_lies_before_the_first_row_and_after_the_last_is_unknown() -> None:
    table = week_shape(DAYS)
    table[0, :12] = np.nan
    table[-1, 15:] = np.nan
    filled, findings = fill(table)
    assert np.isnan(filled[0, 8:12]).all()
    assert np.isnan(filled[-1, 15:20]).all()
    assert filled[-1, 20:].tolist() == [0.0] * 4  # nights are empty on every day
    # 08:00 to 12:00 of the first day and 15:00 to 20:00 of the last.
    assert [f.amount for f in findings if f.kind is FindingKind.GAP] == [4.0, 5.0]


def test_daily_rows() -> None:
    """A missing day of 240 is a gap; a day is zero by chance where two contacts are usual."""
    busy = np.full((DAYS, 1), 240.0)
    busy[30] = np.nan
    assert np.isnan(fill(busy)[0][30])
    rare = np.full((DAYS, 1), 2.0)
    rare[30] = np.nan
    assert fill(rare)[0][30] == 0.0


def test_the_input_is_not_changed() -> None:
    table = without_zeros(week_shape(DAYS))
    before = table.copy()
    fill(table)
    np.testing.assert_array_equal(table, before)
