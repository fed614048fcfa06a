"""What is written over the forecast: events of the calendar and the planner's adjustments."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from ...data.adjustments import Adjustment
from ...data.calendar import Calendar, Promotion, SpecialDay, each_day
from ...data.grid import TimeGrid
from ...forecasting.forecast import Forecast
from .figures import Mark
from .palette import GREEN, ORANGE, PURPLE
from .wording import Wording


def forecast_marks(
    forecast: Forecast,
    calendar: Calendar,
    adjustments: tuple[Adjustment, ...],
    queue: str,
    wording: Wording,
) -> list[Mark]:
    """Everything named that moves the forecast of a queue within its grid, in order of time.

    An event says how many contacts it adds where the model knows; a day of the calendar that the
    model learned nothing of is shown all the same.
    """
    marks = [
        *_effects(forecast, queue, wording),
        *unlearned_marks(forecast, calendar, adjustments, queue, wording),
    ]
    return sorted(marks, key=lambda mark: (mark.first, mark.last))


def unlearned_marks(
    forecast: Forecast,
    calendar: Calendar,
    adjustments: tuple[Adjustment, ...],
    queue: str,
    wording: Wording,
) -> Iterator[Mark]:
    """What is named, but not an effect that the model states: days of the calendar, adjustments."""
    yield from _calendar_days(forecast, calendar, queue)
    yield from _adjustments(forecast.grid, adjustments, queue, wording)


def _effects(forecast: Forecast, queue: str, wording: Wording) -> Iterator[Mark]:
    for (of_queue, event), effect in forecast.effects.items():
        if of_queue != queue:
            continue
        touched = np.unique(forecast.grid.day_of[np.abs(effect) > 0])
        for days in np.split(touched, np.flatnonzero(np.diff(touched) > 1) + 1):
            if not days.size:
                continue
            first, last = _intervals(forecast.grid, int(days[0]), int(days[-1]))
            added = float(effect[first : last + 1].sum())
            yield Mark(first, last, effect_label(event, added, wording), PURPLE)


def effect_label(event: str, added: float, wording: Wording) -> str:
    """An event with the contacts that it adds, as HTML."""
    if abs(added) < 0.5:
        return escape(event)
    key = "mark.more" if added > 0 else "mark.less"
    return wording.say(key, event=escape(event), contacts=wording.number(added))


def _calendar_days(forecast: Forecast, calendar: Calendar, queue: str) -> Iterator[Mark]:
    grid = forecast.grid
    said = {event for of_queue, event in forecast.effects if of_queue == queue}
    entries: tuple[SpecialDay | Promotion, ...] = (*calendar.special_days, *calendar.promotions)
    for entry in entries:
        if entry.queue not in (None, queue) or entry.name in said:
            continue
        days = [grid.day_number(day) for day in each_day(entry.first, entry.last)]
        inside = [day for day in days if 0 <= day < grid.days]
        if inside:
            yield Mark(*_intervals(grid, inside[0], inside[-1]), escape(entry.name), GREEN)


def _adjustments(
    grid: TimeGrid, adjustments: tuple[Adjustment, ...], queue: str, wording: Wording
) -> Iterator[Mark]:
    for change in adjustments:
        if change.queue not in (None, queue):
            continue
        touched = np.flatnonzero(
            (grid.day_of >= grid.day_number(change.first))
            & (grid.day_of <= grid.day_number(change.last))
            & (grid.minute_of_day >= change.from_minute)
            & (grid.minute_of_day < change.to_minute)
        )
        if touched.size:
            label = wording.say(
                "mark.adjustment", amount=amount(change, wording), reason=escape(change.reason)
            )
            yield Mark(int(touched[0]), int(touched[-1]), label, ORANGE)


def amount(change: Adjustment, wording: Wording) -> str:
    """`+10%` or `−5 contacts an interval`."""
    size = change.percent if change.percent is not None else change.contacts
    assert size is not None
    signed = f"{'+' if size > 0 else ''}{wording.number(size, 0 if size == round(size) else 1)}"
    unit = "percent" if change.percent is not None else "contacts"
    return wording.say(f"mark.{unit}", number=signed)


def _intervals(grid: TimeGrid, first_day: int, last_day: int) -> tuple[int, int]:
    return int(grid.day_first[first_day]), int(grid.day_first[last_day + 1]) - 1
