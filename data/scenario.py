"""A what-if: what a planner changes about a centre to see what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .calendar import Calendar, Promotion, unnamed
from .centre import Centre
from .people import TimeOff
from .replies import ReplyTarget
from .targets import QueueProfile, ServiceLevelDefinition, ServiceTarget

ALL_QUEUES = "all"


@dataclass(frozen=True)
class PromotionChange:
    """A promotion made larger, smaller or new.

    Without `first` it changes the coming promotions of that `type`, `phase` and `name` (whichever
    are given); with `first` it adds a promotion from `first` to `last`. `size`, `effect` and
    `handle_effect` are as in `Promotion`; None leaves them.
    """

    type: str | None = None
    name: str | None = None
    first: date | None = None
    last: date | None = None
    size: float | None = None
    effect: float | None = None
    queue: str | None = None
    phase: str | None = None
    handle_effect: float | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.type is None:
            raise ValueError("a new promotion has a type")
        if self.type is None and self.phase is None and self.name is None:
            raise ValueError("a promotion is found by its type, phase or name")

    def matches(self, promotion: Promotion) -> bool:
        return (
            self.type in (None, promotion.type)
            and self.phase in (None, promotion.phase)
            and self.name in (None, promotion.name)
            and self.queue in (None, promotion.queue)
        )

    def changed(self, promotion: Promotion) -> Promotion:
        return replace(
            promotion,
            size=promotion.size if self.size is None else self.size,
            effect=promotion.effect if self.effect is None else self.effect,
            handle_effect=(
                promotion.handle_effect if self.handle_effect is None else self.handle_effect
            ),
        )

    def added(self) -> Promotion:
        """The new promotion; ValueError if this change has no `first`."""
        if self.first is None or self.type is None:
            raise ValueError("only a change with a first day and a type adds a promotion")
        return Promotion(
            self.first,
            self.last or self.first,
            self.type,
            self.name or unnamed(self.type, self.phase or ""),
            1.0 if self.size is None else self.size,
            self.effect,
            self.queue,
            self.phase or "",
            self.handle_effect,
        )


@dataclass(frozen=True)
class AbsenceChange:
    """One agent absent, or the first `count` agents who have no time off in the period."""

    first: date
    last: date
    agent: str | None = None
    count: int = 0

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the absence ends {self.last} before it begins {self.first}")
        if (self.agent is None) == (self.count == 0):
            raise ValueError("an absence names an agent or counts agents, and not both")


@dataclass(frozen=True)
class TargetChange:
    """Parts of a queue's target that are set anew; None leaves a part as it is."""

    service_level: float | None = None
    within_s: float | None = None
    definition: ServiceLevelDefinition | None = None
    max_asa_s: float | None = None
    max_abandonment: float | None = None
    max_occupancy: float | None = None
    deadline_min: float | None = None
    deadline_share: float | None = None
    max_wait_s: float | None = None
    wait_percentile: float | None = None
    max_blocked: float | None = None
    reply_share: float | None = None
    reply_within_s: float | None = None

    def applied_to(self, target: ServiceTarget) -> ServiceTarget:
        """The target with the parts that are given; a reply rate that the queue does not have yet
        needs both of its parts (ValueError else)."""
        given = {name: value for name, value in vars(self).items() if value is not None}
        share, within_s = given.pop("reply_share", None), given.pop("reply_within_s", None)
        if share is None and within_s is None:
            return replace(target, **given)
        had = target.reply
        if had is not None:
            reply = replace(had, share=share or had.share, within_s=within_s or had.within_s)
        elif share is not None and within_s is not None:
            reply = ReplyTarget(within_s, share)
        else:
            raise ValueError("a new reply rate needs its share and its seconds")
        return replace(target, **given, reply=reply)


@dataclass(frozen=True)
class Scenario:
    """One what-if. The mappings are by queue or `ALL_QUEUES`; a queue's own number goes first.

    `volume` and `handle_time` are factors (1.1 is a tenth more), `shrinkage` is the share itself.
    """

    name: str
    volume: Mapping[str, float] = field(default_factory=dict)
    handle_time: Mapping[str, float] = field(default_factory=dict)
    shrinkage: Mapping[str, float] = field(default_factory=dict)
    promotions: tuple[PromotionChange, ...] = ()
    absences: tuple[AbsenceChange, ...] = ()
    targets: Mapping[str, TargetChange] = field(default_factory=dict)

    def volume_of(self, queue: str) -> float:
        return self.volume.get(queue, self.volume.get(ALL_QUEUES, 1.0))

    def handle_time_of(self, queue: str) -> float:
        return self.handle_time.get(queue, self.handle_time.get(ALL_QUEUES, 1.0))

    def apply_to(self, centre: Centre, since: date) -> Centre:
        """The centre as it would be from `since` on.

        Promotions before `since` stay as they were: they are what the forecast learns from.
        Factors on contacts belong to the forecast and are not in the centre; a fixed handle time
        of a queue is.
        """
        absent = _absences(self.absences, centre)
        return replace(
            centre.with_absences(absent),
            queues=tuple(self._queue(queue) for queue in centre.queues),
            calendar=_promoted(centre.calendar, self.promotions, since),
        )

    def _queue(self, queue: QueueProfile) -> QueueProfile:
        shrinkage = self.shrinkage.get(queue.name, self.shrinkage.get(ALL_QUEUES, queue.shrinkage))
        target = queue.target
        if queue.name in self.targets:
            target = self.targets[queue.name].applied_to(target)
        aht_s = None if queue.aht_s is None else queue.aht_s * self.handle_time_of(queue.name)
        return replace(queue, shrinkage=shrinkage, target=target, aht_s=aht_s)


def _promoted(calendar: Calendar, changes: tuple[PromotionChange, ...], since: date) -> Calendar:
    promotions = list(calendar.promotions)
    for change in changes:
        if change.first is not None:
            promotions.append(change.added())
            continue
        promotions = [
            part
            for promotion in promotions
            for part in (
                _from(promotion, change, since) if change.matches(promotion) else (promotion,)
            )
        ]
    return replace(calendar, promotions=tuple(promotions))


def _from(promotion: Promotion, change: PromotionChange, since: date) -> tuple[Promotion, ...]:
    """A promotion changed from `since` on; one that is running then is cut in two."""
    if promotion.last < since:
        return (promotion,)
    if promotion.first >= since:
        return (change.changed(promotion),)
    before = replace(promotion, last=since - timedelta(days=1))
    return before, change.changed(replace(promotion, first=since))


def _absences(changes: tuple[AbsenceChange, ...], centre: Centre) -> tuple[TimeOff, ...]:
    found: list[TimeOff] = []
    for change in changes:
        away = {
            entry.agent
            for entry in (*centre.time_off, *found)
            if entry.first <= change.last and change.first <= entry.last
        }
        present = [agent.id for agent in centre.agents if agent.id not in away]
        names = present[: change.count] if change.agent is None else [change.agent]
        found.extend(TimeOff(name, change.first, change.last, kind="absence") for name in names)
    return tuple(found)
