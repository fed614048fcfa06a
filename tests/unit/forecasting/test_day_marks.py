from datetime import date

import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.errors import InputError
from shiftcast.data.public_holidays import public_holidays
from shiftcast.forecasting.day_marks import CalendarIndex

from tests.unit.forecasting.made_histories import MONDAY, marks_of


def special(day: date, kind: DayKind, name: str = "x", queue: str | None = None) -> SpecialDay:
    return SpecialDay(day, day, kind, name, queue)


def test_marks_are_the_queues_own_and_everybodys():
    calendar = Calendar(
        special_days=(
            special(date(2024, 1, 2), DayKind.CLOSED),
            special(date(2024, 1, 3), DayKind.CLOSED, queue="other"),
            special(date(2024, 1, 4), DayKind.SCHOOL_HOLIDAY, "winter", queue="q0"),
        )
    )
    marks = marks_of(calendar, 7)
    assert marks.closed.tolist() == [False, True, False, False, False, False, False]
    assert marks.school[3] == "winter"


def test_public_holidays_of_the_country_are_marked_with_their_names():
    marks = marks_of(Calendar("US"), 366)
    assert marks.holiday[0] is not None
    assert marks.holiday[0].label == "New Year's Day"
    # 4 July 2024 is day 185 (leap year: 31+29+31+30+31+30 = 182 days before July).
    assert marks.holiday[185] is not None
    assert marks.holiday[185].key == "Independence Day"


def test_the_planners_workday_goes_before_a_public_holiday():
    calendar = Calendar("US", (special(MONDAY, DayKind.WORKDAY, "we work"),))
    marks = marks_of(calendar, 7)
    assert marks.holiday[0] is None
    assert marks.workday[0]


def test_the_planners_name_is_shown_but_the_countrys_teaches():
    calendar = Calendar("US", (special(MONDAY, DayKind.HOLIDAY, "Day off"),))
    mark = marks_of(calendar, 7).holiday[0]
    assert mark is not None
    assert (mark.key, mark.label) == ("New Year's Day", "Day off")


def test_a_special_day_replaces_the_public_holiday():
    calendar = Calendar("US", (special(MONDAY, DayKind.SPECIAL, "sale"),))
    marks = marks_of(calendar, 7)
    assert marks.holiday[0] is None
    assert marks.special[0] == "sale"


def test_chinas_spring_festival_is_counted_through_weekend_and_swapped_days():
    # 2025: 29–31 January, the weekend after, 3 and 4 February swapped: seven days in a row.
    known = public_holidays("CN", (2025,))
    days = [date(2025, 1, 29 + d) if d < 3 else date(2025, 2, d - 2) for d in range(7)]
    assert [known.names[day] for day in days] == ["春节"] * 7
    assert date(2025, 2, 8) in known.workdays
    assert known.weekend == {5, 6}
    marks = CalendarIndex(Calendar("CN"), date(2025, 1, 29), 14).marks("q0")
    assert [mark.number for mark in marks.holiday if mark is not None] == [1, 2, 3, 4, 5, 6, 7]
    assert marks.workday[10]  # Saturday 8 February is worked


def test_a_make_up_workday_follows_the_mean_of_the_working_weekdays():
    calendar = Calendar(special_days=(special(date(2024, 1, 6), DayKind.WORKDAY),))
    weights = marks_of(calendar, 7).weekday_weights()
    assert weights[5].tolist() == pytest.approx([0.2] * 5 + [0.0, 0.0])
    assert weights[6].tolist() == [0, 0, 0, 0, 0, 0, 1]


def test_ordinary_days_are_neither_holidays_nor_made_up_nor_outages():
    calendar = Calendar(
        special_days=(
            special(date(2024, 1, 1), DayKind.HOLIDAY),
            special(date(2024, 1, 2), DayKind.OUTAGE),
            special(date(2024, 1, 3), DayKind.SPECIAL),
            special(date(2024, 1, 6), DayKind.WORKDAY),
        )
    )
    assert marks_of(calendar, 7).ordinary().tolist() == [False] * 3 + [True, True, False, True]


def test_a_promotion_that_began_before_is_cut_to_the_days_there_are():
    promotion = Promotion(date(2023, 12, 30), date(2024, 1, 2), "sale", "sale")
    marks = marks_of(Calendar(promotions=(promotion,)), 7)
    assert marks.span(promotion) == slice(0, 2)


def test_an_unknown_country_is_told():
    with pytest.raises(InputError, match="public holidays of 'XX' are not known"):
        public_holidays("XX", (2024,))
