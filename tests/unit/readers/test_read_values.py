"""One cell → one value, in every spelling, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shiftcast.data.readers import values
from shiftcast.data.readers.values import BadValueError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12.0),
        (" 12.5 ", 12.5),
        ("-3", -3.0),
        ("1,234", 1234.0),  # groups of three: thousands
        ("1,234,567.5", 1234567.5),
        ("1 234", 1234.0),
        ("1'234", 1234.0),
        ("3,5", 3.5),  # no group of three: a decimal comma
        ("1.234,5", 1234.5),
        ("１２３", 123.0),  # full-width digits
        ("１，２３４", 1234.0),
        ("'42", 42.0),  # Excel's mark for a number kept as text
        ('="042"', 42.0),
        ("1e3", 1000.0),
    ],
)
def test_number(text: str, expected: float) -> None:
    assert values.number(text) == expected


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (values.number, "twelve", "input.bad_number"),
        (values.number, "1,23,4", "input.bad_number"),
        (values.number, "nan", "input.bad_number"),
        (values.number, "9" * 400, "input.absurd_number"),  # beyond a float
        (values.amount, "-1", "input.negative_number"),
        (values.whole, "2.5", "input.not_whole"),
        (values.percent, "-101%", "input.bad_percent"),
        (values.duration_s, "1:2:3:4", "input.bad_duration"),
        (values.duration_s, "soon", "input.bad_duration"),
        (values.duration_s, "-5", "input.negative_number"),
        (values.clock_minute, "8", "input.bad_clock"),
        (values.clock_minute, "08:60", "input.bad_clock"),
        (values.clock_minute, "48:01", "input.bad_clock"),
        (values.start_minute, "24:00", "input.bad_start"),
        (values.day, "2026-02-30", "input.no_such_date"),
        (values.day, "2026/13/01", "input.no_such_date"),
        (values.day, "20260230", "input.no_such_date"),
        (values.day, "next week", "input.bad_date"),
        (values.day, "12345", "input.bad_date"),  # as a serial it would be 1933
        (values.weekdays, "mon-tue-wed", "input.bad_weekday"),
        (values.weekdays, "holiday", "input.bad_weekday"),
        (values.span, "20:00-08:00", "input.span_order"),
        (values.span, "08:00", "input.bad_span"),
        (values.opening, "08:00-12:00, 11:00-14:00", "input.bad_opening"),
        (values.opening, "08:00-26:00", "input.span_order"),
        (values.flag, "perhaps", "input.bad_flag"),
    ],
)
def test_what_cannot_be_read(parse: Callable[[str], object], text: str, code: str) -> None:
    with pytest.raises(BadValueError) as error:
        parse(text)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("205", 205.0),
        ("03:25", 205.0),  # 3 × 60 + 25
        ("0:03:25", 205.0),
        ("３：２５", 205.0),
        ("1:00:00.5", 3600.5),
        ("3m 25s", 205.0),
        ("1h2m", 3720.0),
        ("3分25秒", 205.0),
        ("2小时", 7200.0),
        ("1,205", 1205.0),
    ],
)
def test_duration(text: str, seconds: float) -> None:
    assert values.duration_s(text) == seconds


@given(st.integers(0, 359_999))
def test_a_duration_reads_the_same_in_seconds_and_on_a_clock(seconds: int) -> None:
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    assert values.duration_s(clock) == values.duration_s(str(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "minute"),
    [("08:00", 480), ("8:05:00", 485), ("24:00", 1440), ("26:00", 1560), ("９：３０", 570)],
)
def test_clock(text: str, minute: int) -> None:
    assert values.clock_minute(text) == minute


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-02",
        "2026/11/2",
        "2026.11.02",
        "2026年11月2日",
        "２０２６年１１月２日",
        "20261102",
        "2026-11-02 00:00:00",
        "46328",  # Excel: 46,023 is 2026-01-01, and November 2nd is 305 days on
    ],
)
def test_date(text: str) -> None:
    assert values.day(text) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat;sun", {5, 6}),
        ("fri-mon", {4, 5, 6, 0}),  # over the weekend
        ("周一至周五", {0, 1, 2, 3, 4}),
        ("星期天", {6}),
        ("Monday, Wed", {0, 2}),
    ],
)
def test_weekdays(text: str, days: set[int]) -> None:
    assert values.weekdays(text) == days


def test_hours_of_a_day() -> None:
    assert values.opening("13:00-18:00, 08:00-12:00") == ((480, 720), (780, 1080))
    assert values.opening("00:00-24:00") == ((0, 1440),)
    assert values.opening("closed") == ()
    assert values.availability("") is None
    assert values.availability("off") == ()
    assert values.availability("18:00-26:00") == (1080, 1560)
    assert values.night("22:00-06:00") == (1320, 360)


def test_names_keep_their_order_and_come_once() -> None:
    assert values.names("phone; chat ;phone，email") == ("phone", "chat", "email")


def test_a_mistyped_word_finds_its_neighbour() -> None:
    assert values.suggestion("Phnoe", ["phone", "chat"]) == "phone"
    assert values.suggestion("xyz", ["phone", "chat"]) is None
