"""What the holidays library knows, and the years it knows too little of."""

from __future__ import annotations

from datetime import date

from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.data.public_holidays import (
    notice_missing,
    notice_warnings,
    public_holidays,
)


def test_holidays_of_a_country() -> None:
    known = public_holidays("CN", (2026,))
    assert date(2026, 10, 1) in known.names
    assert date(2026, 2, 14) in known.workdays
    assert known.weekend == {5, 6}


def test_china_moves_days_by_a_yearly_notice() -> None:
    """The notice of 2026 names 14 February a workday; none is out for 2040 as this is written."""
    assert notice_missing(Calendar("CN"), [2026]) == []
    assert notice_missing(Calendar("CN"), [2026, 2040]) == [2040]
    assert notice_missing(Calendar("DE"), [2040]) == []
    assert notice_missing(Calendar(None), [2040]) == []


def test_the_planners_make_up_workdays_are_the_notice() -> None:
    day = date(2040, 2, 18)
    calendar = Calendar("CN", (SpecialDay(day, day, DayKind.WORKDAY, "make-up"),))
    assert notice_missing(calendar, [2040]) == []


def test_the_warning_names_the_year() -> None:
    warnings = notice_warnings(Calendar("CN"), [2040])
    assert [warning.code for warning in warnings] == ["input.notice_missing"]
    assert "2040" in warnings[0].message("en")
    assert "2040" in warnings[0].message("zh-CN")
