from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.data.sample.truth import (
    QUEUES,
    TIME_ZONE,
    expected_aht,
    expected_daily,
    expected_rate,
    queue_truth,
)

NAMES = [truth.name for truth in QUEUES]


def grid(first: date, days: int = 1) -> TimeGrid:
    return TimeGrid(first, days, 15, TIME_ZONE)


def daily(queue: str, day: date) -> float:
    return float(expected_daily(queue, grid(day))[0])


@pytest.mark.parametrize("queue", NAMES)
def test_intervals_add_up_to_the_day(queue: str) -> None:
    """Over Double 12 with its surges, in any week."""
    week = grid(date(2026, 12, 7), 7)
    rate = expected_rate(queue, week)
    assert rate.reshape(7, 96).sum(axis=1) == pytest.approx(expected_daily(queue, week))
    assert (rate >= 0).all()


def test_nothing_arrives_at_a_closed_phone() -> None:
    rate = expected_rate("phone", grid(date(2026, 12, 7)))
    open_at = np.flatnonzero(rate > 0) * 15 / 60
    assert (open_at[0], open_at[-1]) == (8.0, 21.75)


def test_double_12_doubles_the_chats_of_a_saturday() -> None:
    """1 + 1.00; growth and season move by less than 1 % in a week."""
    ratio = daily("chat", date(2026, 12, 12)) / daily("chat", date(2026, 12, 5))
    assert ratio == pytest.approx(2.0, rel=0.01)


@pytest.mark.parametrize("queue", NAMES)
def test_queues_grow_as_stated(queue: str) -> None:
    """Tuesdays 52 weeks apart and far from holidays differ by growth only (the yearly rhythm by
    one day of it)."""
    ratio = daily(queue, date(2026, 9, 1)) / daily(queue, date(2025, 9, 2))
    assert ratio == pytest.approx(1 + queue_truth(queue).growth, rel=0.005)


def test_weekday_factors_average_one() -> None:
    for truth in QUEUES:
        assert np.mean(truth.weekday) == pytest.approx(1.0, abs=0.005)


def test_spring_festival_moves() -> None:
    for year, lunar_new_year in ((2025, date(2025, 1, 29)), (2026, date(2026, 2, 17))):
        volumes = expected_daily("phone", grid(date(year, 1, 1), 365))
        assert date(year, 1, 1).toordinal() + int(volumes.argmin()) == lunar_new_year.toordinal()


def test_a_make_up_workday_has_the_shape_of_a_working_day() -> None:
    """Saturday 2026-10-10 is worked; Saturday 2026-10-17 is not."""
    shapes = []
    for day in (date(2026, 10, 10), date(2026, 10, 16), date(2026, 10, 17)):
        rate = expected_rate("phone", grid(day))
        shapes.append(rate / rate.sum())
    worked, friday, saturday = shapes
    assert worked == pytest.approx(friday)
    assert np.abs(worked - saturday).max() > 0.002


def test_the_eve_of_double_11_rushes_from_20_00() -> None:
    evening = [
        expected_rate("chat", grid(day))[80:].sum() / daily("chat", day)
        for day in (date(2026, 11, 10), date(2026, 11, 3))
    ]
    assert evening[0] > evening[1] * 1.4


def test_handle_time_knows_evenings_and_returns() -> None:
    truth = queue_truth("phone")
    aht = expected_aht("phone", grid(date(2026, 12, 1)))
    assert aht[76] / aht[75] == pytest.approx(truth.aht_evening)  # 19:00 against 18:45
    wave = expected_aht("phone", grid(date(2026, 11, 13)))
    assert wave[40] / aht[40] == pytest.approx(1.06, rel=0.002)  # the rest is two weeks of drift


def test_an_unknown_queue_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="fax"):
        queue_truth("fax")
