"""The performance of a queue as its planner describes it, in the measures its targets name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ...data.targets import QueueProfile
from .line import Array
from .models import QueueLine, as_one_shape, attempts_per_s, queue_line
from .replies import replied_of_counted, turn_in_time


@dataclass(frozen=True)
class QueuePerformance:
    """What a queue does with given agents; arrays of one shape, shares are of attempts.

    `p_wait`: nobody free on arrival. `asa_s`: mean wait of the answered in seconds, infinite if
    nobody is answered or the line grows without end. `occupancy`: share of agents' time (chat: of
    chat slots) that contacts fill; 1 where a load meets no agents. `good` ÷ `counted` is the
    service level by the definition of the queue's target; both NaN if it names no threshold.
    `blocked` find every line taken. `repeats` are the attempts that one contact makes on top of
    its first, where those who get no answer try again; 0 elsewhere. `wait_within`: share of those
    let in who wait at most the target's longest wait. `replied` ÷ `reply_counted` is the reply
    rate, in customers or turns per attempt. All three are NaN where the target names none.
    """

    p_wait: Array
    asa_s: Array
    abandonment: Array
    occupancy: Array
    good: Array
    counted: Array
    blocked: Array
    repeats: Array
    wait_within: Array
    replied: Array
    reply_counted: Array

    @property
    def service_level(self) -> Array:
        """Share of 1; 0 where its denominator is empty."""
        return _ratio(self.good, self.counted)

    @property
    def reply_rate(self) -> Array:
        """Share of 1; NaN where the target names no reply rate."""
        return _ratio(self.replied, self.reply_counted)


def performance(
    profile: QueueProfile, rate_per_s: ArrayLike, aht_s: ArrayLike, agents: ArrayLike
) -> QueuePerformance:
    """Stationary performance of whole `agents` by the model of `queue_line`. Arrays broadcast;
    `rate_per_s` counts first attempts, `aht_s` of a chat is that of a chat alone. ValueError for a
    queue whose work has deadlines instead of waits.

    Chat occupancy is that of slots, agents × concurrency limit: an agent with one chat of three
    can still take two, and an agent's share of time with any chat at all is near 1 long before
    the queue is in trouble. Repeated attempts are taken to come in while the load is as it is.
    """
    first, aht, n = as_one_shape(rate_per_s, aht_s, agents)
    rate = attempts_per_s(profile, first, aht, n)
    target = profile.target

    def at(within_s: float) -> QueueLine:
        return queue_line(profile, rate, aht, n, within_s)

    nothing = np.full_like(rate, np.nan)
    result = at(target.within_s or 0.0)
    line = result.line
    good, counted = line.good_of_counted(target.definition)
    if target.within_s is None:
        good = counted = nothing
    wait_within = replied = reply_counted = nothing
    if target.max_wait_s is not None:
        wait_within = at(target.max_wait_s).line.waited_within
    if target.reply is not None:
        replied, reply_counted = _replies(profile, at(target.reply.within_s), aht)
    repeats = np.divide(rate, first, out=np.ones_like(rate), where=first > 0) - 1.0
    return QueuePerformance(
        p_wait=line.p_wait,
        asa_s=line.asa_s,
        abandonment=line.abandonment,
        occupancy=result.occupancy,
        good=good,
        counted=counted,
        blocked=line.blocked,
        repeats=repeats,
        wait_within=wait_within,
        replied=replied,
        reply_counted=reply_counted,
    )


def _replies(profile: QueueProfile, at_reply: QueueLine, aht_s: Array) -> tuple[Array, Array]:
    reply = profile.target.reply
    assert reply is not None
    assert at_reply.level_share is not None  # reply rates are chat's
    in_time = turn_in_time(aht_s, profile.aht_by_concurrency, reply.turns_per_chat, reply.within_s)
    return replied_of_counted(reply, at_reply.line, at_reply.level_share, in_time)


def _ratio(above: Array, below: Array) -> Array:
    otherwise = np.where(np.isnan(above), np.nan, 0.0)
    return np.divide(above, below, out=otherwise, where=below > 0)
