"""Queues and the service they promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Channel(StrEnum):
    """How a queue's work behaves: waits for an agent, shares an agent, or has a deadline."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"


class ServiceLevelDefinition(StrEnum):
    """What "80 % within 20 s" is a share of (field names: T threshold, see docs/how/kpis.md)."""

    OFFERED = "offered"  # answered within T / offered
    ANSWERED = "answered"  # answered within T / answered
    EXCLUDING_SHORT_ABANDONS = "excluding_short_abandons"  # / (offered − abandoned within T)
    INCLUDING_SHORT_ABANDONS = "including_short_abandons"  # (answered + abandoned within T) / off.


@dataclass(frozen=True)
class ServiceTarget:
    """What a queue promises; every part that is given has to hold at once.

    Shares are fractions of 1, times are seconds. E-mail queues use `deadline_min` (minutes from
    arrival until the answer is due) and `deadline_share` (share of e-mails answered in time).
    """

    service_level: float | None = None
    within_s: float | None = None
    definition: ServiceLevelDefinition = ServiceLevelDefinition.OFFERED
    max_asa_s: float | None = None
    max_abandonment: float | None = None
    max_occupancy: float | None = None
    deadline_min: float | None = None
    deadline_share: float = 0.95

    def __post_init__(self) -> None:
        for name in ("service_level", "max_abandonment", "max_occupancy", "deadline_share"):
            value = getattr(self, name)
            if value is not None and not 0 < value <= 1:
                raise ValueError(f"{name} is {value}, expected above 0 and at most 1")
        for name in ("within_s", "max_asa_s"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ValueError(f"{name} is {value}, expected 0 or more seconds")
        if (self.service_level is None) != (self.within_s is None):
            raise ValueError("service_level and within_s belong together: give both or neither")
        if self.deadline_min is not None and self.deadline_min <= 0:
            raise ValueError(f"deadline_min is {self.deadline_min}, expected above 0 minutes")


@dataclass(frozen=True)
class OpeningHours:
    """Seven tuples (Monday first) of (from, to) clock minutes, 0–1440; () is closed all day."""

    week: tuple[tuple[tuple[int, int], ...], ...]

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"opening hours name {len(self.week)} weekdays, expected 7")
        for spans in self.week:
            for start, end in spans:
                if not 0 <= start < end <= 1440:
                    raise ValueError(f"opening span {start}–{end} is not within 0–1440 minutes")

    @staticmethod
    def always() -> OpeningHours:
        return OpeningHours((((0, 1440),),) * 7)


@dataclass(frozen=True)
class QueueProfile:
    """A queue: how its contacts behave, who may serve it, when it is open and what it promises.

    `patience_s` is the mean time a customer waits before giving up; None means nobody gives up
    (Erlang C). `aht_by_concurrency[i]` is the handle time of a chat while its agent holds i + 1
    chats, as a multiple of the handle time of a single chat; its length is the concurrency limit.
    `aht_s` overrides the forecast handle time where the history tells none. `shrinkage` is the
    share of rostered time lost unplanned (sickness, lateness, time off the phone); what is
    rostered (breaks, leave, meetings) does not belong in it. `weight` prices a missing agent.
    """

    name: str
    channel: Channel = Channel.PHONE
    target: ServiceTarget = field(default_factory=ServiceTarget)
    opening: OpeningHours = field(default_factory=OpeningHours.always)
    skill: str = ""
    aht_s: float | None = None
    patience_s: float | None = None
    aht_by_concurrency: tuple[float, ...] = (1.0,)
    shrinkage: float = 0.0
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a queue needs a name")
        if not self.skill:
            object.__setattr__(self, "skill", self.name)
        if not 0 <= self.shrinkage < 1:
            raise ValueError(f"shrinkage is {self.shrinkage}, expected 0 up to (not with) 1")
        for name in ("aht_s", "patience_s"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"{name} is {value}, expected above 0 seconds")
        if not self.aht_by_concurrency or self.aht_by_concurrency[0] != 1.0:
            raise ValueError("aht_by_concurrency starts with 1.0 (one chat at a time)")
        if any(later < 1.0 for later in self.aht_by_concurrency):
            raise ValueError("aht_by_concurrency holds a multiple below 1.0")
        if self.weight <= 0:
            raise ValueError(f"weight is {self.weight}, expected above 0")
        if self.channel is Channel.EMAIL and self.target.deadline_min is None:
            raise ValueError(f"queue {self.name} is e-mail and needs target deadline_min")

    @property
    def concurrency(self) -> int:
        return len(self.aht_by_concurrency)
