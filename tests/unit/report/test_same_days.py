from datetime import date

import pytest
from shiftcast.cli.report.same_days import day_last_year
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay

SALE = Promotion(date(2025, 12, 11), date(2025, 12, 13), "double12", "Double 12 2025")
CALENDAR = Calendar(
    special_days=(
        SpecialDay(date(2026, 12, 1), date(2026, 12, 1), DayKind.HOLIDAY, "Founders' Day"),
        SpecialDay(date(2025, 12, 3), date(2025, 12, 3), DayKind.HOLIDAY, "Founders' Day"),
        SpecialDay(date(2026, 7, 1), date(2026, 8, 31), DayKind.SCHOOL_HOLIDAY, "Summer"),
        SpecialDay(date(2025, 6, 29), date(2025, 8, 29), DayKind.SCHOOL_HOLIDAY, "Summer"),
    ),
    promotions=(
        SALE,
        Promotion(date(2026, 12, 10), date(2026, 12, 13), "double12", "Double 12"),
        Promotion(date(2026, 12, 20), date(2026, 12, 20), "double12", "After", phase="returns"),
    ),
)


@pytest.mark.parametrize(
    ("day", "last_year", "event"),
    [
        # An ordinary Monday: 52 weeks before.
        (date(2026, 12, 7), date(2025, 12, 8), ""),
        # The second day of the sale, and the fourth, which there was none of.
        (date(2026, 12, 11), date(2025, 12, 12), "Double 12 2025"),
        (date(2026, 12, 13), date(2025, 12, 13), "Double 12 2025"),
        (date(2026, 12, 1), date(2025, 12, 3), "Founders' Day"),
        # 52 weeks before Thursday 17 December 2026 lies Thursday 18 December 2025.
        (date(2026, 12, 17), date(2025, 12, 18), ""),
        # 52 weeks before this Friday lies in the sale: a week earlier it was ordinary.
        (date(2026, 12, 11 + 7), date(2025, 12, 19), ""),
        # A phase that nobody has seen yet: the same weekday.
        (date(2026, 12, 20), date(2025, 12, 21), ""),
        # Long events keep the weekday: the 15th day of summer is a Wednesday, as is 16 July 2025.
        (date(2026, 7, 15), date(2025, 7, 16), "Summer"),
    ],
)
def test_a_day_is_held_against_its_like(day: date, last_year: date, event: str) -> None:
    assert day_last_year(day, CALENDAR, "phone") == (last_year, event)


def test_an_ordinary_day_is_not_held_against_a_sale() -> None:
    calendar = Calendar(promotions=(SALE,))
    # 52 weeks before Friday 11 December 2026 lies Friday 12 December 2025, 51 weeks the 19th.
    assert day_last_year(date(2026, 12, 11), calendar, "phone") == (date(2025, 12, 19), "")


def test_events_of_other_queues_do_not_count() -> None:
    chat = Promotion(SALE.first, SALE.last, "double12", "Chat", queue="chat")
    calendar = Calendar(promotions=(chat,))
    assert day_last_year(date(2026, 12, 11), calendar, "phone") == (date(2025, 12, 12), "")
