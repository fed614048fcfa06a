"""A queue's days in small steps: contacts that come, agents at work, what they can finish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from .handle_time import HandlePace
from .log import ContactLog
from .presence import Spells, mean_present

STEP_S = 30.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class QueueFlow:
    """Days of one queue; arrays of shape (days, steps), steps of `step_s` seconds from midnight.

    `rate` is contacts a second (the interval's offered number, spread evenly), `agents` the mean
    number at work for the queue, `finish` the contacts a second that they all together would
    finish. A day shorter than the longest one ends in empty steps. `interval`, in the same shape,
    is the step's interval of the grid, −1 in those.
    """

    step_s: float
    rate: Floats
    agents: Floats
    finish: Floats
    interval: NDArray[np.int64]


def queue_flow(
    log: ContactLog,
    queue: int,
    spells: Spells,
    pace: HandlePace,
    days: range,
    level: Floats | None = None,
) -> QueueFlow:
    """The flow of one queue on the given day numbers. `level`, shape (days of the grid,), is the
    handle time of each day ÷ the pace's (None: as the pace says)."""
    grid, chosen = log.grid, np.asarray(days)
    edges, interval = _steps(grid, chosen)
    offered = np.bincount(log.interval[log.queue == queue], minlength=grid.size)
    seconds = grid.interval_min * 60
    known = np.maximum(interval, 0)
    inside = interval >= 0
    rate = np.where(inside, offered[known] / seconds, 0.0)
    hour = grid.minute_of_day[known] // 60
    average_s = pace.expected_s(hour, np.full(hour.shape, -1))
    if level is not None:
        average_s = average_s * level[chosen][:, None]
    share = spells.share[queue]
    agents = mean_present(spells, share, edges)
    speed = mean_present(spells, share / pace.agent[spells.agent], edges)
    # Cumulated times cancel to a hair above or below 0 where nobody is at work.
    agents = np.where(inside & (agents > 1e-6), agents, 0.0)
    return QueueFlow(STEP_S, rate, agents, np.where(agents > 0, speed / average_s, 0.0), interval)


def _steps(grid: TimeGrid, days: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Edges of the steps (days, steps + 1) in seconds, and the interval of each step."""
    start = grid.day_minute[days] * 60
    end = grid.day_minute[days + 1] * 60
    steps = int((end - start).max(initial=0) / STEP_S)
    edges = start[:, None] + np.arange(steps + 1) * STEP_S
    interval = (edges[:, :-1] // (grid.interval_min * 60)).astype(np.int64)
    return edges, np.where(edges[:, :-1] < end[:, None], interval, -1)


def by_interval(flow: QueueFlow, values: Floats, size: int) -> Floats:
    """Sum of the steps' values (days, steps) in each of the grid's `size` intervals."""
    inside = flow.interval >= 0
    return np.bincount(flow.interval[inside], values[inside], minlength=size).astype(float)
