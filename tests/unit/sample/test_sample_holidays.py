"""The sample's calendar of China against the public-holiday library, and its true factors."""

from __future__ import annotations

from datetime import date

import holidays as public_holidays
import pytest
from shiftcast.data.sample.holidays import (
    FIRST_DAY,
    LAST_DAY,
    LUNAR_NEW_YEAR,
    MAKE_UP_WORKDAYS,
    SPRING_FESTIVAL,
    days_off,
    factors,
    stretches,
)

CHINA = public_holidays.country_holidays("CN", years=range(2024, 2027))


def test_weekdays_off_are_those_of_the_official_notices() -> None:
    """The library lists a holiday's weekend days only in part, so weekdays are compared."""
    ours = {day for day in days_off() if day.weekday() < 5}
    official = {day for day in CHINA if day.weekday() < 5}
    assert ours == official


def test_make_up_workdays_are_those_of_the_official_notices() -> None:
    official = {day for day in CHINA.weekend_workdays if FIRST_DAY <= day <= LAST_DAY}
    assert set(MAKE_UP_WORKDAYS) == official


def test_no_make_up_workday_is_a_day_off() -> None:
    assert not set(MAKE_UP_WORKDAYS) & set(days_off())


def test_lunar_new_year_is_the_quietest_day_and_moves() -> None:
    for year in (2024, 2025, 2026):
        of_year = {day: factor for day, factor in factors().items() if day.year == year}
        assert min(of_year, key=of_year.__getitem__) == LUNAR_NEW_YEAR[year]
        assert days_off()[LUNAR_NEW_YEAR[year]] == SPRING_FESTIVAL


def test_a_worked_saturday_before_spring_festival_has_both_effects() -> None:
    """2026-02-14 is a make-up workday (0.97) on which couriers pause already (0.78)."""
    assert factors()[date(2026, 2, 14)] == pytest.approx(0.97 * 0.78)


def test_stretches_touch_the_holiday_without_overlap() -> None:
    days = days_off()
    for stretch in stretches():
        assert stretch.first not in days
        assert stretch.last not in days
    before, after = (s for s in stretches() if s.first.year == 2026)
    assert (before.last, after.first) == (date(2026, 2, 14), date(2026, 2, 24))
