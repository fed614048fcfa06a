from datetime import date

import numpy as np
from shiftcast.cli.report.past_week import week_before
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory


def _history(first: date, days: int, tz: str = "UTC") -> ContactHistory:
    """Every interval holds its day of the month and hour: 2314 is the 23rd at 14:00."""
    grid = TimeGrid(first, days, 60, tz)
    day = np.array([d.day for d in grid.dates])[grid.day_of]
    offered = (day * 100 + grid.minute_of_day // 60).astype(np.float64)[None, :]
    shape = offered.shape
    return ContactHistory(grid, ("phone",), offered, np.full(shape, 60.0), np.ones(shape, bool))


def test_each_day_stands_beside_the_same_weekday_a_week_earlier() -> None:
    found = week_before(
        _history(date(2026, 11, 9), 14), TimeGrid(date(2026, 11, 23), 7, 60), "phone"
    )
    assert found is not None
    assert found[14] == 1614  # Monday 16 November, 14:00
    assert found[-1] == 2223


def test_a_gap_before_the_week_reaches_back_to_the_latest_same_weekday() -> None:
    # History ends Sunday 15 November; Monday the 23rd stands beside Monday the 9th.
    found = week_before(
        _history(date(2026, 11, 2), 14), TimeGrid(date(2026, 11, 23), 1, 60), "phone"
    )
    assert found is not None
    assert found[0] == 900


def test_a_second_week_repeats_the_first() -> None:
    found = week_before(
        _history(date(2026, 11, 9), 14), TimeGrid(date(2026, 11, 23), 14, 60), "phone"
    )
    assert found is not None
    np.testing.assert_array_equal(found[: 7 * 24], found[7 * 24 :])


def test_nothing_of_the_planned_days_is_shown() -> None:
    # The history goes on past the first planned day, as in a plan of a week that has been.
    found = week_before(
        _history(date(2026, 11, 9), 21), TimeGrid(date(2026, 11, 23), 7, 60), "phone"
    )
    assert found is not None
    assert found.max() == 2223


def test_an_hour_that_was_skipped_is_unknown() -> None:
    # Berlin skipped 02:00 on Sunday 29 March 2026.
    history = _history(date(2026, 3, 23), 7, "Europe/Berlin")
    found = week_before(history, TimeGrid(date(2026, 4, 5), 1, 60, "Europe/Berlin"), "phone")
    assert found is not None
    assert np.isnan(found[2])
    assert found[3] == 2903


def test_without_a_like_history_there_is_no_line() -> None:
    history = _history(date(2026, 11, 9), 14)
    assert week_before(history, TimeGrid(date(2026, 11, 23), 7, 30), "phone") is None
    assert week_before(history, TimeGrid(date(2026, 11, 23), 7, 60), "chat") is None
    assert week_before(history, TimeGrid(date(2026, 11, 9), 7, 60), "phone") is None
