"""The time axis that every interval chart shares.

Charts count intervals (the first is drawn from 0 to 1), because a local clock repeats or skips an
hour where it changes. Labels come from the grid: one an interval for the hover texts of all charts;
the ticks, which follow the zoom, are the work of the page's script.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from .wording import Wording


def interval_labels(grid: TimeGrid, wording: Wording) -> list[str]:
    """`Tue 1 Dec 10:15–10:30` of each interval."""
    days = [wording.day(day) for day in grid.dates]
    moments = [*grid.starts, grid.moment(grid.size * grid.interval_min)]
    return [
        f"{days[day]} {wording.span(start, end)}"
        for day, (start, end) in zip(grid.day_of, pairwise(moments), strict=True)
    ]


def axis_data(grid: TimeGrid, used: NDArray[np.bool_], wording: Wording) -> dict[str, Any]:
    """What the script needs to label and zoom the axis, and to name days in addresses. `used` says
    in which intervals there is anything to see of each queue: (queues, grid.size)."""
    return {
        "clock": grid.minute_of_day.tolist(),
        "dayFirst": grid.day_first.tolist(),
        "open": [_open(grid, of_queue) for of_queue in used],
        "dates": [day.isoformat() for day in grid.dates],
        "days": [wording.day(day) for day in grid.dates],
        "labels": interval_labels(grid, wording),
    }


def _open(grid: TimeGrid, used: NDArray[np.bool_]) -> list[list[int]]:
    """First interval of each day's use and the one after its last; all of a day without any."""
    found = []
    for first, after in pairwise(grid.day_first.tolist()):
        at = np.flatnonzero(used[first:after])
        found.append([first + int(at[0]), first + int(at[-1]) + 1] if at.size else [first, after])
    return found
