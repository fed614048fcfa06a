"""When a queue is open, read off its history where nobody says it."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks
from .day_matrix import mean_known

RECENT_WEEKS = 12
_QUIET_SHARE = 0.01
_LEAST_CLOSED_MINUTES = 120
_LEAST_USUAL_CONTACTS = 50.0  # a day; fewer may fail to come by chance


def infer_open(contacts: NDArray[np.float64], marks: DayMarks) -> NDArray[np.bool_]:
    """Whether a queue opens in each clock slot of each weekday: shape (7, slots).

    `contacts` is (history days, slots), NaN where unknown; holidays, special days and days closed
    by the calendar do not count. A slot is closed where the last 12 such weekdays brought
    practically nothing for two hours around it: less than 1 % of the busiest slot of the busiest
    weekday. A weekday that history cannot tell of (the calendar closed every one, or it came once
    at most) opens like the others; one that came and was never known is closed.
    """
    known, slots = contacts.shape
    weekday, ordinary = marks.weekday[:known], marks.ordinary()[:known]
    closed = marks.closed[:known]
    rate = np.full((7, slots), np.nan)
    untold = np.zeros(7, dtype=bool)
    # A queue that came later than others has not been closed before.
    begin = int(np.isfinite(contacts).any(axis=1).argmax()) if known else 0
    for day in range(7):
        recent = np.flatnonzero(weekday[begin:] == day)[-RECENT_WEEKS:] + begin
        rate[day] = mean_known(contacts[recent[ordinary[recent] & ~closed[recent]]])
        untold[day] = np.isnan(rate[day]).all() and (closed[recent].any() or len(recent) < 2)
    peak = np.nanmax(rate, initial=0.0)
    if peak <= 0:
        return np.zeros((7, slots), dtype=bool)
    quiet = ~(rate >= _QUIET_SHARE * peak)
    least = max(_LEAST_CLOSED_MINUTES * slots // 1440, 1)
    is_open = ~np.stack([long_runs(row, least) for row in quiet])
    is_open[untold] = is_open.any(axis=0)
    return is_open


def nearly_empty(totals: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Days with practically no contacts though there usually are: shape (days,). The queue was
    closed or cut off, and a log scale would take such a day for a huge effect."""
    usual = totals[np.nan_to_num(totals) > 0]
    median = float(np.median(usual)) if len(usual) else 0.0
    if median < _LEAST_USUAL_CONTACTS:
        return np.zeros(len(totals), dtype=bool)
    return np.isfinite(totals) & (totals < _QUIET_SHARE * median)


def shut_holidays(empty: NDArray[np.bool_], known: NDArray[np.bool_], marks: DayMarks) -> set[str]:
    """Keys of the holidays in `marks` on which the queue does not open, as far as history shows.

    `empty` and `known` (history days,) say on which usually open days nothing came, and of which
    anything is known. A holiday is shut if most of its earlier days were; one never seen is shut
    if every other was.
    """
    seen: Counter[str] = Counter()
    shut: Counter[str] = Counter()
    for day, mark in enumerate(marks.holiday[: len(empty)]):
        if mark is not None and known[day]:
            seen[mark.key] += 1
            shut[mark.key] += int(empty[day])
    always = 0 < seen.total() == shut.total()
    keys = {mark.key for mark in marks.holiday if mark is not None}
    return {key for key in keys if (2 * shut[key] > seen[key] if key in seen else always)}


def long_runs(flags: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Keeps only the runs of True of at least this length; a day's end joins its beginning."""
    if flags.all():
        return flags.copy()
    begin = int(np.argmin(flags))
    turned = np.roll(flags, -begin).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], turned, [0]])))
    kept = np.zeros(len(flags), dtype=bool)
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        kept[first:end] = end - first >= least
    return np.roll(kept, begin)
