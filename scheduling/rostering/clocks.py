"""Clock times of shifts as far as rules over days can tell them apart.

A rule that looks at the hours between two shifts would make every start and every end a thing of
its own, and the number of things a day can be would grow with them. Most of them come to the same:
whether a shift ends at 14:00 or at 16:00, a day off makes a weekly rest of it. So ends with which
every later start gives the same verdicts share one value, and so do starts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.rules import Rules

DAY_MIN = 1440
_DAYS = 8  # more days off than a weekly rest needs


@dataclass(frozen=True)
class ClockClasses:
    """The value that stands for each start and each end, in clock minutes."""

    begin: Mapping[int, int]
    end: Mapping[int, int]


def weekly_rest(terms: Rules) -> tuple[int, int] | None:
    """Minutes of a weekly rest, and how many of them have to lie in the week; None without one. The
    rest that is due between two shifts anyhow may lie in the weeks beside it."""
    whole = terms.min_weekly_rest_min
    return None if not whole else (whole, max(whole - terms.min_rest_min, 1))


def clock_classes(
    begins: Collection[int],
    ends: Collection[int],
    rests: Collection[tuple[int, int]],
    order_matters: bool,
) -> ClockClasses:
    """The classes of starts and ends under the weekly rests (`weekly_rest`) there are. Where the
    order of starts matters (forward rotation), every start stands for itself."""
    starts, stops = np.array(sorted(begins)), np.array(sorted(ends))
    gaps = (np.arange(1, _DAYS + 1) * DAY_MIN)[None, :] - stops[:, None]  # until a midnight
    until_start = gaps[:, :, None] + starts[None, None, :]
    of_end = [np.zeros((len(stops), 0), dtype=bool)]
    of_begin = [np.zeros((len(starts), 0), dtype=bool)]
    for whole, inside in rests:
        # A rest that is long enough lies in its week as far as its start and its end do.
        long = until_start >= whole
        of_end += [long.reshape(len(stops), -1), gaps >= whole, gaps >= inside]
        into_week = np.arange(_DAYS)[None, :] * DAY_MIN + starts[:, None]
        of_begin += [long.transpose(2, 0, 1).reshape(len(starts), -1), into_week >= inside]
    begin = {int(b): int(b) for b in starts} if order_matters else _classes(starts, of_begin)
    return ClockClasses(begin, _classes(stops, of_end))


def _classes(values: NDArray[np.int64], verdicts: list[NDArray[np.bool_]]) -> dict[int, int]:
    """The first of all values with the same verdicts, by value."""
    first: dict[bytes, int] = {}
    rows = np.concatenate(verdicts, axis=1)
    return {
        int(value): first.setdefault(row.tobytes(), int(value))
        for value, row in zip(values, rows, strict=True)
    }
