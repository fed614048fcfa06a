"""Where a roster is short of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..roster import Roster

LEAST = 0.5  # agents short for an interval to count
BRIDGED = 2  # intervals between two short ones that do not part them


@dataclass(frozen=True)
class ShortBlock:
    """Neighbouring intervals of one queue and day that are `LEAST` agents short or more: from the
    grid's elapsed minute `start` to `end`, `hours` short in all, `most` agents at the worst."""

    queue: str
    day: int
    start: int
    end: int
    hours: float
    most: float


def shortage(problem: RosterProblem, roster: Roster) -> NDArray[np.float64]:
    """Agents' work missing in each interval, published history counted in: (queues, grid.size)."""
    everyone = Roster(problem.grid, (*problem.history, *roster.assignments))
    required = np.array([demand.required for demand in problem.demands])
    missing: NDArray[np.float64] = np.maximum(required - problem.supply(everyone), 0.0)
    return missing


def wanted_supply(problem: RosterProblem) -> NDArray[np.float64]:
    """Agents' work that the roster has to bring in each of its time steps, beside the published
    past: (queues, slots)."""
    each = problem.grid.interval_min // problem.slot_min
    past = problem.supply(Roster(problem.grid, problem.history), problem.slot_min)
    required = np.array([demand.required for demand in problem.demands])
    wanted: NDArray[np.float64] = np.repeat(required, each, axis=1) - past
    return wanted


def short_blocks(problem: RosterProblem, roster: Roster) -> tuple[ShortBlock, ...]:
    """The blocks of every queue, the most hours first."""
    found = [
        block
        for queue, missing in zip(problem.queues, shortage(problem, roster), strict=True)
        for block in _blocks(problem, queue, missing)
    ]
    return tuple(sorted(found, key=lambda block: -block.hours))


def _blocks(
    problem: RosterProblem, queue: str, missing: NDArray[np.float64]
) -> Iterator[ShortBlock]:
    grid = problem.grid
    at = np.flatnonzero(missing >= LEAST)
    if not at.size:
        return
    apart = (np.diff(at) > BRIDGED) | (np.diff(grid.day_of[at]) > 0)
    for run in np.split(at, np.flatnonzero(apart) + 1):
        first, last = int(run[0]), int(run[-1])
        inside = missing[first : last + 1]
        yield ShortBlock(
            queue,
            int(grid.day_of[first]),
            first * grid.interval_min,
            (last + 1) * grid.interval_min,
            float(inside.sum()) * grid.interval_min / 60,
            float(inside.max()),
        )
