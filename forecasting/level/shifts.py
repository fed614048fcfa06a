"""Days on which a queue's level jumped and stayed: a new shop, a new number, a product taken off.

A jump is the difference of the medians of two weeks after and before a day, weekdays evened out. It
counts where it stands far out among the jumps of all other days of the history, is large, and shows
in each of the weeks: one wild week is no new level.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

_SIDE_DAYS = 14
_LEAST_SIDE = _WEEK = 7
_LEAST_JUMP = 0.3  # of the log: a third more, or a quarter less
_FAR_OUT = 6.0  # usual deviations of all jumps
_APART = 28
_LASTING = 0.5  # of the jump: what each week must show of it
_WEEK = 7


def level_shifts(
    logs: NDArray[np.float64], plain: NDArray[np.bool_], weekday: NDArray[np.int64]
) -> list[int]:
    """First days of new levels, oldest first. `logs` (days,) are the log totals, of which those
    of `plain` days count; `weekday` (days,) is 0–6."""
    days = np.flatnonzero(plain)
    if len(days) < 4 * _SIDE_DAYS:
        return []
    even = logs[days].copy()
    away = even - _running_median(even)
    for number in range(_WEEK):
        same = weekday[days] == number
        if same.any():
            even[same] -= np.median(away[same])
    jumps = _jumps(even)
    known = np.isfinite(jumps)
    usual = 1.4826 * float(np.median(np.abs(jumps[known] - np.median(jumps[known]))))
    bound = max(_LEAST_JUMP, _FAR_OUT * usual)
    found: list[int] = []
    for place in np.argsort(-np.abs(np.where(known, jumps, 0.0))):
        if abs(jumps[place]) < bound or not known[place]:
            break
        day = int(days[place])
        if _lasts(even, place, jumps[place]) and all(abs(day - other) >= _APART for other in found):
            found.append(day)
    return sorted(found)


def _running_median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the two weeks around each day, the first and the last such window's near the ends,
    so that a weekday is compared with its own weeks."""
    inner = np.median(sliding_window_view(values, 2 * _WEEK + 1), axis=1)
    edge = np.ones(_WEEK)
    return np.concatenate([edge * inner[0], inner, edge * inner[-1]])


def _jumps(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the days from each place on, less that of those before; NaN near the ends. The
    newest days are compared as soon as there is a week of them."""
    medians = np.median(sliding_window_view(values, _SIDE_DAYS), axis=1)
    last = len(values) - _SIDE_DAYS
    jumps = np.full(len(values), np.nan)
    jumps[_SIDE_DAYS : last + 1] = medians[_SIDE_DAYS:] - medians[: last + 1 - _SIDE_DAYS]
    for place in range(last + 1, len(values) - _LEAST_SIDE + 1):
        jumps[place] = np.median(values[place:]) - medians[place - _SIDE_DAYS]
    return jumps


def _lasts(values: NDArray[np.float64], place: int, jump: float) -> bool:
    """Whether either week after the place is above either week before it by half the jump."""
    after = values[place : place + _SIDE_DAYS]
    before = values[place - _SIDE_DAYS : place]
    later = [np.median(after[:_WEEK]), np.median(after[-_WEEK:])]
    earlier = [np.median(before[:_WEEK]), np.median(before[_WEEK:])]
    return all((new - old) / jump > _LASTING for new in later for old in earlier)
