"""The sample centre's true shapes, found again from two earlier occurrences of each promotion."""

from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.data.sample.events import sample_calendar
from shiftcast.data.sample.promotions import Phase, phases
from shiftcast.data.sample.truth import INTERVAL_MIN, QUEUES, TIME_ZONE, expected_rate
from shiftcast.data.sample.truth import open_intervals as opening
from shiftcast.forecasting.day_marks import CalendarIndex
from shiftcast.forecasting.day_matrix import to_days
from shiftcast.forecasting.shape.event_counts import event_shape_counts
from shiftcast.forecasting.shape.event_days import usual_days
from shiftcast.forecasting.shape.event_shapes import bend, pooled_event_ratios
from shiftcast.forecasting.shape.fit import fit_shape
from shiftcast.forecasting.shape.lessons import normalised

FIRST, BEGINS, LAST = date(2024, 9, 2), date(2026, 10, 20), date(2026, 11, 25)
COMING = [p for p in phases(BEGINS, LAST) if p.type == "double11"]
QUEUE_NAMES = [truth.name for truth in QUEUES]
_GRID = TimeGrid(FIRST, (LAST - FIRST).days + 1, INTERVAL_MIN, TIME_ZONE)
_KNOWN = (BEGINS - FIRST).days

Shapes = dict[str, tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """By queue: the true shares (days, slots), the usual ones, and those bent by events."""
    rng = np.random.default_rng(1)
    index = CalendarIndex(sample_calendar(FIRST, LAST), FIRST, _GRID.days + 1)
    made = []
    for queue in QUEUE_NAMES:
        rate, marks = to_days(expected_rate(queue, _GRID), _GRID), index.marks(queue)
        contacts = rng.poisson(rate[:_KNOWN]).astype(float)
        hours = np.tile(to_days(opening(queue, _GRID).astype(float), _GRID)[0] > 0, (7, 1))
        taught = np.where(usual_days(marks, _KNOWN)[:, None], contacts, np.nan)
        fit = fit_shape(taught, marks.weekday[:_KNOWN], hours)
        profiles = marks.weekday_weights() @ fit.usual
        made.append((rate, marks, profiles, event_shape_counts(contacts, profiles, marks)))
    ratios = pooled_event_ratios([counts for *_, counts in made])
    return {
        queue: (normalised(rate), profiles[:-1], bend(profiles, marks, own)[:-1])
        for queue, own, (rate, marks, profiles, _) in zip(QUEUE_NAMES, ratios, made, strict=True)
    }


def _off(found: NDArray[np.float64], true: NDArray[np.float64], days: slice) -> float:
    """Share of the contacts put into the wrong slot."""
    return float(np.abs(found - true)[days].sum(axis=1).mean() / 2.0)


def _days(phase: Phase) -> slice:
    last = min(phase.last, LAST)
    return slice((phase.first - FIRST).days, (last - FIRST).days + 1)


@pytest.mark.parametrize("phase", COMING, ids=lambda phase: phase.phase)
def test_a_promotions_shape_is_found_again(phase: Phase, shapes: Shapes):
    days = _days(phase)
    for queue in QUEUE_NAMES:
        true, usual, bent = shapes[queue]
        assert _off(bent, true, days) < 0.75 * _off(usual, true, days), queue


def test_on_the_whole_three_quarters_of_the_error_are_gone(shapes: Shapes):
    usual_off = bent_off = 0.0
    for true, usual, bent in shapes.values():
        for phase in COMING:
            usual_off += _off(usual, true, _days(phase))
            bent_off += _off(bent, true, _days(phase))
    assert bent_off < 0.25 * usual_off


def test_holidays_are_found_again(shapes: Shapes):
    """The National Day week of 2025, in the middle of what is known."""
    first = (date(2025, 10, 1) - FIRST).days
    days = slice(first, first + 8)
    for true, usual, bent in shapes.values():
        assert _off(bent, true, days) < 0.4 * _off(usual, true, days)


def test_ordinary_days_are_left_alone(shapes: Shapes):
    ordinary = slice((date(2026, 11, 26) - timedelta(days=60) - FIRST).days, None)
    day = ordinary.start  # 27 September 2026 is a holiday, 28 September an ordinary Monday
    for _, usual, bent in shapes.values():
        assert (bent[day + 1] == usual[day + 1]).all()
