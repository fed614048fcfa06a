"""Settings chosen for each queue by what they would have done on its own past.

One setting after another is tried against the usual ones: each candidate learns the level at a few
past days and forecasts the weeks that follow, and takes over only if it was clearly better, since
few past weeks tell little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.history import ContactHistory
from .day_marks import DayMarks
from .learned_cache import key_of
from .level.lessons import LevelDays
from .level.queue_level import LearnedLevel, learn_level
from .level.settings import USUAL, LevelSettings, Scale
from .queue_learning import QueueTask, queue_tasks, teaching_totals

_LESSONS = 3  # days at which the level is learned
_BETWEEN_DAYS = 56
_LEAST_DAYS = 84  # of history before the first of them
_LONGEST = 28
_CLEARLY = 0.97  # of the usual settings' error: others must do as well as that to replace them
_TRIED: tuple[Callable[[LevelSettings], tuple[LevelSettings, ...]], ...] = (
    lambda best: tuple(replace(best, scale=s) for s in (Scale.MULTIPLICATIVE, Scale.ADDITIVE)),
    lambda best: tuple(replace(best, flexibility=f) for f in (0.005, 0.3)),
    lambda best: tuple(replace(best, month_waves=waves) for waves in (0, 4)),
    lambda best: (replace(best, corrected=False),),
)


@dataclass(frozen=True)
class Tuned:
    """The settings chosen, and the WAPE of past days that they and the usual ones had; NaN where
    the history is too short to choose."""

    settings: LevelSettings
    wape: float
    usual_wape: float


def tuned(totals: NDArray[np.float64], marks: DayMarks, days: int) -> Tuned:
    """Settings for forecasts of `days` days of a queue with `totals` (known days,), NaN where a
    day must not teach."""
    ahead = min(days, _LONGEST)
    lessons = _lessons(totals, ahead)
    if not lessons:
        return Tuned(USUAL, float("nan"), float("nan"))
    before = [learn_level(totals[:cut], marks) for cut, _ in lessons]
    best, usual = USUAL, _error(USUAL, totals, marks, lessons, ahead, before)
    least = usual
    for others in _TRIED:
        for candidate in others(best):
            error = _error(candidate, totals, marks, lessons, ahead, before)
            if error < _CLEARLY * least:
                best, least = candidate, error
    return Tuned(best, least, usual)


@dataclass(frozen=True)
class TuningTask:
    """One queue to choose settings for; `task` as for learning, `key` names all it depends on."""

    queue: str
    task: QueueTask
    key: str


def tuning_tasks(history: ContactHistory, calendar: Calendar, days: int) -> list[TuningTask]:
    """One task for each queue of a history, for forecasts of `days` days."""
    grid = history.grid
    tasks = queue_tasks(history, calendar, grid.days, days, {})
    return [
        TuningTask(queue, task, key_of((queue,), grid, [task]))
        for queue, task in zip(history.queues, tasks, strict=True)
    ]


def tune(one: TuningTask) -> Tuned:
    """Settings for one queue; a function of the module, so that it can run in another process."""
    contacts, marks = one.task.contacts, one.task.marks
    return tuned(teaching_totals(contacts, marks), marks, one.task.days)


def _lessons(totals: NDArray[np.float64], ahead: int) -> list[tuple[int, range]]:
    """Day numbers to learn at, each with the origins that are forecast from what was learned."""
    found: list[tuple[int, range]] = []
    for cut in range(len(totals) - _BETWEEN_DAYS, _LEAST_DAYS - 1, -_BETWEEN_DAYS):
        known = np.isfinite(totals[:cut]) & (totals[:cut] > 0)
        if len(found) == _LESSONS or known.sum() < _LEAST_DAYS:
            break
        until = min(cut + _BETWEEN_DAYS, len(totals)) - ahead
        found.append((cut, range(cut, until + 1, 7)))
    return [lesson for lesson in found if len(lesson[1])]


def _error(
    settings: LevelSettings,
    totals: NDArray[np.float64],
    marks: DayMarks,
    lessons: list[tuple[int, range]],
    ahead: int,
    usual: list[LearnedLevel],
) -> float:
    """WAPE of all days forecast; `usual` is what the usual settings learned of each lesson."""
    calendar = LevelDays.of(marks)
    missed = came = 0.0
    for (cut, origins), known in zip(lessons, usual, strict=True):
        level = known
        if settings != USUAL:
            level = learn_level(totals[:cut], marks, settings, known)
        for origin in origins:
            expected = level.expect_on(calendar, totals[:origin], ahead).mean
            actual = totals[origin : origin + ahead]
            told = np.isfinite(actual)
            missed += float(np.abs(expected - actual)[told].sum())
            came += float(actual[told].sum())
    return missed / came if came > 0 else float("inf")
