"""One cell of a file → one value, in every spelling a planner's spreadsheet may hold.

Each function takes the cell's text and returns the value, or raises `BadValueError`, which carries
the message key and its values; the caller adds file, row and column.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise

MINUTES_A_DAY = 1440
LATEST_CLOCK = 2 * MINUTES_A_DAY
EXCEL_EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial dates from March 1900 on
EXCEL_SERIALS = range(20_000, 80_000)  # 1954 … 2119: no other number in a date column is one

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, ' \u00a0]\d{3})+(?:\.\d+)?")
_EUROPEAN = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_PARTS = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|hours?|小时|时))?\s*"
    r"(?:(\d+)\s*(?:m|min|mins|minutes?|分钟|分))?\s*"
    r"(?:(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?|秒))?"
)
_CLOCK = re.compile(r"(\d{1,2})[:.时点](\d{2})分?(?::(\d{2})(?:\.0+)?)?")
_DATE = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?(?:[T ]+0?0:00(?::00)?)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = {
    **{name: i for i, name in enumerate(WEEKDAYS)},
    **{
        name: i
        for i, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    },
    **{
        prefix + name: i
        for prefix in ("周", "星期", "礼拜")
        for i, name in enumerate("一二三四五六日")
    },
    **{prefix + "天": 6 for prefix in ("周", "星期", "礼拜")},
}
_NO_SPAN = {"closed", "off", "none", "休", "休息", "关闭", "不营业"}
_YES = {"1", "yes", "y", "true", "是", "有", "✓", "x"}
_NO = {"0", "no", "n", "false", "否", "无", "", "-"}


class BadValueError(ValueError):
    """A cell that cannot be read: `code` is a key of the message catalogue."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params


def plain(text: str) -> str:
    """The text as typed on an ordinary keyboard: full-width forms folded, edges trimmed, and the
    marks removed with which Excel keeps a number as text (`'007`, `="007"`)."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.startswith('="') and folded.endswith('"'):
        folded = folded[2:-1].strip()
    return folded.removeprefix("'")


def number(text: str) -> float:
    """`12`, `1,234.5`, `1 234`, `3,5` (decimal comma), `1.234,5`, `１２`; finite."""
    value = plain(text)
    if _PLAIN.fullmatch(value):
        found = float(value)
    elif _GROUPED.fullmatch(value):
        found = float(re.sub(r"[, ' \u00a0]", "", value))
    elif _EUROPEAN.fullmatch(value):
        found = float(value.replace(".", "").replace(",", "."))
    else:
        raise BadValueError("input.bad_number", value=text)
    if not math.isfinite(found):
        raise BadValueError("input.absurd_number", value=shortened(text))
    return found


def amount(text: str) -> float:
    """A number that is not negative."""
    found = number(text)
    if found < 0:
        raise BadValueError("input.negative_number", value=text)
    return found


def whole(text: str) -> int:
    """A whole number of 0 or more; `12.0`, as Excel writes it, is 12."""
    found = amount(text)
    if found != int(found):
        raise BadValueError("input.not_whole", value=text)
    return int(found)


def percent(text: str) -> float:
    """`+20`, `-15 %`: the number of percent, -100 or more."""
    found = number(plain(text).removesuffix("%").rstrip())
    if found < -100:
        raise BadValueError("input.bad_percent", value=text)
    return found


def number_or_share(text: str) -> tuple[int | None, int | None]:
    """`3`: a number, 1 or more, and no share; `20%`: no number and a share, 1 to 100."""
    value = plain(text)
    found = re.fullmatch(r"(\d+)\s*(%?)", value)
    size = int(found[1]) if found is not None else 0
    if found is None or size < 1 or (found[2] and size > 100):
        raise BadValueError("input.bad_number_or_share", value=text)
    return (None, size) if found[2] else (size, None)


def duration_s(text: str) -> float:
    """Seconds from `205`, `03:25` (mm:ss), `0:03:25` (hh:mm:ss), `3m 25s`, `3分25秒`."""
    value = plain(text)
    if ":" in value:
        parts = value.split(":")
        if not (2 <= len(parts) <= 3 and all(re.fullmatch(r"\d+(\.\d+)?", p) for p in parts)):
            raise BadValueError("input.bad_duration", value=text)
        seconds = 0.0
        for part in parts:
            seconds = seconds * 60 + float(part)
        return seconds
    named = _PARTS.fullmatch(value.lower())
    if value and named and any(named.groups()):
        hours, minutes, rest = (float(part or 0) for part in named.groups())
        return hours * 3600 + minutes * 60 + rest
    try:
        return amount(value)
    except BadValueError as error:
        if error.code == "input.bad_number":
            raise BadValueError("input.bad_duration", value=text) from None
        raise


def clock_minute(text: str) -> int:
    """Minutes after midnight of `08:00`, `8:00:00`, `24:00`, `26:00` (02:00 of the next day)."""
    match = _CLOCK.fullmatch(plain(text))
    if match is None:
        raise BadValueError("input.bad_clock", value=text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 60 + minutes
    if minutes > 59 or seconds or total > LATEST_CLOCK:
        raise BadValueError("input.bad_clock", value=text)
    return total


def start_minute(text: str) -> int:
    """A clock time of the day itself: before 24:00."""
    found = clock_minute(text)
    if found >= MINUTES_A_DAY:
        raise BadValueError("input.bad_start", value=text)
    return found


def day(text: str) -> date:
    """`2026-11-02`, `2026/11/2`, `2026年11月2日`, `20261102`, or an Excel serial such as 46328."""
    value = plain(text)
    match = _DATE.fullmatch(value) or _COMPACT_DATE.fullmatch(value)
    if match:
        year, month, day_ = (int(part) for part in match.groups())
        try:
            return date(year, month, day_)
        except ValueError:
            raise BadValueError("input.no_such_date", value=text) from None
    if re.fullmatch(r"\d{5}(\.0+)?", value) and int(value[:5]) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(value[:5]))
    raise BadValueError("input.bad_date", value=text)


def weekday(text: str) -> int:
    """Monday = 0 of `mon`, `Monday`, `周一`, `星期一`."""
    found = _WEEKDAY_NAMES.get(plain(text).casefold())
    if found is None:
        raise BadValueError("input.bad_weekday", value=text)
    return found


def weekdays(text: str) -> frozenset[int]:
    """`mon-fri`, `sat;sun`, `周一至周五`, `fri-mon` (over the weekend)."""
    found: set[int] = set()
    for part in _items(text, r"[;,、\s]+"):
        ends = [weekday(end) for end in re.split(r"[-–—~至到]", part)]
        if len(ends) > 2:
            raise BadValueError("input.bad_weekday", value=text)
        first, last = ends[0], ends[-1]
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    if not found:
        raise BadValueError("input.bad_weekday", value=text)
    return frozenset(found)


def span(text: str, latest: int = LATEST_CLOCK) -> tuple[int, int]:
    """`08:00-20:00` as clock minutes; the end comes after the start and not after `latest`."""
    ends = re.split(r"\s*[-–—~至到]\s*", plain(text))
    if len(ends) != 2:
        raise BadValueError("input.bad_span", value=text)
    start, end = clock_minute(ends[0]), clock_minute(ends[1])
    if not start < end <= latest or start >= MINUTES_A_DAY:
        raise BadValueError("input.span_order", value=text)
    return start, end


def night(text: str) -> tuple[int, int]:
    """`00:00-05:00`, or past midnight `22:00-06:00`: two clock times, in either order."""
    ends = re.split(r"\s*[-–—~至到]\s*", plain(text))
    if len(ends) != 2:
        raise BadValueError("input.bad_span", value=text)
    return start_minute(ends[0]), clock_minute(ends[1])


def opening(text: str) -> tuple[tuple[int, int], ...]:
    """`08:00-12:00, 13:00-18:00` within one day, or `closed`: spans in order, none overlapping."""
    if plain(text).casefold() in _NO_SPAN:
        return ()
    spans = sorted(span(part, MINUTES_A_DAY) for part in _items(text, r"[;,、]"))
    overlap = any(later[0] < earlier[1] for earlier, later in pairwise(spans))
    if not spans or overlap:
        raise BadValueError("input.bad_opening", value=text)
    return tuple(spans)


def availability(text: str) -> tuple[int, int] | tuple[()] | None:
    """Blank any time (None), `off` not at all (()), else earliest start and latest end."""
    value = plain(text).casefold()
    if not value:
        return None
    return () if value in _NO_SPAN else span(value)


def flag(text: str) -> bool:
    value = plain(text).casefold()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise BadValueError("input.bad_flag", value=text)


def names(text: str) -> tuple[str, ...]:
    """`phone; chat`: names in order, each once."""
    return tuple(dict.fromkeys(_items(text, r"[;,、|]+")))


def choice(text: str, options: Mapping[str, str]) -> str:
    """The option a word stands for; `options` maps every accepted word to its option."""
    value = plain(text).casefold()
    if value in options:
        return options[value]
    allowed = ", ".join(dict.fromkeys(options.values()))
    raise BadValueError("input.bad_choice", value=text, allowed=allowed)


def means_all(name: str) -> bool:
    """Whether a cell that may name a queue means every queue."""
    return name.casefold() in ("", "all", "*", "全部")


def suggestion(word: str, known: list[str]) -> str | None:
    """The known word a mistyped one comes nearest to, if one is near."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _items(text: str, separators: str) -> list[str]:
    parts = (part.strip() for part in re.split(separators, plain(text)))
    return [part for part in parts if part]
