"""When a queue is open, read off its history where nobody says it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RECENT_WEEKS = 12
_QUIET_SHARE = 0.01
_LEAST_CLOSED_MINUTES = 120


def infer_open(
    contacts: NDArray[np.float64],
    weekday: NDArray[np.int64],
    ordinary: NDArray[np.bool_],
    closed: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Whether a queue opens in each clock slot of each weekday: shape (7, slots).

    `contacts` is (days, slots), NaN where unknown; `ordinary` marks the days that count (no
    holidays), `closed` those on which the calendar closes the queue. A slot is closed where the
    last 12 such weekdays brought practically nothing for two hours around it: less than 1 % of
    the busiest slot of the busiest weekday. A weekday that only the calendar ever closed opens
    like the others; one without any row is closed.
    """
    slots = contacts.shape[1]
    rate = np.full((7, slots), np.nan)
    by_calendar = np.zeros(7, dtype=bool)
    for day in range(7):
        recent = np.flatnonzero(weekday == day)[-RECENT_WEEKS:]
        rows = recent[ordinary[recent] & ~closed[recent]]
        rate[day] = _mean_rate(contacts[rows])
        by_calendar[day] = np.isnan(rate[day]).all() and closed[recent].any()
    peak = np.nanmax(rate, initial=0.0)
    if peak <= 0:
        return np.zeros((7, slots), dtype=bool)
    quiet = ~(rate >= _QUIET_SHARE * peak)
    least = max(_LEAST_CLOSED_MINUTES * slots // 1440, 1)
    is_open = ~np.stack([long_runs(row, least) for row in quiet])
    is_open[by_calendar] = is_open.any(axis=0)
    return is_open


def long_runs(flags: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Keeps only the runs of True of at least this length; a day's end joins its beginning."""
    n = len(flags)
    if flags.all():
        return flags.copy()
    turned = np.roll(flags, -int(np.argmin(flags)))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], turned.astype(np.int8), [0]])))
    kept = np.zeros(n, dtype=bool)
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        kept[first:end] = end - first >= least
    return np.roll(kept, int(np.argmin(flags)))


def _mean_rate(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the known values of each slot; NaN where there is none."""
    known = np.isfinite(rows)
    count = known.sum(axis=0)
    total = np.where(known, rows, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(rows.shape[1], np.nan), where=count > 0)
