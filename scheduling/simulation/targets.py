"""The chance that a queue meets what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ...data.targets import Channel, QueueProfile
from .replications import Estimate, estimate_chance, estimate_ratio, estimate_reached
from .sums import Sums

Array = NDArray[np.float64]

_ROUNDING = 1e-9


class Measure(StrEnum):
    """What can be asked of a queue, named as in the planner's settings."""

    SERVICE_LEVEL = "service_level"
    ASA = "max_asa_s"
    ABANDONMENT = "max_abandonment"
    OCCUPANCY = "max_occupancy"
    WAIT = "max_wait_s"
    BLOCKED = "max_blocked"
    REPLY = "reply_rate"
    DEADLINE = "deadline_share"


@dataclass(frozen=True)
class Wanted:
    """One target: the ratio of two amounts (`sums`) is to be `limit` at least, or at most."""

    measure: Measure
    limit: float
    above: str
    below: str
    at_least: bool = False

    def met(self, sums: Sums) -> NDArray[np.bool_]:
        """By replication and span; where nothing counts, nothing is missed."""
        above, below = sums[self.above], sums[self.below]
        missing = self.limit * below - above
        return np.asarray((missing if self.at_least else -missing) <= _ROUNDING * (below + 1.0))

    def ratio(self, sums: Sums) -> Estimate:
        return estimate_ratio(sums[self.above], sums[self.below])

    def chance(self, sums: Sums) -> Estimate:
        return estimate_chance(self.met(sums))

    def reached_in(self, share: float, sums: Sums) -> Estimate:
        """What this share of replications reaches or betters."""
        return estimate_reached(sums[self.above], sums[self.below], share, at_least=self.at_least)


def promise_at_risk(profile: QueueProfile) -> Measure | None:
    """What a queue's `risk` is the chance of: its service level, else its reply rate, else its
    abandonment; None where it names no risk, or promises none of them."""
    promises = (Measure.SERVICE_LEVEL, Measure.REPLY, Measure.ABANDONMENT)
    asked = {want.measure for want in wanted(profile)}
    if profile.risk is None or profile.channel is Channel.EMAIL:
        return None
    return next((measure for measure in promises if measure in asked), None)


def wanted(profile: QueueProfile) -> Iterator[Wanted]:
    """The targets of a queue that a replication is held against."""
    target = profile.target
    if target.deadline_min is not None:
        yield Wanted(Measure.DEADLINE, target.deadline_share, "in_time", "due", at_least=True)
    if target.service_level is not None:
        yield Wanted(Measure.SERVICE_LEVEL, target.service_level, "good", "counted", at_least=True)
    limits = (
        (Measure.ASA, target.max_asa_s, "wait_s", "answered"),
        (Measure.ABANDONMENT, target.max_abandonment, "abandoned", "waiting"),
        (Measure.OCCUPANCY, target.max_occupancy, "busy_hours", "available_hours"),
        (Measure.BLOCKED, target.max_blocked, "blocked", "waiting"),
    )
    for measure, limit, above, below in limits:
        if limit is not None:
            yield Wanted(measure, limit, above, below)
    if target.max_wait_s is not None:
        yield Wanted(Measure.WAIT, target.wait_percentile, "prompt", "let_in", at_least=True)
    reply = target.reply
    if reply is not None and reply.share is not None:
        yield Wanted(Measure.REPLY, reply.share, "replied", "assessed", at_least=True)
