"""How long the intervals of a contact export are, where nobody says it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..grid import MINUTES_A_DAY

GRAINS = (1440, 60, 30, 20, 15, 10, 5)  # coarsest first
STRAY_SHARE = 0.005  # rows off the grain of all others are slips up to this share …
STRAY_ROWS = 20  # … and number; beyond, they are a finer grain
_ENOUGH_ROWS = 10  # of a queue in a month, to call them coarser than the rest of the file


def grain_of(clock_minute: NDArray[np.int64]) -> int:
    """The coarsest grain on which all rows start, a few slips aside; 5 if there is none."""
    n = len(clock_minute)
    for grain in GRAINS:
        off = int(np.count_nonzero(clock_minute % grain))
        if off == 0 or (off <= STRAY_SHARE * n and off < STRAY_ROWS):
            return grain
    return GRAINS[-1]


def row_grains(
    clock_minute: NDArray[np.int64], queue: NDArray[np.int64], month: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The grain of each row: that of its queue in its month if that is coarser than the file's
    (exports often hold hours or days for their older part), else the file's.

    Arrays of one value a row: clock minute of the start, queue number, month number.
    """
    finest = grain_of(clock_minute)
    grains = np.full(len(clock_minute), finest, dtype=np.int64)
    if finest == MINUTES_A_DAY:
        return grains
    key = queue * (int(month.max(initial=0)) + 1) + month
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    common = np.gcd.reduceat(clock_minute[order], starts)
    sizes = np.diff(starts, append=len(order))
    for start, size, divisor in zip(starts, sizes, common, strict=True):
        if size >= _ENOUGH_ROWS:
            # gcd 0: every row of the month starts at midnight.
            own = next((g for g in GRAINS if divisor % g == 0), finest)
            grains[order[start : start + size]] = max(own, finest)
    return grains


def nests(grain: int, interval_min: int) -> bool:
    """Whether rows of a grain can be summed to, or spread over, intervals of another."""
    return grain % interval_min == 0 or interval_min % grain == 0
