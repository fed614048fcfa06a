"""Columns of dates and clock times, in every spelling."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.readers.stamps import (
    Fault,
    clock_text,
    is_clock_only,
    join_date_and_clock,
    parse_stamps,
)


def local(text: str) -> str:
    stamps = parse_stamps(pd.Series([text], dtype=str))
    assert stamps.fault[0] == Fault.NONE, text
    return str(stamps.local[0])


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-02 08:15:00",
        "2026-11-02T08:15",
        "2026/11/2 8:15",
        "2026.11.02 08:15:00.000",
        "2026年11月2日 8时15分",
        "２０２６－１１－０２　０８：１５",
        "20261102 08:15",
        "202611020815",
        "2026-11-02 8:15 AM",
        "2026-11-02 08:15~08:30",
        "2026-11-02 08:15:00 - 2026-11-02 08:30:00",
        "2026-11-02 08:15:00+08:00",
        "46328.34375",  # Excel: 0.34375 of a day is 8 h 15 min
    ],
)
def test_spellings(text: str) -> None:
    assert local(text) == "2026-11-02T08:15:00"


def test_midnight_at_the_end_of_a_day_and_afternoons() -> None:
    assert local("2026-11-02 24:00") == "2026-11-03T00:00:00"
    assert local("2026-11-02 12:30 AM") == "2026-11-02T00:30:00"
    assert local("2026-11-02 12:30 pm") == "2026-11-02T12:30:00"
    assert local("2026年11月2日 8点") == "2026-11-02T08:00:00"


def test_bare_dates_are_days() -> None:
    stamps = parse_stamps(pd.Series(["2026-11-02", "2026-11-02 00:00", "46328"], dtype=str))
    assert stamps.dated.tolist() == [True, False, True]
    assert len(set(stamps.local.tolist())) == 1


def test_offsets_and_seconds_since_1970() -> None:
    texts = ["2026-11-02 08:00Z", "2026-11-02 08:00-03:30", "1793577600", "1793577600000"]
    stamps = parse_stamps(pd.Series(texts, dtype=str))
    assert stamps.offset_s.tolist() == [0.0, -12_600.0, 0.0, 0.0]
    # 1,793,577,600 s = 20,759 days of 86,400 s; 20,759 days after 1970-01-01 is 2026-11-02.
    assert stamps.local[2] == stamps.local[3] == np.datetime64("2026-11-02T00:00:00")


def test_the_column_tells_day_from_month() -> None:
    """A first number above 12 somewhere makes the first number the day everywhere."""
    days = parse_stamps(pd.Series(["2.11.2026 08:00", "13.11.2026 08:00"], dtype=str))
    assert [str(day)[:10] for day in days.local] == ["2026-11-02", "2026-11-13"]
    months = parse_stamps(pd.Series(["11/2/2026", "11/13/2026"], dtype=str))
    assert [str(day)[:10] for day in months.local] == ["2026-11-02", "2026-11-13"]
    neither = parse_stamps(pd.Series(["1/2/2026", "3/4/2026"], dtype=str))
    assert neither.fault.tolist() == [Fault.ORDER, Fault.ORDER]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.BLANK),
        ("  ", Fault.BLANK),
        ("soon", Fault.UNREADABLE),
        ("2026-11-02 25:00", Fault.UNREADABLE),
        ("2026-11-02 08:75", Fault.UNREADABLE),
        ("2026-02-30 08:00", Fault.NO_SUCH_DATE),
        ("2026-13-01", Fault.NO_SUCH_DATE),
        ("20260230", Fault.NO_SUCH_DATE),
        ("12345", Fault.UNREADABLE),
    ],
)
def test_faults(text: str, fault: Fault) -> None:
    stamps = parse_stamps(pd.Series(["2026-11-02 08:00", text], dtype=str))
    assert stamps.fault.tolist() == [Fault.NONE, fault]
    assert np.isnat(stamps.local[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("8", "08:00"), ("0830", "08:30"), ("08:30-09:00", "08:30"), ("08:30~09:00", "08:30"),
     ("8时30分", "08:30"), ("8:30 pm", "20:30"), ("12:00 AM", "00:00"), ("8点", "08:00"),
     ("noon", "noon")],
)  # fmt: skip
def test_clock_text(text: str, expected: str) -> None:
    assert clock_text(text) == expected


def test_date_and_clock_apart() -> None:
    dates = pd.Series(["2026-11-02", "2026-11-02 00:00:00"], dtype=str)
    joined = join_date_and_clock(dates, pd.Series(["08:00-08:15", "9"], dtype=str))
    assert joined.tolist() == ["2026-11-02 08:00", "2026-11-02 09:00"]
    assert is_clock_only(pd.Series(["08:00-08:15", "08:15-08:30"], dtype=str))
    assert not is_clock_only(pd.Series(["2026-11-02 08:00"], dtype=str))


def test_a_column_of_many_rows_and_few_stamps_agrees_with_its_parts() -> None:
    texts = pd.Series(["2026-11-02 08:00", "bad", "2026-11-02 08:15"] * 3, dtype=str)
    stamps = parse_stamps(texts)
    assert stamps.fault.tolist() == [0, Fault.UNREADABLE, 0] * 3
    assert stamps.local[0] == stamps.local[6]
