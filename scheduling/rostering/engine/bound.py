"""A proven lower bound of the cost, by Lagrangian relaxation with the kernel as its oracle.

Give every unit of work on queue q at time t a reward λ. Then each agent's best legal roster, at
what the agent earns on the best queue, and each slot's best number of units, may be chosen apart;
the sum of both is never above the cost of any legal roster, whatever the rewards are (Fisher 1981,
Manag. Sci. 27(1)). Shifts that are wanted by number have a reward of their own. Rewards that make
the bound large are looked for by steps that shrink geometrically (Goffin 1977, Math. Programming
13) along directions that keep some of those before (Camerini, Fratta & Maffioli 1975, Math.
Programming Study 3). Rules on several people at once are left out, which can only lower it.
"""

from __future__ import annotations

from threading import Event, Thread

import numpy as np
from numpy.typing import NDArray

from .compile import Compiled
from .cover import Cover
from .floor import Session, sessions_of
from .relaxed_agents import relax_agents
from .week import IntArray

MOMENTUM = 0.8  # of the direction before that is kept
ROUGH_STEPS = 1.0, 0.01  # lengths of the first and the last with rest and start windows forgotten
EXACT_STEPS = 0.05, 0.005  # and then with them, in what one agent short of a slot costs
ROUGH_PART = 0.15  # of the time, of one week
ROUGHER_PART = 0.8  # of several, where rest and start windows take long
FOR_TOTALS = 0.02  # of a step's length is that of the price of a total's day
PATIENCE = 100  # exact steps that prove nothing more, and the bound is left as it is


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
        short = -marginal[:, :, 0]
        self._unit = float(np.median(short[short > 0])) if (short > 0).any() else 1.0
        self._toward = np.zeros_like(self.reward), np.zeros_like(self.cell_reward)
        self._stalled = 0
        self._last = compiled.nobody().option
        # Long steps first, with rest and windows forgotten where they bind: rewards are good before
        # what these cost is looked at.
        self._rough_part = ROUGH_PART if len(compiled.tables.weeks) == 2 else ROUGHER_PART
        self._coarse = True

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

    def _evaluate(self, step: float = 0.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Raises `value` if the present rewards prove more; the subgradient: (queues, slots) and
        (cells,). With a `step`, prices of totals go by it."""
        compiled = self._compiled
        supply, staffed = np.zeros(self.reward.shape), np.zeros(len(self.cell_reward))
        agents = relax_agents(
            np.argsort(compiled.crew.group, kind="stable"),
            self.reward,
            self.cell_reward,
            compiled.crew,
            compiled.tables,
            compiled.options,
            compiled.skills,
            compiled.work,
            self._scratch,
            self._coarse and not compiled.straight,
            step,
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

    def improve(self, part: float) -> None:
        """One step, when `part` of the time (0–1) for all of them is over."""
        if self._coarse and part >= self._rough_part:
            self._look_closer()
        length = self._unit * self._length(part)
        slope = self._evaluate(FOR_TOTALS * length if self._coarse else 0.0)
        steepness = sum(float((direction**2).sum()) for direction in slope) ** 0.5
        for before, now in zip(self._toward, slope, strict=True):
            before[:] = MOMENTUM * before + (1 - MOMENTUM) * now
        if steepness == 0.0:  # no rewards prove more
            self._stalled = PATIENCE
            if self._coarse:
                self._look_closer()
            return
        reward, cell_reward = (length / steepness * toward for toward in self._toward)
        self.reward = np.clip(
            self.reward + reward, -self._marginal[:, :, -1], -self._marginal[:, :, 0]
        )
        self.cell_reward = np.clip(self.cell_reward + cell_reward, -self._over, self._under)

    def _length(self, part: float) -> float:
        """Of a step, in units."""
        if self._coarse:
            first, last, done = *ROUGH_STEPS, part / self._rough_part
        else:
            first, last, done = *EXACT_STEPS, part
        return first * (last / first) ** min(done, 1.0)

    def _look_closer(self) -> None:
        """From here on short steps, with rest and start windows."""
        self._coarse, self._stalled = False, 0
        self._return_to_best()
        for toward in self._toward:
            toward[:] = 0

    @property
    def value(self) -> float:
        """The best bound so far; no roster costs less than nothing."""
        return max(self._proven, 0.0)

    @property
    def exhausted(self) -> bool:
        """Whether steps have proven nothing more for long."""
        return not self._coarse and self._stalled >= PATIENCE


class BoundBeside:
    """Raises a bound in a thread of its own while the search goes on, from what one more agent is
    worth in a good roster (`cover`). `part` is how far the search is (0–1), as it says itself."""

    def __init__(self, bound: LagrangianBound, cover: Cover) -> None:
        self.part = 0.0
        self._bound = bound
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
            self._bound.improve(self.part)
