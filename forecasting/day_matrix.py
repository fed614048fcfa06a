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
    count = np.bincount(cell[known], minlength=size).astype(np.float64)
    return divided(total, count, np.nan).reshape(shape)


def to_intervals(days: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Inverse of `to_days`: (…, days, slots) to (…, grid.size)."""
    intervals: NDArray[np.float64] = days[..., grid.day_of, slot_of(grid)]
    return intervals


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
    share = np.where(usual > 0, divided(share, usual), known.mean(axis=1))
    total = np.where(known, contacts, 0.0).sum(axis=1)
    enough = known.any(axis=1) & (share >= least_share)
    return np.where(enough, divided(total, share, np.nan), np.nan)


def divided(
    above: NDArray[np.float64] | NDArray[np.int64],
    below: NDArray[np.float64] | NDArray[np.int64],
    otherwise: float = 0.0,
) -> NDArray[np.float64]:
    """above / below (shapes broadcast), and `otherwise` where `below` is not above zero."""
    shape = np.broadcast_shapes(above.shape, below.shape)
    result = np.full(shape, otherwise)
    np.divide(above, below, out=result, where=np.broadcast_to(below > 0, shape))
    return result


def mean_known(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over the first axis of what is known; NaN where nothing is."""
    known = np.isfinite(rows)
    return divided(np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0), np.nan)
