"""The forecast against the week before and against the same days of last year, in numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ...data.history import ContactHistory
from ...scheduling.planning.plan import Plan
from .palette import queue_colour
from .past_week import week_before
from .same_days import day_last_year
from .wording import MISSING, Wording


@dataclass(frozen=True)
class PastRow:
    """A day, or all of them (`whole`): contacts forecast, of last week and of last year with the
    changes since, and the day of last year with the event that both have."""

    label: str
    forecast: str
    last_week: str
    week_change: str
    last_year: str
    year_change: str
    against: str
    whole: bool = False


@dataclass(frozen=True)
class PastGroup:
    queue: str
    colour: str
    rows: tuple[PastRow, ...]


def past_groups(plan: Plan, wording: Wording) -> list[PastGroup]:
    """A group for each queue that the history knows something of to hold against."""
    return [
        group
        for number, profile in enumerate(plan.centre.queues)
        if (group := _group(plan, profile.name, queue_colour(number), wording)) is not None
    ]


def _group(plan: Plan, queue: str, colour: str, wording: Wording) -> PastGroup | None:
    grid, forecast = plan.grid, plan.forecast
    mean = forecast.mean[forecast.queues.index(queue)]
    days = _by_day(mean, plan)
    before = week_before(plan.history, grid, queue)
    week = np.full(grid.days, np.nan) if before is None else _by_day(before, plan)
    matches = [day_last_year(day, plan.centre.calendar, queue) for day in grid.dates]
    year = _known(plan.history, queue, [day for day, _ in matches])
    if np.isnan(week).all() and np.isnan(year).all():
        return None
    rows = [
        _row(wording.day(day), days[i], (days[i], week[i]), (days[i], year[i]), wording,
             against=_against(matches[i], wording) if not math.isnan(year[i]) else "")
        for i, day in enumerate(grid.dates)
    ]  # fmt: skip
    # The whole is held against what is known, day for day.
    whole = _row(
        wording.say("table.whole"),
        float(days.sum()),
        _both(days, week),
        _both(days, year),
        wording,
        whole=True,
    )
    return PastGroup(queue, colour, (*rows, whole))


def _row(
    label: str,
    forecast: float,
    week: tuple[float, float],
    year: tuple[float, float],
    wording: Wording,
    *,
    against: str = "",
    whole: bool = False,
) -> PastRow:
    return PastRow(
        label,
        wording.number(forecast),
        wording.number(week[1]),
        _change(*week, wording),
        wording.number(year[1]),
        _change(*year, wording),
        against,
        whole,
    )


def _change(now: float, then: float, wording: Wording) -> str:
    """`+8.2%`; a dash where nothing is known or there was nothing."""
    if math.isnan(then) or then <= 0:
        return MISSING
    change = now / then - 1
    return ("+" if round(change, 3) > 0 else "") + wording.share(change).replace("-", "−")


def _both(now: NDArray[np.float64], then: NDArray[np.float64]) -> tuple[float, float]:
    """Sums over the days on which both are known; NaN without any."""
    known = ~np.isnan(then)
    if not known.any():
        return math.nan, math.nan
    return float(now[known].sum()), float(then[known].sum())


def _by_day(values: NDArray[np.float64], plan: Plan) -> NDArray[np.float64]:
    """Sums by day of the plan; NaN where nothing of the day is known."""
    first = plan.grid.day_first[:-1]
    known = np.add.reduceat((~np.isnan(values)).astype(np.int64), first)
    return np.where(known > 0, np.add.reduceat(np.nan_to_num(values), first), np.nan)


def _known(history: ContactHistory, queue: str, days: Sequence[date]) -> NDArray[np.float64]:
    """Contacts of days of the history; NaN for those that it does not have."""
    if queue not in history.queues:
        return np.full(len(days), np.nan)
    daily = history.daily()[history.queue_index(queue)]
    numbers = [history.grid.day_number(day) for day in days]
    return np.array(
        [daily[number] if 0 <= number < history.grid.days else np.nan for number in numbers]
    )


def _against(match: tuple[date, str], wording: Wording) -> str:
    """`Fri 12 Dec 2025 (Double 12)`."""
    day, event = match
    said = wording.say("past.day", day=wording.day(day), year=day.year)
    return wording.say("past.event", day=said, event=event) if event else said
