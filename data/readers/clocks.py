"""What a clock said → the moment it was: UTC offsets, and the hours that a clock skips or repeats.

Everything is done on whole columns; the tz database is asked through pandas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import Problems
from .raw_table import RawTable
from .stamps import Stamps

_SHOWN_ROWS_OF_OFFSET = 3


@dataclass(frozen=True)
class Moments:
    """`when`: aware moments in the centre's zone. `skipped`: the clock never showed that time;
    `repeated`: it showed it twice (`when` is then the first of the two, `again` the second)."""

    when: pd.DatetimeIndex
    again: pd.DatetimeIndex
    skipped: NDArray[np.bool_]
    repeated: NDArray[np.bool_]


def to_moments(
    stamps: Stamps, tz: str | None, table: RawTable, column: str, utc: bool, problems: Problems
) -> Moments:
    """Stamps → moments in `tz`; None keeps the local clock as it is (as "UTC").

    `utc` says that bare stamps are UTC, as their heading does. Offsets that differ within one
    file are told, unless they are those of `tz` itself, which change with its clock.
    """
    has_offset = ~np.isnan(stamps.offset_s)
    if utc and tz is not None:
        stamps = Stamps(
            stamps.local,
            np.where(has_offset, stamps.offset_s, 0.0),
            stamps.dated,
            stamps.fault,
        )
        has_offset = np.ones(len(has_offset), dtype=bool)
    nothing = np.zeros(len(stamps.local), dtype=bool)
    if has_offset.any():
        _check_offsets(stamps, tz, table, column, problems)
    if tz is None:
        when = pd.DatetimeIndex(stamps.local).tz_localize("UTC")
        return Moments(when, when, nothing, nothing)
    if has_offset.any():
        utc_clock = stamps.local - np.nan_to_num(stamps.offset_s).astype("timedelta64[s]")
        when = pd.DatetimeIndex(utc_clock).tz_localize("UTC").tz_convert(tz)
        return Moments(when, when, nothing, nothing)
    return _localised(stamps, tz)


def _localised(stamps: Stamps, tz: str) -> Moments:
    clock = pd.DatetimeIndex(stamps.local)
    ones = np.ones(len(clock), dtype=bool)
    first = clock.tz_localize(tz, ambiguous=ones, nonexistent="NaT")
    second = clock.tz_localize(tz, ambiguous=~ones, nonexistent="NaT")
    skipped = np.asarray(first.isna(), dtype=bool) & ~np.isnat(stamps.local)
    repeated = np.asarray(first != second, dtype=bool) & ~np.asarray(first.isna(), dtype=bool)
    if skipped.any():
        moved = _moved_on(clock, tz, ones)
        first = first.where(~skipped, moved)
        second = second.where(~skipped, moved)
    # A bare date is a day, whatever its midnight does.
    return Moments(first, second, skipped & ~stamps.dated, repeated & ~stamps.dated)


def _moved_on(clock: pd.DatetimeIndex, tz: str, ones: NDArray[np.bool_]) -> pd.DatetimeIndex:
    """An hour later, which is how a clock that was not put forward reads; where that does not
    exist either, the next time that does."""
    hour_on = (clock + pd.Timedelta(hours=1)).tz_localize(tz, ambiguous=ones, nonexistent="NaT")
    next_time = clock.tz_localize(tz, ambiguous=ones, nonexistent="shift_forward")
    return hour_on.where(~np.asarray(hour_on.isna(), dtype=bool), next_time)


def _check_offsets(
    stamps: Stamps, tz: str | None, table: RawTable, column: str, problems: Problems
) -> None:
    good = ~np.isnat(stamps.local)
    offsets = pd.Series(stamps.offset_s[good])
    if len(offsets.unique()) == 1:
        return
    if tz is not None and not offsets.isna().any():
        utc = stamps.local[good] - stamps.offset_s[good].astype("timedelta64[s]")
        own = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(tz).tz_localize(None)
        if (own == pd.DatetimeIndex(stamps.local[good])).all():
            return
    rows = table.rows[good]
    parts = []
    for offset, group in pd.Series(rows).groupby(offsets, dropna=False):
        shown = ", ".join(str(row) for row in group.head(_SHOWN_ROWS_OF_OFFSET))
        more = " …" if len(group) > _SHOWN_ROWS_OF_OFFSET else ""
        parts.append(f"{_offset_name(float(str(offset)))}: {shown}{more}")
    first_other = int(rows[int(np.argmax((offsets != offsets.iloc[0]).to_numpy()))])
    problems.add(
        "input.mixed_offsets",
        file=table.file,
        row=first_other,
        column=column,
        offsets="; ".join(parts),
    )


def _offset_name(offset_s: float) -> str:
    if np.isnan(offset_s):
        return "—"
    sign = "-" if offset_s < 0 else "+"
    minutes = int(abs(offset_s)) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
