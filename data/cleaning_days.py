"""What the calendar and the opening hours say of the days and intervals of a history."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from .calendar import Calendar, DayKind
from .centre import Centre
from .grid import MINUTES_A_DAY, TimeGrid
from .public_holidays import public_holidays
from .targets import Channel


def event_days(calendar: Calendar, queues: tuple[str, ...], grid: TimeGrid) -> NDArray[np.bool_]:
    """Days on which the calendar says that something happens, public holidays and the weekends
    that touch them included: shape (queues, grid.days)."""
    spans = [(day.first, day.last, day.queue) for day in calendar.special_days]
    spans += [(promo.first, promo.last, promo.queue) for promo in calendar.promotions]
    marked = _public_holidays(calendar, queues, grid)
    for first, last, queue in spans:
        _mark(marked, queues, grid, first, last, queue)
    return marked | _weekends_beside(days_off(calendar, queues, grid), grid)


def outage_days(calendar: Calendar, queues: tuple[str, ...], grid: TimeGrid) -> NDArray[np.bool_]:
    """Days that the calendar calls an outage: shape (queues, grid.days)."""
    return _days_of((DayKind.OUTAGE,), calendar, queues, grid)


def days_off(calendar: Calendar, queues: tuple[str, ...], grid: TimeGrid) -> NDArray[np.bool_]:
    """Days on which a centre may have been closed, closures and holidays that were not worked:
    shape (queues, grid.days)."""
    marked = _days_of((DayKind.CLOSED, DayKind.HOLIDAY), calendar, queues, grid)
    marked |= _public_holidays(calendar, queues, grid)
    return marked & ~_days_of((DayKind.WORKDAY,), calendar, queues, grid)


def arrival_masks(
    queues: tuple[str, ...], grid: TimeGrid, calendar: Calendar, centre: Centre | None
) -> NDArray[np.bool_]:
    """Whether a contact can arrive in each interval, shape (queues, grid.size): while the queue is
    open; e-mails, which wait for it to open, at any time."""
    closed = _days_of((DayKind.CLOSED,), calendar, queues, grid)
    masks = ~closed[:, grid.day_of]
    if centre is None:
        return masks
    for index, name in enumerate(queues):
        profile = centre.queue(name)
        if profile.channel is Channel.EMAIL:
            masks[index] = True
        elif grid.interval_min < MINUTES_A_DAY:
            masks[index] &= centre.open_mask(profile, grid)
    return masks


def _public_holidays(
    calendar: Calendar, queues: tuple[str, ...], grid: TimeGrid
) -> NDArray[np.bool_]:
    marked = np.zeros((len(queues), grid.days), dtype=bool)
    if calendar.country is None:
        return marked
    years = tuple(range(grid.first_day.year, grid.last_day.year + 1))
    for day in public_holidays(calendar.country, years).names:
        _mark(marked, queues, grid, day, day, None)
    return marked


def _weekends_beside(marked: NDArray[np.bool_], grid: TimeGrid) -> NDArray[np.bool_]:
    """Saturdays and Sundays in one stretch with a marked day: a long holiday has them in it,
    though no list of public holidays names them."""
    weekend = np.array([day.weekday() >= 5 for day in grid.dates])
    reached = marked.copy()
    for _ in range(2):  # a weekend has two days
        beside = np.zeros_like(reached)
        beside[:, 1:] |= reached[:, :-1]
        beside[:, :-1] |= reached[:, 1:]
        reached |= beside & weekend
    beside_holidays: NDArray[np.bool_] = reached & weekend
    return beside_holidays


def _days_of(
    kinds: tuple[DayKind, ...], calendar: Calendar, queues: tuple[str, ...], grid: TimeGrid
) -> NDArray[np.bool_]:
    marked = np.zeros((len(queues), grid.days), dtype=bool)
    for day in calendar.special_days:
        if day.kind in kinds:
            _mark(marked, queues, grid, day.first, day.last, day.queue)
    return marked


def _mark(
    marked: NDArray[np.bool_],
    queues: tuple[str, ...],
    grid: TimeGrid,
    first: date,
    last: date,
    queue: str | None,
) -> None:
    """Marks, in an array of the caller's own making, the days of one queue or of all."""
    from_day = max(grid.day_number(first), 0)
    to_day = min(grid.day_number(last), grid.days - 1)
    if from_day > to_day or (queue is not None and queue not in queues):
        return
    which = slice(None) if queue is None else queues.index(queue)
    marked[which, from_day : to_day + 1] = True
