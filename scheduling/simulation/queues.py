"""How the contacts of a queue behave, as the simulation takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.replies import ReplyUnit
from ...data.targets import Channel, QueueProfile
from ..queueing.replies import turn_in_time
from .engine.inputs import UNLIMITED, Queues

Array = NDArray[np.float64]

_FAR_S = 1e12
"""A deadline that never comes, in seconds."""


@dataclass(frozen=True)
class Patience:
    """How long customers wait before they give up.

    A share `balking` gives up at once if nobody is free. The others wait an exponential time of
    mean `mean_s`; a share `short_share` of them one of mean `short_mean_s` instead, which makes
    patience hyper-exponential. The means are seconds, one for all or one an interval of arrival.
    """

    mean_s: float | Array
    balking: float = 0.0
    short_share: float = 0.0
    short_mean_s: float | Array = 0.0

    def __post_init__(self) -> None:
        for name in ("balking", "short_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, expected 0 to 1")
        if np.any(np.asarray(self.mean_s) <= 0):
            raise ValueError("mean_s is expected above 0 seconds")


@dataclass(frozen=True)
class ReplyCount:
    """What counts towards a reply rate: `first` for a first reply in time, and for each finished
    chat `inside` by the number of chats that its agent holds then, without `prompt_only` also
    where the first reply came late."""

    first: float = 1.0
    inside: tuple[float, ...] = (0.0,)
    prompt_only: bool = False


@dataclass(frozen=True)
class SimulatedQueue:
    """A queue: `aht_s` is the mean handle time (chat: of a chat held alone) in seconds, one for all
    or one an interval of arrival; `handle_cv` its coefficient of variation (1 exponential, 0
    constant, else lognormal). `aht_by_concurrency` as in `QueueProfile`.

    `within_s` is the threshold of the service level, `reply_s` that of a reply rate (`replies` what
    counts towards it), `long_s` a wait that is not to be exceeded. Work with `deadline_s` may be
    done later and nobody waits for it; if `interruptible` it is laid aside for a customer who would
    wait. `lines`, `redial_share` and `redial_delay_s` (mean, exponential) as in `QueueProfile`.
    ValueError for numbers that make no sense.
    """

    name: str
    aht_s: float | Array
    patience: Patience | None = None
    handle_cv: float = 1.0
    aht_by_concurrency: Sequence[float] = (1.0,)
    within_s: float = 0.0
    reply_s: float = 0.0
    long_s: float = 0.0
    replies: ReplyCount = ReplyCount()
    deadline_s: float | None = None
    interruptible: bool = False
    lines: int | None = None
    redial_share: float = 0.0
    redial_delay_s: float = 600.0

    def __post_init__(self) -> None:
        if np.any(np.asarray(self.aht_s) < 0) or self.handle_cv < 0:
            raise ValueError(f"queue {self.name}: handle times are expected to be 0 or more")
        if not 0 <= self.redial_share < 1 or self.redial_delay_s <= 0:
            raise ValueError(f"queue {self.name}: redial_share is expected at 0 up to 1")
        if self.deadline_s is not None and len(self.aht_by_concurrency) > 1:
            raise ValueError(f"queue {self.name}: work with a deadline is done one at a time")

    @property
    def deferrable(self) -> bool:
        return self.deadline_s is not None


def simulated_queue(profile: QueueProfile, aht_s: Array) -> SimulatedQueue:
    """The queue that a planner describes, with its handle times (intervals,)."""
    target = profile.target
    deadline = target.deadline_min if profile.channel is Channel.EMAIL else None
    chat = profile.channel is Channel.CHAT
    return SimulatedQueue(
        name=profile.name,
        aht_s=aht_s,
        patience=None if profile.patience_s is None else Patience(profile.patience_s),
        handle_cv=profile.handle_cv,
        aht_by_concurrency=profile.aht_by_concurrency if chat else (1.0,),
        within_s=target.within_s or 0.0,
        reply_s=0.0 if target.reply is None else target.reply.within_s,
        long_s=target.max_wait_s or 0.0,
        replies=_reply_count(profile, aht_s),
        deadline_s=None if deadline is None else deadline * 60.0,
        lines=profile.lines,
        redial_share=profile.redial_share,
        redial_delay_s=profile.redial_min * 60.0,
    )


def _reply_count(profile: QueueProfile, aht_s: Array) -> ReplyCount:
    """As the formulas have it: a turn inside a chat is replied to in time with a probability that
    depends on how many chats the agent holds, and a chat's number of turns is geometric."""
    reply = profile.target.reply
    if reply is None or reply.counts is ReplyUnit.CUSTOMERS:
        return ReplyCount()
    later = reply.turns_per_chat - 1.0
    usual = np.asarray(float(np.mean(aht_s)))
    in_time = turn_in_time(usual, profile.aht_by_concurrency, reply.turns_per_chat, reply.within_s)
    if reply.counts is ReplyUnit.TURNS:
        return ReplyCount(1.0, tuple(later * in_time))
    return ReplyCount(0.0, tuple(1.0 / (1.0 + later * (1.0 - in_time))), prompt_only=True)


def engine_queues(queues: Sequence[SimulatedQueue]) -> Queues:
    """The queues in the arrays that the event loop reads."""
    slots = np.array([len(queue.aht_by_concurrency) for queue in queues])
    pace, inside = np.ones((len(queues), slots.max())), np.zeros((len(queues), slots.max()))
    for row, queue in enumerate(queues):
        pace[row, : slots[row]] = queue.aht_by_concurrency
        pace[row, slots[row] :] = queue.aht_by_concurrency[-1]
        inside[row, : len(queue.replies.inside)] = queue.replies.inside

    def each(name: str) -> Array:
        return np.array([float(getattr(queue, name)) for queue in queues])

    redial = each("redial_share")
    lines = np.array([UNLIMITED if queue.lines is None else queue.lines for queue in queues])
    return Queues(
        slots=slots,
        pace=pace,
        deferrable=np.array([queue.deferrable for queue in queues]),
        interruptible=np.array([queue.deferrable and queue.interruptible for queue in queues]),
        within_s=each("within_s"),
        reply_s=each("reply_s"),
        long_s=each("long_s"),
        first_reply=np.array([queue.replies.first for queue in queues]),
        inside=inside,
        prompt_only=np.array([queue.replies.prompt_only for queue in queues]),
        deadline_s=np.array([queue.deadline_s or _FAR_S for queue in queues]),
        lines=lines,
        redial=redial,
        redial_delay_s=each("redial_delay_s"),
        timed=(redial > 0) | (lines < UNLIMITED),
    )
