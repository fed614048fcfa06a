"""Better rosters of long horizons: a window of a few weeks, many agents at once, then the next.

The rest of the roster stands, so that a window is as quick as a short horizon however long the
whole is. Its mixture and its dive find what no agent finds alone. From the second pass on every
other window lies in two places at once: hours and weekends that one of them can spare go to the
other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..compile import Compiled
from ..weeks import Weeks, copy_weeks
from .cells import cells_of
from .column import FREE, Column, totals
from .dive import dive
from .generation import Generation, Left
from .window import Window

WEEK = 7
SHORTEST, LONGEST = 14, 42  # days of a window
FEWEST = 12  # agents of a window
PASSES = 2.0  # over the whole horizon, that the time should be enough for
CLOSE = 0.002  # of its points: how far a window's mixture may be from its bound
SHARE = 0.3  # of the open choices that a step of the dive fixes
JUMP = 0.02  # of the bound: a step that costs more is tried again smaller
PART = 0.6  # of a window's time, for the mixture


class Rolling:
    """A roster that gets better window by window. `cost` is what it costs together."""

    def __init__(
        self, compiled: Compiled, weeks: Weeks, cost: float, unit: float, rng: np.random.Generator
    ) -> None:
        self.compiled, self.rng, self.cost = compiled, rng, cost
        self.weeks = copy_weeks(weeks)
        self._least = max(unit, 1e-4) - 1e-6
        self._days = compiled.problem.grid.days
        self._length, self._size = SHORTEST, float(compiled.agents)
        self._cells = cells_of(compiled)

    def run(self, left: Left, better: Callable[[float], None]) -> None:
        """Window after window until time is over; tells each lower cost."""
        first, twice, passed = 0, False, False
        while left() > 0:
            begun, before = left(), self.cost
            stops = PASSES * self._days / (self._length / 2)
            twice = passed and not twice
            self._improve(self._free(first, twice), left, 2 * begun / stops)
            if self.cost < before:
                better(self.cost)
            self._adapt((begun - left()) * stops / max(begun, 1e-9))
            first += WEEK * max(1, self._length // WEEK // 2)
            if first + WEEK >= self._days:
                first = -WEEK * int(self.rng.integers(0, self._length // WEEK))
                passed = True
            first = max(first, 0)

    def _free(self, first: int, twice: bool) -> NDArray[np.bool_]:
        """(days,) whether a day is free in the window that begins with `first`, half of which lies
        elsewhere if it lies `twice`."""
        free = np.zeros(self._days, dtype=bool)
        length = max(self._length // WEEK // 2, 1) * WEEK if twice else self._length
        free[first : first + length] = True
        if twice:
            weeks = max((self._days - length) // WEEK, 1)
            other = WEEK * int(self.rng.integers(0, weeks + 1))
            free[other : other + length] = True
        return free

    def _adapt(self, pace: float) -> None:
        """Larger windows if the passes take less than the time that is left, smaller ones if they
        take more; `pace` is their part of it."""
        if pace > 1.2 and self._length > SHORTEST:
            self._length -= WEEK
        elif pace > 1.2:
            self._size = max(FEWEST, self._size / 1.5)
        elif pace < 0.6 and self._size < self.compiled.agents:
            self._size = min(1.3 * self._size, self.compiled.agents)
        elif pace < 0.6:
            self._length = min(self._length + WEEK, LONGEST)

    def _improve(self, days: NDArray[np.bool_], left: Left, seconds: float) -> None:
        """Frees the days (days,) for some agents, for so many seconds at the most."""
        agents = self.rng.permutation(self.compiled.agents)[: round(self._size)]
        free = sorted(agents.tolist())
        first, last = int(days.argmax()), self._days - int(days[::-1].argmax())
        window = Window(self.compiled, self.weeks, first, last, held=~days[first:last])
        everybody = window.standing(range(self.compiled.agents))
        among = set(free)
        mine = [column for column in everybody if column.agent in among]
        others = [column for column in everybody if column.agent not in among]
        coupling = self._cells.some(window.cells).coupling(self.compiled.agents)
        coupling = coupling.less(totals(others, coupling.rows))
        until = left() - seconds

        def window_left() -> float:
            return min(left(), left() - until)

        before = self._points(mine, window, others)
        fixed = np.full((self.compiled.agents, window.days), FREE)
        generation = Generation(window, coupling, free, mine, fixed, smoothing=0.5)
        mixed = left() - PART * seconds
        generation.run(lambda: min(left(), left() - mixed), max(self._least / 4, CLOSE * before))
        if generation.bound >= before - self._least:
            return
        jump = JUMP * max(abs(generation.bound), self._least)
        found = dive(generation, window_left, SHARE, self._least, jump, before - self._least)
        if found is not None:
            after = self._points(found, window, others)
            if after < before - self._least:
                window.put(found)
                self.cost += after - before

    def _points(self, mine: list[Column], window: Window, others: list[Column]) -> float:
        """Points of the window with these columns: theirs, and those of the cells. Those of others
        stay the same and are left out."""
        cells, rows = self._cells.some(window.cells), len(window.cells)
        there = totals(mine, rows) + totals(others, rows)
        return float(cells.points(there).sum()) + sum(column.points for column in mine)
