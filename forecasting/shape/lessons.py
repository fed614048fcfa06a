"""What a queue's history teaches about its intraday shape, made ready for every member.

Shares are learned from whole days. A day with gaps is filled in with what the known slots would
bring with them as usual, if most of it is known. Hours in which nothing came though a dozen
contacts or more were to be expected count as gaps too: the queue was closed or cut off then, or
had other opening hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_matrix import divided

CHECKED_WEEKS = 8
_ROUNDS = 3
_RECENT_DAYS = 28
_POOLED = 0.2  # that weekdays opening alike count for beside a weekday's own recent days
_LEAST_KNOWN = 0.5
# A run of empty slots is closed hours if more than this were to be expected: by chance alone
# nothing comes once in e¹² = 160,000 times.
_EXPECTED_IF_OPEN = 12.0
_ALIKE = 0.9
_FLOOR = 1e-3  # share of a profile spread evenly over open slots, so that nothing is impossible


@dataclass(frozen=True)
class Lessons:
    """Days from the oldest to the newest.

    `contacts` (days, slots) has no gaps and is 0 outside `is_open` (7, slots), the slots in which
    each weekday opens; `learned` (days,) marks the days that teach, the others are all 0 in it.
    `actual` (days, slots) is what truly came in open slots of those days, NaN where unknown.
    `weekday` (days,) is 0 on Mondays.
    """

    contacts: NDArray[np.float64]
    actual: NDArray[np.float64]
    learned: NDArray[np.bool_]
    weekday: NDArray[np.int64]
    is_open: NDArray[np.bool_]

    @property
    def days(self) -> int:
        return len(self.weekday)

    @property
    def checked_weeks(self) -> int:
        """Whole weeks at the end that profiles of the time before are held against: up to 8, at
        most half of the history."""
        return min(CHECKED_WEEKS, -(-self.days // 7) // 2)

    @property
    def checked_days(self) -> slice:
        return slice(self.days - 7 * self.checked_weeks, self.days)


def lessons(
    contacts: NDArray[np.float64], weekday: NDArray[np.int64], is_open: NDArray[np.bool_]
) -> Lessons:
    """`contacts` (days, slots), NaN where unknown or not to be learned from."""
    hours = is_open[weekday]
    known = np.isfinite(contacts)
    counts = np.where(known & hours, contacts, 0.0)
    usual = total = np.ones(counts.shape)
    for _ in range(_ROUNDS):  # what is usual is known better once gaps are left out of it
        own, pooled = _recent_profiles(counts, known * total, weekday, is_open)
        usual = pooled[weekday]
        share = np.where(known, usual, 0.0).sum(axis=1, keepdims=True)
        total = divided(np.where(known, counts, 0.0).sum(axis=1, keepdims=True), share)
        known &= ~_shut(counts, known, own[weekday] * total)
    share = np.where(known, usual, 0.0).sum(axis=1)
    total = divided(np.where(known, counts, 0.0).sum(axis=1), share)
    learned = (share >= _LEAST_KNOWN) & (total > 0)
    filled = np.where(known, counts, usual * total[:, None]) * learned[:, None]
    actual = np.where(known & hours & learned[:, None], counts, np.nan)
    return Lessons(filled, actual, learned, weekday, is_open)


def alike(is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which weekdays open in nearly the same slots, nine tenths of them: shape (7, 7)."""
    both = (is_open[:, None] & is_open[None]).sum(axis=2)
    either = (is_open[:, None] | is_open[None]).sum(axis=2)
    result: NDArray[np.bool_] = both >= _ALIKE * either
    return result


def normalised(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows (…, slots) that sum to 1, or to 0 where there is nothing."""
    return divided(rows, rows.sum(axis=-1, keepdims=True))


def floored(rows: NDArray[np.float64], is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Profiles (…, slots) within the open slots (…, slots), none of them quite without contacts."""
    even = normalised(is_open.astype(np.float64))
    return normalised((1.0 - _FLOOR) * normalised(rows * is_open) + _FLOOR * even)


def smoothed(
    rows: NDArray[np.float64], is_open: NDArray[np.bool_], passes: int
) -> NDArray[np.float64]:
    """`passes` times a (¼, ½, ¼) mean over open slots only; nothing leaks into closed ones, and a
    day's end joins its beginning. `rows` is (…, slots), `is_open` broadcasts against it."""

    def spread(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return 0.5 * x + 0.25 * (np.roll(x, 1, axis=-1) + np.roll(x, -1, axis=-1))

    weight = is_open.astype(np.float64)
    scale = weight / np.maximum(spread(weight), 1e-9)
    for _ in range(passes):
        rows = spread(rows * weight) * scale
    return rows


def _recent_profiles(
    counts: NDArray[np.float64],
    exposure: NDArray[np.float64],
    weekday: NDArray[np.int64],
    is_open: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Plain profiles (7, slots) of the last four weeks, before which hours may have been others;
    and the same pooled a little with those of weekdays that open alike. `exposure` (days, slots)
    is each day's total, 0 where a slot is unknown."""
    taught = exposure.sum(axis=1, keepdims=True) > 0
    recent = taught.copy()
    recent[: max(len(weekday) - _RECENT_DAYS, 0)] = False
    if not recent.any():
        recent = taught
    by_day = np.eye(7)[weekday].T
    shape = normalised(
        divided(by_day @ (counts * (exposure > 0) * recent), by_day @ (exposure * recent))
    )
    wider = normalised(alike(is_open).astype(np.float64) @ shape) + 1e-3 * normalised(shape.sum(0))
    return shape * is_open, floored(shape + _POOLED * wider + 1e-9, is_open)


def _shut(
    counts: NDArray[np.float64], known: NDArray[np.bool_], expected: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Known slots (days, slots) of runs in which nothing came against all expectation."""
    empty = (counts <= 0) & known
    # Every slot belongs to the run that began with the last change before it, within its day.
    begins = np.ones(empty.shape, dtype=bool)
    begins[:, 1:] = empty[:, 1:] != empty[:, :-1]
    run = np.cumsum(begins.ravel()) - 1
    of_run = np.bincount(run, weights=expected.ravel())
    result: NDArray[np.bool_] = empty & (of_run[run].reshape(empty.shape) > _EXPECTED_IF_OPEN)
    return result


def dispersion(profiles: NDArray[np.float64], actual: NDArray[np.float64]) -> float:
    """How many times as far counts lie from `profiles` × their days' totals as Poisson counts
    would, in variance; at least 1. Both are (…, slots)."""
    expected = profiles * actual.sum(axis=-1, keepdims=True)
    usable = expected >= 0.5
    if not usable.any():
        return 1.0
    return max(float(((actual - expected)[usable] ** 2 / expected[usable]).mean()), 1.0)
