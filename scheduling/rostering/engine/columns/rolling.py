"""Better rosters of long horizons: everybody's whole roster anew, one after another, and windows of
a few weeks of many agents at once.

An agent who has hours left learns from replies where in the whole horizon they help. If one person
too many is welcome for a while, agents work all their hours, and more of them can be spared
elsewhere: what is short moves to where somebody is too many. In a window the rest of the roster
stands, so that it is as quick as a short horizon however long the whole is; its mixture and its
dive find what no agent finds alone. Where windows in one place have little to gain, every other one
lies in two places at once: hours and weekends that one of them can spare go to the other. Which of
the three gains most a second depends on the size of the roster and on the time that is over, so
the next turn is mostly that of the one which gained most in its last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from ..compile import Compiled
from ..weeks import Weeks, copy_weeks
from .cells import cells_of
from .column import FREE, Column, totals
from .dive import dive
from .generation import Generation, Left, part
from .replies import Replies, come_to_rest, wander
from .window import Window

WEEK = 7
SHORTEST, LONGEST = 14, 42  # days of a window
FEWEST = 12  # agents of a window
TURN = 0.08  # of the time that there is, for one turn;
OTHERS = 4  # one of so many is that of what was not tried for longest
EARNED = 0.01  # of the dearest person missing: what one person too many earns for a while
WANDERING = 0.7  # of a turn of replies; the rest to come to rest
STILL = 60  # rounds that gain nothing before they end
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
        """Turns of replies, eager replies and windows until time is over; tells each lower cost."""
        passes = self._passes(left, better)

        def windows(mine: Left) -> None:
            for _ in passes:
                if mine() <= 0:
                    break

        moves: list[Callable[[Left], None]] = [
            lambda mine: self._reply(0.0, mine, better),
            lambda mine: self._reply(EARNED * self._cells.dearest, mine, better),
            windows,
        ]
        pace, tried, seconds = [np.inf] * len(moves), [-1] * len(moves), TURN * left()
        for turn in count():
            if left() <= 0:
                return
            oldest = tried.index(min(tried))
            move = oldest if turn % OTHERS == 0 else pace.index(max(pace))
            begun, before = left(), self.cost
            moves[move](part(left, min(seconds / begun, 1.0)))
            tried[move] = turn
            pace[move] = (before - self.cost) / max(begun - left(), 1e-9)

    def _reply(self, earned: float, left: Left, better: Callable[[float], None]) -> None:
        """Everybody's replies over the whole horizon, round after round while they gain, and at
        rest again if one person too many has `earned` something."""
        everybody = self.compiled.agents
        window = Window(self.compiled, self.weeks, 0, self._days)
        fixed = np.full((everybody, self._days), FREE)
        cells = self._cells.some(window.cells)
        standing = window.standing(range(everybody))
        replies = Replies(window, standing, fixed, cells.eager(earned) if earned else cells)
        before = Replies(window, standing, fixed, cells).points
        for _ in wander(replies, self.rng, STILL, part(left, WANDERING)):
            if not earned:
                before = self._take(replies, before, window, better)
        if earned:
            replies = Replies(window, replies.columns, fixed, cells)
            come_to_rest(replies, left)
            self._take(replies, before, window, better)

    def _take(
        self, replies: Replies, before: float, window: Window, better: Callable[[float], None]
    ) -> float:
        """Takes the replies over unless they cost more than `before`; what they cost then."""
        less = before - replies.points
        if less < 0:
            return before
        window.put(replies.columns)
        self.cost -= less
        if less >= self._least:
            better(self.cost)
        return before - less

    def _passes(self, left: Left, better: Callable[[float], None]) -> Iterator[None]:
        """Pass after pass of windows, one at a time. Where a pass hardly gains anything the windows
        of the next lie in two places, and where that gains nothing either they have twice the time,
        and become larger."""
        more, passed, twice = 1.0, False, False
        while True:
            gained, stops = 0.0, self._days / (SHORTEST / 2)
            for window in self._pass(more * left() / (PASSES * stops), passed, twice, left):
                gained += window
                if window:
                    better(self.cost)
                yield
            passed = True
            if gained < LITTLE * abs(self.cost):
                more *= 2 if twice else 1
                twice = not twice

    def _pass(self, seconds: float, passed: bool, twice: bool, left: Left) -> Iterator[float]:
        """Windows of so many seconds each, from one end of the horizon to the other, and what each
        has gained; if one has `passed` already, not the same ones. Every other one lies `twice`, if
        they may."""
        first = -WEEK * int(self.rng.integers(0, self._length // WEEK)) if passed else 0
        number = 0
        while first + WEEK < self._days:
            begun, before = left(), self.cost
            self._improve(self._free(max(first, 0), twice and number % 2 == 0), left, seconds)
            self._adapt((begun - left()) / seconds, self.cost < before)
            yield before - self.cost
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
