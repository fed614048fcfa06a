"""Histories and forecasts as days × clock slots, whatever a clock change does to a day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..data.grid import TimeGrid


def slot_of(grid: TimeGrid) -> NDArray[np.int64]:
    """Clock slot (0 is midnight) of each interval: shape (grid.size,)."""
    if grid.intervals_a_day == 1:
        return np.zeros(grid.size, dtype=np.int64)
    return grid.minute_of_day // grid.interval_min


def to_days(values: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Values of a grid (grid.size,) as (days, slots): the mean of what is known where the clock
    repeats a slot, NaN where it skips one or nothing is known."""
    shape = (grid.days, grid.intervals_a_day)
    known = np.isfinite(values)
    cell = grid.day_of * shape[1] + slot_of(grid)
    size = shape[0] * shape[1]
    total = np.bincount(cell[known], weights=values[known], minlength=size)
    count = np.bincount(cell[known], minlength=size)
    mean = np.divide(total, count, out=np.full(size, np.nan), where=count > 0)
    return mean.reshape(shape)


def to_intervals(days: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Inverse of `to_days`: (…, days, slots) to (…, grid.size)."""
    return days[..., grid.day_of, slot_of(grid)]


def day_totals(
    contacts: NDArray[np.float64], shape: NDArray[np.float64], least_share: float = 0.5
) -> NDArray[np.float64]:
    """Contacts of each day: shape (days,).

    `contacts` is (days, slots) with NaN where unknown, `shape` the usual share of each slot in its
    day, same shape. A day with gaps is scaled up by the share of the day that is known; NaN where
    that is less than `least_share`.
    """
    known = np.isfinite(contacts)
    share = np.where(known, shape, 0.0).sum(axis=1)
    usual = shape.sum(axis=1)
    share = np.divide(share, usual, out=known.mean(axis=1), where=usual > 0)
    total = np.where(known, contacts, 0.0).sum(axis=1)
    enough = known.any(axis=1) & (share >= least_share)
    return np.divide(total, share, out=np.full(len(total), np.nan), where=enough)
