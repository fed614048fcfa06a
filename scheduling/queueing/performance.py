"""The performance of a queue as its planner describes it: the model that fits its channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ...data.targets import Channel, QueueProfile
from .chat import balanced_chat
from .erlang import erlang_a, erlang_c
from .line import Array, WaitingLine


@dataclass(frozen=True)
class QueuePerformance:
    """What a queue does with given agents; arrays of one shape, shares are of offered contacts.

    `p_wait`: nobody free on arrival. `asa_s`: mean wait of the answered in seconds, infinite if
    nobody is answered or the line grows without end. `occupancy`: share of agents' time (chat: of
    chat slots) that contacts fill; 1 where a load meets no agents. `good` ÷ `counted` is the
    service level by the definition of the queue's target; both NaN if it names no threshold.
    """

    p_wait: Array
    asa_s: Array
    abandonment: Array
    occupancy: Array
    good: Array
    counted: Array

    @property
    def service_level(self) -> Array:
        """Share of 1; 0 where its denominator is empty."""
        no_one = np.where(np.isnan(self.good), np.nan, 0.0)
        return np.divide(self.good, self.counted, out=no_one, where=self.counted > 0)


def performance(
    profile: QueueProfile, rate_per_s: ArrayLike, aht_s: ArrayLike, agents: ArrayLike
) -> QueuePerformance:
    """Stationary performance of whole `agents`: Erlang C for phone without patience, Erlang A
    with it, the balanced chain for chat. Arrays broadcast; `aht_s` of a chat is that of a chat
    alone. ValueError for a queue whose work has deadlines instead of waits.

    Chat occupancy is that of slots, agents × concurrency limit: an agent with one chat of three
    can still take two, and an agent's share of time with any chat at all is near 1 long before
    the queue is in trouble.
    """
    if profile.channel is Channel.EMAIL:
        raise ValueError(f"queue {profile.name} is e-mail: its work has deadlines and no waits")
    rate, aht, n = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (rate_per_s, aht_s, agents))
    )
    within = profile.target.within_s or 0.0
    if profile.channel is Channel.CHAT:
        chat = balanced_chat(rate, aht, n, profile.aht_by_concurrency, profile.patience_s, within)
        line, occupancy = chat.line, chat.slot_occupancy
    elif profile.patience_s is None:
        line = erlang_c(rate, aht, n, within)
        occupancy = _busy_share(line, rate * aht, n)
    else:
        line = erlang_a(rate, aht, n, profile.patience_s, within)
        occupancy = _busy_share(line, rate * aht, n)
    good, counted = line.good_of_counted(profile.target.definition)
    if profile.target.within_s is None:
        good = counted = np.full_like(good, np.nan)
    occupancy = np.where(n > 0, occupancy, np.where(rate > 0, 1.0, 0.0))
    return QueuePerformance(line.p_wait, line.asa_s, line.abandonment, occupancy, good, counted)


def _busy_share(line: WaitingLine, load_erl: Array, agents: Array) -> Array:
    busy = np.minimum(load_erl * line.answered, agents)
    return np.divide(busy, agents, out=np.zeros_like(busy), where=agents > 0)
