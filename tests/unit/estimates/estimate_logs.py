"""Contact logs for the tests: written by hand, or a simulated group of agents."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
import pandas as pd
from shiftcast.data.history import ContactRecords
from shiftcast.scheduling.estimates.log import ContactLog, contact_log

Row = tuple[float, float, float | None, str]
"""Seconds of the entry since midnight of the first day, wait, handling (None: gave up), agent."""

FIRST_DAY = pd.Timestamp("2026-03-02", tz="UTC")  # a Monday


def log_of(rows: Sequence[Row], queues: Sequence[str] | None = None) -> ContactLog:
    """A log of rows in order of entry, all of one queue unless `queues` names each one's."""
    frame = pd.DataFrame(
        {
            "entered": [FIRST_DAY + pd.Timedelta(seconds=row[0]) for row in rows],
            "queue": list(queues) if queues is not None else "phone",
            "wait_s": [row[1] for row in rows],
            "handle_s": [np.nan if row[2] is None else row[2] for row in rows],
            "answered": [row[2] is not None for row in rows],
            "agent": [row[3] for row in rows],
        }
    )
    return contact_log(ContactRecords(frame), 30, "UTC")


def simulated_log(
    *,
    days: int,
    rate_per_s: float,
    handle_s: float,
    after_call_s: float,
    agents: int,
    patience_s: float,
    seed: int,
) -> ContactLog:
    """A group that works from 8 to 14 every day: Poisson arrivals, exponential times, first come,
    first served; after each contact the agent is away for an exponential time that no log tells."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for day in range(days):
        clock, end = day * 86_400.0 + 8 * 3600, day * 86_400.0 + 14 * 3600
        free = [(clock, f"A{which}") for which in range(agents)]
        heapq.heapify(free)
        while (clock := clock + rng.exponential(1 / rate_per_s)) < end:
            wait = max(free[0][0] - clock, 0.0)
            patience = rng.exponential(patience_s)
            if patience < wait:
                rows.append((clock, patience, None, ""))
                continue
            _, agent = heapq.heappop(free)
            handle = rng.exponential(handle_s)
            rows.append((clock, wait, handle, agent))
            gone = rng.exponential(after_call_s) if after_call_s else 0.0
            heapq.heappush(free, (clock + wait + handle + gone, agent))
    return log_of(rows)
