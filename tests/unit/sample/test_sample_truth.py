from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.data.sample.promotions import Phase, phases
from shiftcast.data.sample.truth import (
    QUEUES,
    TIME_ZONE,
    expected_aht,
    expected_daily,
    expected_rate,
    phase_truth,
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


@pytest.mark.parametrize(("day", "factor"), [(13, 0.88), (18, 1.08)])
def test_handle_time_knows_evenings_and_phases(day: int, factor: float) -> None:
    """Of phones after Double 11: parcels on the 13th, returns on the 18th."""
    truth = queue_truth("phone")
    aht = expected_aht("phone", grid(date(2026, 12, 1)))
    assert aht[76] / aht[75] == pytest.approx(truth.aht_evening)  # 19:00 against 18:45
    wave = expected_aht("phone", grid(date(2026, 11, day)))
    assert wave[40] / aht[40] == pytest.approx(factor, rel=0.002)  # the rest is weeks of drift


def parcels_of_double_12() -> Phase:
    (found,) = phases(date(2026, 12, 13), date(2026, 12, 13))
    return found


def test_the_truth_of_a_phase() -> None:
    """Chats about parcels, 13 to 15 December: 28 % more, 0.89 times as long; size 1."""
    truth = phase_truth(parcels_of_double_12(), "chat")
    assert truth.dates == tuple(date(2026, 12, day) for day in (13, 14, 15))
    assert truth.contacts == pytest.approx([1.28] * 3)
    assert truth.handle_time == 0.89


def test_a_phase_moves_contacts_within_the_day_without_adding_any() -> None:
    """What the parcels' mornings draw more is what their evenings draw less: at any two hours the
    shape's ratio is that of the surge, 1.35 before noon against 1 in the evening."""
    phase = parcels_of_double_12()
    shape = phase_truth(phase, "phone").shape
    assert shape.shape == (3, 96)
    assert shape[:, 40] / shape[:, 80] == pytest.approx([1.35] * 3)  # 10:00 against 20:00
    assert np.isnan(shape[:, :32]).all(), "the phones are closed until 8:00"
    drawn = expected_rate("phone", grid(phase.first, 3)).reshape(3, 96)
    without = np.nan_to_num(drawn / shape)
    assert without.sum(axis=1) == pytest.approx(drawn.sum(axis=1))


@pytest.mark.parametrize("queue", NAMES)
def test_the_truth_of_a_phase_is_what_the_history_is_drawn_around(queue: str) -> None:
    """Monday 14 December (parcels) against Monday 30 November (nothing): two weeks of season and
    growth lie between, about 1 %; the profile of both days is a working day's."""
    truth = phase_truth(parcels_of_double_12(), queue)
    with_, without = (expected_rate(queue, grid(date(2026, *day))) for day in ((12, 14), (11, 30)))
    expected = without * truth.contacts[1] * np.nan_to_num(truth.shape[1])
    assert with_ == pytest.approx(expected, rel=0.015)


def test_an_unknown_queue_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="fax"):
        queue_truth("fax")
