"""How special days bend the usual intraday profile: holidays, their eves, special days, promotions.

A bend is a ratio a slot: the share of the day's contacts it draws, over its usual share. It is
learned from a queue's own days of an event and from those of the centre's other queues, and from
wider groups of events: a phase of a type of promotion from that phase of all types, a holiday from
all holidays. Each is drawn towards the wider one as far as chance leaves it open, and the widest
towards 1. Events that fall on one day multiply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..day_matrix import divided
from .drawn_ratios import LEAST_RATIO, drawn_ratios
from .event_counts import EventCounts, EventSeen, strength
from .event_days import EventKey, event_sizes
from .lessons import normalised
from .rest_days import LIKE_REST, rest_profile, with_rest

_UPLIFT, _UPLIFT_DAYS = 0.5, 2.0  # an event's before it was seen, and the days that it counts for

_Group = tuple[str, str]


@dataclass(frozen=True)
class EventRatios:
    """One queue's bends at size 1: ratios (slots,) by event and, for events that no queue saw, by
    kind and group; `uplift` is the share by which an event raises contacts at size 1."""

    by_event: Mapping[EventKey, NDArray[np.float64]]
    by_group: Mapping[_Group, NDArray[np.float64]]
    uplift: Mapping[EventKey, float]
    like_rest: float = LIKE_REST

    def bends(self, key: EventKey, sizes: NDArray[np.float64]) -> NDArray[np.float64] | float:
        """What an event multiplies the shares of days of these sizes by: (days, slots), or 1 if
        nothing is known of it."""
        ratios = self.by_event.get(key, self.by_group.get(key[:2]))
        if ratios is None:
            return 1.0
        strong = strength(sizes, self.uplift.get(key, _UPLIFT))
        return np.maximum(1.0 + strong[:, None] * (ratios - 1.0), LEAST_RATIO)


def pooled_event_ratios(counts: Sequence[EventCounts]) -> tuple[EventRatios, ...]:
    """The bends of each queue of a centre, from what the histories of all of them tell."""
    everyone = _together([(key, seen) for one in counts for key, seen in one.seen.items()])
    wide = {group: _drawn(seen, 1.0) for group, seen in _by_group(everyone).items()}
    common = {key: _drawn(seen, wide[key[:2]]) for key, seen in everyone.items()}
    uplift = {key: _uplift(seen, _UPLIFT) for key, seen in everyone.items()}
    told = sum(one.like_rest_known for one in counts)
    alike = sum(one.like_rest_known * one.like_rest for one in counts)
    like_rest = alike / told if told > 0 else LIKE_REST

    def queue(one: EventCounts) -> EventRatios:
        own = {group: _drawn(seen, wide[group]) for group, seen in _by_group(one.seen).items()}
        by_group = wide | own
        # A queue's own way with a group of events also goes for what only other queues saw of it.
        by_event = {
            key: ratio * divided(by_group[key[:2]], wide[key[:2]], 1.0)
            for key, ratio in common.items()
        }
        return EventRatios(
            by_event=by_event
            | {key: _drawn(seen, by_event[key]) for key, seen in one.seen.items()},
            by_group=by_group,
            uplift=uplift | {key: _uplift(seen, uplift[key]) for key, seen in one.seen.items()},
            like_rest=one.like_rest if one.like_rest_known > 0 else like_rest,
        )

    return tuple(queue(one) for one in counts)


def bend(usual: NDArray[np.float64], marks: DayMarks, ratios: EventRatios) -> NDArray[np.float64]:
    """The profile of every day, bent by the events that fall on it: (days, slots).

    `usual` (days, slots) holds the profiles that the days of `marks`, from its first on, would have
    as ordinary ones, 0 in closed slots. A day's sum stays what it was.
    """
    days = len(usual)
    bent = with_rest(usual, rest_profile(usual, marks), marks, ratios.like_rest).copy()
    for key, sizes in event_sizes(marks).items():
        on = np.flatnonzero(sizes[:days])
        bent[on] *= ratios.bends(key, sizes[on])
    changed = (bent != usual).any(axis=1)
    result = usual.copy()
    result[changed] = normalised(bent[changed]) * usual[changed].sum(axis=1, keepdims=True)
    return result


def _together(seen: Sequence[tuple[EventKey, EventSeen]]) -> dict[EventKey, EventSeen]:
    result: dict[EventKey, EventSeen] = {}
    for key, one in seen:
        result[key] = result[key].plus(one) if key in result else one
    return result


def _by_group(seen: Mapping[EventKey, EventSeen]) -> dict[_Group, EventSeen]:
    result: dict[_Group, EventSeen] = {}
    for key, one in seen.items():
        group = key[:2]
        result[group] = result[group].plus(one) if group in result else one
    return result


def _drawn(seen: EventSeen, towards: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return drawn_ratios(seen.expected, seen.actual, towards)


def _uplift(seen: EventSeen, towards: float) -> float:
    return (seen.uplift + _UPLIFT_DAYS * towards) / (seen.days + _UPLIFT_DAYS)
