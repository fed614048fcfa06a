"""What the holidays library knows, and the years it knows too little of."""

from __future__ import annotations

from datetime import date

from said_to_planner import told
from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.data.readers.public_holidays import (
    notice_missing,
    notice_warnings,
    public_holidays,
)


def test_holidays_of_a_country() -> None:
    found = public_holidays("CN", [2026])
    assert date(2026, 10, 1) in found
    assert public_holidays(None, [2026]) == {}


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
    assert told(warnings) == [("input.notice_missing", None, None)]
    assert "2040" in warnings[0].message("zh-CN")
