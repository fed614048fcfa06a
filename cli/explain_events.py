"""Events of one kind that come again and again within a forecast, told as one."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..data.calendar import unnamed
from ..forecasting.forecast_parts import EventEffect

MOST_NAMES = 2
"""Promotions of one type and phase that have more names than this share a line."""

Range = tuple[float, float, float]


@dataclass(frozen=True)
class EventGroup:
    """One event, or several `runs` of one kind. `contacts` and `handle_time` are the factor of a
    single run with the range that holds it in 8 of 10 cases, the geometric mean over the runs;
    `added` are the contacts of all of them together, and `seen` earlier ones taught."""

    queue: str
    label: str
    kind: str
    first: date
    last: date
    runs: int
    contacts: Range
    handle_time: Range
    added: float
    source: str
    seen: int


def event_groups(events: Iterable[EventEffect]) -> list[EventGroup]:
    """The events of one or several queues, each queue's grouped apart, in order of time."""
    found = [_group(kin) for alike in _alike(events, _kind) for kin in _named_alike(alike)]
    return sorted(found, key=lambda group: (group.first, group.last, group.label))


def _kind(event: EventEffect) -> Hashable:
    named = "" if event.type else event.label
    return event.queue, event.kind, named, event.type, event.phase, event.source


def _named_alike(events: Sequence[EventEffect]) -> list[list[EventEffect]]:
    """Events of one kind by name, unless they have so many names that one line tells more."""
    by_name = _alike(events, lambda event: event.label)
    return by_name if len(by_name) <= MOST_NAMES else [list(events)]


def _alike(
    events: Iterable[EventEffect], key: Callable[[EventEffect], Hashable]
) -> list[list[EventEffect]]:
    found: dict[Hashable, list[EventEffect]] = {}
    for event in events:
        found.setdefault(key(event), []).append(event)
    return list(found.values())


def _group(events: Sequence[EventEffect]) -> EventGroup:
    one = events[0]
    names = {event.label for event in events}
    return EventGroup(
        queue=one.queue,
        label=one.label if len(names) == 1 else unnamed(one.type, one.phase),
        kind=one.kind,
        first=min(event.first for event in events),
        last=max(event.last for event in events),
        runs=len(events),
        contacts=_mean((e.factor, e.factor_low, e.factor_high) for e in events),
        handle_time=_mean((e.handle_factor, e.handle_low, e.handle_high) for e in events),
        added=sum(event.contacts for event in events),
        source=one.source,
        seen=max(event.seen for event in events),
    )


def _mean(ranges: Iterable[Range]) -> Range:
    """The geometric mean of each of the three; zero where one is (a stated effect may be)."""
    factor, low, high = (
        0.0 if min(values) <= 0 else math.exp(math.fsum(map(math.log, values)) / len(values))
        for values in zip(*ranges, strict=True)
    )
    return factor, low, high
