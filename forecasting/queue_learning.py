"""What the history of one queue teaches, learned apart from every other queue's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .day_marks import CalendarIndex, DayMarks
from .day_matrix import day_totals, to_days
from .events import stated_effects
from .handle_time.fit import HandleTimeFit, fit_handle_time
from .level.lessons import LevelDays
from .level.queue_level import LearnedLevel, learn_level
from .level.settings import USUAL, LevelSettings
from .opening import infer_open, nearly_empty, shut_holidays
from .shape.event_counts import EventCounts, event_shape_counts
from .shape.event_days import usual_days
from .shape.fit import MEMBERS, ShapeFit, fit_shape
from .shape.member import ShapeMember

LEAST_DAYS = 28
"""Known days from which a level of its own is learned."""

CHECKED_WEEKS = 8
_LEAST_DAYS_BEFORE = 56  # that a past forecast must have had, to tell how good the next will be
LONGEST_CHECK = 28


@dataclass(frozen=True)
class QueueTask:
    """What is known of one queue; picklable, so that it can be learned in another process.

    `contacts` and `aht_s` are (history days, slots), NaN where unknown or not to be learned from.
    `marks` begins with the first day of history and covers the horizon, which is the `days` days
    from day number `first`, and at least one day more. `checked` says whether past weeks are
    forecast too.
    """

    contacts: NDArray[np.float64]
    aht_s: NDArray[np.float64]
    marks: DayMarks
    first: int
    days: int
    settings: LevelSettings = USUAL
    shapes: tuple[ShapeMember, ...] = MEMBERS
    checked: bool = True


@dataclass(frozen=True)
class PastForecasts:
    """What was expected of past days from each of the day numbers `origins` on: `mean` and the
    deviation of its log `log_sd`, chance counts aside, and what came, `actual`; all of shape
    (origins, days), of which `actual` is NaN where unknown."""

    origins: tuple[int, ...]
    mean: NDArray[np.float64]
    log_sd: NDArray[np.float64]
    actual: NDArray[np.float64]


@dataclass(frozen=True)
class LearnedQueue:
    """`totals` (first,) up to the horizon, NaN where a day must not teach; `recent` contacts of the
    last days known (days, slots). `shape` is the usual one, `events` what tells how special days
    bend it; `open` (7, slots) when the queue usually opens and `shut` the holidays on which it
    does not. `level` is None where too little is known."""

    totals: NDArray[np.float64]
    recent: NDArray[np.float64]
    shape: ShapeFit
    events: EventCounts
    open: NDArray[np.bool_]
    shut: frozenset[str]
    level: LearnedLevel | None
    past: PastForecasts | None
    handle_time: HandleTimeFit


def history_before(history: ContactHistory, grid: TimeGrid) -> tuple[ContactHistory, int]:
    """The days before the grid, and its first day's number among them. ValueError if the two grids
    differ in interval or no day lies before."""
    if history.grid.interval_min != grid.interval_min:
        raise ValueError(
            f"history has intervals of {history.grid.interval_min} minutes,"
            f" the horizon of {grid.interval_min}"
        )
    first = history.grid.day_number(grid.first_day)
    if first < 1:
        raise ValueError(f"history begins {history.grid.first_day}, on or after the horizon")
    return history.before(min(first, history.grid.days)), first


def queue_tasks(
    past: ContactHistory,
    calendar: Calendar,
    first: int,
    days: int,
    settings: Mapping[str, LevelSettings],
    usual: LevelSettings = USUAL,
    shapes: tuple[ShapeMember, ...] = MEMBERS,
) -> list[QueueTask]:
    """One task a queue: `days` days from day number `first` on, which lies after `past`; queues
    without `settings` of their own take the `usual` ones."""
    # One day more: what follows the horizon may make its last day a holiday's eve.
    index = CalendarIndex(calendar, past.grid.first_day, first + days + 1)
    offered = np.where(past.learn, past.offered, np.nan)
    return [
        QueueTask(
            contacts=to_days(offered[row], past.grid),
            aht_s=to_days(past.aht_s[row], past.grid),
            marks=index.marks(queue),
            first=first,
            days=days,
            settings=settings.get(queue, usual),
            shapes=shapes,
        )
        for row, queue in enumerate(past.queues)
    ]


def checked_origins(known: int, days: int) -> list[int]:
    """Day numbers from which the last weeks are forecast again, from one level learned before
    all of them; empty where history is too short."""
    ahead = min(days, LONGEST_CHECK)
    weeks = min(CHECKED_WEEKS, (known - _LEAST_DAYS_BEFORE) // 7)
    return list(range(known - 7 * weeks, known - ahead + 1, 7)) if 7 * weeks >= ahead else []


def learn_queue(task: QueueTask) -> LearnedQueue:
    """Learns whatever the history tells; nothing known gives zeros."""
    contacts, marks = task.contacts, task.marks
    known = len(contacts)
    usual_open, shape = _usual(contacts, marks, task.shapes)
    totals, shut = _totals(contacts, marks, shape.usual)
    level = past = None
    if _enough(totals):
        origins = checked_origins(known, task.days) if task.checked else []
        earlier = None
        if origins and _enough(totals[: origins[0]]):
            earlier = learn_level(totals[: origins[0]], marks, task.settings)
            past = _past_forecasts(earlier, totals, marks, origins, task.days)
        level = learn_level(totals, marks, task.settings, earlier)
    padded = np.full(task.first, np.nan)
    padded[:known] = totals
    return LearnedQueue(
        totals=padded,
        recent=contacts[-LEAST_DAYS:],
        shape=shape,
        events=event_shape_counts(contacts, marks.weekday_weights() @ shape.usual, marks),
        open=usual_open,
        shut=frozenset(shut),
        level=level,
        past=past,
        handle_time=fit_handle_time(task.aht_s, contacts, marks),
    )


def teaching_totals(contacts: NDArray[np.float64], marks: DayMarks) -> NDArray[np.float64]:
    """Total of each day of `contacts` (days, slots) that may teach a level: (days,), else NaN."""
    _, shape = _usual(contacts, marks, MEMBERS)
    return _totals(contacts, marks, shape.usual)[0]


def _usual(
    contacts: NDArray[np.float64], marks: DayMarks, shapes: tuple[ShapeMember, ...]
) -> tuple[NDArray[np.bool_], ShapeFit]:
    """When the queue opens, (7, slots), and its usual shape."""
    known = len(contacts)
    usual_open = infer_open(contacts, marks)
    ordinary = np.where(usual_days(marks, known)[:, None], contacts, np.nan)
    return usual_open, fit_shape(ordinary, marks.weekday[:known], usual_open, shapes)


def _totals(
    contacts: NDArray[np.float64], marks: DayMarks, usual: NDArray[np.float64]
) -> tuple[NDArray[np.float64], set[str]]:
    """Total of each day that may teach, and the holidays on which the queue does not open."""
    known = len(contacts)
    shares = marks.weekday_weights()[:known] @ usual
    totals = day_totals(contacts, shares)
    totals[(shares.sum(axis=1) <= 0) | marks.closed[:known]] = np.nan
    empty = nearly_empty(totals)
    shut = shut_holidays(empty, np.isfinite(totals), marks)
    totals[empty] = np.nan
    return totals, shut


def _enough(totals: NDArray[np.float64]) -> bool:
    return int(np.isfinite(totals).sum()) >= LEAST_DAYS and bool((np.nan_to_num(totals) > 0).any())


def _past_forecasts(
    level: LearnedLevel, totals: NDArray[np.float64], marks: DayMarks, origins: list[int], days: int
) -> PastForecasts:
    ahead = min(days, LONGEST_CHECK)
    calendar = LevelDays.of(marks)
    made = [level.expect_on(calendar, totals[:origin], ahead) for origin in origins]
    return PastForecasts(
        origins=tuple(origins),
        mean=np.stack([forecast.mean for forecast in made]),
        log_sd=np.sqrt(np.stack([np.diag(forecast.covariance) for forecast in made])),
        actual=np.stack([totals[origin : origin + ahead] for origin in origins]),
    )


def without_stated(
    totals: NDArray[np.float64], marks: DayMarks
) -> tuple[NDArray[np.float64], DayMarks, NDArray[np.float64]]:
    """Totals as they would have been without the effects that the planner states, marks without
    those promotions, and the factor that they stand for on every day of the marks."""
    logs = sum(stated_effects(marks).values(), np.zeros(marks.days))
    learned = tuple(promotion for promotion in marks.promotions if promotion.effect is None)
    factor = np.exp(logs)
    return totals / factor[: len(totals)], replace(marks, promotions=learned), factor
