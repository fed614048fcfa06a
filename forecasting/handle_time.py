"""Handle time by queue and interval: recent means, weighted with contacts, shrunk where thin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LEVEL_DAYS = 30.0  # half-life of a day in the queue's level
_SHAPE_DAYS = 180.0  # half-life of a day in the pattern over weekday and clock
# Contacts that the wider mean counts for: handle times of single contacts vary about as much as
# their mean, patterns over the clock by some 8 %, so (1 / 0.08)² ≈ 150 contacts weigh the same;
# weekdays differ in their pattern by some 3 %.
_SLOT_PRIOR = 150.0
_WEEKDAY_PRIOR = 1000.0


def handle_time_pattern(
    aht_s: NDArray[np.float64], contacts: NDArray[np.float64], weekday: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Expected mean handle time in seconds by weekday and clock slot: shape (7, slots).

    `aht_s` and `contacts` are (days, slots) with NaN where unknown, `weekday` (days,). The mean
    of a slot on a weekday is shrunk to that slot's mean over all days, which is shrunk to the
    queue's mean; all NaN where the history tells no handle time.
    """
    weight = np.where(np.isfinite(aht_s) & (aht_s > 0), np.nan_to_num(contacts), 0.0)
    seconds = np.nan_to_num(aht_s)
    if weight.sum() <= 0:
        return np.full((7, aht_s.shape[1]), np.nan)
    age = len(weekday) - 1 - np.arange(len(weekday))
    level_weight = weight * (0.5 ** (age / _LEVEL_DAYS))[:, None]
    shape_weight = weight * (0.5 ** (age / _SHAPE_DAYS))[:, None]
    usual = float((shape_weight * seconds).sum() / shape_weight.sum())
    recent = float((level_weight * seconds).sum()) + _SLOT_PRIOR * usual
    now = recent / (float(level_weight.sum()) + _SLOT_PRIOR)

    load, count = (shape_weight * seconds).sum(axis=0), shape_weight.sum(axis=0)
    by_slot = (load + _SLOT_PRIOR * usual) / (count + _SLOT_PRIOR)
    pattern = np.empty((7, aht_s.shape[1]))
    for day in range(7):
        rows = weekday == day
        load = (shape_weight * seconds)[rows].sum(axis=0)
        count = shape_weight[rows].sum(axis=0)
        pattern[day] = (load + _WEEKDAY_PRIOR * by_slot) / (count + _WEEKDAY_PRIOR)
    return pattern * (now / usual)
