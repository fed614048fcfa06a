"""Settings of a queue that a log suggests, and how well the staffing formula does with them.

Staffing takes a queue in each interval as settled, with patience, handle time and shrinkage from
the settings. Fed with the past's contacts and with the agents seen at work, it should give the
waits that there were. What handle time and patience leave unexplained goes into shrinkage, as the
share of time at work that is off the phone: chosen so that as many are answered in time as were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..queueing.erlang import erlang_a, erlang_c
from .calibration import IntervalKpis, QueueEstimates
from .estimate import Estimate, ratio_estimate
from .log import ContactLog
from .presence import Spells, mean_present

Floats = NDArray[np.float64]

_MOST_OFF = 0.9
_HALVINGS = 20


@dataclass(frozen=True)
class QueueSettings:
    """What the staffing formula is told of a queue. `patience_s` None: nobody gives up; `handle_s`
    None: as the log's contacts took, by hour of the day."""

    patience_s: float | None
    handle_s: float | None
    shrinkage: float


@dataclass(frozen=True)
class PastIntervals:
    """Intervals of the past with contacts; arrays of shape (intervals,): which of the grid's they
    are, contacts offered, the agents seen at work for the queue, and the log's handle time."""

    interval: NDArray[np.int64]
    offered: Floats
    agents: Floats
    aht_s: Floats
    interval_s: float


def past_intervals(
    log: ContactLog, queue: int, spells: Spells, estimates: QueueEstimates
) -> PastIntervals:
    """The past of one queue; ValueError where its handle time is unknown."""
    handling = estimates.handling
    if handling is None:
        raise ValueError(f"queue {estimates.queue} has no handle time")
    grid, seconds = log.grid, log.grid.interval_min * 60.0
    offered = np.bincount(log.interval[log.queue == queue], minlength=grid.size).astype(float)
    edges = np.arange(grid.size + 1, dtype=float) * seconds
    agents = mean_present(spells, spells.share[queue], edges)
    kept = np.flatnonzero((offered > 0) & (agents > 1e-6))
    hour = grid.minute_of_day[kept] // 60
    aht = handling.pace.expected_s(hour, np.full(len(kept), -1))
    return PastIntervals(kept, offered[kept], agents[kept], aht, seconds)


def formula_kpis(past: PastIntervals, settings: QueueSettings, within_s: float) -> IntervalKpis:
    """What the formula expects of each interval: Erlang A, or Erlang C without patience, of the
    agents seen less the shrinkage, fractions of an agent between their whole neighbours."""
    handle = past.aht_s if settings.handle_s is None else settings.handle_s
    present = past.agents * (1.0 - settings.shrinkage)
    whole = np.floor(present)
    rate = past.offered / past.interval_s
    lines = [
        erlang_c(rate, handle, agents, within_s)
        if settings.patience_s is None
        else erlang_a(rate, handle, agents, settings.patience_s, within_s)
        for agents in (whole, whole + 1)
    ]
    part = present - whole

    def expected(fewer: Floats, more: Floats) -> Floats:
        with np.errstate(invalid="ignore"):
            return past.offered * np.where(part == 0, fewer, fewer * (1 - part) + more * part)

    a, b = lines
    return IntervalKpis(
        past.offered,
        expected(a.p_wait, b.p_wait),
        expected(a.mean_wait_s, b.mean_wait_s),
        expected(a.abandonment, b.abandonment),
        expected(a.answered_within, b.answered_within)[None],
    )


def off_phone_share(
    log: ContactLog, queue: int, past: PastIntervals, settings: QueueSettings, within_s: float
) -> Estimate:
    """Share of the time at work that is off the phone, so that the formula answers as many within
    `within_s` seconds as were; its range is that of the answers in time, days as independent draws.

    `settings` give patience and handle time; their shrinkage is not looked at. 0 where even all of
    the agents seen would not have answered as many.
    """
    own = log.of_queue(queue)
    own = own.only(np.isin(own.interval, past.interval))
    answered = own.answered & (own.wait_s <= within_s)
    in_time = np.bincount(own.day, answered, minlength=log.grid.days)
    everybody = np.bincount(own.day, minlength=log.grid.days).astype(float)
    seen = ratio_estimate(np.asarray(in_time, dtype=float), everybody)

    def off(share: float) -> float:
        low, high = 0.0, _MOST_OFF
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            tried = QueueSettings(settings.patience_s, settings.handle_s, middle)
            expected = formula_kpis(past, tried, within_s).answered_within.sum()
            if float(expected) > share * float(past.offered.sum()):
                low = middle
            else:
                high = middle
        return low

    return Estimate(off(seen.value), off(seen.high), off(seen.low), seen.count)
