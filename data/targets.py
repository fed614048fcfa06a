"""Queues and the service they promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .replies import ReplyTarget


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


class Hold(StrEnum):
    """Where a target has to hold: over the day as a whole, or at every moment of it."""

    DAY = "day"
    INTERVAL = "interval"


class Arrivals(StrEnum):
    """Whether an interval remembers the one before. Modified: contacts in progress carry over
    (modified offered load). Stationary: each interval as if it had always been so."""

    MODIFIED = "modified"
    STATIONARY = "stationary"


class Objective(StrEnum):
    """What a roster is paid for: agents where they are needed, or the service that they give."""

    AGENTS = "agents"
    SERVICE = "service"


@dataclass(frozen=True)
class ServiceTarget:
    """What a queue promises; every part that is given has to hold at once.

    Shares are fractions of 1, times are seconds. `max_wait_s` is the longest wait of the share
    `wait_percentile` of contacts, whether they are answered or give up; `max_blocked` the share
    that may find every line taken. E-mail queues use `deadline_min` (minutes from arrival until
    the answer is due) and `deadline_share` (share of e-mails answered in time).
    """

    service_level: float | None = None
    within_s: float | None = None
    definition: ServiceLevelDefinition = ServiceLevelDefinition.OFFERED
    max_asa_s: float | None = None
    max_abandonment: float | None = None
    max_occupancy: float | None = None
    deadline_min: float | None = None
    deadline_share: float = 0.95
    max_wait_s: float | None = None
    wait_percentile: float = 0.9
    max_blocked: float | None = None
    reply: ReplyTarget | None = None

    def __post_init__(self) -> None:
        for name in (
            "service_level",
            "max_abandonment",
            "max_occupancy",
            "deadline_share",
            "max_blocked",
        ):
            value = getattr(self, name)
            if value is not None and not 0 < value <= 1:
                raise ValueError(f"{name} is {value}, expected above 0 and at most 1")
        if not 0 < self.wait_percentile < 1:
            raise ValueError(f"wait_percentile is {self.wait_percentile}, expected between 0 and 1")
        for name in ("within_s", "max_asa_s", "max_wait_s"):
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
    `lines` is how many contacts a phone queue has room for, those in service included; more are
    blocked (None: no limit). `redial_share` of those who give up or are blocked try again about
    `redial_min` minutes later; the forecast counts first attempts.
    `aht_s` overrides the forecast handle time where the history tells none. `shrinkage` is the
    share of rostered time lost unplanned (sickness, lateness, time off the phone); what is
    rostered (breaks, leave, meetings) does not belong in it. `weight` prices a missing agent.
    `handle_cv` is the coefficient of variation of handle times (1: exponential). `hold` and
    `arrivals` say how the requirement follows contacts that change over the day. `risk` is the
    share of weeks in which the target is to be met (0.9: nine of ten); None staffs for what is
    expected. `objective` says what the roster is paid for (phone and chat).
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
    hold: Hold = Hold.DAY
    arrivals: Arrivals = Arrivals.MODIFIED
    handle_cv: float = 1.0
    risk: float | None = None
    lines: int | None = None
    redial_share: float = 0.0
    redial_min: float = 10.0
    objective: Objective = Objective.AGENTS

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
        if self.risk is not None and not 0.5 <= self.risk < 1:
            raise ValueError(f"risk is {self.risk}, expected 0.5 up to (not with) 1")
        if self.handle_cv < 0:
            raise ValueError(f"handle_cv is {self.handle_cv}, expected 0 or more")
        if self.weight <= 0:
            raise ValueError(f"weight is {self.weight}, expected above 0")
        if self.lines is not None and (self.lines < 1 or self.channel is not Channel.PHONE):
            raise ValueError("lines is 1 or more, and for phone queues only")
        if not 0 <= self.redial_share < 1 or self.redial_min <= 0:
            raise ValueError(
                f"redial_share is {self.redial_share}, expected 0 up to (not with) 1; "
                f"redial_min is {self.redial_min}, expected above 0"
            )
        if self.target.reply is not None and self.channel is not Channel.CHAT:
            raise ValueError(f"queue {self.name} is no chat queue and has a reply rate")
        if self.channel is Channel.EMAIL and self.target.deadline_min is None:
            raise ValueError(f"queue {self.name} is e-mail and needs target deadline_min")
        if self.channel is Channel.EMAIL and self.objective is Objective.SERVICE:
            raise ValueError(f"queue {self.name} is e-mail: agents are not paid by its service")

    @property
    def concurrency(self) -> int:
        return len(self.aht_by_concurrency)
