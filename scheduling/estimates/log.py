"""Contact records as arrays of seconds, the form that every estimator reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.history import ContactRecords

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ContactLog:
    """Contacts of every queue that reached it, in order of entry; arrays of shape (contacts,).

    `entered_s` counts seconds from the first midnight of `grid`, `wait_s` until answered or given
    up, `handle_s` the handling (NaN unknown). `queue` and `agent` are places in `queues` and
    `agents`; agent −1 is unknown. `balked` counts by queue those who gave up without any wait, and
    `unknown_wait` those whose wait is not recorded: neither is among the contacts.
    """

    grid: TimeGrid
    queues: tuple[str, ...]
    agents: tuple[str, ...]
    entered_s: Floats
    wait_s: Floats
    handle_s: Floats
    answered: NDArray[np.bool_]
    queue: NDArray[np.int64]
    agent: NDArray[np.int64]
    balked: tuple[int, ...]
    unknown_wait: tuple[int, ...]

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Day number of each entry."""
        starts = self.grid.day_minute[:-1] * 60
        return np.searchsorted(starts, self.entered_s, side="right") - 1

    @cached_property
    def interval(self) -> NDArray[np.int64]:
        """Interval of each entry."""
        return (self.entered_s // (self.grid.interval_min * 60)).astype(np.int64)

    @property
    def answered_s(self) -> Floats:
        """Moment at which the wait ended, answered or given up."""
        return self.entered_s + self.wait_s

    @property
    def finished_s(self) -> Floats:
        """Moment at which the contact ended; an unknown handling counts as none."""
        return self.answered_s + np.nan_to_num(self.handle_s)

    def of_queue(self, queue: int) -> ContactLog:
        """The contacts of one queue; agents and queues keep their places."""
        return self.only(self.queue == queue)

    def until(self, day: int) -> ContactLog:
        """The contacts of the days before day number `day`, on the same grid."""
        return self.only(self.day < day)

    def only(self, kept: NDArray[np.bool_]) -> ContactLog:
        """The contacts that a mask of shape (contacts,) keeps."""
        return ContactLog(
            self.grid,
            self.queues,
            self.agents,
            self.entered_s[kept],
            self.wait_s[kept],
            self.handle_s[kept],
            self.answered[kept],
            self.queue[kept],
            self.agent[kept],
            self.balked,
            self.unknown_wait,
        )


def contact_log(records: ContactRecords, interval_min: int, tz: str) -> ContactLog:
    """The records as a log over whole local days of `tz`; ValueError if there are none."""
    frame = records.frame
    if frame.empty:
        raise ValueError("contact records are empty")
    entered = pd.DatetimeIndex(frame["entered"]).tz_convert(tz)
    days = (entered[-1].date() - entered[0].date()).days + 1
    grid = TimeGrid(entered[0].date(), days, interval_min, tz)
    seconds = np.asarray((entered - grid.starts[0]).total_seconds(), dtype=float)
    wait = frame["wait_s"].to_numpy(dtype=float)
    answered = frame["answered"].to_numpy(dtype=bool)
    queue, queues = pd.factorize(frame["queue"], sort=True)
    agent, agents = pd.factorize(frame["agent"].replace("", None), sort=True)
    unknown, balked = np.isnan(wait), ~answered & (wait <= 0)
    log = ContactLog(
        grid,
        tuple(str(name) for name in queues),
        tuple(str(name) for name in agents),
        seconds,
        wait,
        np.where(answered, frame["handle_s"].to_numpy(dtype=float), np.nan),
        answered,
        queue.astype(np.int64),
        agent.astype(np.int64),
        _by_queue(queue[balked], len(queues)),
        _by_queue(queue[unknown], len(queues)),
    )
    return log.only(~unknown & ~balked)


def _by_queue(codes: NDArray[np.int64], queues: int) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(codes, minlength=queues))
