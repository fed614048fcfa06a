import math
from datetime import date, datetime

import pytest
from shiftcast.cli.report.wording import Wording

EN, ZH = Wording("en"), Wording("zh-CN")


@pytest.mark.parametrize(
    ("value", "said"), [(0.8, "80.0%"), (0.79949, "79.9%"), (1.0, "100.0%"), (math.nan, "–")]
)
def test_shares(value: float, said: str) -> None:
    assert EN.share(value) == said


def test_a_target_is_said_as_it_was_written() -> None:
    assert EN.goal(0.8) == "80%"
    assert EN.goal(0.995) == "99.5%"


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(12345.6, 0, "12,346"), (-3.25, 1, "−3.2"), (-0.02, 1, "0.0"), (math.nan, 0, "–")],
)
def test_numbers(value: float, digits: int, said: str) -> None:
    assert EN.number(value, digits) == said


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (18.4, "18 s", "18 秒"),
        (125.0, "2 min 05 s", "2 分 05 秒"),
        (3599.6, "1.0 h", "1.0 小时"),
        (5400.0, "1.5 h", "1.5 小时"),
        (math.nan, "–", "–"),
    ],
)
def test_durations(seconds: float, english: str, chinese: str) -> None:
    assert (EN.seconds(seconds), ZH.seconds(seconds)) == (english, chinese)


def test_days_and_weeks() -> None:
    first, last = date(2026, 12, 28), date(2027, 1, 3)
    assert EN.day(first) == "Mon 28 Dec"
    assert ZH.day(first) == "12月28日 周一"
    assert EN.week(first, last) == "Mon 28 Dec – Sun 3 Jan 2027"
    assert ZH.week(date(2026, 11, 30), date(2026, 12, 6)) == "2026年11月30日 周一 – 12月6日 周日"


def test_an_end_at_midnight_is_24() -> None:
    span = EN.span(datetime(2026, 12, 1, 20, 15), datetime(2026, 12, 2))
    assert span == "20:15–24:00"


def test_one_is_not_many() -> None:
    assert EN.count("verdict.rules_broken", 1) == "1 rule breach needs mending"
    assert EN.count("verdict.rules_broken", 3) == "3 rule breaches need mending"
