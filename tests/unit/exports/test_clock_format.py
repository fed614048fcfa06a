from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from shiftcast.cli.exports.templates.clock_format import format_moment, unknown_tokens

MORNING = datetime(2026, 2, 3, 8, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MIDNIGHT = datetime(2026, 12, 31, 0, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("YYYY-MM-DD", "2026-02-03"),
        ("DD/MM/YYYY", "03/02/2026"),
        ("M/D/YY", "2/3/26"),
        ("HH:mm", "08:05"),
        ("HH:mm:ss", "08:05:09"),
        ("H时mm分", "8时05分"),
        ("h:mm A", "8:05 AM"),
        ("YYYYMM", "202602"),
        ("YYYY-MM-DD[T]HH:mm:ssZ", "2026-02-03T08:05:09+08:00"),
        ("[DD] DD", "DD 03"),
    ],
)
def test_tokens(pattern: str, expected: str) -> None:
    assert format_moment(MORNING, pattern) == expected


def test_midnight_is_twelve_on_a_twelve_hour_clock() -> None:
    assert format_moment(MIDNIGHT, "hh:mm A") == "12:00 AM"


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [("yyyy-mm-dd", ("yyyy", "dd")), ("DDD", ("DDD",)), ("HH:MM Uhr", ("U", "r"))],
)
def test_letters_that_are_no_token_are_named(pattern: str, bad: tuple[str, ...]) -> None:
    assert unknown_tokens(pattern) == bad
    with pytest.raises(ValueError, match="no tokens"):
        format_moment(MORNING, pattern)
