"""Days of weekdays that open alike, older ones put together so that a long history stays small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lessons import Lessons

# Days younger than this stand for themselves: more than are checked.
_SINGLE_DAYS = 182
# Up to a year back four of a weekday make one row, before that thirteen.
_BLOCKS = ((371, 28), (np.inf, 91))


@dataclass(frozen=True)
class DayRows:
    """Rows in order of time: contacts (rows, slots) of `days` (rows,) days of one weekday, `time`
    (rows,) their mean day number."""

    contacts: NDArray[np.float64]
    time: NDArray[np.float64]
    weekday: NDArray[np.int64]
    days: NDArray[np.float64]

    @property
    def total(self) -> NDArray[np.float64]:
        total: NDArray[np.float64] = self.contacts.sum(axis=1)
        return total


def day_rows(lessons: Lessons, weekdays: NDArray[np.int64], slots: NDArray[np.int64]) -> DayRows:
    """The days that teach of these weekdays, and of each day these slots."""
    day = np.flatnonzero(lessons.learned & np.isin(lessons.weekday, weekdays))
    weekday = lessons.weekday[day]
    key = _block(lessons.days - 1 - day) * 7 + weekday
    _, row = np.unique(key, return_inverse=True)
    days = np.bincount(row).astype(np.float64)
    time = np.bincount(row, weights=day) / np.maximum(days, 1.0)
    of_row = np.zeros(len(days), dtype=np.int64)
    of_row[row] = weekday
    contacts = np.zeros((len(days), len(slots)))
    np.add.at(contacts, row, lessons.contacts[np.ix_(day, slots)])
    order = np.argsort(time, kind="stable")
    return DayRows(contacts[order], time[order], of_row[order], days[order])


def _block(age: NDArray[np.int64]) -> NDArray[np.int64]:
    """The block that days of an age (0 is the history's last day) belong to: shape of `age`."""
    block = age.copy()
    begin, number = _SINGLE_DAYS, _SINGLE_DAYS
    for end, length in _BLOCKS:
        inside = (age >= begin) & (age < end)
        block[inside] = number + (age[inside] - begin) // length
        if np.isfinite(end):
            begin, number = int(end), number + -(-(int(end) - begin) // length)
    return block
