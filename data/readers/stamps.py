"""Columns of dates and clock times → moments, whole columns at a time.

Text is matched by one expression for the whole column (a million rows take about a second); every
spelling that `values.day` and `values.clock_minute` accept is accepted here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .values import EXCEL_EPOCH, EXCEL_SERIALS, plain

_CLOCK = (
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?: *(?P<half>[AaPp])[Mm])?)?"
)
_OFFSET = r" *(?P<offset>Z|UTC|[+-]\d{2}:?\d{2})?"
_UNTIL = r" *(?:(?:~|至| [-–—] ).*)?"  # the end of an interval that is written as a range
_REST = f"{_CLOCK}{_OFFSET}{_UNTIL}$"
_YEAR_FIRST = r"^ *(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _REST
_YEAR_LAST = r"^ *(?P<first>\d{1,2})[-/.](?P<other>\d{1,2})[-/.](?P<year>\d{4})" + _REST
_COMPACT = (
    r"^ *(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T ]?(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})?(?P<half>x)?)?"
    rf"{_OFFSET}$"
)
_NUMBER = re.compile(r"\d{5}(\.\d+)?|\d{10}|\d{13}")
_CHINESE = str.maketrans("年月日时点分秒", "-- ::: ")
_CLOCK_ONLY = re.compile(
    r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?: *([ap])m)?(?:\D.*)?", re.IGNORECASE
)


class Fault(IntEnum):
    """What is wrong with a stamp."""

    NONE = 0
    BLANK = 1
    UNREADABLE = 2
    NO_SUCH_DATE = 3
    ORDER = 4  # day/month/year or month/day/year: the column does not tell which


@dataclass(frozen=True)
class Stamps:
    """Parsed moments, each array of one value a row.

    `local`: clock as written, datetime64[s], NaT where `fault` is not NONE. `offset_s`: its UTC
    offset in seconds, NaN where none is written. `dated`: whether only a date is written.
    """

    local: NDArray[np.datetime64]
    offset_s: NDArray[np.float64]
    dated: NDArray[np.bool_]
    fault: NDArray[np.int8]

    def take(self, index: NDArray[np.int64]) -> Stamps:
        return Stamps(self.local[index], self.offset_s[index], self.dated[index], self.fault[index])


def parse_stamps(texts: pd.Series[str]) -> Stamps:
    """Stamps of a column, in any one of its spellings; each distinct text is looked at once."""
    codes, distinct = pd.factorize(texts)
    return _parse(pd.Series(distinct, dtype=str)).take(np.asarray(codes, dtype=np.int64))


def join_date_and_clock(dates: pd.Series[str], clocks: pd.Series[str]) -> pd.Series[str]:
    """`2026-11-02` and `08:00`, `8`, `0800`, `08:00-08:30` or `8:00 PM` → one text a row."""
    day = dates.str.strip().str.replace(r"[T ]+0?0:00(:00)?$", "", regex=True)
    clock = clocks.map({text: clock_text(text) for text in clocks.unique()})
    return day + " " + clock


def clock_text(text: str) -> str:
    """The start of a clock time or of a range of them, as HH:MM; the text itself if it is none."""
    value = plain(text).translate(_CHINESE).strip(" :")
    digits = re.fullmatch(r"(\d{1,2})(\d{2})?", value)
    match = _CLOCK_ONLY.fullmatch(value)
    if digits and len(value) <= 2:
        hour, minute = int(value), 0
    elif digits:
        hour, minute = int(digits.group(1)), int(digits.group(2))
    elif match:
        hour, minute = int(match.group(1)), int(match.group(2))
        half = (match.group(3) or "").lower()
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    else:
        return text
    return f"{hour:02d}:{minute:02d}"


def is_clock_only(texts: pd.Series[str]) -> bool:
    """Whether a column holds clock times without dates, judged by its first filled cells."""
    sample = [text for text in texts.head(50) if text.strip()]
    return bool(sample) and all(_CLOCK_ONLY.fullmatch(plain(text)) for text in sample)


def _parse(texts: pd.Series[str]) -> Stamps:
    texts = _folded(texts)
    n = len(texts)
    found = Stamps(
        np.full(n, np.datetime64("NaT"), dtype="datetime64[s]"),
        np.full(n, np.nan),
        np.zeros(n, dtype=bool),
        np.full(n, Fault.UNREADABLE, dtype=np.int8),
    )
    found.fault[(texts.str.strip() == "").to_numpy(dtype=bool)] = Fault.BLANK
    for pattern in (_YEAR_FIRST, _COMPACT, _YEAR_LAST):
        rest = np.flatnonzero(found.fault == Fault.UNREADABLE)
        if len(rest):
            _match(texts.iloc[rest], pattern, rest, found)
    rest = np.flatnonzero(found.fault == Fault.UNREADABLE)
    for index in rest:
        if _NUMBER.fullmatch(texts.iloc[index].strip()):
            _read_number(texts.iloc[index].strip(), int(index), found)
    return found


def _folded(texts: pd.Series[str]) -> pd.Series[str]:
    """Full-width forms and Chinese units of time as ASCII, if there are any."""
    foreign = ~texts.str.isascii() | texts.str.startswith(("'", "="))
    if not foreign.any():
        return texts
    return texts.where(~foreign, texts.map(_ascii_stamp))


def _ascii_stamp(text: str) -> str:
    """`2026年11月2日 8时30分` → `2026-11-2  8:30`; `… 8时` → `… 8:00`."""
    value = plain(text).translate(_CHINESE).strip()
    return re.sub(r"( \d{1,2}):$", r"\1:00", value).removesuffix(":")


def _match(texts: pd.Series[str], pattern: str, rows: NDArray[np.int64], found: Stamps) -> None:
    """Fills `found` at `rows` where the pattern matches."""
    parts = pc.extract_regex(pa.array(texts, type=pa.large_string()), pattern)
    hit = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    if not hit.any():
        return
    rows = rows[hit]
    parts = parts.filter(pa.array(hit))
    fields = {field.name: parts.field(i) for i, field in enumerate(parts.type)}
    year = _ints(fields["year"])
    if "first" in fields:
        order = _month_and_day(_ints(fields["first"]), _ints(fields["other"]))
        if order is None:
            found.fault[rows] = Fault.ORDER
            return
        month, day = order
    else:
        month, day = _ints(fields["month"]), _ints(fields["day"])
    hour, minute, second = (_ints(fields[name]) for name in ("hour", "minute", "second"))
    half = np.asarray(pc.utf8_lower(fields["half"]).to_numpy(zero_copy_only=False))
    hour = np.where((half == "a") | (half == "p"), hour % 12 + 12 * (half == "p"), hour)
    clock = hour * 3600 + minute * 60 + second
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    length = ((months + 1).astype("datetime64[M]").astype("datetime64[D]") - first).astype(np.int64)
    exists = (month >= 1) & (month <= 12) & (day >= 1) & (day <= length) & (year >= 1900)
    told = (minute <= 59) & (second <= 59) & (clock <= 86_400)
    local = (first + (day - 1)).astype("datetime64[s]") + clock
    good = exists & told
    found.local[rows[good]] = local[good]
    found.offset_s[rows] = _offsets(fields["offset"])
    found.dated[rows] = pc.equal(fields["hour"], "").to_numpy(zero_copy_only=False)
    fault = np.where(told, Fault.NONE, Fault.UNREADABLE)
    found.fault[rows] = np.where(exists, fault, Fault.NO_SUCH_DATE)


def _ints(texts: pa.Array) -> NDArray[np.int64]:
    zero = pc.if_else(pc.equal(texts, ""), "0", texts)
    return np.asarray(pc.cast(zero, pa.int64()).to_numpy(zero_copy_only=False))


def _offsets(texts: pa.Array) -> NDArray[np.float64]:
    distinct = texts.dictionary_encode()
    seconds = np.array([_offset_s(text) for text in distinct.dictionary.to_pylist()])
    index = distinct.indices.to_numpy(zero_copy_only=False)
    return np.asarray(seconds[index], dtype=np.float64)


def _offset_s(text: str) -> float:
    if not text:
        return np.nan
    if text in ("Z", "UTC"):
        return 0.0
    hours, minutes = int(text[1:3]), int(text[-2:])
    return (hours * 3600 + minutes * 60) * (-1 if text[0] == "-" else 1)


def _month_and_day(
    first: NDArray[np.int64], other: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Which of two numbers is the month: the one that never exceeds 12; None if both do not."""
    if first.max() > 12 and other.max() <= 12:
        return other, first
    if other.max() > 12 and first.max() <= 12:
        return first, other
    return None


def _read_number(text: str, index: int, found: Stamps) -> None:
    """An Excel serial (days), or seconds or milliseconds since 1970 (UTC)."""
    whole = text.partition(".")[0]
    if len(whole) == 5:
        if int(whole) not in EXCEL_SERIALS:
            return
        seconds = round(float(text) * 86_400)
        found.local[index] = np.datetime64(EXCEL_EPOCH, "s") + seconds
        found.dated[index] = seconds % 86_400 == 0
    else:
        seconds = int(whole[:10])
        found.local[index] = np.datetime64(seconds, "s")
        found.offset_s[index] = 0.0
    found.fault[index] = Fault.NONE
