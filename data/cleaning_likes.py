"""A day's like: the same weekday in the weeks before and after it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .grid import TimeGrid

WEEKS = 4  # on either side: near enough for the season, enough days to tell the usual from one slip


def by_slot(values: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Interval values (grid.size,) → (grid.days, intervals a day), by clock time.

    The two passes of a repeated hour are added; NaN where the clock skips a time, or a value is
    unknown.
    """
    slot = grid.minute_of_day // grid.interval_min
    flat = grid.day_of * grid.intervals_a_day + slot
    size = grid.days * grid.intervals_a_day
    total = np.bincount(flat, values, minlength=size)
    seen = np.bincount(flat, minlength=size)
    return np.where(seen > 0, total, np.nan).reshape(grid.days, grid.intervals_a_day)


def from_slot(table: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """(grid.days, intervals a day) → (grid.size,): the value of each interval's clock time."""
    return table[grid.day_of, grid.minute_of_day // grid.interval_min]


def likes(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values of each day's like: shape (2 × WEEKS, *table.shape), NaN beyond the ends."""
    days = table.shape[0]
    found = np.full((2 * WEEKS, *table.shape), np.nan)
    steps = [week for week in range(-WEEKS, WEEKS + 1) if week]
    for i, week in enumerate(steps):
        shift = 7 * week
        to = slice(max(0, -shift), min(days, days - shift))
        from_ = slice(max(0, shift), min(days, days + shift))
        if to.start < to.stop:
            found[i, to] = table[from_]
    return found


def mean_known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over the first axis of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def median_known(values: NDArray[np.float64], least: int = 1) -> NDArray[np.float64]:
    """Median over the first axis of what is known; NaN where fewer than `least` values are."""
    ordered = np.sort(values, axis=0)  # NaN come last
    count = (~np.isnan(values)).sum(axis=0)
    lower = np.maximum((count - 1) // 2, 0)[None]
    upper = np.minimum(count // 2, values.shape[0] - 1)[None]
    middle = np.take_along_axis(ordered, lower, 0)[0] + np.take_along_axis(ordered, upper, 0)[0]
    return np.where(count >= least, middle / 2, np.nan)
