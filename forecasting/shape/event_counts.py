"""What one queue's history tells of the shape of its special days, summed up by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..day_matrix import divided
from .day_sums import DaySums, day_sums
from .drawn_ratios import LEAST_RATIO, drawn_ratios
from .event_days import EventKey, around, event_sizes, usual_days, usual_totals
from .lessons import normalised
from .rest_days import LIKE_REST, likeness, rest_profile, with_rest

_ROUNDS = 12  # of telling apart events that fall on the same days


@dataclass(frozen=True)
class EventSeen:
    """What came on a queue's days of an event, by slot: contacts `expected` as usual, and `actual`
    ones as if every day had been of size 1, both (slots,). `uplift`, the share by which the event
    raises contacts at size 1, is summed over `days`."""

    expected: NDArray[np.float64]
    actual: NDArray[np.float64]
    uplift: float
    days: int

    def plus(self, other: EventSeen) -> EventSeen:
        return EventSeen(
            self.expected + other.expected,
            self.actual + other.actual,
            self.uplift + other.uplift,
            self.days + other.days,
        )


@dataclass(frozen=True)
class EventCounts:
    """One queue's events. `like_rest` is how far its holidays are like its days of rest (1 is
    altogether), `like_rest_known` how much its history tells of that."""

    seen: Mapping[EventKey, EventSeen]
    like_rest: float = LIKE_REST
    like_rest_known: float = 0.0


def event_shape_counts(
    contacts: NDArray[np.float64], usual: NDArray[np.float64], marks: DayMarks
) -> EventCounts:
    """Sums up the special days of a queue's history.

    `contacts` is (history days, slots), NaN where unknown; `usual` (days, slots) the profile that
    each day would have as an ordinary one, 0 in closed slots, for those days or more; `marks`
    begins with the first of them.
    """
    known, slots = contacts.shape
    sizes = {key: row[:known] for key, row in event_sizes(marks).items()}
    if slots == 1 or not any(row.any() for row in sizes.values()):
        return EventCounts({})
    ordinary = usual_days(marks, known)
    base = around(contacts, usual[:known], ordinary)
    telling = ~(marks.closed | marks.outage)[:known]
    sums = day_sums(contacts, base, telling, ordinary)
    rest = rest_profile(usual, marks)
    like_rest, like_rest_known = likeness(sums, rest, marks)
    sums = sums.against(with_rest(base, rest, marks, like_rest))

    usually = usual_totals(sums.total, marks.weekday[:known], ordinary)
    raised = divided(sums.total, usually, np.nan) - 1.0
    events = [_event(key, row, raised, sums.taught) for key, row in sizes.items()]
    events = [event for event in events if len(event.days)]
    seen = {
        event.key: EventSeen(expected, actual, event.uplift * event.told, event.told)
        for event, (expected, actual) in zip(events, _told_apart(events, sums), strict=True)
    }
    return EventCounts(seen, like_rest, like_rest_known)


def strength(size: NDArray[np.float64], uplift: float) -> NDArray[np.float64]:
    """How many times as strongly an event bends a day as it would at size 1: shape of `size`.

    What bends a day is the shape of its extra contacts. At size 1 they are u / (1 + u) of the day's
    contacts, u being the uplift; at size s they are s u / (1 + s u).
    """
    return size * (1.0 + uplift) / (1.0 + size * uplift)


@dataclass(frozen=True)
class _Event:
    """An event's days that tell, how strongly it bends each of them, and the share by which it
    raises contacts at size 1, as `told` days have it."""

    key: EventKey
    days: NDArray[np.int64]
    strength: NDArray[np.float64]
    uplift: float
    told: int

    def bends(self, ratios: NDArray[np.float64]) -> NDArray[np.float64]:
        """What its days' shares are multiplied by, if `ratios` (slots,) are those of size 1."""
        return np.maximum(1.0 + self.strength[:, None] * (ratios - 1.0), LEAST_RATIO)


def _event(
    key: EventKey,
    sizes: NDArray[np.float64],
    raised: NDArray[np.float64],
    taught: NDArray[np.bool_],
) -> _Event:
    days = np.flatnonzero(taught & (sizes > 0))
    told = days[np.isfinite(raised[days])]
    uplift = float(np.maximum(raised[told] / sizes[told], 0.0).mean()) if len(told) else 0.0
    return _Event(key, days, strength(sizes[days], uplift), uplift, len(told))


def _told_apart(
    events: Sequence[_Event], sums: DaySums
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Expected and actual contacts (slots,) of each event. Where events fall on the same days, what
    the others do is in the expected ones, each being estimated in turn given the others."""
    falling = np.zeros(len(sums.total), dtype=np.int64)
    for event in events:
        falling[event.days] += 1
    crowded = [event for event in events if (falling[event.days] > 1).any()]
    ratios = {event.key: np.ones(sums.share.shape[1]) for event in events}
    for _ in range(_ROUNDS):
        # Half a step each, so that two events that always come together share what they do.
        ratios |= {
            event.key: np.sqrt(ratios[event.key] * drawn_ratios(expected, actual, 1.0))
            for event, (expected, actual) in zip(
                crowded, _counts(crowded, ratios, sums), strict=True
            )
        }
    return _counts(events, ratios, sums)


def _counts(
    events: Sequence[_Event], ratios: Mapping[EventKey, NDArray[np.float64]], sums: DaySums
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    bends = [event.bends(ratios[event.key]) for event in events]
    together = np.ones(sums.share.shape)
    for event, own in zip(events, bends, strict=True):
        together[event.days] *= own
    return [
        _event_counts(event, sums, together[event.days] / own)
        for event, own in zip(events, bends, strict=True)
    ]


def _event_counts(
    event: _Event, sums: DaySums, others: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least squares of actual = expected × (1 + strength × (ratio − 1)) over the event's days,
    whose other events multiply shares by `others` (its days, slots)."""
    count = sums.count[event.days]
    share = normalised(sums.share[event.days] * others)
    expected = share * count.sum(axis=1, keepdims=True)
    weight = (sums.weight[event.days] * event.strength)[:, None]
    usual = (weight * event.strength[:, None] * expected).sum(axis=0)
    extra = (weight * (count - expected)).sum(axis=0)
    return usual, np.maximum(usual + extra, 0.0)
