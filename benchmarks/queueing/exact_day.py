"""A day staffed by the product and judged by the exact equations of the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import Hold, QueueProfile
from shiftcast.scheduling.queueing.transient import Leaving, TransientLine, transient_line
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.moments import Moments
from shiftcast.scheduling.staffing.offered_load import staffing_moments

Array = NDArray[np.float64]

STEPS = 10
"""Steps of constant rate in an interval, for the exact equations."""


@dataclass(frozen=True)
class ExactDay:
    """A queue on `intervals` of `interval_min`, `arrived` the contacts up to an hour of the day;
    the product sees the contacts of each interval, the exact equations every step of it."""

    profile: QueueProfile
    arrived: Callable[[Array], Array]
    aht_s: float
    interval_min: int
    intervals: int

    def contacts(self, parts: int = 1) -> Array:
        """Contacts in each part of each interval; shape (intervals × parts,)."""
        edges = np.arange(self.intervals * parts + 1) * self.interval_min / parts / 60
        return np.diff(self.arrived(edges))

    def needed(self, hold: Hold) -> NDArray[np.int64]:
        """The product's requirement, as whole agents; shape (intervals,)."""
        aht_s = np.full(self.intervals, self.aht_s)
        demand = QueueDemand(replace(self.profile, hold=hold), self.contacts(), aht_s)
        return agents_needed(self.profile, staffing_moments(demand, self.interval_min), aht_s).least

    def stationary(self, highest: bool) -> NDArray[np.int64]:
        """Agents by the stationary formulas at each interval's mean or highest rate."""
        parts = 60 if highest else 1
        rate = self.contacts(parts).reshape(-1, parts).max(axis=1) * parts
        aht_s = np.full(self.intervals, self.aht_s)
        return agents_needed(
            self.profile, Moments.steady(rate / (self.interval_min * 60)), aht_s
        ).least

    def exactly(self, agents: NDArray[np.int64], leaving: Leaving) -> TransientLine:
        """What becomes of the contacts of every step with these agents."""
        step_s = self.interval_min * 60 / STEPS
        rates = self.contacts(STEPS) / step_s
        crew = np.repeat(agents, STEPS)
        return transient_line(self.profile, rates, self.aht_s, crew, step_s, leaving=leaving)

    def by_interval(self, values: Array) -> Array:
        """Values of steps, averaged over the contacts of each interval; NaN where there are none;
        shape (intervals,)."""
        contacts = self.contacts(STEPS).reshape(-1, STEPS)
        total = contacts.sum(axis=1)
        sums = (values.reshape(-1, STEPS) * contacts).sum(axis=1)
        return np.divide(sums, total, out=np.full(total.size, np.nan), where=total > 0)
