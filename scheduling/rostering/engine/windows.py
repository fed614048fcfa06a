"""What the days of a week cost at the least within each window of start times."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...machine_code import inner
from .days import Task
from .week import FloatArray, IntArray


class Starts(NamedTuple):
    """Times of the day at which shifts begin, numbered in their order."""

    number: IntArray  # (minutes of a day,)
    best: FloatArray  # (days of a week, starts) what the best option costs that begins then


@inner
def least_of_windows(task: Task, dearest: float, w: int) -> FloatArray:
    """(windows,) a lower bound of the days of week w within each window, and of its own price; inf
    for those whose price is `dearest` or more. Rules but the most days of a week are forgotten."""
    rules = task.terms.rules
    least = np.full(len(rules.window_cost), -np.inf)
    if len(least) == 1:
        return least
    starts, off = _best_starts(task, w), rules.off[task.weeks[w] : task.weeks[w + 1]]
    gains = np.empty(len(off))
    for i in range(len(least)):
        if rules.window_cost[i] >= dearest:
            least[i] = np.inf
            continue
        low, high = starts.number[rules.windows[i, 0]], starts.number[rules.windows[i, 1]]
        days = _least_days(starts.best, low, high, off, rules.most_days, gains)
        least[i] = rules.window_cost[i] + days
    return least


@inner
def _best_starts(task: Task, w: int) -> Starts:
    options, windows = task.options, task.terms.rules.windows
    first, last = task.weeks[w], task.weeks[w + 1]
    number = np.zeros(windows.max() + 1, dtype=np.int64)
    number[windows[:, 0]] = 1  # some window begins with every start
    number = np.cumsum(number) - 1
    best = np.full((last - first, number[-1] + 1), np.inf)
    for d in range(first, last):
        for o in range(options.first[d], options.first[d + 1]):
            at = number[options.clock[o]]
            best[d - first, at] = min(best[d - first, at], task.value[o])
    return Starts(number, best)


@inner
def _least_days(
    cost: FloatArray, low: int, high: int, off: FloatArray, most_days: int, gains: FloatArray
) -> float:
    """The least of some days (days, starts) with starts from `low` to `high`, at most so many of
    which are worked; `gains` (days,) is working memory."""
    total, many = 0.0, 0
    for i in range(len(off)):
        best = np.inf
        for at in range(low, high + 1):
            best = min(best, cost[i, at])
        if off[i] == np.inf:
            total += best
            continue
        total += off[i]
        if best < off[i]:
            gains[many] = best - off[i]
            many += 1
    if many > most_days:
        gains[:many].sort()
    for i in range(min(many, most_days)):
        total += gains[i]
    return total
