"""E-mail and tickets as deadline work: when each interval's arrivals have to be done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.targets import QueueProfile
from .demand import QueueDemand
from .requirement import DeadlineWork

Array = NDArray[np.float64]


def deadline_work(
    demand: QueueDemand, centre: Centre, grid: TimeGrid, backlog_contacts: float = 0.0
) -> DeadlineWork:
    """The work of an e-mail queue on a grid.

    An occupancy cap, if the planner gives one, divides the work as shrinkage does; none is
    assumed, since nobody waits for an agent to be free. `backlog_contacts` wait at the start and
    are due as if they had just arrived.
    """
    profile = demand.profile
    agent_s = grid.interval_min * 60.0 * (1.0 - profile.shrinkage)
    agent_s *= profile.target.max_occupancy or 1.0
    latest, open_ = _latest(profile, centre, grid)
    return DeadlineWork(
        queue=profile.name,
        work=demand.contacts * demand.aht_s / agent_s,
        latest=latest,
        open=open_,
        backlog=backlog_contacts * float(demand.aht_s[0]) / agent_s,
        backlog_latest=int(latest[0]),
    )


def _latest(
    profile: QueueProfile, centre: Centre, grid: TimeGrid
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """(latest interval, open mask), shape (grid.size,) each.

    Latest is the last open interval that ends by the deadline, also beyond the grid. Where the
    queue does not open in time at all (a deadline of a day, and a closed weekend), the deadline
    cannot be kept; the time allowed is then counted from the next opening.
    """
    allowed = deadline_intervals(profile, grid.interval_min)
    # A week beyond the last deadline shows when a queue opens again.
    beyond = replace(grid, days=grid.days + allowed * grid.interval_min // 1440 + 8)
    open_ = centre.open_mask(profile, beyond)
    at = np.arange(beyond.size)
    last_open = np.maximum.accumulate(np.where(open_, at, -1))
    next_open = np.minimum.accumulate(np.where(open_, at, beyond.size - 1)[::-1])[::-1]
    arrival = at[: grid.size]
    in_time = last_open[arrival + allowed - 1]
    reopening = next_open[: grid.size]
    late = np.maximum(last_open[np.minimum(reopening + allowed, beyond.size) - 1], reopening)
    return np.where(in_time >= arrival, in_time, late), open_[: grid.size]


def deadline_intervals(profile: QueueProfile, interval_min: int) -> int:
    """Whole intervals from the start of the one of arrival in which an e-mail is in time: the
    first contact of an interval sets its deadline. At least 1."""
    if profile.target.deadline_min is None:
        raise ValueError(f"queue {profile.name} has no deadline")
    return max(int(profile.target.deadline_min // interval_min), 1)


def carried_over(work: DeadlineWork) -> Array:
    """Work that waits at the start of the grid, by the interval in which it is due at the latest
    (shape (grid.size,)).

    The planner's backlog if one is given. Else a steady state: what this horizon hands on, the
    horizon before handed to this one, so that the amount done equals the amount that arrives and
    Monday finds the e-mails of Sunday.
    """
    size = work.work.size
    carried = np.zeros(size)
    if work.backlog > 0:
        carried[min(work.backlog_latest, size - 1)] = work.backlog
        return carried
    # A grid that is not whole weeks does not repeat exactly: what came before the grid is due no
    # later than what comes when it first opens.
    first = int(work.latest[np.argmax(work.open)])
    due = np.clip(work.latest - size, 0, min(first, size - 1))
    np.add.at(carried, due, handed_over(work))
    return carried


def handed_over(work: DeadlineWork) -> Array:
    """The part of each interval's work that is left for after the grid (shape (grid.size,)).

    Nothing of what is due before the end. Of the rest, the share of its open intervals up to its
    deadline that lie beyond the end; opening there is taken to be that of the grid's beginning.
    """
    size = work.work.size
    open_before = np.concatenate([[0], np.cumsum(work.open)])
    inside = open_before[-1] - open_before[:-1]
    beyond_end = np.maximum(work.latest - size + 1, 0)
    rounds, rest = np.divmod(beyond_end, size)
    outside = rounds * open_before[-1] + open_before[rest]
    share = np.divide(outside, inside + outside, out=np.ones(size), where=inside + outside > 0)
    return np.where(work.latest >= size, work.work * share, 0.0)
