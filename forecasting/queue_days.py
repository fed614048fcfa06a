"""One queue's days to come, put together: level × shape × hours, handle time, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks
from .handle_time.fit import HandleTimeFit
from .level.level_forecast import LevelForecast
from .queue_learning import LearnedQueue
from .shape.event_shapes import EventRatios, bend
from .shape.lessons import normalised

Array = NDArray[np.float64]

_PROMOTION = "promotion"


@dataclass(frozen=True)
class QueueDays:
    """`mean` and `aht_s` are (days, slots); `effects` what each event adds to `mean`, by label;
    `factors` (days,) how the level comes about: level, weekday, season, holiday, promotion."""

    mean: Array
    aht_s: Array
    day_covariance: Array
    effects: Mapping[str, Array]
    factors: Mapping[str, Array]
    handle_factors: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True)
class QueueWays:
    """How a queue's days pass, once all queues of the centre have been heard: the `usual` shape of
    each weekday (7, slots), how events bend it, and handle times."""

    usual: Array
    bends: EventRatios
    handle_time: HandleTimeFit


def queue_days(
    queue: LearnedQueue,
    marks: DayMarks,
    first: int,
    level: LevelForecast,
    expected: Array,
    ways: QueueWays,
    is_open: NDArray[np.bool_] | None,
) -> QueueDays:
    """The days from day number `first` on, `expected` (days,) contacts each; `is_open`
    (days, slots) are the planner's hours, None reads them off the history."""
    horizon = slice(first, first + len(expected))
    # A make-up workday's shape is the mean of those of the workdays on which the queue opens.
    usual = normalised(marks.weekday_weights() @ ways.usual)
    shape = bend(usual, marks, ways.bends)[horizon]
    hours = shape > 0 if is_open is None else is_open
    mean = expected[:, None] * shape * (hours & _opens(queue, marks, horizon)[:, None])
    logs = level.effects
    promotions = {promotion.name for promotion in marks.promotions}
    nothing = np.zeros(len(expected))
    return QueueDays(
        mean=mean,
        aht_s=ways.handle_time.expect(marks, first, len(expected)),
        day_covariance=level.covariance,
        effects=_contributions(mean, logs),
        factors={
            "level": np.exp(level.level),
            "weekday": np.exp(level.weekday),
            "season": np.exp(level.season),
            "holiday": np.exp(
                sum((log for label, log in logs.items() if label not in promotions), nothing)
            ),
            "promotion": np.exp(
                sum((log for label, log in logs.items() if label in promotions), nothing)
            ),
        },
        handle_factors={
            promotion.name: ways.handle_time.event_factor(promotion)
            for promotion in marks.promotions
            if np.isfinite(ways.handle_time.level_s)
        },
    )


def _opens(queue: LearnedQueue, marks: DayMarks, horizon: slice) -> NDArray[np.bool_]:
    """Whether the queue opens at all on each day of the horizon: not on the calendar's closed days
    and on holidays that never brought contacts."""
    holidays = marks.holiday[horizon]
    days_open = np.array([mark is None or mark.key not in queue.shut for mark in holidays])
    opens: NDArray[np.bool_] = days_open & ~marks.closed[horizon]
    return opens


def _contributions(mean: Array, logs: Mapping[str, Array]) -> dict[str, Array]:
    """What each event adds to `mean`, so that all of a day's add up to mean − mean without them:
    L(mean, without) × log factor, L being the logarithmic mean (Ang, Energy Policy 32, 2004)."""
    total = sum(logs.values(), np.zeros(len(mean)))
    # mean × (1 − e^−t) / t, which is mean itself where t = 0
    safe = np.where(np.abs(total) > 1e-9, total, 1.0)
    factor = np.where(np.abs(total) > 1e-9, -np.expm1(-total) / safe, 1.0)
    return {
        label: mean * (factor * log)[:, None] for label, log in sorted(logs.items()) if log.any()
    }
