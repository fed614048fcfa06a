"""Which days are special, and what their shape is held against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..day_matrix import divided
from .lessons import normalised

EventKey = tuple[str, str, str]
"""Kind of event, its group, its name. Events of one kind and group teach each other: all holidays,
all eves, the promotions of one phase whatever their type. A special day stands alone."""

_RECENT_DAYS = 182
_LEAST_SHARE = 0.5
_AROUND_DAYS = 35
_AROUND_PRIOR = 2_000.0  # contacts that the usual profile counts for


def event_sizes(marks: DayMarks) -> dict[EventKey, NDArray[np.float64]]:
    """Size of each event on every day, shape (marks.days,): 0 where it does not take place, 1 on
    the days of holidays, eves and special days."""
    sizes: dict[EventKey, NDArray[np.float64]] = {}

    def put(key: EventKey, days: int | slice, size: float) -> None:
        row = sizes.setdefault(key, np.zeros(marks.days))
        row[days] = np.maximum(row[days], size)

    for day, mark in enumerate(marks.holiday):
        if mark is not None:
            put(("holiday", "", mark.key), day, 1.0)
            if day and marks.holiday[day - 1] is None:
                put(("eve", "", mark.key), day - 1, 1.0)
    for day, name in enumerate(marks.special):
        if name:
            put(("special", name, ""), day, 1.0)
    for promotion in marks.promotions:
        key = ("promotion", promotion.phase, promotion.type)
        put(key, marks.span(promotion), promotion.size)
    return sizes


def usual_days(marks: DayMarks, known: int) -> NDArray[np.bool_]:
    """Days of a history of `known` days that the usual shape is learned from: shape (known,).

    Ordinary days without a promotion; promotions belong to the usual where they take up more than
    half of a weekday's recent days.
    """
    ordinary = (marks.ordinary() & ~marks.closed)[:known]
    promoted = np.zeros(marks.days, dtype=bool)
    for promotion in marks.promotions:
        promoted[marks.span(promotion)] = True
    promoted = promoted[:known]
    recent = ordinary & (np.arange(known) >= known - _RECENT_DAYS)
    weekday = marks.weekday[:known]
    for name in range(7):
        own = weekday == name
        if (own & recent & ~promoted).sum() < _LEAST_SHARE * (own & recent).sum():
            promoted[own] = False
    return ordinary & ~promoted


def around(
    contacts: NDArray[np.float64], usual: NDArray[np.float64], ordinary: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The usual profile of each day as it was in the five weeks before and after: (days, slots).

    `usual` (days, slots) is today's; how far the ordinary days around a day differed from it is
    taken over as far as their contacts tell.
    """
    known = np.isfinite(contacts) & (usual > 0) & ordinary[:, None]
    count = np.where(known, contacts, 0.0)
    share = np.where(known, usual, 0.0)
    expected = share * divided(count.sum(axis=1), share.sum(axis=1))[:, None]
    prior = _AROUND_PRIOR * usual
    ratio = divided(_window(count) + prior, _window(expected) + prior, 1.0)
    return normalised(usual * ratio)


def usual_totals(
    totals: NDArray[np.float64], weekday: NDArray[np.int64], ordinary: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Mean total (days,) of the ordinary same weekdays in the five weeks before and after each
    day; NaN where there are none."""
    taught = ordinary & np.isfinite(totals)
    same = np.eye(7)[weekday]
    above = _window(same * np.where(taught, totals, 0.0)[:, None])
    below = _window(same * taught[:, None])
    by_weekday = divided(above, below, np.nan)
    result: NDArray[np.float64] = by_weekday[np.arange(len(totals)), weekday]
    return result


def _window(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of the rows (days, …) of up to five weeks before and after each day."""
    total = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    day = np.arange(len(rows))
    first = np.maximum(day - _AROUND_DAYS, 0)
    end = np.minimum(day + _AROUND_DAYS + 1, len(rows))
    window: NDArray[np.float64] = total[end] - total[first]
    return window
