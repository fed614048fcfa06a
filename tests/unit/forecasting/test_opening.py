from datetime import date

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.forecasting.opening import infer_open, long_runs, nearly_empty, shut_holidays

from tests.unit.forecasting.made_histories import DAY, hourly_rhythm, marks_of


def closed_on(*days: date) -> Calendar:
    return Calendar(
        special_days=tuple(SpecialDay(day, day, DayKind.CLOSED, "closed") for day in days)
    )


def test_hours_without_contacts_are_closed():
    contacts = hourly_rhythm(56, 400.0).reshape(56, 24)
    is_open = infer_open(contacts, marks_of(Calendar(), 56))
    assert is_open[0].tolist() == (DAY > 0).tolist()
    assert not is_open[6].any()  # WEEK is zero on Sunday


def test_stray_calls_at_night_do_not_open_a_queue():
    contacts = hourly_rhythm(56, 400.0).reshape(56, 24)
    contacts[5, 3] = 1.0  # one call at three in the morning, once in eight weeks
    assert not infer_open(contacts, marks_of(Calendar(), 56))[5, 3]


def test_a_quiet_hour_between_busy_ones_stays_open():
    contacts = np.tile(DAY, (56, 1))
    contacts[:, 12] = 0.0
    assert infer_open(contacts, marks_of(Calendar(), 56))[0].tolist() == (DAY > 0).tolist()


def test_a_weekday_that_only_the_calendar_closed_opens_like_the_others():
    contacts = np.tile(DAY, (56, 1))
    sundays = [date(2024, 1, 7 * week) for week in range(1, 4)]
    contacts[6::7] = 0.0
    marks = marks_of(closed_on(*sundays), 21)
    assert infer_open(contacts[:21], marks)[6].tolist() == (DAY > 0).tolist()


def test_a_weekday_that_was_never_known_is_closed():
    contacts = np.tile(DAY, (56, 1))
    contacts[6::7] = np.nan
    assert not infer_open(contacts, marks_of(Calendar(), 56))[6].any()


def test_a_weekday_that_has_not_come_yet_opens_like_the_others():
    # Monday to Wednesday only.
    is_open = infer_open(np.tile(DAY, (3, 1)), marks_of(Calendar(), 3))
    assert is_open[5].tolist() == (DAY > 0).tolist()


def test_nothing_known_is_closed():
    assert not infer_open(np.full((10, 24), np.nan), marks_of(Calendar(), 10)).any()


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        ("110111", "110111"),  # the end joins the beginning: a run of five
        ("010110", "000110"),
        ("000000", "000000"),
        ("111111", "111111"),
    ],
)
def test_only_long_runs_are_kept(flags: str, kept: str):
    found = long_runs(np.array([flag == "1" for flag in flags]), 2)
    assert "".join("1" if flag else "0" for flag in found) == kept


def test_a_nearly_empty_day_is_one_that_chance_cannot_explain():
    # The median is 480: a day of 4 contacts is below 1 % of it, one of 6 is not.
    totals = np.array([500.0, 4.0, 480.0, np.nan, 510.0, 6.0])
    assert np.flatnonzero(nearly_empty(totals)).tolist() == [1]
    # At two contacts a day a day without any is nothing unusual.
    assert not nearly_empty(np.array([2.0, 0.0, 3.0])).any()


def test_holidays_on_which_nothing_came_are_shut_also_those_never_seen():
    def feast(day: int, name: str) -> SpecialDay:
        return SpecialDay(date(2024, 1, day), date(2024, 1, day), DayKind.HOLIDAY, name)

    marks = marks_of(Calendar(special_days=(feast(2, "a"), feast(3, "b"), feast(9, "c"))), 10)
    known = np.ones(7, dtype=bool)
    empty = np.zeros(7, dtype=bool)
    empty[1:3] = True
    assert shut_holidays(empty, known, marks) == {"a", "b", "c"}
    empty[2] = False  # b was open: then nobody knows about c
    assert shut_holidays(empty, known, marks) == {"a"}
    assert shut_holidays(empty, np.zeros(7, dtype=bool), marks) == set()
