"""Which model answers for a queue as its planner describes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ...data.targets import Channel, QueueProfile
from .chat import balanced_chat
from .erlang import erlang_a, erlang_c
from .finite import finite_line
from .line import Array, WaitingLine
from .redials import rate_with_redials


@dataclass(frozen=True)
class QueueLine:
    """`line` at one threshold; `occupancy`, the share of agents' time (chat: of chat slots) that
    contacts fill, 1 where a load meets no agents; `level_share` of chat (see `ChatLine`), for
    other channels None. Arrays of one shape."""

    line: WaitingLine
    occupancy: Array
    level_share: Array | None = None


def queue_line(
    profile: QueueProfile, rate_per_s: Array, aht_s: Array, agents: Array, within_s: ArrayLike
) -> QueueLine:
    """Erlang C for phone without patience, Erlang A with it, M/M/n/K(+M) with limited lines, the
    balanced chain for chat; `rate_per_s` counts every attempt. Arrays of one shape. ValueError for
    a queue whose work has deadlines instead of waits."""
    patience = profile.patience_s
    level_share = None
    match profile.channel:
        case Channel.EMAIL:
            raise ValueError(f"queue {profile.name} is e-mail: its work has deadlines, no waits")
        case Channel.CHAT:
            multiples = profile.aht_by_concurrency
            chat = balanced_chat(rate_per_s, aht_s, agents, multiples, patience, within_s)
            line, occupancy, level_share = chat.line, chat.slot_occupancy, chat.level_share
        case Channel.PHONE:
            if profile.lines is not None:
                line = finite_line(rate_per_s, aht_s, agents, profile.lines, patience, within_s)
            elif patience is not None:
                line = erlang_a(rate_per_s, aht_s, agents, patience, within_s)
            else:
                line = erlang_c(rate_per_s, aht_s, agents, within_s)
            busy = np.minimum(rate_per_s * aht_s * line.answered, agents)
            occupancy = np.divide(busy, agents, out=np.zeros_like(busy), where=agents > 0)
    occupancy = np.where(agents > 0, occupancy, np.where(rate_per_s > 0, 1.0, 0.0))
    return QueueLine(line, occupancy, level_share)


def attempts_per_s(profile: QueueProfile, rate_per_s: Array, aht_s: Array, agents: Array) -> Array:
    """Arrivals with those who come again because they gave up or were blocked before; `rate_per_s`
    counts first attempts. Arrays of one shape."""

    def unanswered(rate: Array, aht: Array, agents: Array) -> Array:
        return 1.0 - queue_line(profile, rate, aht, agents, 0.0).line.answered

    return rate_with_redials(unanswered, rate_per_s, profile.redial_share, aht_s, agents)


def as_one_shape(*values: ArrayLike) -> tuple[Array, ...]:
    """Arrays of floats, broadcast against each other."""
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values)))
