"""A proven lower bound of the cost, by Lagrangian relaxation with the kernel as its oracle.

Give every unit of work on queue q at time t a reward λ. Then each agent's best legal roster, at
what the agent earns on the best queue, and each slot's best number of units, may be chosen apart;
the sum of both is never above the cost of any legal roster, whatever the rewards are (Fisher 1981,
Manag. Sci. 27(1)). Shifts that are wanted by number have a reward of their own. A subgradient
method looks for rewards that make the bound large. Rules on several people at once are left out,
which can only lower it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .compile import Compiled
from .course import FEW, MOST
from .cover import Cover
from .crew import Crew
from .floor import Session, sessions_of
from .least import least_of
from .one_agent import (
    Scratch,
    best_of,
    points_at,
    rules_of,
    straight,
    sum_prices,
    value_options,
)
from .tables import Tables
from .week import FloatArray, IntArray, Options, place_breaks


@njit(cache=True, nogil=True)
def _agents(
    order: IntArray,
    reward: FloatArray,
    cell_reward: FloatArray,
    crew: Crew,
    tables: Tables,
    options: Options,
    skills: IntArray,
    work: IntArray,
    scratch: Scratch,
    rough: bool,
    last: IntArray,
    supply: FloatArray,
    staffed: FloatArray,
) -> float:
    """Sum of the least points of all agents at the rewards, by groups in `order`; with `rough` rest
    and start windows are forgotten, and of several weeks totals are priced (`least`). Adds the work
    of rosters of so many points, or nearly, to `supply` (queues, slots) and to `staffed` (cells,).
    `last` (agents, days) holds the best rosters of the time before, and then those of now, where
    they are legal."""
    queues, slots = reward.shape
    best_queue = np.zeros(slots, dtype=np.int64)
    starts = np.zeros(options.break_len.shape[1], dtype=np.int64)
    total = 0.0
    scratch.cell_price[:] = -cell_reward
    group = -1
    several = len(tables.weeks) > 2
    room = FEW if several else MOST
    for a in order:
        if crew.group[a] != group:
            group = crew.group[a]
            for t in range(slots):
                best = -np.inf
                for q in range(queues):
                    worth = work[group, q] * reward[q, t]
                    if (skills[group] >> q) & 1 and worth > best:
                        best, best_queue[t] = worth, q
                scratch.price[t] = -best if queues > 0 else 0.0
            sum_prices(scratch)
        value_options(a, crew, options, scratch)
        if rough or (several and not straight(rules_of(a, crew, tables))):
            total += least_of(a, crew, tables, options, scratch, rough)
        else:
            # What was best at other rewards is nearly the best, and so bounds the search well.
            had = points_at(a, crew, tables, options, scratch, last[a])
            found, least = best_of(a, crew, tables, options, scratch, had, 0.0, room)
            total += least
            if found < np.inf:
                last[a] = scratch.chosen
            scratch.chosen[:] = last[a]
        for o in scratch.chosen:
            if o < 0:
                continue
            if options.cell[o] >= 0:
                staffed[options.cell[o]] += 1
            k = options.template[o]
            if queues == 0 or options.covers[k] == 0:
                continue
            place_breaks(scratch.prefix, scratch.pause, options, o, starts)
            for t in range(options.start[o], min(options.end[o], slots)):
                supply[best_queue[t], t] += work[group, best_queue[t]]
            for b in range(options.breaks[k]):
                for t in range(starts[b], min(starts[b] + options.break_len[k, b], slots)):
                    supply[best_queue[t], t] -= work[group, best_queue[t]]
    return total


ROUGH = 0.1  # step down to which rest and start windows are forgotten,
ROUGHER = 0.03  # of several weeks, where they take long;
FINE = 0.5  # first step after that of one week


class LagrangianBound:
    """The bound as it grows."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled, self._scratch = compiled, compiled.scratch()
        marginal = compiled.cover(compiled.problem.weights).marginal
        first = np.full((*marginal.shape[:2], 1), 0.0)
        # cost[q, t, h] relative to nobody; the slope beyond the table is its last one.
        self._cost = np.concatenate([first, np.cumsum(marginal, axis=2)], axis=2)
        self._base = compiled.empty_cost(bands=False)
        self._marginal = marginal
        self._proven = -np.inf
        self._wanted = np.array([w.wanted for w in compiled.cells], dtype=float)
        self._under = np.array([w.under for w in compiled.cells], dtype=float)
        self._over = np.array([w.over for w in compiled.cells], dtype=float)
        self._sessions = sessions_of(compiled)
        self.reward = -marginal[:, :, 0]
        self.cell_reward = np.where(self._wanted > 0, self._under, -self._over)
        self._best = self.reward, self.cell_reward
        self._step, self._stalled = 1.0, 0
        self._last = compiled.nobody().option
        # Where rest or windows bind, rewards are good before what these cost is looked at.
        self._rough = not compiled.straight
        self._one_week = len(compiled.tables.weeks) == 2

    def start_from(self, supply: NDArray[np.int32], staffed: NDArray[np.int32]) -> None:
        """Begins from what one more unit is worth in an empty roster or, if that proves more, in a
        good one: `supply` (queues, slots), `staffed` (cells,)."""
        self._evaluate()
        most = self._marginal.shape[2] - 1
        more = np.minimum(supply, most)[:, :, None]
        fewer = np.clip(supply - 1, 0, most)[:, :, None]
        near = (
            np.take_along_axis(self._marginal, more, axis=2)
            + np.take_along_axis(self._marginal, fewer, axis=2)
        )[:, :, 0]
        self.reward = -near / 2
        worth = np.where(staffed < self._wanted, self._under, -self._over)
        spared = np.where(staffed <= self._wanted, self._under, -self._over)
        self.cell_reward = (worth + spared) / 2
        self._evaluate()
        self._return_to_best()

    def _return_to_best(self) -> None:
        self.reward, self.cell_reward = (part.copy() for part in self._best)

    def _evaluate(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Raises `value` if the present rewards prove more; the subgradient: (queues, slots) and
        (cells,)."""
        compiled = self._compiled
        supply, staffed = np.zeros(self.reward.shape), np.zeros(len(self.cell_reward))
        agents = _agents(
            np.argsort(compiled.crew.group, kind="stable"),
            self.reward,
            self.cell_reward,
            compiled.crew,
            compiled.tables,
            compiled.options,
            compiled.skills,
            compiled.work,
            self._scratch,
            self._rough,
            self._last,
            supply,
            staffed,
        )
        numbers = np.arange(self._cost.shape[2])
        relaxed = self._cost + self.reward[:, :, None] * numbers
        least = relaxed.min(axis=2)
        # Where several numbers of units are equally good, the one nearest to what the agents give.
        good = relaxed <= least[:, :, None] + 1e-9
        lowest, highest = good.argmax(axis=2), len(numbers) - 1 - good[:, :, ::-1].argmax(axis=2)
        wanted = np.clip(supply, lowest, highest)
        cells = float(((self.cell_reward - self._under) * self._wanted).sum())
        found = self._base + float(least.sum()) + cells + agents + self._meetings()
        if found > self._proven + 1e-9:
            self._proven, self._stalled = found, 0
            self._best = self.reward.copy(), self.cell_reward.copy()
        else:
            self._stalled += 1
        return wanted - supply, self._wanted - staffed

    def _meetings(self) -> float:
        """What meetings cost at least: everybody misses them, or is away when the rewards are
        least, at work then or not."""
        compiled, total = self._compiled, 0.0
        groups = compiled.crew.group
        served = (compiled.skills[:, None] >> np.arange(self.reward.shape[0])) & 1
        for session in self._sessions:
            sizes = np.bincount(groups[list(session.members)], minlength=len(served))
            for g in np.flatnonzero(sizes):
                total += int(sizes[g]) * self._absence(session, served[g] > 0, compiled.work[g])
        return total

    def _absence(self, session: Session, served: NDArray[np.bool_], work: IntArray) -> float:
        """Points of one member, who serves the queues marked and does so much work on each."""
        if not session.starts:
            return session.meeting.weight
        if not served.any():
            return 0.0
        after = session.length + self._compiled.overhang
        worth = np.pad((work[served, None] * self.reward[served]).max(axis=0), (0, after))
        summed = np.concatenate([[0.0], np.cumsum(worth)])
        starts = np.minimum(session.starts, len(worth) - session.length)
        away = summed[starts + session.length] - summed[starts]
        return min(session.meeting.weight, float(away.min()))

    def improve(self, target: float) -> None:
        """One subgradient step towards a cost known to be attainable (Polyak's step length)."""
        slope, cell_slope = self._evaluate()
        norm = float((slope**2).sum() + (cell_slope**2).sum())
        if self._proven >= target - 1e-9:
            return
        if norm == 0.0:
            self._look_closer()
            return
        if self._stalled >= 8:
            self._step, self._stalled = self._step / 2, 0
            self._return_to_best()
            if self._step < (ROUGH if self._one_week else ROUGHER):
                self._look_closer()
            return
        length = self._step * (target - self._proven) / norm
        self.reward = np.clip(
            self.reward + length * slope, -self._marginal[:, :, -1], -self._marginal[:, :, 0]
        )
        self.cell_reward = np.clip(self.cell_reward + length * cell_slope, -self._over, self._under)

    def _look_closer(self) -> None:
        """From here on with rest and start windows."""
        if self._rough and self._one_week:
            self._step = FINE
        self._rough = False

    @property
    def value(self) -> float:
        """The best bound so far; no roster costs less than nothing."""
        return max(self._proven, 0.0)

    @property
    def exhausted(self) -> bool:
        """Whether further steps would be too short to matter."""
        return self._step < 1e-4


class BoundBeside:
    """Raises a bound in a thread of its own while the search goes on: from what one more agent is
    worth in a good roster (`cover`), towards the best cost so far."""

    def __init__(
        self, bound: LagrangianBound, cover: Cover, best_cost: Callable[[], float]
    ) -> None:
        self._bound, self._best_cost = bound, best_cost
        self._supply, self._staffed = cover.supply.copy(), cover.cells.copy()
        self._enough = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        self._thread.join()

    def _run(self) -> None:
        self._bound.start_from(self._supply, self._staffed)
        while not self._enough.is_set() and not self._bound.exhausted:
            self._bound.improve(self._best_cost())
