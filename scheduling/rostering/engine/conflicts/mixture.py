"""Mixtures of rosters, in shares that add up to 1 for each agent, which break limits least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from .limits import Floats, Row, Slots

Numbers = NDArray[np.int64]

BROKEN = 1e-9  # people


@dataclass(frozen=True)
class Presence:
    """When an agent (by number) is at work, and on a break: (slots + overhang,) each."""

    agent: int
    work: Slots
    pause: Slots


class Mixture:
    """The rosters known so far. A limit comes into the program in the slots in which some mixture
    broke it."""

    def __init__(self, rows: list[Row], agents: int) -> None:
        self._rows, self._agents = rows, agents
        self._known: set[tuple[int, bytes, bytes]] = set()
        self._columns: list[Presence] = []
        self._asked = [row.left < 0 for row in rows]

    def has(self, agent: int) -> bool:
        """Whether a roster of the agent is known."""
        return any(column.agent == agent for column in self._columns)

    def add(self, seen: Iterable[Presence]) -> bool:
        """Takes rosters in; whether any of them is new."""
        before = len(self._columns)
        for one in seen:
            key = (one.agent, one.work.tobytes(), one.pause.tobytes())
            if key not in self._known:
                self._known.add(key)
                self._columns.append(one)
        return len(self._columns) > before

    def least_breach(self) -> tuple[float, list[Floats]]:
        """By how much the best mixture breaks the limits in all, and the prices of each of them
        that say so: (slots + overhang,)."""
        work = np.array([column.work for column in self._columns])
        pause = np.array([column.pause for column in self._columns])
        who = np.array([column.agent for column in self._columns])
        breach, shares, prices = self._solved(who, work, pause)
        while self._ask_about(shares, who, work, pause):
            breach, shares, prices = self._solved(who, work, pause)
        return breach, prices

    def _ask_about(self, shares: Floats, who: Numbers, work: Slots, pause: Slots) -> bool:
        """Adds the slots in which a mixture breaks limits; whether there were new ones."""
        used = np.flatnonzero(shares)
        more = False
        for row, asked in zip(self._rows, self._asked, strict=True):
            size = shares[used, None] * row.size[who[used]]
            load = size[:, 0] @ work[used] + size[:, 1] @ pause[used]
            broken = row.binds & (load > row.left + BROKEN) & ~asked
            asked |= broken
            more |= bool(broken.any())
        return more

    def _solved(
        self, who: Numbers, work: Slots, pause: Slots
    ) -> tuple[float, Floats, list[Floats]]:
        """Of the limits asked about: the least breach, the shares of the rosters, the prices."""
        left = np.concatenate([r.left[a] for r, a in zip(self._rows, self._asked, strict=True)])
        loads = [
            (row.size[who, :1] * work[:, asked] + row.size[who, 1:] * pause[:, asked]).T
            for row, asked in zip(self._rows, self._asked, strict=True)
        ]
        # Slots alike are one, and share its price.
        table, of_slot, times = np.unique(
            np.column_stack([left, np.vstack(loads)]),
            axis=0,
            return_inverse=True,
            return_counts=True,
        )
        places = len(table)
        one_each = (np.arange(self._agents)[:, None] == who).astype(float)
        found = linprog(
            np.concatenate([np.zeros(len(who)), np.ones(places)]),
            A_ub=np.hstack([table[:, 1:], -np.eye(places)]),
            b_ub=table[:, 0],
            A_eq=np.hstack([one_each, np.zeros((self._agents, places))]),
            b_eq=np.ones(self._agents),
            method="highs",
        )
        price, breach, shares = np.zeros(places), 0.0, np.zeros(len(who))
        if (
            found.fun is not None and found.x is not None
        ):  # else the solver gave up: nothing is proven
            price = np.maximum(-found.ineqlin.marginals, 0.0) / times
            breach, shares = float(found.fun), found.x[: len(who)]
        return breach, shares, self._by_row(price[of_slot])

    def _by_row(self, price: Floats) -> list[Floats]:
        """Prices of the slots asked about, as prices of all: (slots + overhang,) a row."""
        ends = np.cumsum([asked.sum() for asked in self._asked])
        found = []
        for asked, part in zip(self._asked, np.split(price, ends[:-1]), strict=True):
            prices = np.zeros(len(asked))
            prices[asked] = part
            found.append(prices)
        return found
