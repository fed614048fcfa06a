"""A what-if: what a planner changes about a centre to see what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from .calendar import Calendar, Promotion, unnamed
from .centre import Centre
from .law.terms import Terms
from .replies import ReplyTarget
from .scenario_people import AbsenceChange, HireChange, TrainingChange
from .scenario_shifts import ShiftChanges
from .targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget

ALL_QUEUES = "all"

T = TypeVar("T")


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
    """One what-if. The mappings are by queue or `ALL_QUEUES`, `overtime_min` and `voluntary_min` by
    contract or `ALL_QUEUES`; what is said of one goes before what is said of all. `concurrency`,
    the most chats at once, and `aht_by_concurrency` (as in `QueueProfile`) touch chat queues only;
    `terms` stand in the place of the centre's.

    `volume`, `handle_time` and `patience` are factors (1.1 is a tenth more), `shrinkage` is the
    share itself. `deflection` is the share of contacts that a chatbot (or a better web page) takes
    before they reach an agent. `overtime_min` is what may be worked beyond a contract's most
    minutes a week, `voluntary_min` the minutes a week that an agent may go home early, unpaid,
    where nobody would miss them.
    """

    name: str
    volume: Mapping[str, float] = field(default_factory=dict)
    deflection: Mapping[str, float] = field(default_factory=dict)
    handle_time: Mapping[str, float] = field(default_factory=dict)
    patience: Mapping[str, float] = field(default_factory=dict)
    shrinkage: Mapping[str, float] = field(default_factory=dict)
    promotions: tuple[PromotionChange, ...] = ()
    absences: tuple[AbsenceChange, ...] = ()
    hires: tuple[HireChange, ...] = ()
    trainings: tuple[TrainingChange, ...] = ()
    overtime_min: Mapping[str, int] = field(default_factory=dict)
    voluntary_min: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, TargetChange] = field(default_factory=dict)
    concurrency: Mapping[str, int] = field(default_factory=dict)
    aht_by_concurrency: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    shifts: ShiftChanges = field(default_factory=ShiftChanges)
    terms: Terms | None = None

    def contacts_of(self, queue: str) -> float:
        """The factor on the contacts that reach the queue's agents."""
        return _of(self.volume, queue, 1.0) * (1.0 - _of(self.deflection, queue, 0.0))

    def handle_time_of(self, queue: str) -> float:
        return _of(self.handle_time, queue, 1.0)

    def voluntary_min_of(self, contract: str) -> int:
        return _of(self.voluntary_min, contract, 0)

    def apply_to(self, centre: Centre, since: date, until: date) -> Centre:
        """The centre as it would be from `since` on; absences without days of their own last until
        `until`.

        Promotions before `since` stay as they were: they are what the forecast learns from.
        Factors on contacts belong to the forecast and are not in the centre; a fixed handle time
        of a queue is.
        """
        centre = centre if self.terms is None else centre.under(self.terms)
        centre = self.shifts.applied_to(centre)
        centre = replace(
            centre,
            queues=tuple(self._queue(queue) for queue in centre.queues),
            calendar=_promoted(centre.calendar, self.promotions, since),
            contracts=tuple(
                replace(one, overtime_min=_of(self.overtime_min, one.id, one.overtime_min))
                for one in centre.contracts
            ),
        )
        people: tuple[AbsenceChange | TrainingChange | HireChange, ...]
        people = (*self.absences, *self.trainings, *self.hires)
        for change in people:
            centre = change.applied_to(centre, since, until)
        return centre

    def _queue(self, queue: QueueProfile) -> QueueProfile:
        target, patience_s, aht_s = queue.target, queue.patience_s, queue.aht_s
        if queue.name in self.targets:
            target = self.targets[queue.name].applied_to(target)
        if patience_s is not None:
            patience_s *= _of(self.patience, queue.name, 1.0)
        if aht_s is not None:
            aht_s *= self.handle_time_of(queue.name)
        shrinkage = _of(self.shrinkage, queue.name, queue.shrinkage)
        return replace(
            queue,
            shrinkage=shrinkage,
            target=target,
            patience_s=patience_s,
            aht_s=aht_s,
            aht_by_concurrency=self._multiples(queue),
        )

    def _multiples(self, queue: QueueProfile) -> tuple[float, ...]:
        """`aht_by_concurrency` of a queue, as long as the most chats at once. Where more are
        asked for than it says, each further chat slows the others as the last one did."""
        had = queue.aht_by_concurrency
        if queue.channel is not Channel.CHAT:
            return had
        found = _of(self.aht_by_concurrency, queue.name, had)
        most = _of(self.concurrency, queue.name, len(found))
        if most > len(found) == 1:
            raise ValueError(f"how a second chat slows the first is not known of {queue.name}")
        more = range(1, most - len(found) + 1)
        return (*found[:most], *(found[-1] + step * (found[-1] - found[-2]) for step in more))


def _of(values: Mapping[str, T], name: str, otherwise: T) -> T:
    return values.get(name, values.get(ALL_QUEUES, otherwise))


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
