"""Everything that a contact log tells of one queue, and what it says of days to come.

`calibrate_queue` learns from the days of a log before a given day and from nothing later;
`predict_queue` takes what was learned to other days, of which it is told only how many contacts
came in each interval and which agents were at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .flow import by_interval, queue_flow
from .handle_time import HandleTimes, estimate_handle_times, level_by_day
from .log import ContactLog
from .patience import Patience, estimate_patience
from .presence import Spells, spells_of
from .readiness import MOST_DAYS, ReadinessFit, WaitingSeen, day_weights, fit_readiness
from .returns import Returns, estimate_returns
from .transient import run_flow

LEAST_CONTACTS = 300
"""With fewer, chance decides over settings and readiness."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class QueueEstimates:
    """What the days before `until_day` (a day number of the log's grid) tell of one queue.

    `handling` is None where no handle time is known, `readiness` where it cannot be found: without
    handle times, without agents' names, where nobody ever waited, with several contacts at once, or
    with fewer than `LEAST_CONTACTS`.
    """

    queue: str
    until_day: int
    contacts: int
    patience: Patience
    handling: HandleTimes | None
    returns: Returns
    readiness: ReadinessFit | None


@dataclass(frozen=True)
class IntervalKpis:
    """What waiting was like, by interval of entry; arrays of shape (intervals,) and, for
    `answered_within`, (thresholds, intervals). Numbers of contacts, expected or counted, and the
    seconds that they waited all together."""

    offered: Floats
    waited: Floats
    wait_s: Floats
    abandoned: Floats
    answered_within: Floats

    def over(self, kept: NDArray[np.bool_]) -> QueueKpis:
        """The KPIs of all contacts of the intervals that a mask keeps."""
        offered = float(self.offered[kept].sum())
        if offered == 0:
            nothing = tuple(float("nan") for _ in self.answered_within)
            return QueueKpis(0.0, np.nan, np.nan, np.nan, nothing)
        return QueueKpis(
            offered,
            float(self.waited[kept].sum()) / offered,
            float(self.wait_s[kept].sum()) / offered,
            float(self.abandoned[kept].sum()) / offered,
            tuple(float(part[kept].sum()) / offered for part in self.answered_within),
        )


@dataclass(frozen=True)
class QueueKpis:
    """Share of contacts that waited, mean wait of all contacts in seconds, share that gave up, and
    share answered within each threshold, all of the `offered` contacts."""

    offered: float
    p_wait: float
    mean_wait_s: float
    abandonment: float
    service_level: tuple[float, ...]


def calibrate_queue(
    log: ContactLog,
    queue: int,
    until_day: int,
    within_s: float = 20.0,
    *,
    one_at_a_time: bool = True,
) -> QueueEstimates:
    """Estimates of one queue from the days before `until_day`; ValueError if there are none.

    `within_s` is the threshold in seconds whose answers in time the model is to reproduce. Agents
    who hold several contacts at once have no readiness (`one_at_a_time` False).
    """
    if not 0 < until_day <= log.grid.days:
        raise ValueError(f"until_day is {until_day}, expected 1 to {log.grid.days}")
    past = log.until(until_day)
    own = past.of_queue(queue)
    patience = estimate_patience(own, log.balked[queue])
    handling = estimate_handle_times(own)
    served = {int(code) for code in np.unique(own.agent[own.answered])} - {-1}
    team = past.only(np.isin(past.agent, sorted(served)) | (past.queue == queue))
    readiness = None
    enough = len(own.entered_s) >= LEAST_CONTACTS
    if one_at_a_time and enough and handling is not None and served:
        readiness = _readiness(past, own, queue, until_day, patience, handling, within_s)
    return QueueEstimates(
        log.queues[queue],
        until_day,
        len(own.entered_s),
        patience,
        handling,
        estimate_returns(team),
        readiness,
    )


def predict_queue(
    log: ContactLog,
    queue: int,
    estimates: QueueEstimates,
    days: range,
    spells: Spells | None = None,
    within_s: Sequence[float] = (),
) -> IntervalKpis:
    """Expected KPIs of the given days, by interval of the log's grid.

    Of those days only the offered contacts by interval and the agents at work are used (`spells`,
    or None to read them from who served when); their handle times may be those of any day.
    ValueError without a readiness.
    """
    handling, readiness = estimates.handling, estimates.readiness
    if handling is None or readiness is None:
        raise ValueError(f"queue {estimates.queue} has no readiness, so nothing can be predicted")
    work = spells or spells_of(log)
    size = log.grid.size
    none = np.zeros(size)
    total = IntervalKpis(none, none, none, none, np.zeros((len(within_s), size)))
    for level, weight in _day_levels(handling.day_spread):
        levels = np.full(log.grid.days, level)
        flow = queue_flow(log, queue, work, handling.pace, days, levels)
        result = run_flow(flow, estimates.patience.mean_s.value, readiness.readiness, within_s)
        in_time = [by_interval(flow, part, size) for part in result.answered_within]
        total = IntervalKpis(
            total.offered + weight * by_interval(flow, result.offered, size),
            total.waited + weight * by_interval(flow, result.waiting, size),
            total.wait_s + weight * by_interval(flow, result.waited_s, size),
            total.abandoned + weight * by_interval(flow, result.abandoned, size),
            total.answered_within + weight * np.reshape(in_time, total.answered_within.shape),
        )
    return total


def _day_levels(spread: float) -> list[tuple[float, float]]:
    """Levels of a day's handle time, mean 1, and their weights: three points of a lognormal
    distribution (Gauss–Hermite). Waits grow faster than handle times, so the mean level would
    promise too much."""
    if spread == 0:
        return [(1.0, 1.0)]
    far = 3.0**0.5 * spread
    levels = np.exp(np.array([-far, 0.0, far]))
    weights = np.array([1 / 6, 2 / 3, 1 / 6])
    levels /= weights @ levels
    return [(float(level), float(weight)) for level, weight in zip(levels, weights, strict=True)]


def observed_kpis(log: ContactLog, queue: int, within_s: Sequence[float] = ()) -> IntervalKpis:
    """What the log counted, by interval of entry."""
    own, size = log.of_queue(queue), log.grid.size

    def counted(weight: NDArray[np.bool_] | Floats) -> Floats:
        floats = np.asarray(weight, dtype=float)
        return np.bincount(own.interval, floats, minlength=size).astype(float)

    return IntervalKpis(
        counted(np.ones(len(own.wait_s))),
        counted(own.wait_s > 0),
        counted(own.wait_s),
        counted(~own.answered),
        np.array([counted(own.answered & (own.wait_s <= limit)) for limit in within_s]),
    )


def _readiness(
    past: ContactLog,
    own: ContactLog,
    queue: int,
    until_day: int,
    patience: Patience,
    handling: HandleTimes,
    within_s: float,
) -> ReadinessFit | None:
    """Readiness of the newest days, with the handle times that each day really had: a day of long
    calls must not be taken for one of agents who were not ready."""
    days = range(max(until_day - MOST_DAYS, 0), until_day)
    level = level_by_day(own, handling.pace)
    flow = queue_flow(past, queue, spells_of(past), handling.pace, days, level)

    def by_day(weight: NDArray[np.bool_] | Floats | None) -> Floats:
        floats = None if weight is None else np.asarray(weight, dtype=float)
        return np.bincount(own.day, floats, minlength=until_day)[days.start :].astype(float)

    in_time = own.answered & (own.wait_s <= within_s)
    seen = WaitingSeen(
        by_day(None), by_day(own.wait_s > 0), by_day(own.wait_s), by_day(in_time), within_s
    )
    return fit_readiness(flow, seen, patience.mean_s.value, day_weights(len(days)))
