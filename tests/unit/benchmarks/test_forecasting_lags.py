"""What LightGBM is told: nothing that could not have been known."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay

from benchmarks.forecasting.peers.lag_features import (
    Features,
    days_since,
    features,
    rolling,
    same_weekdays,
    shifted,
)
from benchmarks.forecasting.peers.panel import Panel
from tests.unit.forecasting.made_histories import MONDAY, after, queues, weekly_rhythm

NAN = np.nan
ROW = np.array([[1.0, 2.0, 3.0, NAN, 5.0]])


def sales(days: int = 120, seed: int = 1) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.poisson(weekly_rhythm(days, level)).astype(float) for level in (100.0, 900.0)]


def told(rows: list[np.ndarray], gap: int, calendar: Calendar | None = None) -> Features:
    history = queues(rows, interval_min=1440)
    return features(Panel.of(history, calendar or Calendar(), after(history, 28), None), gap)


def column(found: Features, name: str) -> np.ndarray:
    return found.columns[:, :, 0, found.names.index(name)]


def test_shifted_looks_back():
    assert shifted(ROW, 2)[0].tolist() == pytest.approx([NAN, NAN, 1.0, 2.0, 3.0], nan_ok=True)
    assert np.isnan(shifted(ROW, 9)).all()


def test_rolling_means_end_before_the_gap_and_pass_over_gaps():
    # Of the last day, gap 1, span 3: days 1 … 3, of which one is unknown.
    assert rolling(ROW, 1, 3)[0] == pytest.approx([NAN, 1.0, 1.5, 2.0, 2.5], nan_ok=True)
    assert rolling(ROW, 2, 1)[0] == pytest.approx([NAN, NAN, 1.0, 2.0, 3.0], nan_ok=True)


@pytest.mark.parametrize(("gap", "first"), [(1, 7), (7, 7), (8, 14)])
def test_same_weekdays_lie_whole_weeks_back_and_beyond_the_gap(gap: int, first: int):
    number = np.arange(40.0)[None]
    assert same_weekdays(number, gap, 2)[:, 0, 39].tolist() == [39.0 - first, 32.0 - first]


def test_days_since_counts_from_the_last_flag():
    flags = np.array([[False, True, False, False], [False] * 4])
    assert days_since(flags).tolist() == [[30.0, 0.0, 1.0, 2.0], [30.0] * 4]


@settings(max_examples=15, deadline=None)
@given(gap=st.integers(1, 28), day=st.integers(60, 147), factor=st.floats(1.2, 2.0))
def test_no_column_looks_into_the_gap(gap: int, day: int, factor: float):
    """Whatever happened less than `gap` days before a day, it is told the same."""
    rows = sales()
    changed = [np.where(np.arange(120) > day - gap, row * factor, row) for row in rows]
    before, after_ = told(rows, gap), told(changed, gap)
    assert before.names == after_.names
    np.testing.assert_array_equal(before.columns[:, day], after_.columns[:, day])
    np.testing.assert_array_equal(before.level[:, day], after_.level[:, day])


def test_the_last_known_day_is_used():
    rows = sales()
    changed = [row * np.where(np.arange(120) == 119, 3.0, 1.0) for row in rows]
    before, after_ = told(rows, 7), told(changed, 7)
    # Seven days after the last known day, and not the day before that one.
    assert (column(before, "last_ratio")[:, 126] != column(after_, "last_ratio")[:, 126]).all()
    np.testing.assert_array_equal(before.columns[:, 125], after_.columns[:, 125])


def test_the_level_is_the_mean_of_eight_same_weekdays():
    rows = [np.arange(1.0, 121.0)]
    found = told(rows, 7)
    # Day 119 brought 120; eight same weekdays before it 113, 106, …, 64, on average 88.5.
    assert found.level[0, 119, 0] == pytest.approx(88.5)
    assert column(found, "same_1")[0, 119] == pytest.approx(113 / 88.5)


def test_holidays_teach_no_level_and_are_told():
    feast = SpecialDay(
        MONDAY + timedelta(days=112), MONDAY + timedelta(days=112), DayKind.HOLIDAY, "feast"
    )
    found = told([np.arange(1.0, 121.0)], 7, Calendar(special_days=(feast,)))
    # The day after a week sees 106, 99, …, 64 instead: the mean of seven is 85.
    assert found.level[0, 119, 0] == pytest.approx(85.0)
    assert column(found, "holiday")[0, 111:114].tolist() == [0.0, 1.0, 0.0]
    assert column(found, "until_holiday")[0, 110:114].tolist() == [2.0, 1.0, 0.0, 30.0]


def test_promotions_are_told_ahead():
    first = MONDAY + timedelta(days=118)
    sale = Promotion(first, first + timedelta(days=3), "sale", "sale", 1.0, None, "q1")
    found = told(sales(), 7, Calendar(promotions=(sale,)))
    assert column(found, "promotion")[:, 117:123].tolist() == [[0.0] * 6, [0, 1, 1, 1, 1, 0]]
    assert column(found, "since_no_promotion")[1, 117:123].tolist() == [0, 1, 2, 3, 4, 0]
    assert column(found, "until_promotion")[1, 115] == 3.0


def test_closed_days_are_not_to_be_forecast():
    found = told(sales(), 7)
    sundays = found.usable[:, 27 + 7 :: 7, 0]
    assert not sundays.any()
    assert found.usable[:, 28:34, 0].all()
    assert not found.usable[:, :28].any()  # too little lies before
