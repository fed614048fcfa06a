"""Better rosters of long horizons: everybody's whole roster anew, one after another, then a window
of a few weeks of many agents at once, then the next.

An agent who has hours left learns from replies where in the whole horizon they help. In a window
the rest of the roster stands, so that it is as quick as a short horizon however long the whole is;
its mixture and its dive find what no agent finds alone. Where windows in one place have little to
gain, every other one lies in two places at once: hours and weekends that one of them can spare go
to the other.
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
from .generation import Generation, Left, part
from .replies import Replies, wander
from .window import Window

WEEK = 7
SHORTEST, LONGEST = 14, 42  # days of a window
FEWEST = 12  # agents of a window
ANSWERS = 0.5  # of the time that is left, before each pass, for replies,
STILL = 60  # and rounds that gain nothing before they end
PASSES = 1.0  # over the whole horizon, that the time is enough for at first
LITTLE = 0.005  # of what the roster costs: what a pass gains that hardly gains anything
QUICK, SLOW = 0.3, 0.9  # part of its time that a window takes which may be larger, or smaller,
LARGER = 1.5  # and how many times as many agents, or as few, it has then
CLOSE = 0.002  # of its points: how far a window's mixture may be from its bound
SHARE = 0.3  # of the open choices that a step of the dive fixes
JUMP = 0.02  # of the bound: a step that costs more is tried again smaller
PART = 0.6  # of a window's time, for the mixture


class Rolling:
    """A roster that gets better agent by agent and window by window. `cost` is what it costs
    together."""

    def __init__(
        self, compiled: Compiled, weeks: Weeks, cost: float, unit: float, rng: np.random.Generator
    ) -> None:
        self.compiled, self.rng, self.cost = compiled, rng, cost
        self.weeks = copy_weeks(weeks)
        self._least = max(unit, 1e-4) - 1e-6
        self._days = compiled.problem.grid.days
        self._length, self._size = SHORTEST, float(min(FEWEST, compiled.agents))
        self._cells = cells_of(compiled)

    def run(self, left: Left, better: Callable[[float], None]) -> None:
        """Rounds of replies and passes of windows by turns until time is over; tells each lower
        cost. Where a pass hardly gains anything the windows of the next lie in two places, and
        where that gains nothing either they have twice the time, and become larger."""
        more, passed, twice = 1.0, False, False
        while left() > 0:
            self._answer(part(left, ANSWERS), better)
            before, stops = self.cost, self._days / (SHORTEST / 2)
            self._pass(more * left() / (PASSES * stops), passed, twice, left, better)
            passed = True
            if before - self.cost < LITTLE * abs(self.cost):
                more *= 2 if twice else 1
                twice = not twice

    def _answer(self, left: Left, better: Callable[[float], None]) -> None:
        """Everybody's replies over the whole horizon, round after round while they gain."""
        everybody = self.compiled.agents
        window = Window(self.compiled, self.weeks, 0, self._days)
        fixed = np.full((everybody, self._days), FREE)
        cells = self._cells.some(window.cells)
        replies = Replies(window, window.standing(range(everybody)), fixed, cells)
        for less in wander(replies, self.rng, STILL, left):
            window.put(replies.columns)
            self.cost -= less
            if less >= self._least:
                better(self.cost)

    def _pass(
        self, seconds: float, passed: bool, twice: bool, left: Left, better: Callable[[float], None]
    ) -> None:
        """Windows of so many seconds each, from one end of the horizon to the other; if one has
        `passed` already, not the same ones. Every other one lies `twice`, if they may."""
        first = -WEEK * int(self.rng.integers(0, self._length // WEEK)) if passed else 0
        number = 0
        while first + WEEK < self._days and left() > 0:
            begun, before = left(), self.cost
            self._improve(self._free(max(first, 0), twice and number % 2 == 0), left, seconds)
            if self.cost < before:
                better(self.cost)
            self._adapt((begun - left()) / seconds, self.cost < before)
            first += WEEK * max(1, self._length // WEEK // 2)
            number += 1

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

    def _adapt(self, pace: float, gained: bool) -> None:
        """Larger windows if they are done soon or have nothing to gain, smaller ones if their time
        is over before they gain anything; `pace` is the part of it that one took."""
        if pace < QUICK or (pace < SLOW and not gained):
            if self._size < self.compiled.agents:
                self._size = min(LARGER * self._size, self.compiled.agents)
            else:
                self._length = min(self._length + WEEK, LONGEST)
        elif pace >= SLOW and not gained:
            if self._length > SHORTEST:
                self._length -= WEEK
            else:
                self._size = max(FEWEST, self._size / LARGER)

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
